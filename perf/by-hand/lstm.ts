import type { Answer } from "../answer.js";

/** σ(x) from the smaller one of eˣ and e⁻ˣ. */
function sigmoid(x: number): number {
  const t = Math.exp(-Math.abs(x));
  return x < 0 ? t / (1 + t) : 1 / (1 + t);
}

/** What an LSTM starts from and learns: `layers` diagonal cells of d units each. */
export interface Lstm {
  readonly layers: number;
  readonly d: number;
  /** [steps + 1, d] */
  readonly sequence: Float64Array;
  /** Hidden state and cell of each layer before the first step: [layers, 2, d]. */
  readonly state: Float64Array;
}

/**
 * The loss of the diagonal LSTM of ADBench, by its weights [layers, 4, d], biases [layers, 4, d] and extra parameters [3, d]. In each step
 *   x = input e₀; for each layer f = σ(x w₀ + b₀), i = σ(h w₁ + b₁), o = σ(x w₂ + b₂), g = tanh(h w₃ + b₃),
 *   c ← c f + i g, h ← o tanh c, x = h; then y = x e₁ + e₂, and the loss is −mean of next · (y − log(2 + Σ eʸ)).
 * Source: ADBench (F. Srajer, Z. Kukelova and A. Fitzgibbon, 2018), objective D-LSTM.
 */
export function lstm({ layers, d, sequence, state }: Lstm, w: Float64Array, b: Float64Array, extra: Float64Array): Answer {
  const steps = sequence.length / d - 1;
  const width = layers * d;
  const [forget, input, output, change] = [0, 1, 2, 3].map(() => new Float64Array(steps * width)) as [Floats, Floats, Floats, Floats];
  // The states before the first step stand in front.
  const hidden = new Float64Array((steps + 1) * width);
  const cell = new Float64Array((steps + 1) * width);
  const bent = new Float64Array(steps * width);
  for (let l = 0, at = 0; l < layers; l++) {
    for (let j = 0; j < d; j++, at++) {
      hidden[at] = state[2 * l * d + j] as number;
      cell[at] = state[(2 * l + 1) * d + j] as number;
    }
  }
  const extrabar = new Float64Array(3 * d);
  const seeds = new Float64Array(steps * d);
  const scale = -1 / (steps * d);
  let value = 0;
  for (let t = 0; t < steps; t++) {
    for (let l = 0; l < layers; l++) {
      for (let j = 0, at = t * width + l * d, p = 4 * l * d; j < d; j++, at++, p++) {
        const x = l === 0 ? (sequence[t * d + j] as number) * (extra[j] as number) : (hidden[at + width - d] as number);
        const h = hidden[at] as number;
        const f = sigmoid(x * (w[p] as number) + (b[p] as number));
        const i = sigmoid(h * (w[p + d] as number) + (b[p + d] as number));
        const o = sigmoid(x * (w[p + 2 * d] as number) + (b[p + 2 * d] as number));
        const g = Math.tanh(h * (w[p + 3 * d] as number) + (b[p + 3 * d] as number));
        const c = (cell[at] as number) * f + i * g;
        const tanh = Math.tanh(c);
        forget[at] = f;
        input[at] = i;
        output[at] = o;
        change[at] = g;
        bent[at] = tanh;
        cell[at + width] = c;
        hidden[at + width] = o * tanh;
      }
    }
    const top = (t + 2) * width - d;
    let total = 2;
    let golds = 0;
    for (let j = 0; j < d; j++) {
      const y = (hidden[top + j] as number) * (extra[d + j] as number) + (extra[2 * d + j] as number);
      const e = Math.exp(y);
      const gold = sequence[(t + 1) * d + j] as number;
      seeds[t * d + j] = e;
      total += e;
      golds += gold;
      value += gold * y;
    }
    value -= golds * Math.log(total);
    for (let j = 0; j < d; j++) {
      const seed = scale * ((sequence[(t + 1) * d + j] as number) - (golds * (seeds[t * d + j] as number)) / total);
      seeds[t * d + j] = seed;
      (extrabar[d + j] as number) += seed * (hidden[top + j] as number);
      (extrabar[2 * d + j] as number) += seed;
    }
  }

  const wbar = new Float64Array(w.length);
  const bbar = new Float64Array(b.length);
  const hiddenbar = new Float64Array(width);
  const cellbar = new Float64Array(width);
  const xbar = new Float64Array(d);
  for (let t = steps - 1; t >= 0; t--) {
    for (let j = 0; j < d; j++) xbar[j] = (seeds[t * d + j] as number) * (extra[d + j] as number);
    for (let l = layers - 1; l >= 0; l--) {
      for (let j = 0, at = t * width + l * d, p = 4 * l * d, s = l * d; j < d; j++, at++, p++, s++) {
        const x = l === 0 ? (sequence[t * d + j] as number) * (extra[j] as number) : (hidden[at + width - d] as number);
        const h = hidden[at] as number;
        const f = forget[at] as number;
        const i = input[at] as number;
        const o = output[at] as number;
        const g = change[at] as number;
        const tanh = bent[at] as number;
        const hbar = (xbar[j] as number) + (hiddenbar[s] as number);
        const cbar = (cellbar[s] as number) + hbar * o * (1 - tanh * tanh);
        const byForget = cbar * (cell[at] as number) * f * (1 - f);
        const byInput = cbar * g * i * (1 - i);
        const byOutput = hbar * tanh * o * (1 - o);
        const byChange = cbar * i * (1 - g * g);
        cellbar[s] = cbar * f;
        hiddenbar[s] = byInput * (w[p + d] as number) + byChange * (w[p + 3 * d] as number);
        xbar[j] = byForget * (w[p] as number) + byOutput * (w[p + 2 * d] as number);
        (wbar[p] as number) += byForget * x;
        (wbar[p + d] as number) += byInput * h;
        (wbar[p + 2 * d] as number) += byOutput * x;
        (wbar[p + 3 * d] as number) += byChange * h;
        (bbar[p] as number) += byForget;
        (bbar[p + d] as number) += byInput;
        (bbar[p + 2 * d] as number) += byOutput;
        (bbar[p + 3 * d] as number) += byChange;
      }
    }
    for (let j = 0; j < d; j++) (extrabar[j] as number) += (xbar[j] as number) * (sequence[t * d + j] as number);
  }
  return { value: value * scale, gradient: [wbar, bbar, extrabar] };
}

type Floats = Float64Array;
