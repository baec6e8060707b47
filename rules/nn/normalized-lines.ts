import { strongProduct } from "../../lib/core/index.js";
import type { LineKernel } from "../../lib/nd/index.js";
import { centerOf, dotAbout, squaresAbout, sumOf } from "../support/fold-lines.js";

// Loops over lines for `layerNorm`, `batchNorm` and `rmsNorm`: y = x̂ w + b, x̂ = r (x − m). Of a line its mean m and its factor r are kept,
// and x̂ is computed again where it is needed: in double precision from x, it is what it was. A line whose sums are not finite is gone
// through again with the strong product.

/** What a normalization knows of its lines, and its parameters: one for each entry of a line, or one for each line. */
export class Normal {
  /** 0 where parameters belong to lines, 1 where they belong to entries. */
  readonly step: 0 | 1;
  readonly centered: boolean;
  readonly eps: number;
  readonly centers: Float64Array;
  readonly factors: Float64Array;
  readonly weight: Float64Array;
  readonly bias: Float64Array;
  /** ẇeight and ḃias, or weight̅ and bias̅. */
  movedWeight: Float64Array = none;
  movedBias: Float64Array = none;

  /** @param size how many parameters there are of a kind: 1 and −0 where they are not given, which change nothing */
  constructor(step: 0 | 1, size: number, count: number, centered: boolean, eps: number, weight?: Float64Array, bias?: Float64Array) {
    this.step = step;
    this.centered = centered;
    this.eps = eps;
    this.centers = new Float64Array(count);
    this.factors = new Float64Array(count);
    this.weight = weight ?? new Float64Array(size).fill(1);
    this.bias = bias ?? new Float64Array(size).fill(-0);
  }
}

const none = new Float64Array(0);

/** Brings one line to unit size: notes m and r. */
function standardize(normal: Normal, line: number, x: Float64Array, at: number, length: number): void {
  const center = normal.centered ? centerOf(x, at, length) : 0;
  normal.centers[line] = center;
  normal.factors[line] = 1 / Math.sqrt(squaresAbout(center, x, at, length) / length + normal.eps);
}

/** y = x̂ w + b. */
export const normalizedLines: LineKernel<Normal> = (normal, count, length, first, x, start, y, to) => {
  const { step, centers, factors, weight, bias } = normal;
  for (let n = first, at = 0; n < first + count; n++, at += length) {
    standardize(normal, n, x, start + at, length);
    const center = centers[n] as number;
    const r = factors[n] as number;
    for (let k = at, q = step === 0 ? n : 0; k < at + length; k++, q += step)
      y[to + k] = ((x[start + k] as number) - center) * r * (weight[q] as number) + (bias[q] as number);
  }
};

/** x̄ = r (g − mean g − x̂ mean(x̂ g)), g = w ȳ; weight̅ = Σ ȳ x̂ and bias̅ = Σ ȳ over lines. For parameters of entries. */
export const rowsBack: LineKernel<Normal> = (normal, count, length, first, x, xStart, ybar, yStart, out, to) => {
  const { centered, centers, factors, weight, movedWeight, movedBias } = normal;
  for (let n = first, at = 0; n < first + count; n++, at += length) {
    const center = centers[n] as number;
    const r = factors[n] as number;
    let total = 0;
    let along = 0;
    for (let k = 0; k < length; k++) {
      const g = (ybar[yStart + at + k] as number) * (weight[k] as number);
      total += g;
      along += g * ((x[xStart + at + k] as number) - center);
    }
    if (!Number.isFinite(total) || !Number.isFinite(along * r)) {
      strongRowBack(normal, n, length, x, xStart + at, ybar, yStart + at, out, to + at);
      continue;
    }
    const mean = centered ? total / length : 0;
    const slope = (along * r) / length;
    for (let k = 0; k < length; k++) {
      const xhat = ((x[xStart + at + k] as number) - center) * r;
      const seed = ybar[yStart + at + k] as number;
      out[to + at + k] = r * (seed * (weight[k] as number) - mean - xhat * slope);
      (movedWeight[k] as number) += seed * xhat;
      (movedBias[k] as number) += seed;
    }
  }
};

