// The programs of ../programs/geometry.ts in the library's functions: what they become, written by hand.
import { add, cos, div, exp, gradient, hypot, max, mul, pow, type Scalar, sin, sub } from "cotangent";

type Vector = readonly [Scalar, Scalar, Scalar];

const dot = (a: Vector, b: Vector): Scalar => add(add(mul(a[0], b[0]), mul(a[1], b[1])), mul(a[2], b[2]));

const cross = ([a, b, c]: Vector, [d, e, f]: Vector): Vector => [
  sub(mul(b, f), mul(c, e)),
  sub(mul(c, d), mul(a, f)),
  sub(mul(a, e), mul(b, d)),
];

function turned(omega: Vector, p: Vector): Vector {
  const angle = hypot(...omega);
  const axis = omega.map((each) => div(each, angle)) as unknown as Vector;
  const side = cross(axis, p);
  const along = mul(dot(axis, p), sub(1, cos(angle)));
  return p.map((each, k) =>
    add(add(mul(each, cos(angle)), mul(side[k] as Scalar, sin(angle))), mul(axis[k] as Scalar, along)),
  ) as unknown as Vector;
}

interface Camera {
  omega: Vector;
  shift: Vector;
  focal: Scalar;
  radial: Scalar;
}

const seen: readonly (readonly [number, number])[] = [
  [0.3, -0.1],
  [0.6, 0.2],
  [-0.2, 0.4],
];

export function bundleAdjustment({ omega, shift, focal, radial }: Camera, points: Vector[]): Scalar {
  let error: Scalar = 0;
  points.forEach((p, k) => {
    const [x, y, depth] = turned(omega, p).map((each, axis) => add(each, shift[axis] as Scalar)) as unknown as Vector;
    const [u, v] = [div(x, depth), div(y, depth)];
    const scale = mul(focal, add(1, mul(radial, add(pow(u, 2), pow(v, 2)))));
    const [right, up] = seen[k] as readonly [number, number];
    error = add(error, add(pow(sub(mul(scale, u), right), 2), pow(sub(mul(scale, v), up), 2)));
  });
  return error;
}

const rotated = (x: Scalar[][], theta: Scalar[]): Scalar[][] =>
  x.map((row, position) => {
    const turnedRow: Scalar[] = row.map(() => 0);
    for (let k = 0; k < theta.length; k++) {
      const angle = mul(position + 1, theta[k] as Scalar);
      const [even, odd] = [row[2 * k] as Scalar, row[2 * k + 1] as Scalar];
      turnedRow[2 * k] = sub(mul(even, cos(angle)), mul(odd, sin(angle)));
      turnedRow[2 * k + 1] = add(mul(odd, cos(angle)), mul(even, sin(angle)));
    }
    return turnedRow;
  });

export function attention(q: Scalar[][], k: Scalar[][], v: Scalar[][], theta: Scalar[]): Scalar {
  const [queries, keys] = [rotated(q, theta), rotated(k, theta)];
  let total: Scalar = 0;
  for (const [i, query] of queries.entries()) {
    const scores = keys.slice(0, i + 1).map((key) =>
      div(
        key.reduce<Scalar>((sum, each, d) => add(sum, mul(each, query[d] as Scalar)), 0),
        Math.sqrt(key.length),
      ),
    );
    const top = (max as (...xs: Scalar[]) => Scalar)(...scores);
    const shares = scores.map((score) => exp(sub(score, top)));
    const whole = shares.reduce((a, b) => add(a, b));
    for (const [j, share] of shares.entries())
      (v[j] as Scalar[]).forEach((each, c) => {
        total = add(total, mul(mul(div(share, whole), each), Math.sin(1 + i + 2 * c)));
      });
  }
  return total;
}

interface Data {
  x: number[][];
  y: number[];
}

const trained: Data = { x: [[1, 0.5], [-0.5, 1], [0.25, -1.5], [2, 1]], y: [1, -1, 0.5, 2] }; // biome-ignore format: a row each
const held: Data = { x: [[0.5, 1], [-1, 0.75], [1, -1]], y: [0.5, -1.5, 1] }; // biome-ignore format: a row each

function misfit(w: readonly Scalar[], { x, y }: Data): Scalar {
  const miss = (row: number[], n: number): Scalar =>
    sub(
      row.reduce<Scalar>((s, e, k) => add(s, mul(e, w[k] as Scalar)), 0),
      y[n] as number,
    );
  return div(
    x.reduce<Scalar>((sum, row, n) => add(sum, pow(miss(row, n), 2)), 0),
    2,
  );
}

const inner = (w: readonly Scalar[], penalty: Scalar): Scalar =>
  add(
    misfit(w, trained),
    mul(
      div(penalty, 2),
      w.reduce((sum, each) => add(sum, mul(each, each)), 0),
    ),
  );

export function bilevel(penalty: Scalar, rate: Scalar): Scalar {
  let w: Scalar[] = [0, 0];
  for (let k = 0; k < 30; k++) {
    const [slope] = gradient((v) => inner(v, penalty), w);
    w = w.map((each, i) => sub(each, mul(rate, slope[i] as Scalar)));
  }
  return misfit(w, held);
}
