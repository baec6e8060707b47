import type { Effort } from "./effort.js";
import type { Program } from "./program.js";
import type { Row } from "./results.js";

/** A set of programs whose measurements make one table. */
export interface Suite {
  readonly name: string;
  /** What the table shows, in a line. */
  readonly title: string;
  /** Smaller ones where the effort is not thorough. */
  readonly programs: (effort: Effort["name"]) => Program[];
  readonly report: (rows: readonly Row[]) => string;
}
