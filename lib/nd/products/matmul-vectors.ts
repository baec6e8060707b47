import type { FloatData } from "../float-array.js";
import { ownLoops } from "../loops/own-loops.js";

/** A matrix in a store of floats: the entry [i, j] is at offset + i · row + j · col. */
export interface Matrix {
  readonly data: FloatData;
  readonly offset: number;
  readonly row: number;
  readonly col: number;
}

/** Where a product goes: the entry [i, j] is at offset + i · row + j. */
export interface Target<Data extends FloatData = FloatData> {
  readonly data: Data;
  readonly offset: number;
  readonly row: number;
}

function multiplyEntries(out: Target, m: number, k: number, n: number, a: Matrix, b: Matrix, factor: number): void {
  const { data: x, col: xStep, row: xRow } = a;
  const { data: y, row: yStep, col: yCol } = b;
  const { data, offset, row } = out;
  for (let i = 0, start = offset, xStart = a.offset; i < m; i++, start += row, xStart += xRow) {
    for (let j = 0, yStart = b.offset; j < n; j++, yStart += yCol) {
      let total = 0;
      for (let p = 0, u = xStart, v = yStart; p < k; p++, u += xStep, v += yStep) total += (x[u] as number) * (y[v] as number);
      (data[start + j] as number) += factor * total;
    }
  }
}

/** A vector in a store of floats. */
interface Vector {
  readonly data: FloatData;
  readonly offset: number;
  readonly step: number;
}

/** Σ x[p] y[p] in double precision: four sums, so that one addition need not wait for the other. */
function dotProduct(x: FloatData, xStart: number, xStep: number, y: FloatData, yStart: number, yStep: number, k: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let p = 0;
  let u = xStart;
  let v = yStart;
  if (xStep === 1 && yStep === 1) {
    for (; p + 3 < k; p += 4, u += 4, v += 4) {
      s0 += (x[u] as number) * (y[v] as number);
      s1 += (x[u + 1] as number) * (y[v + 1] as number);
      s2 += (x[u + 2] as number) * (y[v + 2] as number);
      s3 += (x[u + 3] as number) * (y[v + 3] as number);
    }
  }
  for (; p + 3 < k; p += 4, u += 4 * xStep, v += 4 * yStep) {
    s0 += (x[u] as number) * (y[v] as number);
    s1 += (x[u + xStep] as number) * (y[v + yStep] as number);
    s2 += (x[u + 2 * xStep] as number) * (y[v + 2 * yStep] as number);
    s3 += (x[u + 3 * xStep] as number) * (y[v + 3 * yStep] as number);
  }
  for (; p < k; p++, u += xStep, v += yStep) s0 += (x[u] as number) * (y[v] as number);
  return s0 + s1 + (s2 + s3);
}

/** y += factor · a · x, four rows at a time. */
function multiplyVectorByRows(y: Vector, m: number, k: number, a: Matrix, x: Vector, factor: number): void {
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
    (out[to] as number) += factor * s0;
    (out[to + outStep] as number) += factor * s1;
    (out[to + 2 * outStep] as number) += factor * s2;
    (out[to + 3 * outStep] as number) += factor * s3;
  }
  for (; i < m; i++, to += outStep) {
    let total = 0;
    for (let p = 0, at = offset + i * row, v = start; p < k; p++, at += col, v += step) total += (data[at] as number) * (from[v] as number);
    (out[to] as number) += factor * total;
  }
}

