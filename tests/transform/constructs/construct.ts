/** One row of the table of constructs: what is written, and arguments to try it with. */
export interface Construct {
  /** The group's heading on the page. */
  readonly group: string;
  /** What it is called. */
  readonly name: string;
  /** A function in plain TypeScript, as it is given to `differentiable`. */
  readonly code: string;
  /** Lists of arguments. */
  readonly args: readonly (readonly unknown[])[];
  /** Statements before it, helpers and types. */
  readonly before?: string;
  /** The same in plain TypeScript, where the code itself does not run unmarked. */
  readonly original?: string;
  /** Said on the page where there is more to say. */
  readonly note?: string;
}

type Row = readonly [
  name: string,
  code: string,
  args: readonly (readonly unknown[])[],
  more?: { before?: string; original?: string; note?: string },
];

/** The rows of one group. */
export const groupOf = (group: string, rows: readonly Row[]): Construct[] =>
  rows.map(([name, code, args, more = {}]) => ({ group, name, code, args, ...more }));
