import type { Run } from "./answer.js";

/** The ways in which a program is computed; each gives value and gradient. */
export interface Variants {
  /** A hand-written loop: what the others are measured against. */
  readonly hand: Run;
  /** The same by hand over ndarray's get and set, as the traced program is written. */
  readonly ndarray?: Run | undefined;
  /** The library's function, its rule at work. */
  readonly rule?: Run | undefined;
  /** The same loops traced, without a rule of their own. */
  readonly traced?: Run | undefined;
  /** The same loops on a tape that makes an array for each read. */
  readonly contrast?: Run | undefined;
}

/** The name of a column. */
export type Variant = keyof Variants;

export const variantNames: readonly Variant[] = ["hand", "ndarray", "rule", "traced", "contrast"];

/** A program that is differentiated in several ways. */
export interface Program {
  readonly name: string;
  readonly variants: Variants;
  /** How many entries or scalar operations it goes over; times are given for each of them where present. */
  readonly count?: number | undefined;
  /** The multiple of the hand-written loop that the rule must not exceed. */
  readonly limit?: number | undefined;
  readonly binds?: boolean | undefined;
  /** How far answers may lie apart, relative to the largest entry; 1e-12 of each entry when absent. */
  readonly tolerance?: number | undefined;
}
