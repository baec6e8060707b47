import type { LabCheck } from "../../../perf/lab/measure.js";
import type { Timing } from "./timing.js";

/** What the workers of the live lab send. */
export type FromCrossCheck =
  | { readonly kind: "begin"; readonly names: readonly string[] }
  | { readonly kind: "row"; readonly row: LabCheck }
  | { readonly kind: "end" };

export interface SpeedRow {
  readonly name: string;
  readonly hand: Timing;
  readonly rule: Timing;
  readonly traced?: Timing | undefined;
  readonly fullArrays?: Timing | undefined;
}

export type FromSpeed =
  | { readonly kind: "begin"; readonly names: readonly string[]; readonly clockStep: number }
  /** The function under way, and how much of all is done, 0 to 1. */
  | { readonly kind: "progress"; readonly name: string; readonly share: number }
  | { readonly kind: "row"; readonly row: SpeedRow }
  | { readonly kind: "disagree"; readonly name: string; readonly way: string; readonly difference: number }
  | { readonly kind: "end" };

/** The seed of the lab's inputs: that of `npm run lab`. */
export const seed = 9;
