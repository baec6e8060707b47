// The packed matrix product as it was before there was a SIMD kernel: what the latter is measured against. It stays as it is.

/** A matrix in a store of float64: the entry [i, j] is at offset + i · row + j · col. */
export interface Matrix {
  readonly data: Float64Array;
  readonly offset: number;
  readonly row: number;
  readonly col: number;
}

/**
 * Blocks are packed into panels that the inner loop reads from one end to the other: pairs of rows of a, depth by depth, and quadruples
 * of columns of b. A block of a (128 kB) stays in the second-level cache, a panel of b (8 kB) in the first.
 */
const blockRows = 64;
const blockDepth = 256;
const blockCols = 512;

/** Up to this many multiplications a plain triple loop beats packing. */
const plainUpTo = 256;

/** Up to this many rows of a or columns of b, products of vectors beat tiles that are mostly padding. */
const thinUpTo = 3;

/** Scratch for the packed blocks, kept between calls; it grows to 1.2 MB. */
let packA = new Float64Array(0);
let packB = new Float64Array(0);

/** Packs `count` lines of a matrix in panels of `width` lines, those past the end as zeros. */
function packPanels(
  into: Float64Array,
  width: number,
  data: Float64Array,
  offset: number,
  count: number,
  depth: number,
  lineStep: number,
  depthStep: number,
): void {
  for (let line = 0, panel = 0; line < count; line += width, panel += width * depth) {
    for (let r = 0; r < width; r++) {
      const start = offset + (line + r) * lineStep;
      if (line + r >= count) for (let p = 0, to = panel + r; p < depth; p++, to += width) into[to] = 0;
      else for (let p = 0, to = panel + r, at = start; p < depth; p++, to += width, at += depthStep) into[to] = data[at] as number;
    }
  }
}

/** out += a · b for packed blocks, in tiles of 2 × 4 entries that stay in registers. */
function multiplyPanels(
  out: Float64Array,
  to: number,
  width: number,
  a: Float64Array,
  b: Float64Array,
  m: number,
  k: number,
  n: number,
): void {
  for (let j = 0, panel = 0; j < n; j += 4, panel += 4 * k) {
    const cols = n - j;
    for (let i = 0, p = 0; i < m; i += 2) {
      let c00 = 0;
      let c01 = 0;
      let c02 = 0;
      let c03 = 0;
      let c10 = 0;
      let c11 = 0;
      let c12 = 0;
      let c13 = 0;
      for (let end = p + 2 * k, q = panel; p < end; p += 2, q += 4) {
        const a0 = a[p] as number;
        const a1 = a[p + 1] as number;
        const b0 = b[q] as number;
        const b1 = b[q + 1] as number;
        const b2 = b[q + 2] as number;
        const b3 = b[q + 3] as number;
        c00 += a0 * b0;
        c01 += a0 * b1;
        c02 += a0 * b2;
        c03 += a0 * b3;
        c10 += a1 * b0;
        c11 += a1 * b1;
        c12 += a1 * b2;
        c13 += a1 * b3;
      }
      addTileRow(out, to + i * width + j, cols, c00, c01, c02, c03);
      if (i + 1 < m) addTileRow(out, to + (i + 1) * width + j, cols, c10, c11, c12, c13);
    }
  }
}

function addTileRow(out: Float64Array, at: number, cols: number, c0: number, c1: number, c2: number, c3: number): void {
  (out[at] as number) += c0;
  if (cols > 1) (out[at + 1] as number) += c1;
  if (cols > 2) (out[at + 2] as number) += c2;
  if (cols > 3) (out[at + 3] as number) += c3;
}

function multiplyBlocks(out: Float64Array, to: number, m: number, k: number, n: number, a: Matrix, b: Matrix): void {
  const depth = Math.min(k, blockDepth);
  const roomA = 2 * Math.ceil(Math.min(m, blockRows) / 2) * depth;
  const roomB = 4 * Math.ceil(Math.min(n, blockCols) / 4) * depth;
  if (packA.length < roomA) packA = new Float64Array(roomA);
  if (packB.length < roomB) packB = new Float64Array(roomB);
  for (let j = 0; j < n; j += blockCols) {
    const cols = Math.min(blockCols, n - j);
    for (let p = 0; p < k; p += blockDepth) {
      const steps = Math.min(blockDepth, k - p);
      packPanels(packB, 4, b.data, b.offset + p * b.row + j * b.col, cols, steps, b.col, b.row);
      for (let i = 0; i < m; i += blockRows) {
        const rows = Math.min(blockRows, m - i);
        packPanels(packA, 2, a.data, a.offset + i * a.row + p * a.col, rows, steps, a.row, a.col);
        multiplyPanels(out, to + i * n + j, n, packA, packB, rows, steps, cols);
      }
    }
  }
}

function multiplyPlainly(out: Float64Array, to: number, m: number, k: number, n: number, a: Matrix, b: Matrix): void {
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

/** A vector in a store of float64. */
interface Vector {
  readonly data: Float64Array;
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

function multiplyThinly(out: Float64Array, to: number, m: number, k: number, n: number, a: Matrix, b: Matrix): void {
  if (n <= thinUpTo) {
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

/**
 * Adds the product of a, m × k, and b, k × n, to m · n entries of `out` from `to` on, row by row. They must lie outside a and b. NaN and infinities propagate as IEEE 754 says: no entry is skipped. O(m k n).
 * Source: the tiling of Goto and van de Geijn, "Anatomy of high-performance matrix multiplication", ACM TOMS 34 (2008).
 */
export function multiplyInto(out: Float64Array, to: number, m: number, k: number, n: number, a: Matrix, b: Matrix): void {
  const thin = Math.min(m, n) <= thinUpTo;
  if (m * k * n <= (thin ? plainUpTo / 4 : plainUpTo)) multiplyPlainly(out, to, m, k, n, a, b);
  else if (thin) multiplyThinly(out, to, m, k, n, a, b);
  else multiplyBlocks(out, to, m, k, n, a, b);
}

/** The product of two row-major matrices of n × n. */
export function packedProduct(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n * n);
  multiplyInto(out, 0, n, n, n, { data: a, offset: 0, row: n, col: 1 }, { data: b, offset: 0, row: n, col: 1 });
  return out;
}

/** The same for single precision: by double precision, and back. */
export function packedProductOfSingles(a: Float32Array, b: Float32Array, n: number): Float32Array {
  return new Float32Array(packedProduct(new Float64Array(a), new Float64Array(b), n));
}
