import { expectClose } from "./expect.js";
import { tolerances } from "./numeric.js";
import type { Subject } from "./subject.js";
import { magnitude } from "./vectors.js";

/** How two directions are combined: small integers, so that nothing is rounded. */
const WEIGHTS: readonly [number, number] = [2, -3];

/** 2a − 3b. */
export function combined(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((entry, n) => WEIGHTS[0] * entry + WEIGHTS[1] * (b[n] as number));
}

/** Throws where the map that gave these three results, the last for 2u − 3v, is not linear. Entries that are not finite are not compared. */
export function expectLinear(
  subject: Subject,
  primal: unknown,
  ofU: Float64Array,
  ofV: Float64Array,
  ofBoth: Float64Array,
  words: { who: string; path: string; hint: string },
): void {
  const expected = combined(ofU, ofV);
  const errors = expected.map((_, n) => (Number.isFinite(ofU[n]) && Number.isFinite(ofV[n]) ? 0 : Number.POSITIVE_INFINITY));
  const { exact } = tolerances(subject);
  const atol = 10 * exact * (magnitude(ofU) + magnitude(ofV));
  expectClose({ ...words, primal, got: ofBoth, expected, errors, rtol: 10 * exact, atol });
}

/** Throws where zero did not become zero. */
export function expectZero(vector: Float64Array, who: string, cure: string): void {
  const at = vector.findIndex((entry) => entry !== 0);
  if (at >= 0) throw new Error(`${who}: got ${vector[at]} in entry ${at}, expected 0; ${cure}`);
}
