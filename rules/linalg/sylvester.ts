import { type AnyArray, accumulate, cotangentOf, defineRule, isZero, NoTangent, thunk } from "../../lib/core/index.js";
import { commonDType, formatShape, type NdArray, packed } from "../../lib/nd/index.js";
import { sylvesterSolution } from "../../lib/nd/linalg/sylvester.js";
import { neg } from "../elementwise/field.js";
import { strongMatmul } from "../products/matmul.js";
import { turned } from "../shaping/turned.js";
import { matrixFor, squareFor } from "./single-matrix.js";

/** `sylvester`: traced matrices give a traced one. */
export interface Sylvester {
  (a: NdArray, b: NdArray, c: NdArray): NdArray;
  (a: AnyArray, b: AnyArray, c: AnyArray): AnyArray;
}

function expectShapes(a: AnyArray, b: AnyArray, c: AnyArray): void {
  const [m] = squareFor("sylvester", "a", a).shape;
  const [n] = squareFor("sylvester", "b", b).shape;
  const { shape } = matrixFor("sylvester", "c", c);
  if (shape[0] === m && shape[1] === n) return;
  throw new RangeError(
    `sylvester: a has shape ${formatShape(a.shape)}, b ${formatShape(b.shape)}, c ${formatShape(shape)}; c needs ${m} rows, as a has, and ${n} columns, as b has`,
  );
}

/**
 * The x for which a x + x b = c. All derivatives are solutions of such equations.
 *   ẋ = sylvester(a, b, ċ − ȧ x − x ḃ)   c̄ = sylvester(aᵀ, bᵀ, x̄),  ā = −c̄ xᵀ,  b̄ = −xᵀ c̄
 * @param a shape [m, m]
 * @param b shape [n, n]
 * @param c shape [m, n]
 * @returns shape [m, n]
 * @throws {RangeError} when the shapes do not fit, a or b has an entry that is not finite, or an eigenvalue of a is the negative of one of b
 * Source: R. H. Bartels and G. W. Stewart, Solution of the matrix equation AX + XB = C (1972).
 */
export const sylvester: Sylvester = defineRule(
  (a: NdArray, b: NdArray, c: NdArray) => {
    expectShapes(a, b, c);
    return packed(sylvesterSolution("sylvester", a, b, c), commonDType([a, b, c]));
  },
  {
    frule: ([, da, db, dc]: readonly unknown[], a: AnyArray, b: AnyArray, c: AnyArray) => {
      const x = sylvester(a, b, c);
      const fromA = isZero(da) ? da : neg(strongMatmul(da as AnyArray, x));
      const fromB = isZero(db) ? db : neg(strongMatmul(x, db as AnyArray));
      const moving = accumulate(dc, accumulate(fromA, fromB));
      return [x, isZero(moving) ? moving : sylvester(a, b, moving as AnyArray)];
    },
    rrule: (a: AnyArray, b: AnyArray, c: AnyArray) => {
      const x = sylvester(a, b, c);
      return [
        x,
        function sylvesterPullback(xbar: AnyArray) {
          const cbar = sylvester(turned(a), turned(b), xbar);
          const abar = thunk(() => cotangentOf(a, neg(strongMatmul(cbar, turned(x)))));
          const bbar = thunk(() => cotangentOf(b, neg(strongMatmul(turned(x), cbar))));
          return [NoTangent, abar, bbar, cotangentOf(c, cbar)];
        },
      ];
    },
  },
  { name: "sylvester", zeros: "symbolic" },
);
