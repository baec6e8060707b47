import type { PlainOperand } from "../../lib/core/calls/elementwise.js";
import {
  type AnyArray,
  type AnyFunction,
  type Binary,
  byFrule,
  byRrule,
  defineRule,
  NoTangent,
  type Operand,
  type Scalar,
  scalarRule,
  type Ternary,
  TracedNumber,
} from "../../lib/core/index.js";
import type { NdArray } from "../../lib/nd/index.js";
import { add, sub } from "./field.js";

// What a comparison decides is written as a number, and chosen by products: of operands in no order, nobody can foresee a branch, and each one
// guessed wrong costs as much as ten products. A product is NaN where what it leaves out is infinite, so there the branch decides.

/** 1 where x decides the larger of x and y: it is larger, equal, or NaN; else 0. */
const firstIsLarger: Binary = scalarRule(
  (x: number, y: number): number => Number(x >= y) | Number(Number.isNaN(x)),
  () => [0, 0],
  { name: "firstIsLarger" },
);

function larger(x: number, y: number): number {
  const first = Number(x >= y);
  const z = x * first + y * (1 - first);
  return Number.isNaN(z) ? Math.max(x, y) : z;
}

/**
 * The larger one, entry by entry; NaN where one is NaN. At ties all goes to x.
 *   ẏ = ẋ₁ where x₁ ≥ x₂, else ẋ₂    x̄₁ = ȳ where x₁ ≥ x₂, else 0;  x̄₂ the other way round
 */
export const maximum: Binary = scalarRule(
  larger,
  (_, x, y) => {
    const first = firstIsLarger(x, y);
    return [first, sub(1, first)];
  },
  { name: "maximum" },
);

/** 1 where x decides the smaller of x and y; else 0. */
const firstIsSmaller: Binary = scalarRule(
  (x: number, y: number): number => Number(x <= y) | Number(Number.isNaN(x)),
  () => [0, 0],
  { name: "firstIsSmaller" },
);

/** The smaller one; of zeros of both signs −0, as Math.min. */
function smaller(x: number, y: number): number {
  const first = Number(x <= y);
  const z = -x * first - y * (1 - first);
  return Number.isNaN(z) ? Math.min(x, y) : -z;
}

/**
 * The smaller one, entry by entry; NaN where one is NaN. At ties all goes to x.
 *   ẏ = ẋ₁ where x₁ ≤ x₂, else ẋ₂    x̄₁ = ȳ where x₁ ≤ x₂, else 0;  x̄₂ the other way round
 */
export const minimum: Binary = scalarRule(
  smaller,
  (_, x, y) => {
    const first = firstIsSmaller(x, y);
    return [first, sub(1, first)];
  },
  { name: "minimum" },
);

// Which of the three min(max(x, lo), hi) is. Ties go to the earlier one, NaN decides as soon as it is met.

function clipped(x: number, lo: number, hi: number): number {
  const raised = x >= lo || Number.isNaN(x) ? x : lo;
  return raised <= hi || Number.isNaN(raised) ? raised : hi;
}

/** 1 where x is it, else 0. */
function inside(x: number, lo: number, hi: number): number {
  return (Number(x >= lo) & Number(x <= hi)) | Number(Number.isNaN(x));
}

/** 1 where lo is it, else 0. */
function below(x: number, lo: number, hi: number): number {
  return (Number(x < lo) & Number(lo <= hi)) | (Number(Number.isNaN(lo)) & Number(!Number.isNaN(x)));
}

const isInside: Ternary = scalarRule(inside, () => [0, 0, 0], { name: "isInside" });
const isBelow: Ternary = scalarRule(below, () => [0, 0, 0], { name: "isBelow" });

const slopesOfClip = (_: Scalar, x: Scalar, lo: Scalar, hi: Scalar): readonly [Scalar, Scalar, Scalar] => {
  const [byX, byLo] = [isInside(x, lo, hi), isBelow(x, lo, hi)];
  return [byX, byLo, sub(1, add(byX, byLo))];
};

const between: Ternary = scalarRule(clipped, slopesOfClip, { name: "clip" });

/** min(max(x, lo), hi); a bound that is null does not bind. */
export interface Clip {
  (x: number, lo: number | null, hi: number | null): number;
  (x: Scalar, lo: Scalar | null, hi: Scalar | null): Scalar;
  (x: NdArray, lo: PlainOperand | null, hi: PlainOperand | null): NdArray;
  (x: AnyArray, lo: Operand | null, hi: Operand | null): AnyArray;
  (x: PlainOperand, lo: PlainOperand | null, hi: PlainOperand | null): PlainOperand;
  (x: Operand, lo: Operand | null, hi: Operand | null): Operand;
}

type Bound = Operand | null | undefined;

const bounded = (x: Operand, lo: Bound, hi: Bound): readonly [Operand, Operand, Operand] => [
  x,
  lo ?? Number.NEGATIVE_INFINITY,
  hi ?? Number.POSITIVE_INFINITY,
];

/**
 * min(max(x, lo), hi), entry by entry; null for a bound that is not there. Where lo > hi it is hi; NaN in any of them gives NaN. At a bound
 * all goes to x.
 *   ẏ = ẋ for lo ≤ x ≤ hi, outside it the bound's own    x̄ = ȳ for lo ≤ x ≤ hi, else 0;  the bound's the other way round
 */
export const clip: Clip = defineRule(
  ((x: Operand, lo: Bound, hi: Bound) => between(...bounded(x, lo, hi))) as Clip,
  {
    frule: (tangents, x: Operand, lo: Bound, hi: Bound) => byFrule(tangents, between, ...bounded(x, lo, hi)),
    rrule: (...args: [x: Operand, lo: Bound, hi: Bound]) => {
      const [y, back] = byRrule(between, ...bounded(...args));
      return [
        y,
        function clipPullback(ybar: Operand) {
          const [self, ...xbars] = back(ybar);
          return [self, ...args.map((arg, k) => (arg === null || arg === undefined ? NoTangent : xbars[k]))];
        },
      ];
    },
  },
  {
    name: "clip",
    zeros: "symbolic",
    elementwise: {
      f: clipped,
      partials: slopesOfClip,
      most: 3,
      operands: (args) => bounded(...(args as [Operand, Bound, Bound])),
    },
    dispatch: (general: Clip) =>
      ((x: Scalar, lo: Scalar | null, hi: Scalar | null, index?: unknown, list?: unknown): unknown => {
        if (index !== undefined || list !== undefined) return (general as AnyFunction)(x, lo, hi, index, list);
        const from = lo ?? Number.NEGATIVE_INFINITY;
        const to = hi ?? Number.POSITIVE_INFINITY;
        if (typeof from === "number" && typeof to === "number") {
          if (typeof x === "number") return clipped(x, from, to);
          if (x instanceof TracedNumber) return x.level.unary(clipped(x.primal, from, to), x, inside(x.primal, from, to));
        }
        return general(x, lo, hi);
      }) as Clip,
  },
);
