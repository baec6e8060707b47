import { type AnyArray, add, type ByAxes, broadcastTo, defineRule, describe, NoTangent, type Operand } from "../../lib/core/index.js";
import { expectSound, formatShape, isNdArray, type NdArray } from "../../lib/nd/index.js";
import { matrixProduct, strongMatmul } from "../products/matmul.js";
import { sum } from "../reductions/sums.js";
import { reshape } from "../shaping/reshape.js";
import { turnedOperand } from "../shaping/turned.js";

/** `multiDot`: a number where a vector stands at each end. Say which where it matters, `multiDot<NdArray>(as)`. */
export interface MultiDot extends ByAxes<[as: readonly NdArray[]], [as: readonly AnyArray[]]> {}

/** In which order to multiply: a place in the list, or the product of two such. */
type Plan = number | readonly [left: Plan, right: Plan];

/** The list, checked, with each array's form as a matrix and the shape of the product; undefined where that is a number. */
interface Chain {
  readonly matrices: readonly (readonly [rows: number, cols: number])[];
  readonly shape: readonly number[] | undefined;
}

function chainOf(as: readonly AnyArray[]): Chain {
  if (!Array.isArray(as)) throw new TypeError(`multiDot: as is ${describe(as)}; give a list of matrices`);
  if (as.length === 0) throw new RangeError("multiDot: the list is empty; give at least one matrix");
  const last = as.length - 1;
  const matrices = (as as readonly AnyArray[]).map((a, k): readonly [number, number] => {
    if (!isNdArray(a)) throw new TypeError(`multiDot: as[${k}] is ${describe(a)}; a matrix is needed`);
    expectSound("multiDot", `as[${k}]`, a);
    const [rows, cols] = a.shape as [number, number];
    if (a.dimension === 2) return [rows, cols];
    if (a.dimension === 1 && k === 0 && last > 0) return [1, rows];
    if (a.dimension === 1 && k === last) return [rows, 1];
    throw new RangeError(
      `multiDot: as[${k}] is an array of shape ${formatShape(a.shape)}; give matrices, or vectors in the first and last place`,
    );
  });
  matrices.slice(1).forEach(([rows], k) => {
    if (rows === matrices[k]?.[1]) return;
    throw new RangeError(
      `multiDot: as[${k}] has shape ${formatShape(as[k]?.shape ?? [])}, as[${k + 1}] has ${formatShape(as[k + 1]?.shape ?? [])}; ` +
        `make the columns of the one as many as the rows of the other`,
    );
  });
  const row = as[0]?.dimension === 1 && last > 0;
  const column = as[last]?.dimension === 1;
  const [rows, cols] = [matrices[0]?.[0] as number, matrices[last]?.[1] as number];
  return { matrices, shape: row && column ? undefined : [...(row ? [] : [rows]), ...(column ? [] : [cols])] };
}

/** The order with the fewest multiplications; of equal ones, the one that cuts the list first. */
function planFor(matrices: Chain["matrices"]): Plan {
  const count = matrices.length;
  const extents = [matrices[0]?.[0] as number, ...matrices.map(([, cols]) => cols)];
  const plans = matrices.map((_, k): { cost: number; plan: Plan }[] => [{ cost: 0, plan: k }]);
  // plans[i][length − 1] multiplies the arrays from i on.
  for (let length = 2; length <= count; length++) {
    for (let i = 0; i + length <= count; i++) {
      let best: { cost: number; plan: Plan } | undefined;
      for (let cut = 1; cut < length; cut++) {
        const left = plans[i]?.[cut - 1] as { cost: number; plan: Plan };
        const right = plans[i + cut]?.[length - cut - 1] as { cost: number; plan: Plan };
        const own = (extents[i] as number) * (extents[i + cut] as number) * (extents[i + length] as number);
        const cost = left.cost + right.cost + own;
        if (best === undefined || cost < best.cost) best = { cost, plan: [left.plan, right.plan] };
      }
      plans[i]?.push(best as { cost: number; plan: Plan });
    }
  }
  return plans[0]?.[count - 1]?.plan as Plan;
}

