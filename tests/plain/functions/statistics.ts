// The programs of ../programs/statistics.ts in the library's functions: what they become, written by hand.
import { add, div, exp, log, log1p, max, mul, neg, pow, type Scalar, sub } from "cotangent";

function logSumExp(xs: readonly Scalar[]): Scalar {
  const top = (max as (...xs: Scalar[]) => Scalar)(...xs);
  return add(top, log(xs.reduce<Scalar>((sum, x) => add(sum, exp(sub(x, top))), 0)));
}

const points: readonly (readonly [number, number])[] = [
  [0.3, 1.2],
  [-0.5, 0.8],
  [1.4, -0.7],
  [2.1, 0.1],
];

interface Mixture {
  weights: Scalar[];
  means: Scalar[][];
  logScales: Scalar[];
}

export function mixture({ weights, means, logScales }: Mixture): Scalar {
  const total = logSumExp(weights);
  return points.reduce<Scalar>((sum, point) => {
    const terms = means.map((mean, k) => {
      let square: Scalar = 0;
      for (const [axis, m] of mean.entries()) square = add(square, pow(sub(point[axis] as number, m), 2));
      const scale = logScales[k] as Scalar;
      const rest = div(square, mul(2, exp(mul(2, scale))));
      return sub(sub(sub(sub(weights[k] as Scalar, total), mul(2, scale)), rest), Math.log(2 * Math.PI));
    });
    return add(sum, logSumExp(terms));
  }, 0);
}

export function logistic(w: Scalar[], b: Scalar, penalty: Scalar): Scalar {
  let loss: Scalar = 0;
  for (const [k, point] of points.entries()) {
    const z = point.reduce<Scalar>((sum, x, i) => add(sum, mul(x, w[i] as Scalar)), b);
    loss = add(loss, k % 2 === 0 ? log1p(exp(neg(z))) : log1p(exp(z)));
  }
  return add(
    div(loss, points.length),
    mul(
      penalty,
      w.map((each) => pow(each, 2)).reduce((a, c) => add(a, c)),
    ),
  );
}

export function kalman(level: Scalar, drift: Scalar, noise: Scalar): Scalar {
  let [mean, spread, total]: [Scalar, Scalar, Scalar] = [level, 1, 0];
  for (const y of [0.2, 0.5, 0.1, 0.9, 1.3]) {
    spread = add(spread, mul(drift, drift));
    const s: Scalar = add(spread, mul(noise, noise));
    const miss = sub(y, mean);
    total = sub(total, mul(0.5, add(log(mul(2 * Math.PI, s)), div(mul(miss, miss), s))));
    const gain: Scalar = div(spread, s);
    mean = add(mean, mul(gain, miss));
    spread = mul(spread, sub(1, gain));
  }
  return total;
}

export function sinkhorn(cost: Scalar[][], epsilon: Scalar): Scalar {
  const rows = [0.4, 0.6];
  const cols = [0.5, 0.2, 0.3];
  const f: Scalar[] = [0, 0];
  const g: Scalar[] = [0, 0, 0];
  for (let k = 0; k < 20; k++) {
    for (let i = 0; i < f.length; i++) {
      const terms = cost[i] as Scalar[];
      f[i] = mul(epsilon, sub(Math.log(rows[i] as number), logSumExp(terms.map((c, j) => div(sub(g[j] as Scalar, c), epsilon)))));
    }
    for (let j = 0; j < g.length; j++) {
      const terms = cost.map((row, i) => div(sub(f[i] as Scalar, row[j] as Scalar), epsilon));
      g[j] = mul(epsilon, sub(Math.log(cols[j] as number), logSumExp(terms)));
    }
  }
  const weighted = (x: Scalar[], weights: number[]): Scalar =>
    x.reduce<Scalar>((sum, each, i) => add(sum, mul(each, weights[i] as number)), 0);
  return add(weighted(f, rows), weighted(g, cols));
}
