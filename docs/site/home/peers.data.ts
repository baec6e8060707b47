import { readFileSync } from "node:fs";
import type { Cell, PeerResults } from "../../../perf/peers/results.js";
import { multiple } from "../../../perf/table.js";

/** A program, and what each library needs for it. */
export interface PeerRow {
  readonly program: string;
  readonly cells: readonly { readonly library: string; readonly text: string; readonly best: boolean }[];
}

export interface PeerFigures {
  readonly libraries: readonly string[];
  readonly rows: readonly PeerRow[];
  readonly machine: string;
  readonly node: string;
  readonly date: string;
}

declare const data: PeerFigures;

export { data };

/** The columns, each with the names under which perf/peers/results.json has it. */
const libraries: Readonly<Record<string, readonly string[]>> = {
  cotangent: ["cotangent"],
  "TensorFlow.js": ["TensorFlow.js cpu", "TensorFlow.js wasm"],
  "jax-js": ["jax-js"],
  rose: ["rose"],
  adnn: ["adnn"],
};

const programs = [
  "x² + 3y, one call",
  "Σ exp(x), n = 100 000",
  "Σ y², y sums of 100×100 in blocks 3×2",
  "maximum of 100×100",
  "Σ of Hausdorff distances of 100×100 in blocks 10×10",
  "Σ w RoPE 64×512, by x and θ",
  "MLP 784-128-10, batch 64, float32",
  "MLP 784-128-10, batch 64, float64",
  "Rosenbrock, n = 1000: gradient",
  "Rosenbrock, n = 100: hvp",
];

/** A cell's multiple; infinite where there is none, or where the answer was wrong. */
const figureOf = (cell: Cell | undefined): number => (cell !== undefined && "best" in cell ? cell.best : Number.POSITIVE_INFINITY);

export default {
  watch: ["../../../perf/peers/results.json"],
  load([file]: string[]): PeerFigures {
    const { rows, machine, node, date } = JSON.parse(readFileSync(file as string, "utf8")) as PeerResults;
    const shown = programs.map((program): PeerRow => {
      const forms = rows.filter((row) => row.program === program);
      if (forms.length === 0) throw new Error(`perf/peers/results.json has no row "${program}"`);
      const figures = Object.entries(libraries).map(([library, names]) => {
        const measured = forms.flatMap(({ cells }) => names.map((name) => figureOf(cells[name])));
        return { library, figure: Math.min(...measured) };
      });
      const least = Math.min(...figures.map(({ figure }) => figure));
      const cells = figures.map(({ library, figure }) => ({ library, text: multiple(figure), best: figure === least }));
      return { program, cells };
    });
    return { libraries: Object.keys(libraries), rows: shown, machine, node, date };
  },
};
