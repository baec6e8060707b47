import {
  type AnyArray,
  accumulate,
  defineRule,
  describe,
  frule,
  isZero,
  levelOf,
  NoTangent,
  type OfTwoArrays,
  type Operand,
  type Pullback,
  primal,
  rrule,
  sumTo,
  thunk,
  ZeroTangent,
} from "../../lib/core/index.js";
import { expectSound, formatShape, holdsNaN, isNdArray, type NdArray, rowMajor, sameStore } from "../../lib/nd/index.js";
import type { Solver } from "../../lib/nd/linalg/linear-systems.js";
import { minusOuter, type Part } from "../../lib/nd/products/outer-products.js";
import { neg } from "../elementwise/field.js";
import { strongMatmul } from "../products/matmul.js";
import { expandDims, squeeze } from "../shaping/axes.js";
import { turned, turnedOperand } from "../shaping/turned.js";
import { squaresFor } from "./matrices.js";

/** Which entries of a matrix count in a linear system. */
export interface CountingPart {
  readonly name: Part;
  /** The array with zeros where entries do not count. */
  readonly of: (a: AnyArray) => AnyArray;
}

/** All entries count. */
export const wholeMatrix: CountingPart = { name: "all", of: (x) => x };

/** −u vᵀ where entries count. */
function minusOuterOf(u: AnyArray, v: AnyArray, { name, of }: CountingPart): AnyArray {
  if (levelOf(u) === undefined && levelOf(v) === undefined) {
    const y = minusOuter(u as NdArray, v as NdArray, name);
    if (!holdsNaN(y)) return y;
  }
  return of(neg(strongMatmul(u, turned(v))));
}

type SolveBy = OfTwoArrays<[solver: Solver, part: CountingPart, transposed: boolean]>;

/** The function that solves with its solver, with its rule. */
function solvingBy(name: string, strong: boolean): SolveBy {
  const value: SolveBy = defineRule(
    (_: NdArray, b: NdArray, solver: Solver, __: CountingPart, transposed: boolean) => solver(b, transposed, strong),
    {
      frule: ([, da, db]: readonly unknown[], a: AnyArray, b: AnyArray, solver: Solver, part: CountingPart, transposed: boolean) => {
        const x = value(a, b, solver, part, transposed);
        const pushed = (): Operand => {
          const moving = part.of(da as AnyArray);
          return neg(strongMatmul(transposed ? turnedOperand(moving) : moving, x));
        };
        const moving = accumulate(db, isZero(da) ? ZeroTangent : pushed());
        return [x, isZero(moving) ? moving : imageBy(a, moving as AnyArray, solver, part, transposed)];
      },
      rrule: (a: AnyArray, b: AnyArray, solver: Solver, part: CountingPart, transposed: boolean) => {
        const x = value(a, b, solver, part, transposed);
        return [
          x,
          function solvePullback(xbar: AnyArray) {
            const bbar = imageBy(a, xbar, solver, part, !transposed);
            const abar = (): AnyArray => (transposed ? minusOuterOf(x, bbar, part) : minusOuterOf(bbar, x, part));
            return [NoTangent, thunk(() => sumTo(abar(), a.shape)), sumTo(bbar, b.shape), NoTangent, NoTangent, NoTangent];
          },
        ];
      },
    },
    { name, still: [2, 3, 4], zeros: "symbolic" },
  );
  return value;
}

/** `solveBy` of a tangent or a cotangent: what does not move contributes nothing, whatever stands in a. */
const imageBy: SolveBy = solvingBy("imageBy", true);

/**
 * x for which part(a) x = b, or part(a)ᵀ x = b where transposed; `solver` does it with what it made of a once. All orders of derivatives
 * solve with it again.
 *   ẋ = solve(ḃ − part(ȧ) x)             b̄ = solveᵀ(x̄),  ā = part(−b̄ xᵀ)
 */
const solveBy: SolveBy = solvingBy("solveBy", false);

/** A vector as a matrix of one column; what does not move stays as it is. */
export function asColumn<X>(x: X, vector: boolean): X {
  return vector && !isZero(x) ? (expandDims(x as AnyArray, -1) as X) : x;
}

/** The vector in a matrix of one column; what does not move stays as it is. */
export function fromColumn<X>(x: X, vector: boolean): X {
  return vector && !isZero(x) ? (squeeze(x as AnyArray, { axis: -1 }) as X) : x;
}

/**
 * b, when it has a row for each row of a; a vector counts as one column.
 * @param name names a
 */
export function rightSideFor<B extends AnyArray>(who: string, name: string, a: AnyArray, b: B): B {
  if (!isNdArray(b)) {
    throw new TypeError(
      `${who}: b is ${describe(b)}; a vector or a matrix is needed${Array.isArray(b) ? ": array(b) makes one of lists" : ""}`,
    );
  }
  expectSound(who, "b", b);
  const rows = a.shape.at(-2);
  if (b.shape.at(b.dimension === 1 ? -1 : -2) === rows) return b;
  throw new RangeError(
    `${who}: ${name} has shape ${formatShape(a.shape)}, b has shape ${formatShape(b.shape)}; b needs ${rows} rows, one for each row of ${name}`,
  );
}

/** How systems of one kind are solved: made of a and of what stands after b. */
interface System {
  readonly solver: Solver;
  readonly part: CountingPart;
  /** Whether part(a)ᵀ stands in the place of part(a). */
  readonly transposed: boolean;
}

/** The function (a, b, …) => x that solves systems of one kind, with its rule. */
export function systemRule<R extends readonly unknown[]>(name: string, systemFor: (a: NdArray, ...rest: R) => System): OfTwoArrays<R> {
  const checked = (a: AnyArray, b: AnyArray, rest: R): System => {
    rightSideFor(name, "a", squaresFor(name, "a", a), b);
    return systemFor(primal(a), ...rest);
  };
  return defineRule(
    (a: NdArray, b: NdArray, ...rest: R) => {
      const { solver, transposed } = checked(a, b, rest);
      if (b.dimension > 1) return solver(b, transposed);
      const x = solver(sameStore(b, [...b.shape, 1], [...b.stride, 0], b.offset), transposed);
      return rowMajor(x.data, x.shape.slice(0, -1));
    },
    {
      frule: ([, da, db]: readonly unknown[], a: AnyArray, b: AnyArray, ...rest: R) => {
        const { solver, part, transposed } = checked(a, b, rest);
        const vector = b.dimension === 1;
        const [x, dx] = frule([NoTangent, da, asColumn(db, vector)], solveBy, a, asColumn(b, vector), solver, part, transposed) as [
          AnyArray,
          AnyArray,
        ];
        return [fromColumn(x, vector), fromColumn(dx, vector)];
      },
      rrule: (a: AnyArray, b: AnyArray, ...rest: R) => {
        const { solver, part, transposed } = checked(a, b, rest);
        const vector = b.dimension === 1;
        const [x, back] = rrule(solveBy, a, asColumn(b, vector), solver, part, transposed) as readonly [AnyArray, Pullback];
        return [
          fromColumn(x, vector),
          function systemPullback(xbar: AnyArray) {
            const [, abar, bbar] = back(asColumn(xbar, vector));
            return [NoTangent, abar, fromColumn(bbar, vector), ...rest.map(() => NoTangent)];
          },
        ];
      },
    },
    { name, still: [2], zeros: "symbolic" },
  );
}
