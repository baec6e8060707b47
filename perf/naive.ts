import { type AnyArray, add, div, mul, type Range, type Ranges, type Scalar, similar, sub, sum } from "../lib/index.js";

/** Sum pooling as one writes it, block by block through views. */
export function poolByViews(x: AnyArray, rows: Ranges, cols: Ranges): AnyArray {
  const y = similar(x, [rows.length, cols.length]);
  for (let a = 0; a < rows.length; a++) {
    const [top, bottom] = rows[a] as Range;
    for (let b = 0; b < cols.length; b++) {
      const [left, right] = cols[b] as Range;
      y.set(a, b, sum(x.lo(top, left).hi(bottom - top, right - left)));
    }
  }
  return y;
}

/** Sum pooling as one writes it, element by element. */
export function poolByElements(x: AnyArray, rows: Ranges, cols: Ranges): AnyArray {
  const y = similar(x, [rows.length, cols.length]);
  for (let a = 0; a < rows.length; a++) {
    const [top, bottom] = rows[a] as Range;
    for (let b = 0; b < cols.length; b++) {
      const [left, right] = cols[b] as Range;
      let total: Scalar = 0;
      for (let i = top; i < bottom; i++) {
        for (let j = left; j < right; j++) total = add(total, x.get(i, j));
      }
      y.set(a, b, total);
    }
  }
  return y;
}

/** y ← (y·x + 1) / x − 0.8, a number of times: four operations a step. */
export function chain(x: Scalar, start: Scalar, steps: number): Scalar {
  let y = start;
  for (let k = 0; k < steps; k++) y = sub(div(add(mul(y, x), 1), x), 0.8);
  return y;
}

/** Σ 100 (x[i + 1] − x[i]²)² + (1 − x[i])². */
export function rosenbrock(x: AnyArray): Scalar {
  let total: Scalar = 0;
  for (let i = 0; i + 1 < (x.shape[0] as number); i++) {
    const a = x.get(i);
    const valley = sub(x.get(i + 1), mul(a, a));
    const slope = sub(1, a);
    total = add(total, add(mul(100, mul(valley, valley)), mul(slope, slope)));
  }
  return total;
}
