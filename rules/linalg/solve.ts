import { type AnyArray, optionsFor } from "../../lib/core/index.js";
import type { NdArray } from "../../lib/nd/index.js";
import { luSolver, triangularSolver } from "../../lib/nd/linalg/linear-systems.js";
import { tril, triu } from "../shaping/diagonals.js";
import { flagOf } from "../support/reduce-options.js";
import { systemRule, wholeMatrix } from "./systems.js";

/** Solves systems: traced arrays give traced ones. */
export interface Solve<S extends readonly unknown[] = []> {
  (a: NdArray, b: NdArray, ...rest: S): NdArray;
  (a: AnyArray, b: AnyArray, ...rest: S): AnyArray;
}

/**
 * x for which a x = b, by LU with row pivots; one factorization serves the value and all orders of derivatives. Axes before the last two
 * broadcast; b counts as a vector where it has one axis, as matrices else.
 *   ẋ = solve(a, ḃ − ȧ x)                b̄ = solve(aᵀ, x̄),  ā = −b̄ xᵀ
 * @param a shape [..., n, n]
 * @param b shape [n] or [..., n, k]
 * @throws {RangeError} when a is not square, is singular in double precision or has an entry that is not finite, or the shapes do not fit
 * Source: M. Giles, Collected matrix derivative results for forward and reverse mode algorithmic differentiation (2008).
 */
export const solve: Solve = systemRule("solve", (a) => ({ solver: luSolver("solve", a), part: wholeMatrix, transposed: false }));

/** Which triangle of a counts, and how. */
export interface TriangularOptions {
  /** Whether it is the lower one; true when absent. */
  readonly lower?: boolean | undefined;
  /** Whether to solve aᵀ x = b; the triangle is then still that of a. */
  readonly transposed?: boolean | undefined;
  /** Whether the diagonal counts as ones; it is not read then. */
  readonly unitDiagonal?: boolean | undefined;
}

/**
 * x for which t x = b, t the lower or upper triangle of a: the other triangle is not read, and has zero cotangents. As `solve` else; NaN
 * propagates.
 *   ẋ = t⁻¹ (ḃ − ṫ x)                    b̄ = t⁻ᵀ x̄,  ā = the triangle of −b̄ xᵀ; where transposed, that of −x b̄ᵀ
 * @param a shape [..., n, n]
 * @param b shape [n] or [..., n, k]
 * @throws {RangeError} when a is not square, its diagonal has a 0 and is not of ones, or the shapes do not fit
 */
export const solveTriangular: Solve<[options?: TriangularOptions]> = systemRule("solveTriangular", (a, options?: TriangularOptions) => {
  const {
    lower = true,
    transposed = false,
    unitDiagonal = false,
  } = optionsFor("solveTriangular", options, "lower, transposed, unitDiagonal");
  const triangle = {
    lower: flagOf("solveTriangular", "lower", lower),
    transposed: false,
    unitDiagonal: flagOf("solveTriangular", "unitDiagonal", unitDiagonal),
  };
  const k = triangle.unitDiagonal ? (lower ? -1 : 1) : 0;
  return {
    solver: triangularSolver("solveTriangular", a, triangle),
    part: {
      name: `${triangle.unitDiagonal ? "strictly " : ""}${lower ? "lower" : "upper"}`,
      of: (x) => (lower ? tril(x, { k }) : triu(x, { k })),
    },
    transposed: flagOf("solveTriangular", "transposed", transposed),
  };
});
