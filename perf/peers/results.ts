import type { Form } from "./peer.js";

/** The time of a run as a multiple of the reference's: that of their shortest rounds. Or why there is none. */
export type Cell =
  | { readonly best: number; readonly low: number; readonly high: number }
  | { readonly wrong: string }
  | { readonly fails: string };

/** A program in one form, by every library that has it so. */
export interface Row {
  readonly program: string;
  readonly form: Form;
  /** Seconds that the loop by hand took. */
  readonly hand: number;
  /** By the name of the library. */
  readonly cells: Readonly<Record<string, Cell>>;
}

/** A value by numpy-ts, and this library's time as a multiple of that. */
export interface ValueRow {
  readonly program: string;
  readonly reference: number;
  readonly ours: Cell;
}

/** What was measured of other libraries, as it is kept. */
export interface PeerResults {
  readonly date: string;
  readonly node: string;
  readonly machine: string;
  /** By package. */
  readonly versions: Readonly<Record<string, string>>;
  readonly rows: readonly Row[];
  readonly values: readonly ValueRow[];
}
