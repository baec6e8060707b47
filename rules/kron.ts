import { type AnyArray, bilinearRule, type Operand } from "../lib/core/index.js";
import { inOrder } from "../lib/nd/float-array.js";
import { commonDType, floatDType, isRowMajor, type NdArray, packedData, rowMajor, rowMajorStride, viewOn } from "../lib/nd/index.js";
import { operandsFor } from "./contraction-rule.js";
import { acrossRows, alongRows, productsOf } from "./outer.js";

/** `kron`: a number only of two numbers. */
export interface Kron {
  (a: number, b: number): number;
  (a: NdArray, b: NdArray | number): NdArray;
  (a: number, b: NdArray): NdArray;
  (a: AnyArray, b: Operand): AnyArray;
  (a: Operand, b: AnyArray): AnyArray;
  (a: Operand, b: Operand): Operand;
}

type Argument = number | NdArray;

/** A number as an array without axes, of the kind of the other operand. */
function asArray(x: Argument, other: Argument): NdArray {
  if (typeof x !== "number") return x;
  const single = typeof other !== "number" && floatDType(other.dtype) === "float32";
  return rowMajor(single ? Float32Array.of(x) : Float64Array.of(x), []);
}

/** The axes of a Kronecker product: those of both operands by turns, given those of each. */
function byTurns(a: readonly number[], b: readonly number[], missing: number): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: 2 * rank }, (_, k) => {
    const own = k % 2 === 0 ? a : b;
    return own[(k >> 1) - rank + own.length] ?? missing;
  });
}

/** All products, blocks of b side by side. */
function kronecker(a: NdArray, b: NdArray): Argument {
  const data = productsOf(a, b);
  const stride = byTurns(
    rowMajorStride(a.shape).map((step) => step * b.size),
    rowMajorStride(b.shape),
    0,
  );
  const blocks = viewOn(data, byTurns(a.shape, b.shape, 1), stride, 0);
  const shape: number[] = [];
  for (let k = 0; k < blocks.dimension; k += 2) shape.push((blocks.shape[k] as number) * (blocks.shape[k + 1] as number));
  if (shape.length === 0) return data[0] as number;
  return rowMajor(isRowMajor(blocks.shape, blocks.stride) ? data : packedData(blocks), shape);
}

/** ȳ with the axes of a in front of those of b. */
function unfolded(ybar: Argument, a: NdArray, b: NdArray): NdArray {
  const y = inOrder(asArray(ybar, a));
  const shape = byTurns(a.shape, b.shape, 1);
  const stride = rowMajorStride(shape);
  const order = [...shape.keys()].sort((p, q) => (p % 2) - (q % 2) || p - q);
  return viewOn(
    y.data,
    order.map((axis) => shape[axis] as number),
    order.map((axis) => stride[axis] as number),
    y.offset,
  );
}

/**
 * The Kronecker product, blocks of b multiplied with the entries of a: y[i m + k, j n + l] = a[i, j] b[k, l] for b of shape [m, n], and so
 * on for any axes. The operand with fewer axes gets some of extent 1 in front; a number has none.
 *   ẏ = kron(ȧ, b) + kron(a, ḃ)         ā[i, j] = Σ ȳ b over block [i, j],  b̄[k, l] = Σ ȳ a over the entries [k, l] of all blocks
 */
export const kron: Kron = bilinearRule(
  (a: Argument, b: Argument) => {
    operandsFor("kron", [a, b], true);
    return kronecker(asArray(a, b), asArray(b, a));
  },
  (ybar: Argument, a: Argument, b: Argument) => {
    const [left, right] = [asArray(a, b), asArray(b, a)];
    const bars = unfolded(ybar, left, right);
    return alongRows(bars, right, left.shape, commonDType([bars, right]));
  },
  (ybar: Argument, a: Argument, b: Argument) => {
    const [left, right] = [asArray(a, b), asArray(b, a)];
    const bars = unfolded(ybar, left, right);
    return acrossRows(bars, left, right.shape, commonDType([bars, left]));
  },
  { name: "kron" },
) as Kron;