function strongRowBack(
  { centered, centers, factors, weight, movedWeight, movedBias }: Normal,
  line: number,
  length: number,
  x: Float64Array,
  xStart: number,
  ybar: Float64Array,
  yStart: number,
  out: Float64Array,
  to: number,
): void {
  const center = centers[line] as number;
  const r = factors[line] as number;
  let total = 0;
  let along = 0;
  for (let k = 0; k < length; k++) {
    const xhat = ((x[xStart + k] as number) - center) * r;
    const seed = ybar[yStart + k] as number;
    const g = strongProduct(seed, weight[k] as number);
    total += g;
    along += strongProduct(g, xhat);
    (movedWeight[k] as number) += strongProduct(seed, xhat);
    (movedBias[k] as number) += seed;
  }
  for (let k = 0; k < length; k++) {
    const xhat = ((x[xStart + k] as number) - center) * r;
    const g = strongProduct(ybar[yStart + k] as number, weight[k] as number);
    out[to + k] = strongProduct(r, g - (centered ? total / length : 0) - strongProduct(xhat, along / length));
  }
}

/** The same for parameters of lines: x̄ = r w (ȳ − mean ȳ − x̂ mean(x̂ ȳ)). */
export const channelsBack: LineKernel<Normal> = (
  { centers, factors, weight, movedWeight, movedBias },
  count,
  length,
  first,
  x,
  xStart,
  ybar,
  yStart,
  out,
  to,
) => {
  for (let n = first, at = 0; n < first + count; n++, at += length) {
    const center = centers[n] as number;
    const r = factors[n] as number;
    const total = sumOf(ybar, yStart + at, length);
    const along = strongProduct(r, dotAbout(center, x, xStart + at, ybar, yStart + at, length));
    movedWeight[n] = along;
    movedBias[n] = total;
    const c = strongProduct(r, weight[n] as number);
    const mean = total / length;
    const slope = along / length;
    const plainly = c !== 0 && Number.isFinite(c) && Number.isFinite(mean) && Number.isFinite(slope);
    if (plainly) {
      const along = r * slope;
      for (let k = at; k < at + length; k++)
        out[to + k] = c * ((ybar[yStart + k] as number) - mean - ((x[xStart + k] as number) - center) * along);
    } else {
      for (let k = at; k < at + length; k++) {
        const xhat = ((x[xStart + k] as number) - center) * r;
        out[to + k] = strongProduct(c, (ybar[yStart + k] as number) - mean - strongProduct(xhat, slope));
      }
    }
  }
};

/** y, and ẏ = w x̂̇ + x̂ ẇ + ḃ, x̂̇ = r (ẋ − mean ẋ − x̂ mean(x̂ ẋ)). */
export const normalizedForth: LineKernel<Normal> = (normal, count, length, first, x, xStart, dx, dxStart, y, yStart, dy, to) => {
  const { step, centered, centers, factors, weight, bias, movedWeight, movedBias } = normal;
  for (let n = first, at = 0; n < first + count; n++, at += length) {
    standardize(normal, n, x, xStart + at, length);
    const center = centers[n] as number;
    const r = factors[n] as number;
    const mean = centered ? sumOf(dx, dxStart + at, length) / length : 0;
    const slope = strongProduct(r, dotAbout(center, x, xStart + at, dx, dxStart + at, length)) / length;
    for (let k = at, q = step === 0 ? n : 0; k < at + length; k++, q += step) {
      const xhat = ((x[xStart + k] as number) - center) * r;
      const moved = strongProduct(r, (dx[dxStart + k] as number) - mean - strongProduct(xhat, slope));
      y[yStart + k] = xhat * (weight[q] as number) + (bias[q] as number);
      dy[to + k] = strongProduct(weight[q] as number, moved) + strongProduct(xhat, movedWeight[q] as number) + (movedBias[q] as number);
    }
  }
};

/** What `slopesOfLines` needs to know: r of each line. */
export interface UnitSlopes {
  readonly centered: boolean;
  readonly factors: Float64Array;
  /** What sums are multiplied by. */
  readonly share: number;
}

/** r (t − mean t − x̂ mean(x̂ t)), 0 where r is. */
export const slopesOfLines: LineKernel<UnitSlopes> = (
  { centered, factors, share },
  count,
  length,
  first,
  xhat,
  start,
  t,
  tStart,
  out,
  to,
) => {
  for (let n = first, at = 0; n < first + count; n++, at += length) {
    const r = factors[n] as number;
    const mean = centered ? sumOf(t, tStart + at, length) * share : 0;
    const slope = dotAbout(0, xhat, start + at, t, tStart + at, length) * share;
    for (let k = at; k < at + length; k++)
      out[to + k] = strongProduct(r, (t[tStart + k] as number) - mean - strongProduct(xhat[start + k] as number, slope));
  }
};
