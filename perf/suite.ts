import type { Measurement } from "./harness.js";
import type { Program } from "./program.js";

/** A set of programs whose measurements make one table. */
export interface Suite {
  readonly name: string;
  /** What the table shows, in a line. */
  readonly title: string;
  readonly programs: () => Program[];
  readonly report: (measurements: readonly Measurement[]) => string;
}
