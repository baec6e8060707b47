/**
 * Runs the suites, or those programs whose names contain one of the arguments, and prints a table for each suite.
 *
 *   npm run perf [-- NAME … --thorough --processes 3 --write]
 *
 * --thorough measures longer, on larger arrays; --write keeps the figures in perf/results.json, in the place of those of the same programs, and
 * makes the tables of perf/README.md from it; --processes measures in so many, one after the other, and takes the shortest rounds of all. Figures are compared with those that were kept.
 * Exits with 1 when two ways to compute the same thing disagree, with 2 when a name names nothing.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { Effort } from "./effort.js";
import { chosen, measured } from "./plan.js";
import { withTables } from "./readme.js";
import { gotWorse, summary } from "./report.js";
import { combined, merged, type Results, type Row, readResults, writeResults } from "./results.js";
import type { Suite } from "./suite.js";
import { suites } from "./suites/index.js";

const resultsFile = "perf/results.json";
const readmeFile = "perf/README.md";

const { values, positionals } = parseArgs({
  options: {
    processes: { type: "string", default: "1" },
    thorough: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
  },
  allowPositionals: true,
});
const effort: Effort["name"] = values.thorough ? "thorough" : "default";
const processes = Math.max(1, Number(values.processes));
const plan = chosen(suites, positionals, effort);

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

function report(suite: Suite, rows: readonly Row[], seconds: number, kept: Results): void {
  print(`\n${suite.name}: ${suite.title}\n\n${suite.report(rows)}\n`);
  const worse = gotWorse(rows, kept[effort]?.[suite.name]?.rows ?? []);
  const said = [summary(rows), worse.length > 0 ? `Slower than what is kept:\n${worse.map((line) => `  ${line}`).join("\n")}` : ""];
  print([...said, `${Math.round(seconds)} s`].filter((line) => line !== "").join("\n"));
}

/** The rows of a suite, from so many processes. */
async function rowsOf(suite: Suite, programs: readonly string[]): Promise<Row[]> {
  const runs: Row[] = [];
  for (let k = 0; k < processes; k++) {
    const rows = await measured({ suite: suite.name, programs, effort }, (disagreement) => {
      process.stderr.write(`${disagreement}\n`);
      process.exitCode = 1;
    });
    runs.push(...rows);
  }
  return programs.flatMap((program) => {
    const [first, ...others] = runs.filter(({ name }) => name === program);
    return first === undefined ? [] : [combined([first, ...others])];
  });
}

async function runAll(): Promise<void> {
  let kept: Results = existsSync(resultsFile) ? readResults(resultsFile) : {};
  for (const [suite, programs] of plan) {
    const start = performance.now();
    const rows = await rowsOf(suite, programs);
    report(suite, rows, (performance.now() - start) / 1000, kept);
    const names = suite.programs(effort).map(({ name }) => name);
    kept = { ...kept, [effort]: { ...kept[effort], [suite.name]: merged(names, rows, kept[effort]?.[suite.name]) } };
  }
  if (!values.write) return;
  writeResults(resultsFile, kept);
  writeFileSync(readmeFile, withTables(readFileSync(readmeFile, "utf8"), suites, kept));
}

if (plan.length === 0) {
  const known = suites.flatMap((suite) => [suite.name, ...suite.programs(effort).map(({ name }) => `  ${name}`)]);
  process.stderr.write(`nothing is named ${positionals.join(" or ")}; there are\n${known.join("\n")}\n`);
  process.exitCode = 2;
} else {
  await runAll();
}
