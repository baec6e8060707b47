import type { FloatData } from "./float-array.js";

/** A matrix in a store of floats: the entry [i, j] is at offset + i · row + j · col. */
export interface Matrix {
  readonly data: FloatData;
  readonly offset: number;
  readonly row: number;
  readonly col: number;
}

/** out[to + i · n + j] += Σ a[i, p] b[p, j], entry by entry, in double precision. */
export function multiplyPlainly(out: FloatData, to: number, m: number, k: number, n: number, a: Matrix, b: Matrix): void {
  const { data: x, col: xStep, row: xRow } = a;
  const { data: y, row: yStep, col: yCol } = b;
  for (let i = 0, t = to, xStart = a.offset; i < m; i++, xStart += xRow) {
    for (let j = 0, yStart = b.offset; j < n; j++, yStart += yCol) {
      let total = 0;
      for (let p = 0, u = xStart, v = yStart; p < k; p++, u += xStep, v += yStep) total += (x[u] as number) * (y[v] as number);
      (out[t++] as number) += total;
    }
  }
}

/** A vector in a store of floats. */
interface Vector {
  readonly data: FloatData;
  readonly offset: number;
  readonly step: number;
}

/** y += a · x, four rows at a time. */
function multiplyVectorByRows(y: Vector, m: number, k: number, a: Matrix, x: Vector): void {
  const { data, offset, row, col } = a;
  const { data: from, offset: start, step } = x;
  const { data: out, step: outStep } = y;
  let i = 0;
  let to = y.offset;
  for (; i + 3 < m; i += 4, to += 4 * outStep) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let p = 0, at = offset + i * row, v = start; p < k; p++, at += col, v += step) {
      const entry = from[v] as number;
      s0 += (data[at] as number) * entry;
      s1 += (data[at + row] as number) * entry;
      s2 += (data[at + 2 * row] as number) * entry;
      s3 += (data[at + 3 * row] as number) * entry;
    }
    (out[to] as number) += s0;
    (out[to + outStep] as number) += s1;
    (out[to + 2 * outStep] as number) += s2;
    (out[to + 3 * outStep] as number) += s3;
  }
  for (; i < m; i++, to += outStep) {
    let total = 0;
    for (let p = 0, at = offset + i * row, v = start; p < k; p++, at += col, v += step) total += (data[at] as number) * (from[v] as number);
    (out[to] as number) += total;
  }
}

/** y += a · x, four columns at a time: for matrices whose columns lie together. */
function multiplyVectorByCols(y: Vector, m: number, k: number, a: Matrix, x: Vector): void {
  const { data, offset, row, col } = a;
  const { data: from, offset: start, step } = x;
  const { data: out, offset: outStart, step: outStep } = y;
  let p = 0;
  for (; p + 3 < k; p += 4) {
    const x0 = from[start + p * step] as number;
    const x1 = from[start + (p + 1) * step] as number;
    const x2 = from[start + (p + 2) * step] as number;
    const x3 = from[start + (p + 3) * step] as number;
    for (let i = 0, at = offset + p * col, to = outStart; i < m; i++, at += row, to += outStep) {
      (out[to] as number) +=
        (data[at] as number) * x0 +
        (data[at + col] as number) * x1 +
        ((data[at + 2 * col] as number) * x2 + (data[at + 3 * col] as number) * x3);
    }
  }
  for (; p < k; p++) {
    const entry = from[start + p * step] as number;
    for (let i = 0, at = offset + p * col, to = outStart; i < m; i++, at += row, to += outStep)
      (out[to] as number) += (data[at] as number) * entry;
  }
}

function multiplyVector(y: Vector, m: number, k: number, a: Matrix, x: Vector): void {
  if (Math.abs(a.col) <= Math.abs(a.row)) multiplyVectorByRows(y, m, k, a, x);
  else multiplyVectorByCols(y, m, k, a, x);
}

/**
 * As `multiplyPlainly`, for few rows of a or few columns of b: vector by vector. Sums of more than four products pass through `out`.
 */
export function multiplyThinly(out: Float64Array, to: number, m: number, k: number, n: number, a: Matrix, b: Matrix): void {
  if (n <= m) {
    for (let j = 0; j < n; j++) {
      multiplyVector({ data: out, offset: to + j, step: n }, m, k, a, { data: b.data, offset: b.offset + j * b.col, step: b.row });
    }
    return;
  }
  const transposed = { data: b.data, offset: b.offset, row: b.col, col: b.row };
  for (let i = 0; i < m; i++) {
    multiplyVector({ data: out, offset: to + i * n, step: 1 }, n, k, transposed, {
      data: a.data,
      offset: a.offset + i * a.row,
      step: a.col,
    });
  }
}
