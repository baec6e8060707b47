/**
 * Measures the other libraries, or those that are named, each in a process of its own. Keeps what was found in results.json, and makes the table
 * of perf/README.md from it.
 *
 *   npm run perf:peers [-- NAME …]
 *
 * Exits with 2 when a name names nothing.
 */
import { fork } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withSection } from "../readme.js";
import { machine } from "../results.js";
import type { Told } from "./measure-peer.js";
import { programs } from "./programs.js";
import type { Cell, PeerResults, Row, ValueRow } from "./results.js";
import { libraries, peersSection } from "./table.js";

const resultsFile = "perf/peers/results.json";
const readmeFile = "perf/README.md";
const packages = ["@tensorflow/tfjs", "@jax-js/jax", "rose", "adnn", "numpy-ts"];
const all = [...libraries, "numpy-ts"];

function told(name: string): Promise<Told[]> {
  return new Promise((resolve, reject) => {
    const messages: Told[] = [];
    const child = fork(join(import.meta.dirname, "measure-peer.js"), [name], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
    child.on("message", (message: Told) => messages.push(message));
    child.on("error", reject);
    child.on("exit", (code) => {
      if (code === 0) resolve(messages);
      else reject(new Error(`the process that measured ${name} ended with ${code}`));
    });
  });
}

const rounded = (x: number): number => Number(x.toPrecision(3));
const kept = (cell: Cell): Cell => ("best" in cell ? { best: rounded(cell.best), low: rounded(cell.low), high: rounded(cell.high) } : cell);

/** The rows of before with a cell of a library in the place of the one of before, in the order of the programs. */
function withCell(rows: readonly Row[], library: string, { row }: Extract<Told, { row: unknown }>): Row[] {
  const { program, form, hand, cell } = row;
  const before = rows.find((one) => one.program === program && one.form === form);
  // The time by hand is told from our own process, or the first one that has it.
  const seconds = library === libraries[0] || before === undefined ? hand : before.hand;
  const next: Row = { program, form, hand: rounded(seconds), cells: { ...before?.cells, [library]: kept(cell) } };
  const titles = Object.values(programs).map(({ title }) => title);
  return [...rows.filter((one) => one !== before), next].sort((a, b) => titles.indexOf(a.program) - titles.indexOf(b.program));
}

function versionOf(name: string): string {
  const { packages: locked } = JSON.parse(readFileSync("perf/peers/package-lock.json", "utf8")) as {
    packages: Record<string, { version: string }>;
  };
  return locked[`node_modules/${name}`]?.version ?? "";
}

/** Each row on a line of its own, so that a change reads as one. */
function textOf({ rows, values, ...rest }: PeerResults): string {
  const lines = (list: readonly unknown[]): string => list.map((row) => `  ${JSON.stringify(row)}`).join(",\n");
  return `${JSON.stringify(rest).slice(0, -1)},\n "rows": [\n${lines(rows)}\n ],\n "values": [\n${lines(values)}\n ]}\n`;
}

const named = process.argv.slice(2);
const chosen = named.length === 0 ? all : all.filter((name) => named.some((part) => name.includes(part)));
if (chosen.length === 0) {
  process.stderr.write(`no library is named ${named.join(" or ")}; there are ${all.join(", ")}\n`);
  process.exitCode = 2;
} else {
  const before = existsSync(resultsFile) ? (JSON.parse(readFileSync(resultsFile, "utf8")) as PeerResults) : undefined;
  let rows: readonly Row[] = before?.rows ?? [];
  let values: readonly ValueRow[] = before?.values ?? [];
  for (const name of chosen) {
    process.stderr.write(`${name} …\n`);
    const messages = await told(name);
    for (const message of messages) if ("row" in message) rows = withCell(rows, name, message);
    if (name === "numpy-ts") {
      values = messages.flatMap((message) =>
        "value" in message ? [{ ...message.value, reference: rounded(message.value.reference), ours: kept(message.value.ours) }] : [],
      );
    }
  }
  const results: PeerResults = {
    date: new Date().toISOString().slice(0, 10),
    node: process.versions.node,
    machine: machine(),
    versions: Object.fromEntries(packages.map((name) => [name, versionOf(name)])),
    rows,
    values,
  };
  writeFileSync(resultsFile, textOf(results));
  const section = peersSection(results);
  writeFileSync(readmeFile, withSection(readFileSync(readmeFile, "utf8"), "peers", section));
  process.stdout.write(`${section}\n`);
}
