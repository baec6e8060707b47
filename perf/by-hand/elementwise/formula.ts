/** Where the entries of an operand are drawn from. */
export type Domain =
  /** The standard normal distribution. */
  | "normal"
  /** Evenly from an interval. */
  | readonly [low: number, high: number]
  /** 0 and 1, which nothing is differentiated by. */
  | "mask";

/**
 * An elementwise function and its derivatives as text for a loop. The entries are named a, b, c, the result y, static arguments p, q; `first` is
 * what both share. Derivatives that are "0" leave their array as it comes, full of zeros.
 */
export interface Formula {
  readonly on: readonly Domain[];
  readonly first?: string;
  readonly value: string;
  /** One for each operand; for a mask undefined. */
  readonly slopes: readonly (string | undefined)[];
  /** Numbers that the loop takes after the operands. */
  readonly statics?: readonly number[];
  /** Functions of numbers that the text calls. */
  readonly kernels?: Readonly<Record<string, (...xs: number[]) => number>>;
}

export type Formulas = Readonly<Record<string, Formula>>;
