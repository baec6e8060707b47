import type { FloatData } from "../float-array.js";
import { ownLoops } from "../loops/own-loops.js";
import { blockCols, blockDepth, blockRows, panelRows, startOfA, startOfB, startOfC } from "./block-kernel.js";
import { type Matrix, multiplyPlainly, multiplyThinly, type Target } from "./matmul-vectors.js";
import { blockKernel } from "./simd-kernel.js";

export type { Matrix, Target } from "./matmul-vectors.js";

/** Up to this many multiplications a plain triple loop beats packing. */
const plainUpTo = 64;

/** Up to this many rows of a or columns of b, products of vectors beat tiles that are mostly padding. */
const thinUpTo = 3;

/** Packs four lines of a matrix, or as many as are left and zeros: depth by depth, `width` apart. */
function packFour(
  into: FloatData,
  start: number,
  width: number,
  data: FloatData,
  offset: number,
  left: number,
  depth: number,
  lineStep: number,
  depthStep: number,
): void {
  if (left >= 4) {
    const second = lineStep;
    const third = 2 * lineStep;
    const fourth = 3 * lineStep;
    for (let p = 0, to = start, at = offset; p < depth; p++, to += width, at += depthStep) {
      into[to] = data[at] as number;
      into[to + 1] = data[at + second] as number;
      into[to + 2] = data[at + third] as number;
      into[to + 3] = data[at + fourth] as number;
    }
    return;
  }
  for (let r = 0; r < 4; r++) {
    if (r >= left) for (let p = 0, to = start + r; p < depth; p++, to += width) into[to] = 0;
    else
      for (let p = 0, to = start + r, at = offset + r * lineStep; p < depth; p++, to += width, at += depthStep)
        into[to] = data[at] as number;
  }
}

/** Adds a product, or a multiple of it, to where it belongs. */
function addBlock(out: Target, from: Target, rows: number, cols: number, factor: number): void {
  const { data: to } = out;
  const { data } = from;
  for (let i = 0, t = out.offset, s = from.offset; i < rows; i++, t += out.row, s += from.row) {
    for (let j = 0; j < cols; j++) (to[t + j] as number) += factor * (data[s + j] as number);
  }
}

const nothing: Target = { data: new Float64Array(0), offset: 0, row: 1 };

const loopsFor = ownLoops(
  { packFour, addBlock },
  { packFour: [nothing.data, 0, 4, nothing.data, 0, 4, 0, 1, 1], addBlock: [nothing, nothing, 0, 0, 1] },
);

/** Packs lines of a matrix in panels of `width` lines, a multiple of four: depth by depth the entries of all lines, those past the last as zeros. */
function packPanels(
  into: FloatData,
  start: number,
  width: number,
  data: FloatData,
  offset: number,
  count: number,
  depth: number,
  lineStep: number,
  depthStep: number,
): void {
  const { packFour } = loopsFor(into, data);
  for (let line = 0, panel = start; line < count; line += width, panel += width * depth) {
    for (let four = 0; four < width; four += 4) {
      packFour(into, panel + four, width, data, offset + (line + four) * lineStep, count - line - four, depth, lineStep, depthStep);
    }
  }
}

function ceilTo(multiple: number, x: number): number {
  return Math.ceil(x / multiple) * multiple;
}

/** How a kernel multiplies one kind of number. */
interface Kind {
  readonly memory: FloatData;
  readonly bytes: number;
  /** How many columns of b make a panel. */
  readonly width: number;
}

function multiplyBlocks(out: Target, m: number, k: number, n: number, a: Matrix, b: Matrix, factor: number): void {
  const kernel = blockKernel();
  const single = a.data instanceof Float32Array && b.data instanceof Float32Array;
  const { memory, bytes, width }: Kind = single
    ? { memory: kernel.float32, bytes: 4, width: 8 }
    : { memory: kernel.float64, bytes: 8, width: 4 };
  const multiply = single ? kernel.multiplyFloat32 : kernel.multiplyFloat64;
  const { data, offset, row } = out;
  const { addBlock } = loopsFor(data, memory);
  for (let j = 0; j < n; j += blockCols) {
    const cols = Math.min(blockCols, n - j);
    const wide = ceilTo(width, cols);
    for (let p = 0; p < k; p += blockDepth) {
      const depth = Math.min(blockDepth, k - p);
      packPanels(memory, startOfB / bytes, width, b.data, b.offset + p * b.row + j * b.col, cols, depth, b.col, b.row);
      for (let i = 0; i < m; i += blockRows) {
        const rows = Math.min(blockRows, m - i);
        packPanels(memory, startOfA / bytes, panelRows, a.data, a.offset + i * a.row + p * a.col, rows, depth, a.row, a.col);
        multiply(startOfA, startOfB, startOfC, ceilTo(panelRows, rows), wide, depth);
        const product = { data: memory, offset: startOfC / bytes, row: wide };
        addBlock({ data, offset: offset + i * row + j, row }, product, rows, cols, factor);
      }
    }
  }
}

/**
 * Adds the product of a, m × k, and b, k × n, times `factor`, to the m × n entries of `out`. They must be other entries than those of a and
 * b. NaN and infinities propagate as IEEE 754 says: no entry is skipped. O(m k n).
 *
 * Every entry is a sum in double precision, but for larger products of two matrices of singles: they are added up in single precision within
 * blocks of at most 256 products, and the blocks in double precision. A result in single precision is rounded once, at the end.
 */
export function addProduct(out: Target, m: number, k: number, n: number, a: Matrix, b: Matrix, factor = 1): void {
  const thin = Math.min(m, n) <= thinUpTo;
  if (m * k * n <= plainUpTo) multiplyPlainly(out, m, k, n, a, b, factor);
  else if (thin) multiplyThinly(out, m, k, n, a, b, factor);
  else if (out.data instanceof Float32Array && k > blockDepth) {
    // What passes through `out` must not be rounded on its way.
    const totals = { data: new Float64Array(m * n), offset: 0, row: n };
    addProduct(totals, m, k, n, a, b);
    loopsFor(out.data, totals.data).addBlock(out, totals, m, n, factor);
  } else multiplyBlocks(out, m, k, n, a, b, factor);
}

/** Adds the product of a and b to m · n entries of `out` from `to` on, row by row; else as `addProduct`. */
export function multiplyInto(out: FloatData, to: number, m: number, k: number, n: number, a: Matrix, b: Matrix): void {
  addProduct({ data: out, offset: to, row: n }, m, k, n, a, b);
}
