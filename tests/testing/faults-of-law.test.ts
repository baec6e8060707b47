// Rules that break a law: the value is the function's own, both halves are linear and belong together, and differentiate again.
import { test } from "uvu";
import {
  add,
  array,
  cast,
  defineRule,
  maximum,
  mul,
  type NdArray,
  NoTangent,
  type Operand,
  scalarRule,
  scale,
  sqrt,
  sub,
  transpose,
  ZeroTangent,
} from "../../lib/index.js";
import { faults } from "./complaint.js";
import { matrix, plain, single, slopeTimes, squared, squareOf } from "./squares.js";

faults("Laws, second order and the two modes", {
  "a second argument whose cotangent is dropped": () => ({
    f: defineRule(
      (x: Operand, y: Operand): Operand => mul(x, y),
      {
        frule: ([, dx, dy], x, y) => [mul(x, y), add(mul(y, dx), mul(x, dy))],
        rrule: (x, y) => [mul(x, y), (zbar) => [NoTangent, mul(y, zbar), ZeroTangent]],
      },
      { name: "times" },
    ),
    args: [array([1, 2]), array([3, -4])],
    says: /times: cotangent of argument 2 against finite differences: x̄\[0\]: got 0, .*; it is zero: its derivative was dropped/,
  }),
  "a second argument whose tangent is dropped": () => ({
    f: defineRule(
      (x: Operand, y: Operand): Operand => mul(x, y),
      { frule: ([, dx], x, y) => [mul(x, y), mul(y, dx)], rrule: (x, y) => [mul(x, y), (zbar) => [NoTangent, mul(y, zbar), mul(x, zbar)]] },
      { name: "times" },
    ),
    args: [array([1, 2]), array([3, -4])],
    says: /times: frule against finite differences/,
  }),
  "a value off by a factor of 1 + 1e-9": () => ({
    f: squared({ y: (x) => mul(squareOf(x), 1 + 1e-9) }),
    args: [matrix],
    says: /squared: value of the frule against the function's own: y\[0, 0\]: got 1\.000000001, expected 1, .*; it is off by a factor of 1\.000000001; return the function's own value/,
  }),
  "a value off by a factor of 1 + 1e-9 in the rrule alone": () => ({
    f: defineRule(
      (x: Operand): Operand => squareOf(x),
      {
        frule: ([, dx], x) => [squareOf(x), slopeTimes(x, dx)],
        rrule: (x) => [mul(squareOf(x), 1 + 1e-9), (ybar) => [NoTangent, slopeTimes(x, ybar)]],
      },
      { name: "squared" },
    ),
    args: [matrix],
    says: /squared: value of the rrule against the function's own/,
  }),
  "a value of the wrong shape": () => ({
    f: squared({ y: (x) => transpose(squareOf(x) as NdArray), dy: (x, dx) => transpose(slopeTimes(x, dx) as NdArray) }),
    args: [matrix],
    says: /squared: value of the frule against the function's own: y: got shape \[3, 2\], expected shape \[2, 3\]/,
  }),
  "a value of the wrong kind": () => ({
    f: squared({ y: (x) => cast(squareOf(x) as NdArray, "float64") }),
    args: [single],
    says: /value of the frule against the function's own: y: got an array of float64, expected one of float32/,
  }),
  "a rule right at first order and wrong at second": () => ({
    f: squared({ dy: (x, dx) => mul(slope(x), dx), xbar: (x, ybar) => mul(slope(x), ybar) }),
    args: [matrix],
    says: /squared: second derivative, forward over reverse, argument 1 against finite differences of the gradient: .*; wrong at second order/,
  }),
  "a rule wrong at second order in one mode alone": () => ({
    f: squared({ dy: (x, dx) => mul(slope(x), dx) }),
    args: [matrix],
    says: /squared: second derivative, reverse over forward, .*wrong at second order/,
  }),
  "a rule that cannot be differentiated again": () => ({
    f: squared({ xbar: (x, ybar) => array(Array.from(plain(x).data, (entry, n) => 2 * entry * (plain(ybar).data[n] as number))) }),
    args: [array([1, 2, 3])],
    kit: { strided: false },
    says: /second derivative, forward over reverse: x\.data.* was read.*; write the rule in differentiable functions, or leave second order out with the option order: 1/,
  }),
  "a tie that the two modes break differently": () => ({
    f: larger(
      (x, y) => atLeast(x, y),
      (x, y) => sub(1, atLeast(y, x)),
    ),
    args: [array([1, 2, 3]), array([1, 5, 0])],
    says: /larger: adjoint identity: .* do not belong together: its arguments stand at a tie or a kink, which the two halves break differently/,
  }),
  "a pullback that is not linear": () => ({
    f: squared({ xbar: (x, ybar) => mul(mul(2, x), mul(ybar, ybar)) }),
    args: [matrix],
    says: /pullback of 2u − 3v against 2 pullback\(u\) − 3 pullback\(v\), argument 1: .*; the pullback is not linear in ȳ/,
  }),
  "an frule that is not linear": () => ({
    f: squared({ dy: (x, dx) => mul(mul(2, x), mul(dx, dx)) }),
    args: [matrix],
    says: /frule of 2u − 3v against .*; the frule is not linear in the tangents/,
  }),
  "NaN for a zero cotangent": () => ({
    f: defineRule(
      (x: Operand): Operand => sqrt(x),
      { frule: ([, dx], x) => [sqrt(x), scale(infinite(x), dx)], rrule: (x) => [sqrt(x), (ybar) => [NoTangent, mul(infinite(x), ybar)]] },
      { name: "root" },
    ),
    args: [array([0, 1, 4])],
    kit: { order: 1 },
    says: /root: cotangent of argument 1 for ȳ = 0: got NaN in entry 0, expected 0; a zero times an infinite partial is 0: use scale/,
  }),
  "NaN for a zero tangent": () => ({
    f: defineRule(
      (x: Operand): Operand => sqrt(x),
      { frule: ([, dx], x) => [sqrt(x), mul(infinite(x), dx)], rrule: (x) => [sqrt(x), (ybar) => [NoTangent, scale(infinite(x), ybar)]] },
      { name: "root" },
    ),
    args: [array([0, 1, 4])],
    kit: { order: 1 },
    says: /root: frule: ẏ for zero tangents: got NaN in entry 0, expected 0/,
  }),
  "an frule that takes ZeroTangent for something else": () => ({
    f: defineRule(
      (x: Operand, y: Operand): Operand => mul(x, y),
      {
        frule: ([, dx, dy], x, y) => [
          mul(x, y),
          dy === ZeroTangent ? ZeroTangent : dx === ZeroTangent ? mul(x, dy) : add(mul(y, dx), mul(x, dy)),
        ],
        rrule: (x, y) => [mul(x, y), (zbar) => [NoTangent, mul(y, zbar), mul(x, zbar)]],
      },
      { name: "times", zeros: "symbolic" },
    ),
    args: [array([1, 2]), array([3, -4])],
    says: /frule with one tangent after the other, ZeroTangent in the other places, summed, against all at once: .* takes ZeroTangent for something else/,
  }),
  "a fast lane that does something else than the rule": () => ({
    f: scalarRule(
      (x: number): number => x * x * x,
      (_, x) => [mul(3, mul(x, x))],
      {
        name: "cube",
        dispatch: (general) =>
          ((x: { primal?: unknown; level: { unary: (y: number, x: unknown, slope: number) => unknown } }) =>
            typeof x?.primal === "number" ? x.level.unary(x.primal ** 3, x, 2 * x.primal ** 2) : general(x as never)) as never,
      },
    ),
    args: [1.5],
    says: /cube: pushforward by the engine against the frule: .*; the differentiable function does not do what its rule says; look at its dispatch/,
  }),
});

/** 2x whose own derivative is 1.9. */
const slope = scalarRule(
  (a: number): number => 2 * a,
  () => [1.9],
  { name: "slope" },
);

/** 1/(2√x) as it stands, infinite at 0. */
const infinite = scalarRule(
  (x: number): number => 0.5 / Math.sqrt(x),
  () => [0],
  { name: "infinite" },
);

const atLeast = scalarRule(
  (x: number, y: number): number => (x >= y ? 1 : 0),
  () => [0, 0],
  { name: "atLeast" },
);

/** max(x, y) with a slope of x for each half. */
function larger(forward: (x: Operand, y: Operand) => Operand, reverse: (x: Operand, y: Operand) => Operand) {
  const split = (first: Operand, a: Operand, b: Operand): Operand => add(mul(first, a), mul(sub(1, first), b));
  return defineRule(
    (x: Operand, y: Operand): Operand => maximum(x, y),
    {
      frule: ([, dx, dy], x, y) => [maximum(x, y), split(forward(x, y), dx, dy)],
      rrule: (x, y) => [maximum(x, y), (zbar) => [NoTangent, mul(reverse(x, y), zbar), mul(sub(1, reverse(x, y)), zbar)]],
    },
    { name: "larger" },
  );
}

test.run();
