// Compiled by `npm run check`, never run: what definers take, what they return, and what they refuse.

import type { Differentiable, OfArray, OfTwoArrays, RulePair } from "../../lib/core/index.js";
import {
  type AnyArray,
  type Binary,
  bilinearRule,
  defineRule,
  gradient,
  linearRule,
  mul,
  type NdArray,
  NoTangent,
  nonDifferentiable,
  type Scalar,
  scalarRule,
  sum,
  type Unary,
} from "../../lib/index.js";
import { hasType } from "./kinds.js";

declare const vector: NdArray;
declare const traced: AnyArray;
declare const scalar: Scalar;

const twice = (x: NdArray): NdArray => mul(2, x);
const pair: RulePair<[x: AnyArray]> = { rrule: (x) => [mul(2, x), (ybar: AnyArray) => [NoTangent, mul(2, ybar)]] };

// Without a declared type: the function itself, and the same while it is traced.
const inferred = defineRule(twice, pair, { name: "twice", zeros: "symbolic" });
hasType<Differentiable<typeof twice>>()(inferred);
hasType<NdArray>()(inferred(vector));
hasType<AnyArray>()(inferred(traced));
hasType<AnyArray>()(linearRule(twice, (ybar) => twice(ybar))(traced));
const product = bilinearRule(
  (a: NdArray, b: NdArray): NdArray => mul(a, b),
  (ybar, _, b) => mul(ybar, b),
  (ybar, a) => mul(ybar, a),
);
hasType<AnyArray>()(product(traced, vector));
hasType<number>()(nonDifferentiable((x: NdArray) => x.size)(traced));

// A declared type that has an overload for what f takes.
const declared: OfArray = defineRule(twice, pair);
const linear: OfArray<[by: number]> = linearRule(
  (x: NdArray, by: number): NdArray => mul(by, x),
  (ybar, _, by) => mul(by, ybar),
  { linearIn: [0], kernel: twice },
);
const bilinear: OfTwoArrays = bilinearRule(
  (a: NdArray, b: NdArray): NdArray => mul(a, b),
  (ybar, _, b) => mul(ybar, b),
  (ybar, a) => mul(ybar, a),
  { name: "product" },
);
const still: { (x: NdArray): number; (x: AnyArray): number } = nonDifferentiable((x: NdArray) => x.size, { name: "size" });
hasType<NdArray>()(declared(vector));
hasType<AnyArray>()(linear(traced, 3));
hasType<AnyArray>()(bilinear(traced, vector));
hasType<number>()(still(traced));

// Or one for that while it is traced.
const onTraced: (x: Scalar) => Scalar = defineRule((x: number) => x * x, {
  frule: ([, dx], x) => [onTraced(x), mul(mul(2, x), dx as Scalar)],
});
hasType<Scalar>()(onTraced(scalar));

// Scalar rules, by the number of operands; another type by name.
hasType<Unary>()(scalarRule(Math.tanh, (y) => [y]));
hasType<Binary>()(
  scalarRule(
    (x: number, y: number) => x * y,
    (_, x, y) => [y, x],
    { kernel: (x, y) => x * y },
  ),
);
interface Scaled {
  (x: number, options?: { readonly by?: number }): number;
  (x: Scalar, options?: { readonly by?: number }): Scalar;
}
const scaled: Scaled = scalarRule<Scaled>(
  (x: number, { by = 1 }: { readonly by?: number } = {}) => x * by,
  (_y, _x, { by = 1 }: { readonly by?: number } = {}) => [by],
);
hasType<Scalar>()(scaled(scalar, { by: 2 }));

// A declared type that lacks an overload for f, or gives something else.
// @ts-expect-error a number is no array
export const wrongResult: OfArray = linearRule(
  (x: NdArray) => x.size,
  (ybar) => ybar,
);
// @ts-expect-error indices are plain, not traced
export const wrongStill: OfArray = nonDifferentiable((x: NdArray) => x.size);
declare const ofText: (x: number, y: string) => number;
// @ts-expect-error its type by name tells the operands
scalarRule<Binary>(ofText, () => [1, 1]);

// Options that a definer does not have.
declare const times: (a: NdArray, b: NdArray) => NdArray;
// @ts-expect-error
defineRule(twice, pair, { linearIn: [0] });
// @ts-expect-error
defineRule(twice, pair, { kernel: twice });
// @ts-expect-error
linearRule(twice, twice, { zeros: "real" });
// @ts-expect-error
bilinearRule(times, times, times, { linearIn: [0, 1] });
// @ts-expect-error
bilinearRule(times, times, times, { kernel: times });
// @ts-expect-error
scalarRule(Math.sin, () => [1], { zeros: "symbolic" });
// @ts-expect-error
scalarRule(Math.sin, () => [1], { linearIn: [0] });
// @ts-expect-error
nonDifferentiable((x: NdArray) => x.size, { zeros: "symbolic" });

// Functions that operators cannot differentiate.
// @ts-expect-error
gradient((x: number) => x * x, 3);
// @ts-expect-error
gradient((x: NdArray) => sum(x), vector);
// @ts-expect-error
gradient((x: AnyArray) => mul(x, x), vector);
