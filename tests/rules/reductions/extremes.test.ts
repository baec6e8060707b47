import { test } from "uvu";
import * as assert from "uvu/assert";
import { Inplaceable } from "../../../lib/core/index.js";
import {
  argmax,
  argmin,
  array,
  derivative,
  frule,
  gradient,
  hvp,
  max,
  min,
  mul,
  type NdArray,
  NoTangent,
  ones,
  pushforward,
  rrule,
  type Scalar,
  similar,
  sum,
  toNested,
  unthunk,
  vhp,
  ZeroTangent,
  zeros,
} from "../../../lib/index.js";
import { modeTests } from "../../helpers/check-modes.js";
import { refused } from "../../helpers/refused.js";

const tied = array([
  [1, 5, 5],
  [5, 1, 1],
]);

modeTests([
  {
    title: "max at ties is the first in row-major order",
    f: (x: NdArray) => max(x),
    args: [tied],
    value: 5,
    slopes: [
      array([
        [0, 1, 0],
        [0, 0, 0],
      ]),
    ],
    kink: true,
  },
  {
    title: "min at ties is the first in row-major order",
    f: (x: NdArray) => min(x),
    args: [tied],
    value: 1,
    slopes: [
      array([
        [1, 0, 0],
        [0, 0, 0],
      ]),
    ],
    kink: true,
  },
  {
    title: "max along an axis at ties",
    f: (x: NdArray) => max(x, { axis: 1 }),
    args: [tied],
    value: array([5, 5]),
    slopes: [
      array([
        [0, 1, 0],
        [1, 0, 0],
      ]),
    ],
    kink: true,
  },
  { title: "max of numbers", f: (a: Scalar, b: Scalar, c: Scalar) => max(a, b, c), args: [1, 4, -2], value: 4, slopes: [0, 1, 0] },
  {
    title: "min of numbers at a tie is the first",
    f: (a: Scalar, b: Scalar, c: Scalar) => min(a, b, c),
    args: [7, 3, 3],
    value: 3,
    slopes: [0, 1, 0],
    kink: true,
  },
]);

test("a transposed view breaks ties by its own row-major order", () => {
  const [xbar] = gradient((x) => max(x), tied.transpose(1, 0));
  assert.equal(toNested(xbar), [
    [0, 1],
    [0, 0],
    [0, 0],
  ]);
  assert.equal(toNested(gradient((x) => max(x.transpose(1, 0)), tied)[0]), [
    [0, 0, 0],
    [1, 0, 0],
  ]);
});

test("the second derivative goes through the entry that was selected, in all pairs of modes", () => {
  const x = array([3, 7, 7]);
  const f = (a: Parameters<typeof max>[0]) => mul(max(a as NdArray), max(a as NdArray));
  const expected = [0, 2, 0];
  assert.equal(toNested(hvp(f as never, x, ones([3]))), expected);
  assert.equal(toNested(vhp(f as never, ones([3]), x)), expected);
});

test("numbers compare as Math.max and Math.min do, traced or not; NaN wins", () => {
  assert.is(max(3), 3);
  assert.is(max(1, 2, Infinity), Infinity);
  assert.is(min(1, -Infinity), -Infinity);
  assert.ok(Number.isNaN(max(1, Number.NaN, 3)));
  assert.ok(Number.isNaN(min(Number.NaN, 3)));
  assert.is(
    derivative((x) => max(x, mul(x, x), 1), 3),
    6,
  );
  assert.equal(
    gradient((x, y) => mul(min(x, y), y), 2, 5),
    [5, 2],
  );
  assert.equal(
    gradient((x, y) => max(x, y), Number.NaN, 5),
    [1, 0],
  );
});

test("the first NaN of an array is its extreme, and takes the gradient", () => {
  const x = array([1, Number.NaN, Number.NaN, 9]);
  for (const f of [max, min]) {
    assert.ok(Number.isNaN(f(x)));
    assert.equal(toNested(gradient((a) => f(a), x)[0]), [0, 1, 0, 0]);
  }
  assert.equal([argmax(x), argmin(x)], [1, 1]);
});