/** A product with what it was made of. */
interface Node {
  readonly y: AnyArray;
  readonly from: number | readonly [left: Node, right: Node];
}

function evaluate(plan: Plan, xs: readonly AnyArray[]): Node {
  if (typeof plan === "number") return { y: xs[plan] as AnyArray, from: plan };
  const [left, right] = [evaluate(plan[0], xs), evaluate(plan[1], xs)];
  return { y: matrixProduct(left.y, right.y), from: [left, right] };
}

/** The tangent of a product. */
function push({ from }: Node, dxs: readonly AnyArray[]): AnyArray {
  if (typeof from === "number") return dxs[from] as AnyArray;
  const [left, right] = from;
  return add(strongMatmul(push(left, dxs), right.y), strongMatmul(left.y, push(right, dxs))) as AnyArray;
}

/** Puts the cotangents of what a product is made of in their places. */
function pull({ from }: Node, ybar: AnyArray, xbars: AnyArray[]): void {
  if (typeof from === "number") {
    xbars[from] = ybar;
    return;
  }
  const [left, right] = from;
  pull(left, strongMatmul(ybar, turnedOperand(right.y)), xbars);
  pull(right, strongMatmul(turnedOperand(left.y), ybar), xbars);
}

/** The arrays as the matrices they count as; one alone is copied. */
function asMatrices(as: readonly AnyArray[], { matrices }: Chain): AnyArray[] {
  return as.map((a, k) => (a.dimension === 2 && as.length > 1 ? a : reshape(a, matrices[k] as readonly [number, number])));
}

function inShape(y: AnyArray, { shape }: Chain): Operand {
  if (shape === undefined) return sum(y);
  return shape.length === 2 ? y : reshape(y, shape);
}

function product(as: readonly NdArray[]): number | NdArray {
  const chain = chainOf(as);
  const { y } = evaluate(planFor(chain.matrices), asMatrices(as, chain));
  return inShape(y, chain) as number | NdArray;
}

/**
 * The product of matrices, multiplied in the order that takes the fewest multiplications. A vector in the first place counts as a row, one
 * in the last as a column, and their axes are missing in y: with both it is a number.
 *   ẏ = Σ a₁ … ȧₖ … aₙ           āₖ = (a₁ … aₖ₋₁)ᵀ ȳ (aₖ₊₁ … aₙ)ᵀ, in the same order
 * @param as matrices of which each has as many columns as the next one has rows
 * @throws {RangeError} when the list is empty, an array is no matrix, or the extents do not fit
 * Source: T. H. Cormen et al., Introduction to Algorithms, the chapter on dynamic programming.
 */
export const multiDot: MultiDot = defineRule(
  product,
  {
    frule: ([, das]: readonly unknown[], as: readonly AnyArray[]) => {
      const chain = chainOf(as);
      const root = evaluate(planFor(chain.matrices), asMatrices(as, chain));
      const dy = push(root, asMatrices(das as readonly AnyArray[], chain));
      return [inShape(root.y, chain), inShape(dy, chain)];
    },
    rrule: (as: readonly AnyArray[]) => {
      const chain = chainOf(as);
      const root = evaluate(planFor(chain.matrices), asMatrices(as, chain));
      return [
        inShape(root.y, chain),
        function multiDotPullback(ybar: Operand) {
          const extents = [chain.matrices[0]?.[0] as number, chain.matrices.at(-1)?.[1] as number];
          const xbars: AnyArray[] = [];
          pull(root, isNdArray(ybar) ? reshape(ybar as AnyArray, extents) : broadcastTo(ybar, extents), xbars);
          return [NoTangent, xbars.map((xbar, k) => reshape(xbar, (as[k] as AnyArray).shape))];
        },
      ];
    },
  },
  { name: "multiDot" },
);
