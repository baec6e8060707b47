import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import type { Effort } from "./effort.js";
import type { Measurement, Ratio } from "./harness.js";
import type { Limit, Variant } from "./program.js";

/** What was measured of one program, as it is kept. */
export interface Row extends Limit {
  readonly name: string;
  /** Seconds that the reference took. */
  readonly hand: number;
  readonly ratios: Readonly<Partial<Record<Variant, Ratio>>>;
}

/** A suite that was measured. */
export interface SuiteResults {
  readonly date: string;
  readonly node: string;
  readonly machine: string;
  readonly rows: readonly Row[];
}

/** By suite. */
export type EffortResults = Readonly<Record<string, SuiteResults>>;

/** By effort. */
export type Results = Readonly<Partial<Record<Effort["name"], EffortResults>>>;

const counts = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight"];

/** "two x86 cores" and the like. */
export function machine(): string {
  const count = cpus().length;
  const kind = { x64: "x86", arm64: "ARM" }[process.arch as "x64"] ?? process.arch;
  return `${counts[count] ?? count} ${kind} core${count === 1 ? "" : "s"}`;
}

/** Three digits tell all that a measurement can. */
const rounded = (x: number): number => Number(x.toPrecision(3));

/** A measurement without what makes it run. */
export function rowOf({ program, hand, ratios }: Measurement): Row {
  const { name, limit, binds, figure, count } = program;
  const kept = Object.entries(ratios).map(([variant, { best, low, high }]) => [
    variant,
    { best: rounded(best), low: rounded(low), high: rounded(high) },
  ]);
  return { name, limit, binds, figure, count, hand: rounded(hand), ratios: Object.fromEntries(kept) };
}

/** One row from what several processes measured of a program: the shortest rounds of all, and the range of all ranges. */
export function combined(rows: readonly [Row, ...Row[]]): Row {
  const hand = Math.min(...rows.map((row) => row.hand));
  const variants = Object.keys(rows[0].ratios) as Variant[];
  const ratios = variants.map((variant) => {
    const own = rows.flatMap((row) => (row.ratios[variant] === undefined ? [] : [{ ...row.ratios[variant], hand: row.hand }]));
    const best = rounded(Math.min(...own.map((ratio) => ratio.best * ratio.hand)) / hand);
    return [variant, { best, low: Math.min(best, ...own.map(({ low }) => low)), high: Math.max(best, ...own.map(({ high }) => high)) }];
  });
  return { ...rows[0], hand, ratios: Object.fromEntries(ratios) };
}

/** What is kept of a suite whose programs have these names, in their order: rows measured now, and those of before for the others. */
export function merged(programs: readonly string[], now: readonly Row[], before: SuiteResults | undefined): SuiteResults {
  const rows = programs.flatMap((name) => {
    const row = [...now, ...(before?.rows ?? [])].find((one) => one.name === name);
    return row === undefined ? [] : [row];
  });
  return { date: new Date().toISOString().slice(0, 10), node: process.versions.node, machine: machine(), rows };
}

export function readResults(file: string): Results {
  return JSON.parse(readFileSync(file, "utf8")) as Results;
}

/** Each program on a line of its own, so that a change reads as one. */
function textOf(results: Results): string {
  const ofSuite = ([name, { rows, ...rest }]: readonly [string, SuiteResults]): string =>
    `  ${JSON.stringify(name)}: ${JSON.stringify(rest).slice(0, -1)},"rows":[\n${rows.map((row) => `   ${JSON.stringify(row)}`).join(",\n")}\n  ]}`;
  const ofEffort = ([name, kept]: readonly [string, EffortResults]): string =>
    ` ${JSON.stringify(name)}: {\n${Object.entries(kept).map(ofSuite).join(",\n")}\n }`;
  return `{\n${Object.entries(results).map(ofEffort).join(",\n")}\n}\n`;
}

export function writeResults(file: string, results: Results): void {
  writeFileSync(file, textOf(results));
}