test("infinities are entries like others", () => {
  const x = array([-Infinity, 2, Infinity, Infinity]);
  assert.equal([max(x), min(x), argmax(x), argmin(x)], [Infinity, -Infinity, 2, 0]);
  assert.is(max(array([-Infinity, -Infinity])), -Infinity);
  assert.equal(toNested(gradient((a) => max(a), array([-Infinity, -Infinity]))[0]), [1, 0]);
});

test("the protocol gives one cotangent for each argument, and the pullback writes one entry only", () => {
  assert.equal(rrule(max, 2, 5, 5)?.[1](3), [NoTangent, ZeroTangent, 3, ZeroTangent]);
  assert.equal(frule([NoTangent, 10, 20], min, 2, 5), [2, 10]);
  const [y, back] = rrule(max, tied) as [number, (ybar: number) => unknown[]];
  assert.is(y, 5);
  const [self, xbar, ...rest] = back(2);
  assert.equal([self, rest], [NoTangent, []]);
  assert.instance(xbar, Inplaceable);
  const acc = ones([2, 3]);
  (xbar as Inplaceable).addTo(acc);
  assert.equal(toNested(acc), [
    [1, 3, 1],
    [1, 1, 1],
  ]);
  assert.equal(toNested(unthunk(xbar) as NdArray), [
    [0, 2, 0],
    [0, 0, 0],
  ]);
  assert.is(rrule(max, tied, { axis: 0 })?.[1](ones([3])).length, 3);
});

test("an extreme of a written array reaches the values that were written", () => {
  const f = (a: Scalar, b: Scalar) => {
    const y = similar(zeros([2]), [2], { holds: [a, b] });
    y.set(0, mul(a, a));
    y.set(1, b);
    return max(y);
  };
  assert.equal(gradient(f, 3, 5), [6, 0]);
});

test("argmax and argmin give indices along an axis, int32, and positions without one", () => {
  const x = array([
    [
      [1, 9],
      [4, 9],
    ],
    [
      [7, 0],
      [7, 2],
    ],
  ]);
  assert.is(argmax(x), 1);
  assert.is(argmin(x), 5);
  assert.equal(toNested(argmax(x, { axis: 0 })), [
    [1, 0],
    [1, 0],
  ]);
  assert.equal(toNested(argmax(x, { axis: 1 })), [
    [1, 0],
    [0, 1],
  ]);
  assert.equal(toNested(argmin(x, { axis: -1 })), [
    [0, 0],
    [1, 1],
  ]);
  assert.equal(toNested(argmax(x.transpose(2, 0, 1), { axis: 0 })), [
    [1, 1],
    [0, 0],
  ]);
  assert.is(argmax(x, { axis: 0 }).dtype, "int32");
  assert.is(argmax(array([1, 8, 8])), 1);
});

test("indices of extremes do not move: their derivatives are 0 both ways", () => {
  assert.equal(toNested(gradient((x) => mul(argmax(x), sum(x)), tied)[0]), [
    [1, 1, 1],
    [1, 1, 1],
  ]);
  assert.is(pushforward((x) => argmax(x), [tied], [tied])[1], 0);
});

refused([
  [
    () => argmax(zeros([2, 0]), { axis: 1 }),
    RangeError,
    "argmax: axis 1 of an array of shape [2, 0] is empty; reduce over axes that have entries",
  ],
  [() => argmin(zeros([0])), RangeError, "argmin: an array of shape [0] is empty; give one that has entries"],
  [() => argmax(tied, { axis: 2 }), RangeError, "argmax: axis = 2 is not an axis of an array with 2 axes; use an integer from -2 to 1"],
  [
    () => max(tied, 3 as never),
    TypeError,
    "max: a number stands after an array; compare entry by entry with maximum, or give { axis, keepDims }",
  ],
  [
    () => min(tied, tied as never),
    TypeError,
    "min: an array of shape [2, 3] stands after an array; compare entry by entry with minimum, or give { axis, keepDims }",
  ],
  [() => max(1, "2" as never), TypeError, "max: argument 2 is a string; give numbers, or one array"],
  [() => max([1, 2] as never), TypeError, "max: x is a list of length 2; an array is needed: array(x) makes one of lists"],
]);

test.run();
