// Whole programs in plain TypeScript: what a user writes. Read as text by the tests, and checked by the compiler.
import { differentiable, gradient, type int } from "cotangent";

type Vector = [number, number, number];

function dot(a: Vector, b: Vector): number {
  "use grad";
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

const cross = differentiable(([a, b, c]: Vector, [d, e, f]: Vector): Vector => [b * f - c * e, c * d - a * f, a * e - b * d]);

/** A point turned about an axis by the axis' length. Source: O. Rodrigues (1840). */
const turned = differentiable((omega: Vector, p: Vector): Vector => {
  const angle = Math.hypot(...omega);
  const axis = omega.map((each) => each / angle) as Vector;
  const side = cross(axis, p);
  const along = dot(axis, p) * (1 - Math.cos(angle));
  return p.map((each, k) => each * Math.cos(angle) + (side[k] as number) * Math.sin(angle) + (axis[k] as number) * along) as Vector;
});

interface Camera {
  omega: Vector;
  shift: Vector;
  focal: number;
  radial: number;
}

const seen: readonly (readonly [number, number])[] = [
  [0.3, -0.1],
  [0.6, 0.2],
  [-0.2, 0.4],
];

/** The squared error of where a camera sees points. Source: Agarwal and others, Bundle adjustment in the large (2010). */
export const bundleAdjustment: (camera: Camera, points: Vector[]) => number = differentiable(
  ({ omega, shift, focal, radial }: Camera, points: Vector[]): number => {
    let error = 0;
    points.forEach((p, k) => {
      const [x, y, depth] = turned(omega, p).map((each, axis) => each + (shift[axis] as number)) as Vector;
      const [u, v] = [x / depth, y / depth];
      const scale = focal * (1 + radial * (u ** 2 + v ** 2));
      const [right, up] = seen[k] as readonly [number, number];
      error += (scale * u - right) ** 2 + (scale * v - up) ** 2;
    });
    return error;
  },
);

/** Pairs of columns turned by the angle of their row. Source: J. Su and others, RoFormer (2021). */
const rotated = differentiable((x: number[][], theta: number[]): number[][] =>
  x.map((row, position) => {
    const turnedRow = new Float64Array(row.length);
    for (let k: int = 0; k < theta.length; k++) {
      const angle = (position + 1) * (theta[k] as number);
      const [even, odd] = [row[2 * k] as number, row[2 * k + 1] as number];
      turnedRow[2 * k] = even * Math.cos(angle) - odd * Math.sin(angle);
      turnedRow[2 * k + 1] = odd * Math.cos(angle) + even * Math.sin(angle);
    }
    return [...turnedRow];
  }),
);

/** Causal attention over rotated positions. Source: A. Vaswani and others, Attention is all you need (2017). */
export const attention: (q: number[][], k: number[][], v: number[][], theta: number[]) => number = differentiable(
  (q: number[][], k: number[][], v: number[][], theta: number[]): number => {
    const [queries, keys] = [rotated(q, theta), rotated(k, theta)];
    let total = 0;
    for (const [i, query] of queries.entries()) {
      const scores = keys
        .slice(0, i + 1)
        .map((key) => key.reduce((sum, each, d) => sum + each * (query[d] as number), 0) / Math.sqrt(key.length));
      const top = Math.max(...scores);
      const shares = scores.map((score) => Math.exp(score - top));
      const whole = shares.reduce((a, b) => a + b);
      for (const [j, share] of shares.entries())
        (v[j] as number[]).forEach((each, c) => {
          total += (share / whole) * each * Math.sin(1 + i + 2 * c);
        });
    }
    return total;
  },
);

interface Data {
  x: number[][];
  y: number[];
}

const trained: Data = { x: [[1, 0.5], [-0.5, 1], [0.25, -1.5], [2, 1]], y: [1, -1, 0.5, 2] }; // biome-ignore format: a row each
const held: Data = { x: [[0.5, 1], [-1, 0.75], [1, -1]], y: [0.5, -1.5, 1] }; // biome-ignore format: a row each

/** ½ |x w − y|² */
function misfit(w: number[], { x, y }: Data): number {
  "use grad";
  return x.reduce((sum, row, n) => sum + (row.reduce((s, e, k) => s + e * (w[k] as number), 0) - (y[n] as number)) ** 2, 0) / 2;
}

const inner = differentiable((w: number[], penalty: number): number => {
  return misfit(w, trained) + (penalty / 2) * w.reduce((sum, each) => sum + each * each, 0);
});

/** The loss on other data of a ridge regression, found by a descent that is unrolled: to be minimized by the penalty. */
export const bilevel: (penalty: number, rate: number) => number = differentiable((penalty: number, rate: number): number => {
  let w = [0, 0];
  const steps: int = 30;
  for (let k = 0; k < steps; k++) {
    const [slope] = gradient((v) => inner(v, penalty), w);
    w = w.map((each, i) => each - rate * (slope[i] as number));
  }
  return misfit(w, held);
});
