import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  array,
  derivative,
  gradient,
  hessian,
  interp,
  type NdArray,
  pushforward,
  type Scalar,
  square,
  sum,
  toNested,
  zeros,
} from "../../../lib/index.js";
import { assertClose } from "../../../lib/testing/index.js";
import { refused } from "../../helpers/refused.js";

const xp = array([0, 1, 3]);
const fp = array([2, 5, 1]);

test("it is linear between knots, exact at them, and clamped beyond", () => {
  assert.equal(
    [-1, 0, 0.5, 1, 2, 3, 9].map((x) => interp(x, xp, fp)),
    [2, 2, 3.5, 5, 3, 1, 1],
  );
  assert.equal(toNested(interp(array([[0.5], [2.5]]), xp, fp)), [[3.5], [2]]);
  assert.is(interp(7, array([1]), array([4])), 4);
  assert.equal(toNested(interp(array([]), xp, fp)), []);
});

test("infinite and missing values stay where they are", () => {
  assert.equal([interp(Infinity, xp, fp), interp(-Infinity, xp, fp), interp(Number.NaN, xp, fp)], [1, 2, Number.NaN]);
  assert.ok(Number.isNaN(interp(Number.NaN, array([1]), array([4]))));
  const heights = array([2, Infinity, 1]);
  assert.equal([interp(0, xp, heights), interp(0.5, xp, heights), interp(5, xp, heights)], [2, Infinity, 1]);
  assert.equal(
    gradient((x: Scalar) => interp(x, xp, array([1, 2, Number.NaN])), 0.5),
    [1],
  );
  assert.equal(
    gradient((x: Scalar) => interp(x, xp, array([1, 2, Infinity])), 9),
    [0],
  );
});

test("views are read as they stand; single precision stays, integers give double precision", () => {
  assert.is(interp(0.5, array([3, 1, 0]).step(-1), array([1, 5, 2]).step(-1)), 3.5);
  const single = array([0, 1, 3], { dtype: "float32" });
  assert.is(interp(single, single, single).dtype, "float32");
  assert.is(interp(single, xp, single).dtype, "float64");
  assert.is((interp(array([0, 1], { dtype: "int32" }), array([0, 2], { dtype: "int32" }), fp.hi(2)) as NdArray).get(1), 3.5);
});

test("derivatives by all three, in both modes: s = 3, t = ¼ between the first knots", () => {
  const x = array([0.25, 7]);
  const f = (at: AnyArray, knots: AnyArray, heights: AnyArray): Scalar => sum(interp(at, knots, heights));
  assert.equal(gradient(f, x, xp, fp).map(toNested), [
    [3, 0],
    [-2.25, -0.75, 0],
    [0.75, 0.25, 1],
  ]);
  const [, dy] = pushforward(
    (at: AnyArray, knots: AnyArray, heights: AnyArray) => interp(at, knots, heights),
    [x, xp, fp],
    [array([1, 1]), array([1, 0, 5]), array([0, 1, 10])],
  );
  assert.equal(toNested(dy as NdArray), [3 - 2.25 + 0.25, 10]);
  assert.is(
    derivative((x) => interp(x, xp, fp), 2),
    -2,
  );
});

test("several places in one segment add up", () => {
  const [, , heightsbar] = gradient((x: AnyArray, k: AnyArray, h: AnyArray) => sum(interp(x, k, h)), array([0.25, 0.5, 2]), xp, fp);
  assert.equal(toNested(heightsbar as NdArray), [1.25, 1.25, 0.5]);
});

test("second derivatives by the knots, by both modes in both", () => {
  // y² with y = 2 + 3 (x − a)/(b − a) at x = ¼, a = 0, b = 1: y = 11/4, ∂a = −9/4, ∂b = −3/4, ∂aa = −9/2, ∂ab = 3/2, ∂bb = 3/2
  const f = (knots: AnyArray): Scalar => square(interp(0.25, knots, fp));
  const [y, da, db] = [2.75, -2.25, -0.75];
  const expected = [
    [2 * (da * da + y * -4.5), 2 * (da * db + y * 1.5), 0],
    [2 * (da * db + y * 1.5), 2 * (db * db + y * 1.5), 0],
    [0, 0, 0],
  ];
  for (const mode of ["forward", "reverse"] as const) assertClose(toNested(hessian(f, xp, { mode })), expected, { rtol: 1e-14 });
});

refused([
  [() => interp(1, array([0, 0, 1]), fp), RangeError, "interp: xp[1] = 0 is not above xp[0] = 0; give increasing knots"],
  [() => interp(1, array([0, Number.NaN, 1]), fp), RangeError, "interp: xp[1] = NaN is not finite; give finite knots"],
  [() => interp(1, xp, array([1, 2])), RangeError, "interp: xp has 3 entries, fp has 2; give one height for each knot"],
  [() => interp(1, zeros([0]), zeros([0])), RangeError, "interp: xp has shape [0]; give one axis with at least one entry"],
  [() => interp(1, xp, zeros([1, 3])), RangeError, "interp: fp has shape [1, 3]; give one axis with at least one entry"],
  [() => interp(1, [0, 1] as never, fp), TypeError, "interp: xp is a list of length 2; an array is needed: array(xp) makes one of lists"],
  [() => interp("1" as never, xp, fp), TypeError, "interp: x is a string; a number or an array is needed"],
]);

test.run();
