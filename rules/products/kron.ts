import { type AnyArray, bilinearRule, type Operand } from "../../lib/core/index.js";
import { type FloatData, floatResult, inOrder } from "../../lib/nd/float-array.js";
import { allocate, commonDType, expectSize, type NdArray, offsetsOf, rowMajor, rowMajorStride, sizeOf } from "../../lib/nd/index.js";
import { asArray, operandsFor } from "./contraction-rule.js";

/** `kron`: a number only of two numbers. */
export interface Kron {
  (a: number, b: number): number;
  (a: NdArray, b: NdArray | number): NdArray;
  (a: number, b: NdArray): NdArray;
  (a: number | NdArray, b: number | NdArray): number | NdArray;
  (a: AnyArray, b: Operand): AnyArray;
  (a: Operand, b: AnyArray): AnyArray;
  (a: Operand, b: Operand): Operand;
}

type Argument = number | NdArray;

/** How a Kronecker product is laid out: where the block of each entry of a begins, and in each block every row of b. */
interface Blocks {
  readonly shape: readonly number[];
  readonly starts: Int32Array;
  readonly rows: Int32Array;
  /** The extent of the last axis of b, whose rows lie in runs. */
  readonly length: number;
}

function blocksOf(a: readonly number[], b: readonly number[]): Blocks {
  const rank = Math.max(a.length, b.length);
  const extent = (shape: readonly number[], axis: number): number => shape[axis - rank + shape.length] ?? 1;
  const shape: number[] = [];
  for (let k = 0; k < rank; k++) shape.push(extent(a, k) * extent(b, k));
  expectSize("kron", shape);
  const stride = rowMajorStride(shape);
  const inside = stride.slice(rank - b.length);
  return {
    shape,
    starts: offsetsOf({
      shape: a,
      stride: a.map((_, k) => extent(b, rank - a.length + k) * (stride[rank - a.length + k] as number)),
      offset: 0,
    }),
    rows: offsetsOf({ shape: b.slice(0, -1), stride: inside, offset: 0 }),
    length: b.at(-1) ?? 1,
  };
}

function products(a: NdArray, b: NdArray): number | NdArray {
  const { shape, starts, rows, length } = blocksOf(a.shape, b.shape);
  const { data: x, offset: p } = inOrder(a);
  const { data: y, offset: q } = inOrder(b);
  const out = allocate(commonDType([a, b]), sizeOf(shape)) as FloatData;
  for (let k = 0; k < starts.length; k++) {
    const entry = x[p + k] as number;
    for (let r = 0, from = q; r < rows.length; r++, from += length) {
      const to = (starts[k] as number) + (rows[r] as number);
      for (let j = 0; j < length; j++) out[to + j] = entry * (y[from + j] as number);
    }
  }
  return shape.length === 0 ? (out[0] as number) : rowMajor(out, shape);
}

/** Σ ȳ b over the block of each entry of a. */
function overBlocks(ybar: NdArray, a: NdArray, b: NdArray): NdArray {
  const { starts, rows, length } = blocksOf(a.shape, b.shape);
  const { data: seeds, offset } = inOrder(ybar);
  const { data: y, offset: q } = inOrder(b);
  const out = new Float64Array(starts.length);
  for (let k = 0; k < starts.length; k++) {
    let total = 0;
    for (let r = 0, from = q; r < rows.length; r++, from += length) {
      const at = offset + (starts[k] as number) + (rows[r] as number);
      for (let j = 0; j < length; j++) total += (seeds[at + j] as number) * (y[from + j] as number);
    }
    out[k] = total;
  }
  return floatResult(out, a.shape, commonDType([ybar, b]));
}

/** Σ ȳ a over the entries at the same place of all blocks. */
function acrossBlocks(ybar: NdArray, a: NdArray, b: NdArray): NdArray {
  const { starts, rows, length } = blocksOf(a.shape, b.shape);
  const { data: seeds, offset } = inOrder(ybar);
  const { data: x, offset: p } = inOrder(a);
  const out = new Float64Array(rows.length * length);
  for (let k = 0; k < starts.length; k++) {
    const entry = x[p + k] as number;
    for (let r = 0, to = 0; r < rows.length; r++, to += length) {
      const at = offset + (starts[k] as number) + (rows[r] as number);
      for (let j = 0; j < length; j++) (out[to + j] as number) += entry * (seeds[at + j] as number);
    }
  }
  return floatResult(out, b.shape, commonDType([ybar, a]));
}

/**
 * The Kronecker product, blocks of b multiplied with the entries of a: y[i m + k, j n + l] = a[i, j] b[k, l] for b of shape [m, n], and so
 * on for any axes. The operand with fewer axes gets some of extent 1 in front; a number has none.
 *   ẏ = kron(ȧ, b) + kron(a, ḃ)         ā[i, j] = Σ ȳ b over block [i, j],  b̄[k, l] = Σ ȳ a over the entries [k, l] of all blocks
 */
export const kron: Kron = bilinearRule(
  (a: Argument, b: Argument) => {
    operandsFor("kron", [a, b], true);
    return products(asArray(a, b), asArray(b, a));
  },
  (ybar: Argument, a: Argument, b: Argument) => overBlocks(asArray(ybar, b), asArray(a, b), asArray(b, a)),
  (ybar: Argument, a: Argument, b: Argument) => acrossBlocks(asArray(ybar, a), asArray(a, b), asArray(b, a)),
  { name: "kron" },
);