/** y += factor · a · x, four columns at a time: for matrices whose columns lie together. */
function multiplyVectorByCols(y: Vector, m: number, k: number, a: Matrix, x: Vector, factor: number): void {
  const { data, offset, row, col } = a;
  const { data: from, offset: start, step } = x;
  const { data: out, offset: outStart, step: outStep } = y;
  let p = 0;
  for (; p + 3 < k; p += 4) {
    const x0 = factor * (from[start + p * step] as number);
    const x1 = factor * (from[start + (p + 1) * step] as number);
    const x2 = factor * (from[start + (p + 2) * step] as number);
    const x3 = factor * (from[start + (p + 3) * step] as number);
    for (let i = 0, at = offset + p * col, to = outStart; i < m; i++, at += row, to += outStep) {
      (out[to] as number) +=
        (data[at] as number) * x0 +
        (data[at + col] as number) * x1 +
        ((data[at + 2 * col] as number) * x2 + (data[at + 3 * col] as number) * x3);
    }
  }
  for (; p < k; p++) {
    const entry = factor * (from[start + p * step] as number);
    for (let i = 0, at = offset + p * col, to = outStart; i < m; i++, at += row, to += outStep)
      (out[to] as number) += (data[at] as number) * entry;
  }
}

const noVector: Vector = { data: new Float64Array(0), offset: 0, step: 1 };
const noMatrix: Matrix = { data: noVector.data, offset: 0, row: 1, col: 1 };

const loopsFor = ownLoops(
  { multiplyEntries, dotProduct, multiplyVectorByRows, multiplyVectorByCols },
  {
    multiplyEntries: [{ ...noMatrix }, 0, 0, 0, noMatrix, noMatrix, 1],
    dotProduct: [noVector.data, 0, 1, noVector.data, 0, 1, 0],
    multiplyVectorByRows: [noVector, 0, 0, noMatrix, noVector, 1],
    multiplyVectorByCols: [noVector, 0, 0, noMatrix, noVector, 1],
  },
);

/** out[i, j] += factor Σ a[i, p] b[p, j], entry by entry, in double precision. */
export function multiplyPlainly(out: Target, m: number, k: number, n: number, a: Matrix, b: Matrix, factor: number): void {
  loopsFor(a.data, b.data).multiplyEntries(out, m, k, n, a, b, factor);
}

/** out[at + i] = Σ x[i, p] y[i, p] for `count` rows. */
export function dotProducts(out: FloatData, at: number, count: number, k: number, x: Matrix, y: Matrix): void {
  const { data, row, col, offset } = x;
  const { data: other, row: otherRow, col: otherCol } = y;
  const { dotProduct } = loopsFor(data, other);
  for (let i = 0, u = offset, v = y.offset; i < count; i++, u += row, v += otherRow) {
    out[at + i] = dotProduct(data, u, col, other, v, otherCol, k);
  }
}

function multiplyVector(y: Vector, m: number, k: number, a: Matrix, x: Vector, factor: number): void {
  const { multiplyVectorByRows, multiplyVectorByCols } = loopsFor(a.data, x.data);
  if (Math.abs(a.col) <= Math.abs(a.row)) multiplyVectorByRows(y, m, k, a, x, factor);
  else if (y.data instanceof Float64Array) multiplyVectorByCols(y, m, k, a, x, factor);
  else {
    // Sums pass through y there, and must not be rounded on their way.
    const totals = new Float64Array(m);
    multiplyVectorByCols({ data: totals, offset: 0, step: 1 }, m, k, a, x, factor);
    for (let i = 0, to = y.offset; i < m; i++, to += y.step) (y.data[to] as number) += totals[i] as number;
  }
}

/** As `multiplyPlainly`, for few rows of a or few columns of b: vector by vector. */
export function multiplyThinly({ data, offset, row }: Target, m: number, k: number, n: number, a: Matrix, b: Matrix, factor: number): void {
  if (n <= m) {
    for (let j = 0; j < n; j++) {
      multiplyVector({ data, offset: offset + j, step: row }, m, k, a, { data: b.data, offset: b.offset + j * b.col, step: b.row }, factor);
    }
    return;
  }
  const transposed = { data: b.data, offset: b.offset, row: b.col, col: b.row };
  for (let i = 0; i < m; i++) {
    const from = { data: a.data, offset: a.offset + i * a.row, step: a.col };
    multiplyVector({ data, offset: offset + i * row, step: 1 }, n, k, transposed, from, factor);
  }
}
