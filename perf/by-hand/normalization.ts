import type { Answer } from "../answer.js";

const eps = 1e-5;

/** Σ w (x̂ · gain + bias), x̂ each row of x brought to mean 0 and variance 1; by x, gain and bias. */
export function layerNorm(x: Float64Array, gain: Float64Array, bias: Float64Array, w: Float64Array): Answer {
  const cols = gain.length;
  const xbar = new Float64Array(x.length);
  const gainbar = new Float64Array(cols);
  const biasbar = new Float64Array(cols);
  let value = 0;
  for (let start = 0; start < x.length; start += cols) {
    let total = 0;
    for (let j = 0, at = start; j < cols; j++, at++) total += x[at] as number;
    const mean = total / cols;
    let squares = 0;
    for (let j = 0, at = start; j < cols; j++, at++) {
      const d = (x[at] as number) - mean;
      squares += d * d;
    }
    const r = 1 / Math.sqrt(squares / cols + eps);
    let sum = 0;
    let dot = 0;
    for (let j = 0, at = start; j < cols; j++, at++) {
      const unit = ((x[at] as number) - mean) * r;
      const weight = w[at] as number;
      const g = weight * (gain[j] as number);
      value += g * unit + weight * (bias[j] as number);
      (gainbar[j] as number) += weight * unit;
      (biasbar[j] as number) += weight;
      sum += g;
      dot += g * unit;
    }
    sum /= cols;
    dot /= cols;
    for (let j = 0, at = start; j < cols; j++, at++) {
      const unit = ((x[at] as number) - mean) * r;
      xbar[at] = r * ((w[at] as number) * (gain[j] as number) - sum - unit * dot);
    }
  }
  return { value, gradient: [xbar, gainbar, biasbar] };
}

/** Σ w x · r · gain, r = 1 / √(mean x² + eps) of each row. */
export function rmsNorm(x: Float64Array, gain: Float64Array, w: Float64Array): Answer {
  const cols = gain.length;
  const xbar = new Float64Array(x.length);
  const gainbar = new Float64Array(cols);
  let value = 0;
  for (let start = 0; start < x.length; start += cols) {
    let squares = 0;
    for (let j = 0, at = start; j < cols; j++, at++) squares += (x[at] as number) * (x[at] as number);
    const r = 1 / Math.sqrt(squares / cols + eps);
    let dot = 0;
    for (let j = 0, at = start; j < cols; j++, at++) {
      const unit = (x[at] as number) * r;
      const weight = w[at] as number;
      dot += weight * (gain[j] as number) * unit;
      (gainbar[j] as number) += weight * unit;
    }
    value += dot;
    const factor = (dot / cols) * r;
    for (let j = 0, at = start; j < cols; j++, at++) xbar[at] = r * ((w[at] as number) * (gain[j] as number) - (x[at] as number) * factor);
  }
  return { value, gradient: [xbar, gainbar] };
}

/** Σ w (x̂ · gain + bias), x̂ each column of x, a channel, brought to mean 0 and variance 1; a row at a time. */
export function batchNorm(x: Float64Array, gain: Float64Array, bias: Float64Array, w: Float64Array): Answer {
  const cols = gain.length;
  const rows = x.length / cols;
  const mean = new Float64Array(cols);
  for (let at = 0; at < x.length; ) for (let j = 0; j < cols; j++, at++) (mean[j] as number) += x[at] as number;
  for (let j = 0; j < cols; j++) (mean[j] as number) /= rows;
  const r = new Float64Array(cols);
  for (let at = 0; at < x.length; ) {
    for (let j = 0; j < cols; j++, at++) {
      const d = (x[at] as number) - (mean[j] as number);
      (r[j] as number) += d * d;
    }
  }
  for (let j = 0; j < cols; j++) r[j] = 1 / Math.sqrt((r[j] as number) / rows + eps);
  const gainbar = new Float64Array(cols);
  const biasbar = new Float64Array(cols);
  for (let at = 0; at < x.length; ) {
    for (let j = 0; j < cols; j++, at++) {
      const weight = w[at] as number;
      (biasbar[j] as number) += weight;
      (gainbar[j] as number) += weight * ((x[at] as number) - (mean[j] as number)) * (r[j] as number);
    }
  }
  let value = 0;
  const factor = new Float64Array(cols);
  const shift = new Float64Array(cols);
  const slope = new Float64Array(cols);
  for (let j = 0; j < cols; j++) {
    value += (gain[j] as number) * (gainbar[j] as number) + (bias[j] as number) * (biasbar[j] as number);
    const scaled = (gain[j] as number) * (r[j] as number);
    factor[j] = scaled;
    shift[j] = (scaled * (biasbar[j] as number)) / rows;
    slope[j] = (scaled * (gainbar[j] as number) * (r[j] as number)) / rows;
  }
  const xbar = new Float64Array(x.length);
  for (let at = 0; at < x.length; ) {
    for (let j = 0; j < cols; j++, at++) {
      xbar[at] =
        (factor[j] as number) * (w[at] as number) - (shift[j] as number) - (slope[j] as number) * ((x[at] as number) - (mean[j] as number));
    }
  }
  return { value, gradient: [xbar, gainbar, biasbar] };
}
