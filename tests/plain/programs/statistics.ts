// Whole programs in plain TypeScript: what a user writes. Read as text by the tests, and checked by the compiler.
import { differentiable, type int } from "cotangent";

/** ln Σ exp, without overflow. */
export function logSumExp(xs: number[]): number {
  "use grad";
  const top = Math.max(...xs);
  return top + Math.log(xs.reduce((sum, x) => sum + Math.exp(x - top), 0));
}

const points: readonly (readonly [number, number])[] = [
  [0.3, 1.2],
  [-0.5, 0.8],
  [1.4, -0.7],
  [2.1, 0.1],
];

interface Mixture {
  weights: number[];
  means: number[][];
  logScales: number[];
}

/** The log-likelihood of a mixture of round normal distributions. */
export const mixture: (parameters: Mixture) => number = differentiable(({ weights, means, logScales }: Mixture): number => {
  const total = logSumExp(weights);
  return points.reduce((sum, point) => {
    const terms = means.map((mean, k) => {
      let square = 0;
      for (const [axis, m] of mean.entries()) square += ((point[axis] as number) - m) ** 2;
      const scale = logScales[k] as number;
      return (weights[k] as number) - total - 2 * scale - square / (2 * Math.exp(2 * scale)) - Math.log(2 * Math.PI);
    });
    return sum + logSumExp(terms);
  }, 0);
});

/** Logistic regression with a penalty. */
export const logistic: (w: number[], b: number, penalty: number) => number = differentiable(
  (w: number[], b: number, penalty: number): number => {
    let loss = 0;
    for (const [k, point] of points.entries()) {
      const z = point.reduce((sum, x, i) => sum + x * (w[i] as number), b);
      loss += k % 2 === 0 ? Math.log1p(Math.exp(-z)) : Math.log1p(Math.exp(z));
    }
    return loss / points.length + penalty * w.map((each) => each ** 2).reduce((a, c) => a + c);
  },
);

/** The log-likelihood of a series under a local level that drifts: Kalman's filter of one number. */
export const kalman: (level: number, drift: number, noise: number) => number = differentiable(
  (level: number, drift: number, noise: number): number => {
    let [mean, spread, total] = [level, 1, 0];
    for (const y of [0.2, 0.5, 0.1, 0.9, 1.3]) {
      spread += drift * drift;
      const s = spread + noise * noise;
      const miss = y - mean;
      total -= 0.5 * (Math.log(2 * Math.PI * s) + (miss * miss) / s);
      const gain = spread / s;
      mean += gain * miss;
      spread *= 1 - gain;
    }
    return total;
  },
);

/** The entropic cost of moving one histogram onto another. Source: M. Cuturi, Sinkhorn distances (2013). */
export const sinkhorn: (cost: number[][], epsilon: number) => number = differentiable((cost: number[][], epsilon: number): number => {
  const rows = [0.4, 0.6];
  const cols = [0.5, 0.2, 0.3];
  const f = new Float64Array(rows.length);
  const g = new Float64Array(cols.length);
  const turns: int = 20;
  for (let k = 0; k < turns; k++) {
    for (let i = 0; i < f.length; i++) {
      const terms = cost[i] as number[];
      f[i] = epsilon * (Math.log(rows[i] as number) - logSumExp(terms.map((c, j) => ((g[j] as number) - c) / epsilon)));
    }
    for (let j = 0; j < g.length; j++) {
      g[j] = epsilon * (Math.log(cols[j] as number) - logSumExp(cost.map((row, i) => ((f[i] as number) - (row[j] as number)) / epsilon)));
    }
  }
  return f.reduce((sum, each, i) => sum + each * (rows[i] as number), 0) + g.reduce((sum, each, j) => sum + each * (cols[j] as number), 0);
});
