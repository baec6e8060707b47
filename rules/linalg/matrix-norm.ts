import {
  type AnyArray,
  defineRule,
  describe,
  NoTangent,
  type Operand,
  optionsFor,
  primal,
  type Scalar,
  scale,
} from "../../lib/core/index.js";
import { floatDType, type NdArray, packed, packedData, zerosOf } from "../../lib/nd/index.js";
import { svdFactors } from "../../lib/nd/linalg/factorizations.js";
import { mul } from "../elementwise/field.js";
import { share } from "../elementwise/share.js";
import { slice } from "../indexing/index.js";
import { matrixProduct } from "../products/matmul.js";
import { norm } from "../reductions/norms.js";
import { sum } from "../reductions/sums.js";
import { nonzero } from "./gaps.js";
import { finiteMatrixFor, matrixFor } from "./single-matrix.js";
import { svd } from "./svd.js";

/** A function of one matrix that gives a number: a traced one for a traced matrix. */
export interface MatrixNorm {
  (a: NdArray, options?: MatrixNormOptions): number;
  (a: AnyArray, options?: MatrixNormOptions): Scalar;
}

/** Which norm of a matrix. */
export interface MatrixNormOptions {
  /** "fro" (when absent), "nuc", 1, 2 or Infinity. */
  readonly ord?: number | "fro" | "nuc" | undefined;
}

function orderOf(options: MatrixNormOptions | undefined): number | "fro" | "nuc" {
  const { ord = "fro" } = optionsFor("matrixNorm", options, "ord");
  if (ord === "fro" || ord === "nuc" || ord === 1 || ord === 2 || ord === Number.POSITIVE_INFINITY) return ord;
  const came = typeof ord === "number" ? String(ord) : typeof ord === "string" ? JSON.stringify(ord) : describe(ord);
  throw new RangeError(`matrixNorm: ord = ${came}; give "fro", "nuc", 1, 2 or Infinity`);
}

/** The largest Σ |a[i, j]| of a column, or of a row, and the first one that has it; NaN where there is one. */
function largestLine(a: NdArray, ofRows: boolean): { readonly total: number; readonly line: number } {
  const lines = ofRows ? a : a.transpose(1, 0);
  const length = lines.shape[1] as number;
  const data = packedData(lines, "float64");
  let largest = { total: 0, line: 0 };
  for (let line = 0, at = 0; line < (lines.shape[0] as number); line++) {
    let total = 0;
    for (let k = 0; k < length; k++) total += Math.abs(data[at++] as number);
    if (Number.isNaN(total)) return { total, line };
    if (total > largest.total) largest = { total, line };
  }
  return largest;
}

function normOf(a: NdArray, options?: MatrixNormOptions): number {
  const ord = orderOf(options);
  matrixFor("matrixNorm", "a", a);
  if (ord === "fro") return norm(a);
  if (ord === 1 || ord === Number.POSITIVE_INFINITY) return largestLine(a, ord !== 1).total;
  const { s } = svdFactors("matrixNorm", packed(finiteMatrixFor("matrixNorm", "a", a), "float64"));
  if (ord === "nuc") return sum(s);
  return s.size === 0 ? 0 : s.get(0);
}

/** The signs of the entries of one line, zeros elsewhere: constant where the norm is smooth. */
function signsOfLine(a: NdArray, ofRows: boolean): NdArray {
  const slopes = zerosOf(a.shape, floatDType(a.dtype));
  if (a.size === 0) return slopes;
  const { line } = largestLine(a, ofRows);
  const data = packedData(a, "float64");
  const cols = a.shape[1] as number;
  for (let at = 0; at < data.length; at++) {
    if ((ofRows ? Math.floor(at / cols) : at % cols) === line) slopes.data[at] = Math.sign(data[at] as number);
  }
  return slopes;
}

/** The derivative of the norm by each entry. */
function slopesOf(a: AnyArray, y: Operand, options: MatrixNormOptions | undefined): Operand {
  const ord = orderOf(options);
  if (ord === "fro") return share(a, y);
  if (ord === 1 || ord === Number.POSITIVE_INFINITY) return signsOfLine(primal(a), ord !== 1);
  const [u, s, vt] = svd(a);
  const slopes = nonzero(s);
  if (ord === "nuc") return matrixProduct(mul(u, slopes), vt);
  if (s.size === 0) return a;
  const first = mul(slice(u, [null, [0, 1]]), slice(slopes, [[0, 1]])) as AnyArray;
  return matrixProduct(first, slice(vt, [[0, 1], null]) as AnyArray);
}

/**
 * A norm of a matrix: Frobenius √Σ a², nuclear ("nuc", Σ s), spectral (2, the largest s), the largest Σ |a| of a column (1) or of a row
 * (Infinity); s are the singular values. 0 for a matrix without entries.
 *   ẏ = Σ slopes · ȧ             ā = slopes · ȳ
 * with slopes a / y, Σ uₖ vₖᵀ over the s other than 0, u₀ v₀ᵀ, and the signs of that column or row. At ties the first one counts; at the
 * zero matrix the slopes are 0.
 * @param a shape [m, n]
 * @throws {RangeError} when a is not one matrix, ord is none of these, or a has an entry that is not finite and ord is "nuc" or 2
 * Source: M. Giles, Collected matrix derivative results for forward and reverse mode algorithmic differentiation (2008).
 */
export const matrixNorm: MatrixNorm = defineRule(
  normOf,
  {
    frule: ([, da]: readonly unknown[], a: NdArray, options?: MatrixNormOptions) => {
      const y = matrixNorm(a as AnyArray, options);
      return [y, sum(scale(slopesOf(a, y, options), da as AnyArray) as AnyArray)];
    },
    rrule: (a: NdArray, options?: MatrixNormOptions) => {
      const y = matrixNorm(a as AnyArray, options);
      return [
        y,
        function matrixNormPullback(ybar: Operand) {
          return [NoTangent, scale(slopesOf(a, y, options), ybar)];
        },
      ];
    },
  },
  { name: "matrixNorm", still: [1] },
);
