import { type AnyArray, chamferDistance, expandDims, type NdArray, sqrt, square, sub, sum, withGradient } from "../../lib/index.js";
import { rowMajor } from "../../lib/nd/index.js";
import { loadOutlines } from "./outlines.js";
import { progress } from "./progress.js";

/** How the Chamfer distance between two outlines fell while its gradient moved one onto the other. */
export interface DescentReport {
  readonly moving: string;
  readonly target: string;
  readonly points: readonly [number, number];
  readonly steps: number;
  /** Chamfer distance in km before each tenth of the steps, and at the end. */
  readonly distances: readonly number[];
  readonly milliseconds: number;
  /** Whether the distance fell to a fifth of what it was. */
  readonly agrees: boolean;
}

const steps = 300;
/** How far the whole outline would move in one step if every point pulled the same way, in units of its points' gradient. */
const rate = 20;
const shown = 10;

/** ‖p_i − q_j‖, shape [n, m], of points p [n, 2] and q [m, 2]. */
function distances(p: AnyArray, q: AnyArray): AnyArray {
  return sqrt(sum(square(sub(expandDims(p, 1), expandDims(q, 0))), { axis: 2 }) as AnyArray);
}

/** Gradient descent on the Chamfer distance: every point of one outline moves along its own gradient. */
export function descend(): DescentReport {
  const { moving, target } = loadOutlines();
  const n = moving.points.length / 2;
  const m = target.points.length / 2;
  const goal = rowMajor(target.points, [m, 2]);
  const points = rowMajor(moving.points.slice(), [n, 2]);
  const bar = progress("descent", steps);
  const seen: number[] = [];
  const start = performance.now();
  try {
    for (let step = 0; step <= steps; step++) {
      const { value, gradient } = withGradient((p) => chamferDistance(distances(p, goal)), points);
      if (step % (steps / shown) === 0) seen.push(value);
      bar.update(step, `${value.toFixed(1)} km`);
      // Steps shrink, so that points settle instead of jumping about their targets.
      const size = rate * n * (1 - step / (steps + 1));
      const slope = (gradient[0] as NdArray).data;
      for (let k = 0; k < 2 * n; k++) (points.data[k] as number) -= size * (slope[k] as number);
    }
  } finally {
    bar.clear();
  }
  const [first, last] = [seen[0] as number, seen.at(-1) as number];
  return {
    moving: moving.name,
    target: target.name,
    points: [n, m],
    steps,
    distances: seen,
    milliseconds: performance.now() - start,
    agrees: last < first / 5,
  };
}
