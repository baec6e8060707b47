import { readFileSync } from "node:fs";
import type { EffortResults, Results } from "../../../perf/results.js";
import { duration, multiple } from "../../../perf/table.js";

/** A program of the lab, each way to compute it as the page shows it. */
export interface MeasuredRow {
  readonly name: string;
  readonly hand: string;
  readonly rule: string;
  readonly traced: string;
  readonly contrast: string;
}

export interface Measured {
  readonly rows: readonly MeasuredRow[];
  readonly machine: string;
  readonly node: string;
  readonly date: string;
}

declare const data: Measured;

export { data };

const shown = [
  "mymaximum 100×100",
  "poolSum 100×100, blocks 3×2",
  "naive pooling 100×100 by elements",
  "Hausdorff pooling 100×100, blocks 10×10",
  "RoPE 32×256, by x and θ",
  "chain of 10000 operations",
  "Rosenbrock n = 1000",
];

export default {
  watch: ["../../../perf/results.json"],
  load([file]: string[]): Measured {
    const results = JSON.parse(readFileSync(file as string, "utf8")) as Results;
    const { lab } = results.thorough as EffortResults;
    if (lab === undefined) throw new Error("perf/results.json holds no thorough run of the lab");
    const rows = shown.map((name): MeasuredRow => {
      const row = lab.rows.find((candidate) => candidate.name === name);
      if (row === undefined) throw new Error(`perf/results.json has no row "${name}" in the lab`);
      const { rule, traced, contrast } = row.ratios;
      return {
        name,
        hand: duration(row.hand),
        rule: multiple(rule?.best),
        traced: multiple(traced?.best),
        contrast: multiple(contrast?.best),
      };
    });
    return { rows, machine: lab.machine, node: lab.node, date: lab.date };
  },
};
