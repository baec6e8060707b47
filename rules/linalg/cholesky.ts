import { type AnyArray, accumulate, byFrule, byRrule, defineRule, levelOf, NoTangent, primal, scale } from "../../lib/core/index.js";
import { floatDType, type NdArray, packed, rowMajor, zerosOf } from "../../lib/nd/index.js";
import { choleskyCotangents } from "../../lib/nd/linalg/cholesky-cotangents.js";
import { choleskyFactor } from "../../lib/nd/linalg/cholesky-factor.js";
import { type Solver, triangularSolver } from "../../lib/nd/linalg/linear-systems.js";
import { strongMatmul } from "../products/matmul.js";
import { tril } from "../shaping/diagonals.js";
import { turned } from "../shaping/turned.js";
import { type OfMatrices, squareLike, squaresFor } from "./matrices.js";
import { symmetricPart } from "./single-matrix.js";
import { type Solve, solveTriangular } from "./solve.js";
import { asColumn, fromColumn, rightSideFor } from "./systems.js";

function choleskyOf(a: NdArray): NdArray {
  const n = squaresFor("cholesky", "a", a).shape.at(-1) as number;
  const { data } = packed(a);
  const y = zerosOf(a.shape, floatDType(a.dtype));
  for (let start = 0; start < data.length; start += n * n) {
    const matrix = rowMajor((data as Float64Array).subarray(start, start + n * n), [n, n]);
    (y.data as Float64Array).set(choleskyFactor("cholesky", matrix).data, start);
  }
  return y;
}

/** The lower triangle with half of the diagonal. */
function lowerHalf(x: AnyArray): AnyArray {
  const n = x.shape.at(-1) as number;
  return scale(
    squareLike(x, n, (i, j) => (Math.sign(i - j) + 1) / 2),
    x,
  ) as AnyArray;
}

const transposed = { transposed: true };

/**
 * The lower triangular l with positive diagonal for which l lᵀ = a, for the matrices in the last two axes. Both triangles of a are read: its
 * symmetric part (a + aᵀ) / 2 counts, and cotangents are symmetric, as in JAX and PyTorch.
 *   l̇ = l Φ(l⁻¹ s l⁻ᵀ)           ā = sym(l⁻ᵀ Φ(lᵀ l̄) l⁻¹),  s = sym(ȧ), Φ the lower triangle with half of the diagonal
 * @param a shape [..., n, n], positive definite
 * @throws {RangeError} when a is not square, not positive definite, or has an entry that is not finite
 * Source: I. Murray, Differentiation of the Cholesky decomposition (2016).
 */
export const cholesky: OfMatrices = defineRule(
  choleskyOf,
  {
    frule: ([, da]: readonly unknown[], a: AnyArray) => {
      const l = cholesky(a);
      const half = solveTriangular(l, symmetricPart(da as AnyArray));
      return [l, strongMatmul(l, lowerHalf(turned(solveTriangular(l, turned(half)))))];
    },
    rrule: (a: AnyArray) => {
      const l = cholesky(a);
      return [
        l,
        function choleskyPullback(lbar: AnyArray) {
          if (levelOf(l) === undefined && levelOf(lbar) === undefined)
            return [NoTangent, choleskyCotangents(l as NdArray, lbar as NdArray)];
          const half = solveTriangular(l, lowerHalf(strongMatmul(turned(l), tril(lbar))), transposed);
          return [NoTangent, symmetricPart(solveTriangular(l, turned(half), transposed))];
        },
      ];
    },
  },
  { name: "cholesky" },
);

/** Throws where no system can be solved with l. */
function checked(l: AnyArray, b: AnyArray): Solver {
  rightSideFor("choleskySolve", "l", squaresFor("choleskySolve", "l", l), b);
  return triangularSolver("choleskySolve", primal(l), { lower: true, transposed: false, unitDiagonal: false });
}

/**
 * x for which l lᵀ x = b: solves with the matrix of which `cholesky` made l. The upper triangle of l is not read, and has zero cotangents.
 *   ẋ = a⁻¹ (ḃ − (l̇ lᵀ + l l̇ᵀ) x)     b̄ = a⁻¹ x̄,  l̄ = the lower triangle of −(b̄ xᵀ + x b̄ᵀ) l
 * @param l shape [..., n, n]
 * @param b shape [n] or [..., n, k]
 * @throws {RangeError} when l is not square or has a 0 on its diagonal, or the shapes do not fit
 */
export const choleskySolve: Solve = defineRule(
  (l: NdArray, b: NdArray) => {
    const solver = checked(l, b);
    const x = solver(solver(asColumn(b, b.dimension === 1) as NdArray, false), true);
    return fromColumn(x, b.dimension === 1) as NdArray;
  },
  {
    frule: ([, dl, db]: readonly unknown[], l: AnyArray, b: AnyArray) => {
      checked(l, b);
      const vector = b.dimension === 1;
      const [y, dy] = byFrule([NoTangent, dl, asColumn(db, vector)], solveTriangular, l, asColumn(b, vector));
      const [x, dx] = byFrule([NoTangent, dl, dy], solveTriangular, l, y, transposed);
      return [fromColumn(x, vector), fromColumn(dx, vector)];
    },
    rrule: (l: AnyArray, b: AnyArray) => {
      checked(l, b);
      const vector = b.dimension === 1;
      const [y, forth] = byRrule(solveTriangular, l, asColumn(b, vector));
      const [x, back] = byRrule(solveTriangular, l, y, transposed);
      return [
        fromColumn(x, vector),
        function choleskySolvePullback(xbar: AnyArray) {
          const [, later, ybar] = back(asColumn(xbar, vector));
          const [, sooner, bbar] = forth(ybar);
          return [NoTangent, accumulate(later, sooner), fromColumn(bbar, vector)];
        },
      ];
    },
  },
  { name: "choleskySolve", zeros: "symbolic" },
);
