import type { Answer } from "../answer.js";

/**
 * The sum of a rotary embedding: rows 2k and 2k + 1 of x turned by the angle p·θ[k] in column p, counted from 1; x is row-major, of
 * 2·theta.length rows. Sines and cosines are kept for the gradient.
 */
export function rotaryEmbedding(x: Float64Array, theta: Float64Array): Answer {
  const width = x.length / (2 * theta.length);
  const y = new Float64Array(x.length);
  const sines = new Float64Array(theta.length * width);
  const cosines = new Float64Array(theta.length * width);
  for (let k = 0; k < theta.length; k++) {
    const angle = theta[k] as number;
    for (let p = 0, at = k * width, even = 2 * k * width, odd = even + width; p < width; p++, at++, even++, odd++) {
      const sine = Math.sin((p + 1) * angle);
      const cosine = Math.cos((p + 1) * angle);
      sines[at] = sine;
      cosines[at] = cosine;
      const a = x[even] as number;
      const b = x[odd] as number;
      y[even] = a * cosine - b * sine;
      y[odd] = a * sine + b * cosine;
    }
  }
  let value = 0;
  for (let n = 0; n < y.length; n++) value += y[n] as number;
  const ybar = new Float64Array(y.length).fill(1);

  const xbar = new Float64Array(x.length);
  const thetabar = new Float64Array(theta.length);
  for (let k = 0; k < theta.length; k++) {
    let total = 0;
    for (let p = 0, at = k * width, even = 2 * k * width, odd = even + width; p < width; p++, at++, even++, odd++) {
      const sine = sines[at] as number;
      const cosine = cosines[at] as number;
      const abar = ybar[even] as number;
      const bbar = ybar[odd] as number;
      xbar[even] = abar * cosine + bbar * sine;
      xbar[odd] = bbar * cosine - abar * sine;
      // ∂a'/∂angle = −b' and ∂b'/∂angle = a', for the turned pair (a', b').
      total += (p + 1) * (bbar * (y[even] as number) - abar * (y[odd] as number));
    }
    thetabar[k] = total;
  }
  return { value, gradient: [xbar, thetabar] };
}
