import { short } from "./compare.js";
import { diagnose } from "./diagnose.js";
import { magnitude, pathAt } from "./vectors.js";

/** Two lists of numbers that belong to one primal. */
export interface Comparison {
  /** What is compared with what, for the message. */
  readonly who: string;
  /** The name of the tangent: x̄, ẏ. */
  readonly path: string;
  readonly primal: unknown;
  readonly got: Float64Array;
  readonly expected: Float64Array;
  /** How far off each of the expected numbers may be by itself. */
  readonly errors?: Float64Array | undefined;
  readonly rtol: number;
  readonly atol: number;
  readonly others?: readonly (readonly [label: string, expected: Float64Array])[] | undefined;
  /** What to say after the difference, whatever it is. */
  readonly hint?: string | undefined;
}

/**
 * Throws at the first place where two lists of numbers differ by more than the tolerance, with its path, and with the fault where one
 * explains all differences. Where nothing is known of the expected number, nothing is compared.
 */
export function expectClose({ who, path, primal, got, expected, errors, rtol, atol, others, hint }: Comparison): void {
  const close = (x: number, y: number, n: number): boolean => {
    const error = errors?.[n] ?? 0;
    if (Object.is(x, y) || x === y || !(error < Number.POSITIVE_INFINITY)) return true;
    const apart = Math.abs(x - y);
    return apart < Number.POSITIVE_INFINITY && apart <= atol + rtol * Math.max(Math.abs(x), Math.abs(y)) + error;
  };
  const at = got.findIndex((x, n) => !close(x, expected[n] as number, n));
  if (at < 0) return;
  const x = got[at] as number;
  const y = expected[at] as number;
  const error = errors?.[at] ?? 0;
  const margin = error > 0 ? ` (± ${short(error)})` : "";
  const same = (p: number, q: number, n: number): boolean =>
    close(p, q, n) && Math.abs(p - q) <= 1e-4 * magnitude(expected) + (errors?.[n] ?? 0);
  const words = [diagnose({ got, expected, same, primal, others }), hint ?? ""].filter((word) => word !== "");
  throw new Error(
    `${who}: ${pathAt(primal, at, path)}: got ${x}, expected ${error > 0 ? Number(y.toPrecision(10)) : y}${margin}, ${short(Math.abs(x - y))} apart${words.map((word) => `; ${word}`).join("")}`,
  );
}
