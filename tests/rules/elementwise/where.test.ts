import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  array,
  derivative,
  div,
  gradient,
  greater,
  hvp,
  log,
  mul,
  type NdArray,
  NoTangent,
  pullback,
  pushforward,
  rrule,
  type Scalar,
  sqrt,
  square,
  toNested,
  unthunk,
  where,
} from "../../../lib/index.js";
import { testRule } from "../../../lib/testing/index.js";

const mask = (entries: readonly number[]): NdArray => array([...entries], { dtype: "uint8" });

test("where chooses numbers by a boolean, or by a number that is not 0", () => {
  assert.equal([where(true, 1, 2), where(false, 1, 2), where(1, 1, 2), where(0, 1, 2)], [1, 2, 1, 2]);
});

test("where chooses entry by entry; condition and branches broadcast", () => {
  const a = array([[1], [2], [3]]);
  const b = array([[-1, -2, -3, -4]]);
  const y = where(mask([1, 0, 0, 1]), a, b);
  const rows = [1, 2, 3].map((x) => [x, -2, -3, x]);
  assert.equal([y.dtype, toNested(y)], ["float64", rows]);
  assert.equal(toNested(where(array([[1], [0]]), 5, array([1, 2]))), [
    [5, 5],
    [1, 2],
  ]);
  assert.equal(toNested(where(mask([1, 0]), 5, 6)), [5, 6]);
  assert.equal(toNested(where(array([0.5, 0, -3]), 5, 6)), [5, 6, 5]);
  assert.equal(toNested(where(false, 5, array([1, 2]))), [1, 2]);
});

test("where keeps single precision, whatever the condition holds", () => {
  const x = array([1, 2], { dtype: "float32" });
  assert.is(where(mask([1, 0]), x, 0).dtype, "float32");
  assert.is(where(array([1, 0]), 0, x).dtype, "float32");
  assert.is(where(mask([1, 0]), x, array([1, 2])).dtype, "float64");
  const [, back] = pullback((v) => where(mask([1, 0]), v, 0), x);
  assert.is((back(array([1, 1], { dtype: "float32" }))[0] as NdArray).dtype, "float32");
});

test("where: cotangents go to the chosen side, in each side's own shape", () => {
  const a = array([[1], [2], [3]]);
  const b = array([[-1, -2, -3, -4]]).step(1, -1);
  const [, back] = pullback((p, q) => where(mask([1, 0, 0, 1]), p, q), a, b);
  const [abar, bbar] = back(
    array([
      [1, 2, 3, 4],
      [5, 6, 7, 8],
      [9, 10, 11, 12],
    ]),
  ) as [NdArray, NdArray];
  assert.equal([toNested(abar), toNested(bbar)], [[[5], [13], [21]], [[0, 18, 21, 0]]]);
  const [, dy] = pushforward((p, q) => where(mask([1, 0, 0, 1]), p, q), [a, b], [array([[1], [2], [3]]), array([[10, 20, 30, 40]])]);
  assert.equal(
    toNested(dy as NdArray),
    [1, 2, 3].map((x) => [x, 20, 30, x]),
  );
});

test("where: both rules and all orders, for numbers and arrays", () => {
  testRule(where, true, 1.5, 2.5);
  testRule(where, mask([1, 0]), array([1.5, 2.5]), array([3.5, 4.5]));
  testRule(
    where,
    mask([1, 0]),
    1.5,
    array([
      [3.5, 4.5],
      [5.5, 6.5],
    ]),
  );
});

test("where: the condition has no tangent", () => {
  const [y, back] = rrule(where, true, 3, 4) as readonly [number, (ybar: number) => readonly unknown[]];
  assert.equal([y, ...back(2).map(unthunk)], [3, NoTangent, NoTangent, 2, 0]);
  assert.equal(
    gradient((c, a) => where(c, a, 7), 1, 2),
    [0, 1],
  );
});

test("where: the branch not taken gets exactly 0, even when its own derivative is infinite", () => {
  const f = (x: Scalar): Scalar => where(greater(x, 0), sqrt(x), mul(2, x));
  assert.equal([derivative(f, 0), ...gradient(f, 0), hvp(f, 0, 1)], [2, 2, 0]);
  const g = (x: Scalar): Scalar => where(greater(x, 0), x, mul(log(x), div(1, x)));
  assert.equal([derivative(g, 3), ...gradient(g, 3)], [1, 1]);

  const [, back] = pullback((x) => where(greater(x, 0), log(x), square(x)), array([0, -2, 4]));
  const [xbar] = back(array([1, 1, 1])) as [NdArray];
  assert.equal([...xbar.data], [0, -4, 0.25]);
  const [, dy] = pushforward((x) => where(greater(x, 0), log(x), square(x)), [array([0, -2, 4])], [array([1, 1, 1])]);
  assert.equal([...(dy as NdArray).data], [0, -4, 0.25]);
});

test("where: NaN in the branch not taken leaves no trace", () => {
  assert.equal(toNested(where(mask([1, 0]), array([1, NaN]), array([NaN, 2]))), [1, 2]);
});

test("where refuses a condition and branches of the wrong kind or shape", () => {
  const wrong = (call: () => unknown, kind: typeof TypeError | typeof RangeError, message: string): void =>
    assert.throws(call, (error: Error) => error instanceof kind && error.message.startsWith(message));
  const text = "yes" as unknown as boolean;
  wrong(() => where(text, 1, 2), TypeError, "where: cond is a string; a boolean, a number or an array of 0 and 1 is needed");
  wrong(() => where(undefined as unknown as boolean, 1, 2), TypeError, "where: cond is undefined;");
  wrong(() => where(true, 1, "2" as unknown as number), TypeError, "where: argument 3 is a string; a number or an array is needed");
  wrong(() => where(mask([1, 0]), array([1, 2, 3]), 0), RangeError, "where: shapes [2] and [3] and [] do not broadcast");
});

test.run();
