import type { AnyArray, Operand } from "../lib/core/index.js";
import type { NdArray } from "../lib/nd/index.js";
import { contractionRule } from "./contraction-rule.js";

/** `kron`: a number only of two numbers. */
export interface Kron {
  (a: number, b: number): number;
  (a: NdArray, b: NdArray | number): NdArray;
  (a: number, b: NdArray): NdArray;
  (a: AnyArray, b: Operand): AnyArray;
  (a: Operand, b: AnyArray): AnyArray;
  (a: Operand, b: Operand): Operand;
}

/**
 * The Kronecker product, blocks of b multiplied with the entries of a: y[i m + k, j n + l] = a[i, j] b[k, l] for b of shape [m, n], and so
 * on for any axes. The operand with fewer axes gets some of extent 1 in front; a number has none.
 *   ẏ = kron(ȧ, b) + kron(a, ḃ)         ā[i, j] = Σ ȳ b over block [i, j],  b̄[k, l] = Σ ȳ a over the entries [k, l] of all blocks
 */
export const kron: Kron = contractionRule(
  "kron",
  (a, b) => {
    const rank = Math.max(a.length, b.length);
    const extent = (shape: readonly number[], axis: number): number => shape[axis - rank + shape.length] ?? 1;
    const axes = Array.from({ length: rank }, (_, k) => k);
    return {
      left: a.map((_, k) => 2 * (rank - a.length + k)),
      right: b.map((_, k) => 2 * (rank - b.length + k) + 1),
      out: axes.flatMap((k) => [2 * k, 2 * k + 1]),
      shape: axes.flatMap((k) => [extent(a, k), extent(b, k)]),
      as: axes.map((k) => extent(a, k) * extent(b, k)),
    };
  },
  { numbers: true },
) as Kron;
