import type { Answer } from "../answer.js";

/** Σ 100 (x[i + 1] − x[i]²)² + (1 − x[i])². Source: H. H. Rosenbrock (1960), in the usual extension to n variables. */
export function rosenbrock(x: Float64Array): Answer {
  const xbar = new Float64Array(x.length);
  let value = 0;
  for (let i = 0; i + 1 < x.length; i++) {
    const a = x[i] as number;
    const valley = (x[i + 1] as number) - a * a;
    const slope = 1 - a;
    value += 100 * valley * valley + slope * slope;
    (xbar[i] as number) -= 400 * valley * a + 2 * slope;
    (xbar[i + 1] as number) += 200 * valley;
  }
  return { value, gradient: [xbar] };
}
