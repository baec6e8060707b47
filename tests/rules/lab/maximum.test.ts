import { gradient, hessian, mymaximum, type NdArray, primal, pushforward, toNested, traced } from "cotangent";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { checkTerms, filled, flat, matrices, randn, singles, tied } from "./checks.js";

/** The position of the greatest entry: a loop that only moves on to a strictly greater one. */
function positionOfGreatest(entries: readonly number[]): number {
  let best = 0;
  entries.forEach((entry, n) => {
    if (entry > (entries[best] as number)) best = n;
  });
  return best;
}

const check = (x: NdArray): void => checkTerms(mymaximum, x, [], [[[positionOfGreatest(flat(x)), 1]]]);

for (const [name, x] of matrices(11)) {
  test(`the greatest entry of a matrix, ${name}: both modes and orders, by rule and traced, as by hand`, () => check(x));
}

test("the greatest entry of vectors: packed, tied, reversed, stepped, a column, of one entry", () => {
  const vectors = [
    randn([9], 1),
    tied([9], 2),
    randn([9], 3).step(-1),
    tied([20], 4).lo(1).step(3),
    randn([5, 4], 5).pick(null, 2),
    randn([1], 6),
  ];
  for (const x of vectors) check(x);
});

test("the greatest entry of a cube, and of an array without axes", () => {
  check(tied([2, 3, 4], 7).transpose(2, 0, 1));
  assert.is(mymaximum(randn([3, 3], 8).pick(1, 1)), randn([3, 3], 8).get(1, 1));
});

test("of equal entries the first in row-major order takes the gradient, whatever the strides", () => {
  const x = filled([2, 3], [0, 5, 1, 5, 0, 5]);
  for (const f of [mymaximum, traced(mymaximum)]) {
    assert.equal(toNested(gradient((v) => f(v), x)[0] as NdArray), [
      [0, 1, 0],
      [0, 0, 0],
    ]);
    assert.equal(toNested(gradient((v) => f(v), x.transpose(1, 0))[0] as NdArray), [
      [0, 1],
      [0, 0],
      [0, 0],
    ]);
    assert.equal(toNested(gradient((v) => f(v), x.step(-1, 1))[0] as NdArray), [
      [1, 0, 0],
      [0, 0, 0],
    ]);
  }
});

test("NaN propagates, and the first one takes the gradient", () => {
  const x = filled([2, 2], [3, Number.NaN, 9, Number.NaN]);
  for (const f of [mymaximum, traced(mymaximum)]) {
    assert.ok(Number.isNaN(f(x)));
    assert.equal(toNested(gradient((v) => f(v), x)[0] as NdArray), [
      [0, 1],
      [0, 0],
    ]);
    assert.ok(Number.isNaN(pushforward((v) => f(v), [x], [x])[1]));
  }
});

test("−∞ everywhere is a maximum too", () => {
  const x = filled([2], [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  for (const f of [mymaximum, traced(mymaximum)]) assert.equal(toNested(gradient((v) => f(v), x)[0] as NdArray), [1, 0]);
});

test("single precision stays single precision", () => {
  const x = singles([3, 4], 9);
  for (const f of [mymaximum, traced(mymaximum)]) {
    const [xbar] = gradient((v) => f(v), x);
    assert.is(xbar.dtype, "float32");
    assert.equal(
      flat(xbar),
      flat(x).map((_, n) => (n === positionOfGreatest(flat(x)) ? 1 : 0)),
    );
  }
});

test("the hessian of the maximum itself is zero", () => {
  assert.equal(flat(hessian((v) => mymaximum(v), randn([2, 2], 9)) as NdArray), new Array(16).fill(0));
});

test("the greatest entry is a number that branching can use inside", () => {
  const f = (v: NdArray) => (primal(mymaximum(v)) > 0 ? mymaximum(v) : 0);
  assert.equal(toNested(gradient(f as never, filled([2], [1, 2]))[0] as NdArray), [0, 1]);
});

test("no entries, or no array, are errors by both ways", () => {
  for (const f of [mymaximum, traced(mymaximum)]) {
    assert.throws(() => f(filled([0, 3], [])), /^mymaximum: x of shape \[0, 3\] is empty; give one that has entries$/);
    assert.throws(() => f(3 as never), /^mymaximum: x is a number; a vector or a matrix is needed$/);
    assert.throws(
      () => gradient((v) => f(v), filled([0], [])),
      (e: Error) => e instanceof RangeError && /mymaximum: x of shape \[0\] is empty/.test(e.message),
    );
  }
});

test.run();
