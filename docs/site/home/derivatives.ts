/** What a program of the home page exports: the value of its function, and each partial derivative by either mode. */
export interface Derivatives {
  readonly value: number;
  readonly rows: readonly { readonly by: string; readonly reverse: number; readonly forward: number }[];
}

const isRecord = (x: unknown): x is Readonly<Record<string, unknown>> => typeof x === "object" && x !== null && !Array.isArray(x);

/** Reads the exports `value`, `reverse` and `forward` of a program; undefined where they are missing or of another kind. */
export function derivativesOf(values: Readonly<Record<string, unknown>> | undefined): Derivatives | undefined {
  const { value, reverse, forward } = values ?? {};
  if (typeof value !== "number" || !isRecord(reverse) || !isRecord(forward)) return undefined;
  const rows = Object.entries(reverse).map(([by, slope]) => ({ by, reverse: Number(slope), forward: Number(forward[by]) }));
  return { value, rows };
}

/** The greatest difference between the modes. */
export const disagreement = ({ rows }: Derivatives): number =>
  rows.reduce((worst, { reverse, forward }) => (Object.is(reverse, forward) ? worst : Math.max(worst, Math.abs(reverse - forward))), 0);

/** A number as the page shows it: all its digits, with a true minus sign. */
export const shown = (x: number): string => String(x).replaceAll("-", "−");

/** The difference as the page shows it: two digits tell all. */
export const shownDifference = (x: number): string => (x === 0 ? "0" : shown(Number(x.toPrecision(2))));
