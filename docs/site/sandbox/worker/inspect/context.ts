/** What one printing keeps in mind, as Node's util.inspect does. */
export interface Context {
  /** How deep records within records are shown. */
  readonly depth: number;
  readonly breakLength: number;
  readonly maxArrayLength: number;
  readonly maxStringLength: number;
  /** How many levels of lists may share one line. */
  readonly compact: number;
  indentation: number;
  currentDepth: number;
  /** What is being printed around the value at hand: a value that meets itself is circular. */
  readonly seen: unknown[];
  readonly circular: Map<unknown, number>;
}

export const contextOf = (depth = 2): Context => ({
  depth,
  breakLength: 80,
  maxArrayLength: 100,
  maxStringLength: 10_000,
  compact: 3,
  indentation: 0,
  currentDepth: 0,
  seen: [],
  circular: new Map(),
});

export const remaining = (count: number): string => `... ${count} more item${count > 1 ? "s" : ""}`;
