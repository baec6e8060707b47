import type { Answer } from "../answer.js";

/**
 * Σ w y, y a rotary embedding as in rotary-embedding.ts, by x and theta. All in one pass: neither y nor sines and cosines are kept.
 */
export function weightedRotaryEmbedding(x: Float64Array, theta: Float64Array, w: Float64Array): Answer {
  const width = x.length / (2 * theta.length);
  const xbar = new Float64Array(x.length);
  const thetabar = new Float64Array(theta.length);
  let value = 0;
  for (let k = 0; k < theta.length; k++) {
    const angle = theta[k] as number;
    let total = 0;
    for (let p = 1, even = 2 * k * width, odd = even + width; p <= width; p++, even++, odd++) {
      const sine = Math.sin(p * angle);
      const cosine = Math.cos(p * angle);
      const a = x[even] as number;
      const b = x[odd] as number;
      const abar = w[even] as number;
      const bbar = w[odd] as number;
      const turnedA = a * cosine - b * sine;
      const turnedB = a * sine + b * cosine;
      value += abar * turnedA + bbar * turnedB;
      xbar[even] = abar * cosine + bbar * sine;
      xbar[odd] = bbar * cosine - abar * sine;
      total += p * (bbar * turnedA - abar * turnedB);
    }
    thetabar[k] = total;
  }
  return { value, gradient: [xbar, thetabar] };
}
