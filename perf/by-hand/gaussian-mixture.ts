import type { Answer } from "../answer.js";

/**
 * The log likelihood, up to a constant, of points x [n, d] under a mixture of K Gaussians with diagonal covariances, by the logarithms of the
 * weights alpha [K], the means mu [K, d] and the logarithms q [K, d] of one over the deviations:
 *   Σᵢ log Σₖ exp(αₖ + Σ qₖ − ½ |e^qₖ (xᵢ − μₖ)|²) − n log Σ e^α
 * Source: the objective of ADBench (F. Srajer, Z. Kukelova and A. Fitzgibbon, 2018), without the off-diagonal terms and the prior.
 */
export function gaussianMixture(x: Float64Array, alpha: Float64Array, mu: Float64Array, q: Float64Array, d: number): Answer {
  const count = alpha.length;
  const n = x.length / d;
  const scales = q.map(Math.exp);
  const constants = new Float64Array(count);
  for (let k = 0, at = 0; k < count; k++) {
    let total = alpha[k] as number;
    for (let j = 0; j < d; j++, at++) total += q[at] as number;
    constants[k] = total;
  }
  const alphabar = new Float64Array(count);
  const mubar = new Float64Array(mu.length);
  const qbar = new Float64Array(q.length);
  const z = new Float64Array(mu.length);
  const terms = new Float64Array(count);
  let value = 0;
  for (let start = 0; start < x.length; start += d) {
    let largest = Number.NEGATIVE_INFINITY;
    for (let k = 0, at = 0; k < count; k++) {
      let squares = 0;
      for (let j = 0; j < d; j++, at++) {
        const unit = (scales[at] as number) * ((x[start + j] as number) - (mu[at] as number));
        z[at] = unit;
        squares += unit * unit;
      }
      const term = (constants[k] as number) - 0.5 * squares;
      terms[k] = term;
      if (term > largest) largest = term;
    }
    let total = 0;
    for (let k = 0; k < count; k++) {
      const e = Math.exp((terms[k] as number) - largest);
      terms[k] = e;
      total += e;
    }
    value += largest + Math.log(total);
    for (let k = 0, at = 0; k < count; k++) {
      const share = (terms[k] as number) / total;
      (alphabar[k] as number) += share;
      for (let j = 0; j < d; j++, at++) {
        const weighted = share * (z[at] as number);
        (mubar[at] as number) += weighted;
        (qbar[at] as number) -= weighted * (z[at] as number);
      }
    }
  }
  let total = 0;
  const largest = Math.max(...alpha);
  for (let k = 0; k < count; k++) total += Math.exp((alpha[k] as number) - largest);
  for (let k = 0, at = 0; k < count; k++) {
    const share = alphabar[k] as number;
    for (let j = 0; j < d; j++, at++) {
      (mubar[at] as number) *= scales[at] as number;
      (qbar[at] as number) += share;
    }
    alphabar[k] = share - (n * Math.exp((alpha[k] as number) - largest)) / total;
  }
  return { value: value - n * (largest + Math.log(total)), gradient: [alphabar, mubar, qbar] };
}
