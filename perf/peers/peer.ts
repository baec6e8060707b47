import type { Answer } from "../answer.js";

/**
 * How a program is written: with a rule of one's own for the function at hand, with functions of whole arrays, or entry by entry (block by block
 * where a library has no entries).
 */
export type Form = "rule" | "arrays" | "loops";

export const forms: readonly Form[] = ["rule", "arrays", "loops"];

/** The programs that are measured; by-hand loops are in programs.ts. */
export type ProgramName =
  | "f1"
  | "square"
  | "exp"
  | "poolSum"
  | "maximum"
  | "hausdorff"
  | "rotary"
  | "mlpSingle"
  | "mlpDouble"
  | "rosenbrock"
  | "jvp"
  | "hvp"
  | "hessian";

/** What runs a program: value and gradients as numbers, typed arrays or lists of them, row-major. */
export type PeerRun = () => Answer;

/** A library on those programs and in those forms that it has. */
export interface Peer {
  readonly name: string;
  /** The package whose version is told. */
  readonly package: string;
  readonly precision: "float64" | "float32";
  /** How far it may be from the loop by hand, relative to the largest entry. */
  readonly tolerance: number;
  readonly programs: Partial<Record<ProgramName, Partial<Record<Form, PeerRun>>>>;
}
