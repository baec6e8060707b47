/** The value of a scalar function and its gradient: a number or an array for each argument. */
export interface Answer {
  readonly value: number;
  readonly gradient: readonly unknown[];
}

/** One way to compute an answer, without arguments. */
export type Run = () => Answer;

/** Half-open ranges of one axis. */
export type Ranges = readonly (readonly [start: number, stop: number])[];
