import type { Run } from "./answer.js";

/** The ways in which a program is computed; each gives value and gradient. */
export interface Variants {
  /** A hand-written loop: what the others are measured against. In some programs another reference, which their names tell. */
  readonly hand: Run;
  /** The same by hand over ndarray's get and set, as the traced program is written. */
  readonly ndarray?: Run | undefined;
  /** The library's functions, their rules at work. */
  readonly rule?: Run | undefined;
  /** The same loops traced, without a rule of their own. */
  readonly traced?: Run | undefined;
  /** The same loops on a tape that makes an array for each read. */
  readonly contrast?: Run | undefined;
}

/** The name of a column. */
export type Variant = keyof Variants;

export const variantNames: readonly Variant[] = ["hand", "ndarray", "rule", "traced", "contrast"];

/**
 * What a program is measured for: "ratio", the rule's time as a multiple of the hand-written loop's; "time", the seconds that the rule takes for
 * each of `count` operations; "difference", the seconds for each of the `count` operations that the rule does and the reference does not.
 */
export type Figure = "ratio" | "time" | "difference";

/** What must hold of a program's figure. */
export interface Limit {
  /** What the figure of the rule must not exceed: a multiple, or seconds. */
  readonly limit?: number | undefined;
  /** Whether it must hold as it stands; others may be missed by a third, with a reason. */
  readonly binds?: boolean | undefined;
  /** "ratio" when absent. */
  readonly figure?: Figure | undefined;
  /** How many entries or scalar operations it goes over; times are given for each of them where present. */
  readonly count?: number | undefined;
}

/** A program that is differentiated in several ways. */
export interface Program extends Limit {
  readonly name: string;
  readonly variants: Variants;
  /** How far answers may lie apart, relative to the largest entry; 1e-12 of each entry when absent. */
  readonly tolerance?: number | undefined;
  /** Whether only values are compared: the reference has no gradient. */
  readonly valueOnly?: boolean | undefined;
}
