/** How long is measured, and on what sizes. */
export interface Effort {
  readonly name: "default" | "thorough";
  /** Times all variants of a program are measured in turn. */
  readonly rounds: number;
  /** Seconds for each variant in each round. */
  readonly seconds: number;
  /** Each variant runs before it is timed until it has run so often, or so many seconds. */
  readonly warm: { readonly calls: number; readonly seconds: number };
}

export const efforts: Readonly<Record<Effort["name"], Effort>> = {
  default: { name: "default", rounds: 7, seconds: 0.004, warm: { calls: 300, seconds: 0.05 } },
  thorough: { name: "thorough", rounds: 30, seconds: 0.005, warm: { calls: 300, seconds: 0.5 } },
};
