import { type AnyArray, defineRule, fieldOf, NoTangent, primal, realize, ZeroTangent } from "../../lib/core/index.js";
import { floatDType, formatShape, type NdArray, zerosOf } from "../../lib/nd/index.js";
import { luFactors } from "../../lib/nd/linalg/lu-factors.js";
import { add } from "../elementwise/field.js";
import { strongMatmul } from "../products/matmul.js";
import { tril, triu } from "../shaping/diagonals.js";
import { pad } from "../shaping/padding.js";
import { turned } from "../shaping/turned.js";
import { viewRule } from "../support/view-rule.js";
import { matricesFor, squareLike } from "./matrices.js";
import { solveTriangular } from "./solve.js";

/** `lu`: three arrays; those of a traced matrix are traced, but for the permutation. */
export interface Lu {
  (a: NdArray): [p: NdArray, l: NdArray, u: NdArray];
  (a: AnyArray): [p: AnyArray, l: AnyArray, u: AnyArray];
}

function luOf(a: NdArray): [p: NdArray, l: NdArray, u: NdArray] {
  if (matricesFor("lu", "a", a).dimension > 2) {
    throw new RangeError(`lu: a is an array of shape ${formatShape(a.shape)}; give one matrix, with two axes`);
  }
  const { order, l, u } = luFactors("lu", a);
  const m = order.length;
  const p = zerosOf([m, m], floatDType(a.dtype));
  order.forEach((row, i) => {
    p.data[row * m + i] = 1;
  });
  return [p, l, u];
}

/** The first rows and columns of a matrix. */
const corner = viewRule("corner", (x, rows: number, cols: number) => x.hi(rows, cols));

/** A matrix with zeros below and to the right. */
function grown(x: AnyArray, rows: number, cols: number): AnyArray {
  const [m, n] = x.shape as [number, number];
  if (m === rows && n === cols) return x;
  return pad(x, [
    [0, rows - m],
    [0, cols - n],
  ]);
}

/** The square triangular matrix that a factor becomes with ones on what its diagonal lacks. */
function squared(x: AnyArray): AnyArray {
  const least = Math.min(...x.shape);
  const n = Math.max(...x.shape);
  if (least === n) return x;
  return add(
    grown(x, n, n),
    squareLike(x, n, (i, j) => (i === j && i >= least ? 1 : 0)),
  );
}

/** The factors as square matrices that have inverses. */
function squareFactors(l: AnyArray, u: AnyArray): { l: AnyArray; u: AnyArray } {
  const plain = primal(u);
  for (let i = 0; i < Math.min(...plain.shape); i++) {
    if (plain.get(i, i) === 0) {
      throw new RangeError(
        `lu: the matrix is singular: u has a 0 at [${i}, ${i}], and the factors have no derivative; give one of full rank`,
      );
    }
  }
  return { l: squared(l), u: squared(u) };
}

/**
 * The factors of a = p l u, by elimination with the largest entry of each column as pivot: p a permutation matrix, l unit lower triangular,
 * u upper triangular.
 *   [ṗ, l̇, u̇] = [0, l tril(f, −1), triu(f) u],  f = l⁻¹ pᵀ ȧ u⁻¹
 *   ā = p l⁻ᵀ (tril(lᵀ l̄, −1) + triu(ū uᵀ)) u⁻ᵀ; the permutation does not move, and its cotangent does not count
 * where a factor that is not square is filled up with the identity, and the results are cut to shape.
 * @param a shape [m, n]
 * @returns shapes [m, m], [m, min(m, n)] and [min(m, n), n]
 * @throws {RangeError} when a is not a matrix, has an entry that is not finite, or, in derivatives, has not full rank
 * Source: de Hoog, Anderssen and Lukas, Differentiation of matrix functionals using triangular factorization (2011).
 */
export const lu: Lu = defineRule(
  luOf,
  {
    frule: ([, da]: readonly unknown[], a: AnyArray) => {
      const factors = lu(a);
      const { l, u } = squareFactors(factors[1], factors[2]);
      const [m, n] = a.shape as [number, number];
      const least = Math.min(m, n);
      const moved = strongMatmul(primal(factors[0]).transpose(1, 0), da as AnyArray);
      const left = solveTriangular(l, moved, { unitDiagonal: true });
      const f = turned(solveTriangular(u, turned(left), { lower: false, transposed: true }));
      const dl = corner(strongMatmul(l, tril(f, { k: -1 })), m, least);
      const du = corner(strongMatmul(triu(f), u), least, n);
      return [factors, [ZeroTangent, dl, du]];
    },
    rrule: (a: AnyArray) => {
      const factors = lu(a);
      return [
        factors,
        function luPullback(ybar: unknown) {
          const { l, u } = squareFactors(factors[1], factors[2]);
          const [m, n] = a.shape as [number, number];
          const lbar = grown(realize(factors[1], fieldOf(ybar, 1)) as AnyArray, m, n);
          const ubar = grown(realize(factors[2], fieldOf(ybar, 2)) as AnyArray, m, n);
          const f = add(tril(strongMatmul(turned(l), lbar), { k: -1 }), triu(strongMatmul(ubar, turned(u))));
          const right = turned(solveTriangular(u, turned(f), { lower: false }));
          return [NoTangent, strongMatmul(primal(factors[0]), solveTriangular(l, right, { transposed: true, unitDiagonal: true }))];
        },
      ];
    },
  },
  { name: "lu" },
);
