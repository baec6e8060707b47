import { test } from "uvu";
import * as assert from "uvu/assert";
import { frule as coreFrule, rrule as coreRrule } from "../../../lib/core/index.js";
import {
  type AnyArray,
  array,
  callable,
  frule,
  gradient,
  hessian,
  hvp,
  mul,
  type NdArray,
  NoTangent,
  pushforward,
  rrule,
  ruleOf,
  type Scalar,
  sin,
  square,
  sum,
  toNested,
} from "../../../lib/index.js";
import { assertClose } from "../../../lib/testing/index.js";
import { fails } from "../../helpers/fails.js";
import { refused } from "../../helpers/refused.js";

const x = array([
  [1, 2, 3],
  [4, 5, 6],
]);

test("sum(f, x) adds up what f makes of the entries: value, gradient, tangent", () => {
  assert.is(sum(square, x), 91);
  assert.equal(toNested(gradient((v) => sum(square, v), x)[0]), [
    [2, 4, 6],
    [8, 10, 12],
  ]);
  assert.is(pushforward((v: AnyArray) => sum(square, v), [x], [x])[1], 182);
  assert.is(sum(square, array([])), 0);
  assert.is(sum(square, 3 as never), 9);
});

test("sum(f, x, options) adds up over axes", () => {
  assert.equal(toNested(sum(square, x, { axis: 0 }) as NdArray), [17, 29, 45]);
  assert.equal(toNested(sum(square, x, { axis: 1, keepDims: true }) as NdArray), [[14], [77]]);
  const weighted = (v: AnyArray): Scalar => sum(mul(sum(square, v, { axis: 1 }) as AnyArray, array([1, 10])));
  assert.equal(toNested(gradient(weighted, x)[0]), [
    [2, 4, 6],
    [80, 100, 120],
  ]);
});

test("sum(f, list) adds up numbers, or arrays of one shape", () => {
  assert.is(
    sum((p: { a: number }) => p.a, [{ a: 1 }, { a: 20 }]),
    21,
  );
  assert.equal(toNested(sum((row: AnyArray) => square(row), [array([1, 2]), array([3, 4])]) as unknown as NdArray), [10, 20]);
  assert.is(sum(sin, []), 0);
  const total = (list: AnyArray[]): Scalar => sum((row: AnyArray) => sum(square(row)), list) as Scalar;
  const [bars] = gradient(total as never, [array([1, 2]), array([3])]) as unknown as [NdArray[]];
  assert.equal(
    bars.map((bar) => toNested(bar)),
    [[2, 4], [6]],
  );
});

test("the parameters of a callable receive their cotangent", () => {
  const f = callable({ w: 3 }, (p: { w: Scalar }, e: Scalar) => mul(p.w, mul(e, e)));
  assert.equal(gradient(((g: typeof f) => sum(g, x)) as never, f as never) as unknown, [{ w: 91 }]);
});

test("both forms have their rule under one name, by the engines and by the protocol", () => {
  assert.is(ruleOf(sum)?.definer, "linearRule");
  const [y, back] = rrule(sum, square, array([1, 2])) as [number, (ybar: number) => unknown[]];
  assert.equal([y, back(10)], [5, [NoTangent, NoTangent, array([20, 40])]]);
  assert.equal(frule([NoTangent, NoTangent, array([1, 1])], sum, square, array([1, 2])), [5, 6]);
  const [total, spread] = rrule(sum, array([1, 2])) as [number, (ybar: number) => readonly { value(): NdArray }[]];
  assert.is(total, 3);
  assert.equal(toNested((spread(2)[1] as { value(): NdArray }).value()), [2, 2]);
  // The plain form asks for no engine; the other one does, and says so.
  assert.is(coreRrule(sum, array([1, 2]))?.[0], 3);
  fails(() => coreRrule(sum, square, array([1, 2])), TypeError, "call frule and rrule from the main entry");
  fails(() => coreFrule([NoTangent, NoTangent, x], sum, square, x), TypeError, "call frule and rrule from the main entry");
});

test("second derivatives of sum(f, x)", () => {
  const v = array([0.5, 1]);
  const f = (a: AnyArray): Scalar => sum((e: Scalar) => mul(e, sin(e)), a);
  const expected = [2 * Math.cos(0.5) - 0.5 * Math.sin(0.5), 2 * Math.cos(1) - Math.sin(1)];
  assertClose(toNested(hvp(f, v, array([1, 1]))), expected, { rtol: 1e-14 });
  for (const mode of ["forward", "reverse"] as const) {
    assertClose((toNested(hessian(f, v, { mode })) as number[][]).flat(), [expected[0], 0, 0, expected[1]], { rtol: 1e-14 });
  }
});

test("a function that is itself traced, and one that closes over a traced value while x is plain", () => {
  assert.equal(
    gradient((w) => sum((e: Scalar) => mul(w, e), x), 2),
    [21],
  );
  fails(
    () => gradient((w) => sum((e: Scalar) => mul(w, e), mul(w, x)), 2),
    TypeError,
    "sum: its rule, or a function it was handed, closes over",
  );
});

refused([
  [
    () => sum(square, [1, 2] as never, { axis: 0 }),
    TypeError,
    "sum: options stand beside a list of length 2; they go with arrays, whose axes they name",
  ],
  [() => sum((() => "x") as never, [1, 2]), TypeError, "sum: f returned a string for element 0; a number or an array is needed"],
  [() => sum((() => x) as never, x), TypeError, "sum: f returned an array of shape [2, 3] for the entry at [0, 0]; a number is needed"],
  [() => sum(square, "x" as never), TypeError, "sum: argument 2 is a string; give numbers, arrays, or lists"],
]);

test.run();
