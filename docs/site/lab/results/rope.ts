import type { NdArray, Scalar } from "../../../../lib/index.js";
import type { Library } from "../library.js";

type Rotated = (x: NdArray, theta: NdArray, position: number) => NdArray;
type Score = (q: NdArray, k: NdArray, theta: NdArray, m: number, n: number) => number;

export interface RopeResult {
  readonly value: number;
  /** q turned to position m and k to position n. */
  readonly turnedQ: Float64Array;
  readonly turnedK: Float64Array;
  readonly byQ: Float64Array;
  readonly byK: Float64Array;
  readonly byTheta: Float64Array;
  /** The gradient by theta through the library's rotaryEmbedding and its rule. */
  readonly byThetaByRule: Float64Array;
  /** Scores at n − m = −16 … 16, in steps of ¼. */
  readonly apart: Float64Array;
  readonly relative: Float64Array;
  /** Scores at m + s and n + s, s = 0 … 16. */
  readonly shifted: Float64Array;
}

export function ropeResult(
  { array, expandDims, mul, rotaryEmbedding, sum, withGradient }: Library,
  { rotated, score }: { rotated: Rotated; score: Score },
  { q, k, theta, m, n }: { q: Float64Array; k: Float64Array; theta: Float64Array; m: number; n: number },
): RopeResult {
  const flat = (x: unknown) => Float64Array.from({ length: (x as NdArray).size }, (_, i) => (x as NdArray).get(i));
  const [a, b, angles] = [array([...q]), array([...k]), array([...theta])];
  const { value, gradient } = withGradient(
    (a: NdArray, b: NdArray, t: NdArray) => score(a, b, t, m, n),
    a as never,
    b as never,
    angles as never,
  );
  const byRule = withGradient((t) => {
    const column = (x: NdArray, start: number) => rotaryEmbedding(expandDims(x, 1), t, { start });
    return sum(mul(column(a, m), column(b, n))) as Scalar;
  }, angles);
  const apart = Float64Array.from({ length: 129 }, (_, i) => -16 + i / 4);
  return {
    value,
    turnedQ: flat(rotated(a, angles, m)),
    turnedK: flat(rotated(b, angles, n)),
    byQ: flat(gradient[0]),
    byK: flat(gradient[1]),
    byTheta: flat(gradient[2]),
    byThetaByRule: flat(byRule.gradient[0]),
    apart,
    relative: apart.map((d) => score(a, b, angles, m, m + d)),
    shifted: Float64Array.from({ length: 17 }, (_, s) => score(a, b, angles, m + s, n + s)),
  };
}
