import { test } from "uvu";
import * as assert from "uvu/assert";
import { array, gradient, jacobian, type NdArray, sum, toNested } from "../../../lib/index.js";
import { assertClose } from "../../../lib/testing/index.js";
import { inverseGaps, inverseSums, inverses, nonzero, toleranceOf } from "../../../rules/linalg/gaps.js";
import { single } from "../../helpers/layouts.js";

const eps = Number.EPSILON;
const values = array([1, 3, 3 + 2 * eps, -5]);
const nested = (x: unknown): number[][] => toNested(x as NdArray) as number[][];

test("values within 8 n ε of the largest magnitude count as equal", () => {
  assert.is(toleranceOf(values, 4), 8 * 4 * eps * 5);
  assert.is(toleranceOf(single(values), 4), 8 * 4 * 2 ** -23 * 5);
  assertClose(
    nested(inverseGaps(values, 4)),
    [
      [0, 1 / 2, 1 / 2, -1 / 6],
      [-1 / 2, 0, 0, -1 / 8],
      [-1 / 2, 0, 0, -1 / 8],
      [1 / 6, 1 / 8, 1 / 8, 0],
    ],
    { rtol: 1e-14, atol: 0 },
  );
  const near = array([1, 1 + 12 * eps]);
  assert.is(nested(inverseGaps(near, 2))[0]?.[1], 0);
  assert.ok((nested(inverseGaps(near, 1))[0]?.[1] as number) > 1e14);
});

test("what is small is divided by, unless its reciprocal overflows", () => {
  assert.equal(nested(inverseSums(array([4, 2 ** -60, 0]))), [
    [1 / 8, 1 / 4, 1 / 4],
    [1 / 4, 2 ** 59, 2 ** 60],
    [1 / 4, 2 ** 60, 0],
  ]);
  assert.equal(toNested(inverses(array([4, 2 ** -60, 0, 2 ** -1060])) as NdArray), [1 / 4, 2 ** 60, 0, 0]);
  assert.equal(toNested(inverses(single(array([4, 2 ** -60, 2 ** -140]))) as NdArray), [1 / 4, 2 ** 60, 0]);
  assert.equal(toNested(nonzero(array([4, 1e-16, 0]))), [1, 1, 0]);
});

test("two values that both count as 0 are told apart by their own size", () => {
  const [, row] = nested(inverseGaps(array([4, 2 ** -58, 2 ** -60, 2 ** -60 * (1 + 1e-9), 0]), 5));
  assertClose(row as number[], [1 / 4, 0, 1 / (2 ** -60 - 2 ** -58), 1 / (2 ** -60 - 2 ** -58), -(2 ** 58)], { rtol: 1e-8, atol: 0 });
  const [, , equal] = nested(inverseGaps(array([4, 2 ** -58, 2 ** -60, 2 ** -60 * (1 + 1e-9), 0]), 5));
  assert.is(equal?.[3], 0);
});

test("the slopes are −1 / gap², and 0 where values count as equal", () => {
  const slopes = jacobian((x) => sum(inverseGaps(x, 4), { axis: 1 }), values) as NdArray;
  assertClose(nested(slopes)[0], [1 / 4 + 1 / 4 + 1 / 36, -1 / 4, -1 / 4, -1 / 36], { rtol: 1e-14, atol: 0 });
  assert.equal(toNested(gradient((x) => sum(inverseGaps(x, 2)), array([2, 2]))[0]), [0, 0]);
});

test.run();
