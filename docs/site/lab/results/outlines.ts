import type { AnyArray, NdArray, Scalar } from "../../../../lib/index.js";
import type { Library } from "../library.js";

type Distance = (p: AnyArray, q: AnyArray) => Scalar;

export interface OutlinesResult {
  /** km. */
  readonly value: number;
  /** The gradient by the points p and q: x, y in pairs, without unit (km by km). */
  readonly byP: Float64Array;
  readonly byQ: Float64Array;
  /** The points of p and of q that decide it, where it is one pair; empty where more of them do. */
  readonly pair: readonly number[];
}

/** One step of the descent. */
export interface OutlinesStep {
  /** The distance before the step, km. */
  readonly value: number;
  /** p after it. */
  readonly points: Float64Array;
}

export function outlinesResult(
  { array, withGradient }: Library,
  { hausdorff, chamfer }: { hausdorff: Distance; chamfer: Distance },
  { p, q, kind }: { p: Float64Array; q: Float64Array; kind: string },
): OutlinesResult {
  const pairs = (points: Float64Array) =>
    array(Array.from({ length: points.length / 2 }, (_, k) => [points[2 * k] as number, points[2 * k + 1] as number]));
  const flat = (x: NdArray) => Float64Array.from({ length: 2 * (x.shape[0] ?? 0) }, (_, k) => x.get(k >> 1, k & 1));
  const { value, gradient } = withGradient(kind === "chamfer" ? chamfer : hausdorff, pairs(p), pairs(q));
  const [byP, byQ] = gradient.map((part) => flat(part as NdArray)) as [Float64Array, Float64Array];
  const moved = (x: Float64Array) => Array.from({ length: x.length / 2 }, (_, k) => k).filter((k) => x[2 * k] !== 0 || x[2 * k + 1] !== 0);
  const [fromP, fromQ] = [moved(byP), moved(byQ)];
  return { value, byP, byQ, pair: fromP.length === 1 && fromQ.length === 1 ? [fromP[0] as number, fromQ[0] as number] : [] };
}

/**
 * Steps of descent by a shift, a turn about the middle and a scale of p, each measured by how far it moves the outline: against the gradient by
 * these four, a length of a share of the outline's radius that shrinks to nothing.
 */
export function outlinesSteps(
  library: Library,
  distances: { hausdorff: Distance; chamfer: Distance },
  { p, q, kind, from, steps, total }: { p: Float64Array; q: Float64Array; kind: string; from: number; steps: number; total: number },
): OutlinesStep[] {
  const taken: OutlinesStep[] = [];
  let points = p;
  const n = p.length / 2;
  for (let step = from; step < from + steps; step++) {
    const { value, byP } = outlinesResult(library, distances, { p: points, q, kind });
    let [x, y] = [0, 0];
    for (let k = 0; k < n; k++) [x, y] = [x + (points[2 * k] as number) / n, y + (points[2 * k + 1] as number) / n];
    let [right, up, turn, scale, radius] = [0, 0, 0, 0, 0];
    for (let k = 0; k < n; k++) {
      const [a, b] = [(points[2 * k] as number) - x, (points[2 * k + 1] as number) - y];
      const [abar, bbar] = [byP[2 * k] as number, byP[2 * k + 1] as number];
      right += abar;
      up += bbar;
      turn += a * bbar - b * abar;
      scale += a * abar + b * bbar;
      radius += (a * a + b * b) / n;
    }
    radius = Math.sqrt(radius);
    turn /= radius;
    scale /= radius;
    const length = Math.hypot(right, up, turn, scale);
    const size = length === 0 ? 0 : (-0.12 * radius * (1 - step / total)) / length;
    const [angle, factor] = [(size * turn) / radius, Math.exp((size * scale) / radius)];
    const [c, s] = [factor * Math.cos(angle), factor * Math.sin(angle)];
    points = points.map((_, at) => {
      const [a, b] = [(points[at & ~1] as number) - x, (points[at | 1] as number) - y];
      return at % 2 === 0 ? x + size * right + c * a - s * b : y + size * up + s * a + c * b;
    });
    taken.push({ value, points });
  }
  return taken;
}
