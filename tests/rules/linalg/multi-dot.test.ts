import { test } from "uvu";
import * as assert from "uvu/assert";
import { array, gradient, matmul, multiDot, type NdArray, sum, toNested, zeros } from "../../../lib/index.js";
import { assertClose } from "../../../lib/testing/index.js";
import { modeTests } from "../../helpers/check-modes.js";
import { build, decimals } from "../../helpers/layouts.js";
import { refused } from "../../helpers/refused.js";

const chain = [decimals([2, 4], 1), decimals([4, 3], 2), decimals([3, 5], 3), decimals([5, 2], 4)];
const u = decimals([2], 5);
const dot = (factors: readonly NdArray[]): NdArray => factors.reduce((x, y) => matmul<NdArray>(x, y));
const turned = (x: NdArray): NdArray => x.transpose(1, 0);
const ones = build([2, 2], () => 1);
/** āₖ for a sum of the product's entries. */
const slopeOf = (k: number): NdArray =>
  dot([
    ...chain.slice(0, k).map(turned).reverse(),
    ones,
    ...chain
      .slice(k + 1)
      .map(turned)
      .reverse(),
  ]);
const rtol = 1e-11;

modeTests([
  {
    title: "multiDot of matrices",
    f: (as: NdArray[]) => multiDot(as),
    args: [chain],
    value: dot(chain),
    slopes: [[0, 1, 2, 3].map(slopeOf)],
    rtol,
  },
  {
    title: "multiDot from a row",
    f: (as: NdArray[]) => multiDot(as),
    args: [[u, ...chain]],
    value: build([2], (j) => u.get(0) * dot(chain).get(0, j as number) + u.get(1) * dot(chain).get(1, j as number)),
    rtol,
  },
  {
    title: "multiDot between two vectors is a number",
    f: (as: NdArray[]) => multiDot<number>(as),
    args: [[u, ...chain, u]],
    value: [0, 1].reduce((total, i) => total + [0, 1].reduce((row, j) => row + u.get(i) * dot(chain).get(i, j) * u.get(j), 0), 0),
    rtol,
  },
  { title: "multiDot of one matrix", f: (as: NdArray[]) => multiDot(as), args: [[ones]], value: ones, slopes: [[ones]], rtol },
]);

test("multiDot of one matrix is a copy, of one vector too", () => {
  const y = multiDot<NdArray>([ones]);
  y.set(0, 0, 7);
  assert.is(ones.get(0, 0), 1);
  assert.equal(toNested(multiDot<NdArray>([u])), toNested(u));
});

test("multiDot: the order takes the fewest multiplications, in the gradient too", () => {
  // Another order would go through products that overflow.
  const huge = array([[1e200], [1e200]]);
  const tiny = array([[1e-300], [1e-300]]);
  const column = [huge, turned(huge), tiny];
  const row = [turned(tiny), huge, turned(huge)];
  assertClose(multiDot(column), array([[2e100], [2e100]]), { rtol: 1e-14 });
  assertClose(multiDot(row), array([[2e100, 2e100]]), { rtol: 1e-14 });
  assertClose(gradient((xs) => sum(multiDot<NdArray>(xs)), column)[0][0] as NdArray, array([[2e-100], [2e-100]]), { rtol: 1e-14 });
  assertClose(gradient((xs) => sum(multiDot<NdArray>(xs)), row)[0][2] as NdArray, array([[2e-100, 2e-100]]), { rtol: 1e-14 });
});

test("multiDot: extents of 0", () => {
  assertClose(multiDot([zeros([2, 0]), zeros([0, 3])]), zeros([2, 3]));
});

refused([
  [() => multiDot([]), RangeError, "multiDot: the list is empty; give at least one matrix"],
  [() => multiDot(ones as never), TypeError, "multiDot: as is an array of shape [2, 2]; give a list of matrices"],
  [() => multiDot([ones, 3 as never]), TypeError, "multiDot: as[1] is a number; a matrix is needed"],
  [
    () => multiDot([ones, u, ones]),
    RangeError,
    "multiDot: as[1] is an array of shape [2]; give matrices, or vectors in the first and last place",
  ],
  [
    () => multiDot([ones, zeros([2, 3]), ones]),
    RangeError,
    "multiDot: as[1] has shape [2, 3], as[2] has [2, 2]; make the columns of the one as many as the rows of the other",
  ],
  [
    () => multiDot([array([1, 2, 3]), ones]),
    RangeError,
    "multiDot: as[0] has shape [3], as[1] has [2, 2]; make the columns of the one as many as the rows of the other",
  ],
]);

test.run();
