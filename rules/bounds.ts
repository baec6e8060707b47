import type { PlainOperand } from "../lib/core/elementwise.js";
import {
  type AnyArray,
  type Binary,
  defineRule,
  frule,
  NoTangent,
  type Operand,
  type Pullback,
  rrule,
  type Scalar,
  scalarRule,
  type Ternary,
} from "../lib/core/index.js";
import type { NdArray } from "../lib/nd/index.js";
import { sub } from "./field.js";

/** 1 where x decides the larger of x and y: it is larger, equal, or NaN; else 0. */
const firstIsLarger: Binary = scalarRule(
  (x: number, y: number): number => (x >= y || Number.isNaN(x) ? 1 : 0),
  () => [0, 0],
  { name: "firstIsLarger" },
);

/**
 * The larger one, entry by entry; NaN where one is NaN. At ties all goes to x.
 *   ẏ = ẋ₁ where x₁ ≥ x₂, else ẋ₂    x̄₁ = ȳ where x₁ ≥ x₂, else 0;  x̄₂ the other way round
 */
export const maximum: Binary = scalarRule(
  (x: number, y: number): number => Math.max(x, y),
  (_, x, y) => {
    const first = firstIsLarger(x, y);
    return [first, sub(1, first)];
  },
  { name: "maximum" },
);

/** 1 where x decides the smaller of x and y; else 0. */
const firstIsSmaller: Binary = scalarRule(
  (x: number, y: number): number => (x <= y || Number.isNaN(x) ? 1 : 0),
  () => [0, 0],
  { name: "firstIsSmaller" },
);

/**
 * The smaller one, entry by entry; NaN where one is NaN. At ties all goes to x.
 *   ẏ = ẋ₁ where x₁ ≤ x₂, else ẋ₂    x̄₁ = ȳ where x₁ ≤ x₂, else 0;  x̄₂ the other way round
 */
export const minimum: Binary = scalarRule(
  (x: number, y: number): number => Math.min(x, y),
  (_, x, y) => {
    const first = firstIsSmaller(x, y);
    return [first, sub(1, first)];
  },
  { name: "minimum" },
);

/** Which of the three min(max(x, lo), hi) is: 0, 1 or 2. Ties go to the earlier one, NaN decides as soon as it is met. */
function deciding(x: number, lo: number, hi: number): number {
  const raised = x >= lo || Number.isNaN(x);
  const y = raised ? x : lo;
  if (!(y <= hi) && !Number.isNaN(y)) return 2;
  return raised ? 0 : 1;
}

const decides = [0, 1, 2].map(
  (which): Ternary =>
    scalarRule(
      (x: number, lo: number, hi: number): number => (deciding(x, lo, hi) === which ? 1 : 0),
      () => [0, 0, 0],
      { name: "decides" },
    ),
) as [Ternary, Ternary, Ternary];

const between: Ternary = scalarRule(
  (x: number, lo: number, hi: number): number => [x, lo, hi][deciding(x, lo, hi)] as number,
  (_, x, lo, hi) => [decides[0](x, lo, hi), decides[1](x, lo, hi), decides[2](x, lo, hi)],
  { name: "clip" },
);

/** min(max(x, lo), hi); a bound that is null does not bind. */
export interface Clip {
  (x: number, lo: number | null, hi: number | null): number;
  (x: Scalar, lo: Scalar | null, hi: Scalar | null): Scalar;
  (x: NdArray, lo: PlainOperand | null, hi: PlainOperand | null): NdArray;
  (x: AnyArray, lo: Operand | null, hi: Operand | null): AnyArray;
  (x: Operand, lo: Operand | null, hi: Operand | null): Operand;
}

type Bound = Operand | null | undefined;

const bounded = (x: Operand, lo: Bound, hi: Bound): [Operand, Operand, Operand] => [
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
    frule: (tangents, x: Operand, lo: Bound, hi: Bound) => frule(tangents, between, ...bounded(x, lo, hi)) as [unknown, unknown],
    rrule: (...args: [x: Operand, lo: Bound, hi: Bound]) => {
      const [y, back] = rrule(between, ...bounded(...args)) as [unknown, Pullback];
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
    dispatch: (general: Clip) =>
      ((x: Scalar, lo: Scalar | null, hi: Scalar | null): unknown => {
        const p = typeof x === "number" ? x : x?.primal;
        const below = lo ?? Number.NEGATIVE_INFINITY;
        const above = hi ?? Number.POSITIVE_INFINITY;
        if (typeof p !== "number" || typeof below !== "number" || typeof above !== "number") return general(x, lo, hi);
        const which = deciding(p, below, above);
        const y = which === 0 ? p : which === 1 ? below : above;
        return typeof x === "number" ? y : x.level.unary(y, x, which === 0 ? 1 : 0);
      }) as Clip,
  },
);
