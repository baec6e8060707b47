import type { Answer } from "../answer.js";

/** Σ exp(−z²) (z + 1): five elementwise operations (mul, neg, exp, add, mul) in one loop. */
export function chainOfFive(z: Float64Array): Answer {
  const zbar = new Float64Array(z.length);
  let value = 0;
  for (let k = 0; k < z.length; k++) {
    const a = z[k] as number;
    const e = Math.exp(-(a * a));
    const b = a + 1;
    value += e * b;
    zbar[k] = e * (1 - 2 * a * b);
  }
  return { value, gradient: [zbar] };
}

/** Σ 3 ((2z + 1)² − z) / 4: five cheap ones (mul, add, mul, sub, mul). */
export function cheapChainOfFive(z: Float64Array): Answer {
  const zbar = new Float64Array(z.length);
  let value = 0;
  for (let k = 0; k < z.length; k++) {
    const a = z[k] as number;
    const b = 2 * a + 1;
    value += (b * b - a) * 0.75;
    zbar[k] = (4 * b - 1) * 0.75;
  }
  return { value, gradient: [zbar] };
}
