// Right rules of every kind: the kit must find nothing in them.
import { test } from "uvu";
import type { Differentiator } from "../../lib/core/index.js";
import {
  type AnyArray,
  abs,
  add,
  array,
  bilinearRule,
  callable,
  cos,
  createRange,
  defineRule,
  exp,
  hausdorffDistance,
  inplaceable,
  linearRule,
  max,
  maximum,
  mul,
  type NdArray,
  NoTangent,
  nonDifferentiable,
  type Operand,
  pool,
  reshape,
  type Scalar,
  scalarRule,
  sin,
  sqrt,
  sum,
  Tangent,
  thunk,
  transpose,
  where,
  ZeroTangent,
  zeros,
} from "../../lib/index.js";
import { forEachEntry } from "../../lib/nd/index.js";
import { passes } from "./complaint.js";
import { matrix, single, slopeTimes, squareOf } from "./squares.js";

const tripled =
  () =>
  (x: NdArray): NdArray =>
    mul(x, 3) as NdArray;

passes({
  "a scalar rule, at a number": () => ({
    f: scalarRule(
      (x: number): number => Math.sin(x) * 2,
      (_, x) => [mul(2, cos(x))],
      { name: "wave" },
    ),
    args: [0.7],
  }),
  "a scalar rule that broadcasts": () => ({ f: mul, args: [matrix, array([1, -2, 3])] }),
  "a scalar rule with single precision": () => ({ f: sin, args: [single] }),
  "a mixture of single and double precision": () => ({ f: mul, args: [single, array([1, 2, 3])] }),
  "a scalar rule at a view": () => ({ f: exp, args: [matrix.transpose(1, 0).lo(1, 0).step(-1, 1)] }),
  "a linear rule": () => ({ f: linearRule(tripled(), tripled(), { name: "tripled" }), args: [matrix] }),
  "a linear rule with a kernel and an addTo": () => ({
    f: linearRule(
      tripled(),
      (ybar: NdArray) =>
        inplaceable(
          (acc) =>
            forEachEntry([acc, ybar], acc.shape, (_, [p, q]) => {
              (acc.data[p as number] as number) += 3 * (ybar.data[q as number] as number);
            }),
          () => mul(ybar, 3),
        ),
      { name: "tripled", kernel: (x: NdArray) => add(add(x, x), x) },
    ),
    args: [matrix],
  }),
  "a bilinear rule": () => ({
    f: bilinearRule(
      (a: NdArray, b: NdArray): NdArray => mul(a, b) as NdArray,
      (ybar: NdArray, _a, b) => mul(ybar, b),
      (ybar: NdArray, a) => mul(ybar, a),
      { name: "times" },
    ),
    args: [
      matrix,
      array([
        [3, 1, 2],
        [0.5, -1, -2],
      ]),
    ],
  }),
  "a rule that gives its frule alone": () => ({
    f: defineRule((x: Operand): Operand => squareOf(x), { frule: ([, dx], x) => [squareOf(x), slopeTimes(x, dx)] }, { name: "squared" }),
    args: [array([1, -2])],
  }),
  "a rule that gives its rrule alone": () => ({
    f: defineRule(
      (x: Operand): Operand => squareOf(x),
      { rrule: (x) => [squareOf(x), (ybar) => [NoTangent, slopeTimes(x, ybar)]] },
      { name: "squared" },
    ),
    args: [array([1, -2])],
  }),
  "a rule that leaves out the cotangent of its settings": () => ({ f: sum, args: [matrix, { axis: 0, keepDims: true }] }),
  "a shape, held fixed": () => ({ f: reshape, args: [matrix, [3, 2]], kit: { exclude: [1] } }),
  "ranges and a function": () => ({
    f: pool,
    args: [sin(reshape(array([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]), [3, 4])), createRange(3, 2), createRange(4, 2), hausdorffDistance],
  }),
  "a condition of integers": () => ({ f: where, args: [array([1, 0, 1], { dtype: "uint8" }), array([1, 2, 3]), array([4, 5, 6])] }),
  thunks: () => ({
    f: defineRule(
      (x: Operand): Operand => squareOf(x),
      {
        frule: ([, dx], x) => [squareOf(x), thunk(() => slopeTimes(x, dx))],
        rrule: (x) => [squareOf(x), (ybar) => [NoTangent, thunk(() => slopeTimes(x, ybar))]],
      },
      { name: "squared" },
    ),
    args: [matrix],
  }),
  "ȳ passed on as it is": () => ({
    f: defineRule(
      (x: Operand, y: Operand): Operand => add(x, y),
      { frule: ([, dx, dy], x, y) => [add(x, y), add(dx, dy)], rrule: (x, y) => [add(x, y), (ybar) => [NoTangent, ybar, ybar]] },
      { name: "plus" },
    ),
    args: [matrix, mul(matrix, 2)],
  }),
  "a view of ȳ": () => ({
    f: defineRule(
      (x: NdArray): NdArray => transpose(x),
      {
        frule: ([, dx], x) => [transpose(x), transpose(dx)],
        rrule: (x) => [transpose(x), (ybar: NdArray) => [NoTangent, ybar.transpose(1, 0)]],
      },
      { name: "turned" },
    ),
    args: [matrix],
    kit: { order: 1 },
  }),
  "an array of lists of numbers": () => ({ f: sumOf, args: [[1, 2, 3]] }),
  "a structure whose cotangent leaves a zero out": () => ({
    f: defineRule(
      (p: { a: Scalar; b: Scalar; name: string }): Scalar => squareOf(p.a) as Scalar,
      {
        frule: ([, d], p) => [squareOf(p.a), slopeTimes(p.a, d.a)],
        rrule: (p) => [squareOf(p.a), (ybar) => [NoTangent, new Tangent({ a: slopeTimes(p.a, ybar) })]],
      },
      { name: "first" },
    ),
    args: [{ a: 3, b: 4, name: "p" }],
  }),
  "a structure as result": () => ({
    f: defineRule(
      (x: Operand) => ({ half: mul(x, 0.5), both: [x, squareOf(x)] }),
      {
        frule: ([, dx], x) => [
          { half: mul(x, 0.5), both: [mul(x, 1), squareOf(x)] },
          { half: mul(dx, 0.5), both: [dx, slopeTimes(x, dx)] },
        ],
        rrule: (x) => [
          { half: mul(x, 0.5), both: [mul(x, 1), squareOf(x)] },
          (ybar) => [NoTangent, add(mul(ybar.half, 0.5), add(ybar.both[0], slopeTimes(x, ybar.both[1])))],
        ],
      },
      { name: "several" },
    ),
    args: [array([1, 2])],
  }),
  "a callable with parameters": () => ({
    f: callable(
      { weight: array([2, 3]), bias: 1, name: "layer" },
      defineRule(
        (p: { weight: AnyArray; bias: Scalar }, x: AnyArray): Operand => add(mul(p.weight, x), p.bias),
        {
          frule: ([, dp, dx], p, x) => [add(mul(p.weight, x), p.bias), add(add(mul(dp.weight, x), mul(p.weight, dx)), dp.bias)],
          rrule: (p, x) => [
            add(mul(p.weight, x), p.bias),
            (ybar) => [NoTangent, { weight: mul(ybar, x), bias: sum(ybar) }, mul(ybar, p.weight)],
          ],
        },
        { name: "layer" },
      ),
    ),
    args: [array([-1, 4])],
  }),
  "a rule that differentiates the function it is handed": () => ({
    f: defineRule(
      (f: (x: Scalar) => Scalar, x: Scalar): Scalar => f(x),
      (ad: Differentiator) => ({
        frule: ([, , dx], f, x) => ad.pushforward(f, [x], [dx]),
        rrule: (f, x) => {
          const [y, back] = ad.pullback(f, x);
          return [y, (ybar) => [NoTangent, NoTangent, ...back(ybar)]];
        },
      }),
      { name: "applied" },
    ),
    args: [(t: Scalar) => mul(t, mul(t, t)), 1.5],
  }),
  "a tie that both modes break the same way": () => ({ f: maximum, args: [array([1, 2, 3]), array([1, 5, 0])] }),
  "a tie within an array": () => ({ f: max, args: [array([1, 3, 3])] }),
  "a kink": () => ({ f: abs, args: [array([0, -1, 2])] }),
  "an infinite slope": () => ({ f: sqrt, args: [array([0, 1, 4])], kit: { order: 1 } }),
  "a function without derivative": () => ({ f: nonDifferentiable((x: number, y: number) => x < y, { name: "below" }), args: [1, 2] }),
  "an empty array": () => ({ f: sin, args: [zeros([0, 3])] }),
  "an array without axes": () => ({ f: sin, args: [array(0.5)] }),
  "a large array, at a cost that does not depend on its size": () => ({
    f: sin,
    args: [reshape(array(Array.from({ length: 4000 }, (_, n) => n / 100)), [40, 100])],
  }),
  "a constant": () => ({
    f: defineRule(
      (_x: Scalar) => 3,
      { frule: () => [3, ZeroTangent], rrule: () => [3, () => [NoTangent, ZeroTangent]] },
      { name: "three" },
    ),
    args: [2],
  }),
  "tiny numbers": () => ({ f: squareTimes(1e-20), args: [array([1e-8, -3e-8])] }),
  "huge numbers": () => ({ f: squareTimes(1e20), args: [array([1e8, -3e8])] }),
});

function squareTimes(c: number) {
  return defineRule(
    (x: Operand): Operand => mul(squareOf(x), c),
    {
      frule: ([, dx], x) => [mul(squareOf(x), c), mul(slopeTimes(x, dx), c)],
      rrule: (x) => [mul(squareOf(x), c), (ybar) => [NoTangent, mul(slopeTimes(x, ybar), c)]],
    },
    { name: "scaledSquare" },
  );
}

const sumOf = defineRule(
  (xs: readonly Scalar[]): Scalar => xs.reduce((a: Scalar, b) => add(a, b), 0),
  {
    frule: ([, dxs], xs) => [xs.reduce((a: Scalar, b) => add(a, b), 0), (dxs as Scalar[]).reduce((a: Scalar, b) => add(a, b), 0)],
    rrule: (xs) => [xs.reduce((a: Scalar, b) => add(a, b), 0), (ybar) => [NoTangent, xs.map(() => ybar)]],
  },
  { name: "sumOf" },
);

test.run();
