import { test } from "uvu";
import * as assert from "uvu/assert";
import { array, cosineSimilarity, gradient, hessian, mul, type NdArray, normalize, sum, toNested, zeros } from "../../../lib/index.js";
import { assertClose } from "../../../lib/testing/index.js";
import { modeTests } from "../../helpers/check-modes.js";
import { build, decimals } from "../../helpers/layouts.js";
import { refused } from "../../helpers/refused.js";

const a = decimals([4], 1);
const b = decimals([4], 2);
const matrix = decimals([2, 3], 3);
const over = (entries: readonly number[]): number => entries.reduce((total, entry) => total + entry, 0);
const [ab, aa, bb] = [
  [a, b],
  [a, a],
  [b, b],
].map(([x, y]) => over([0, 1, 2, 3].map((k) => (x as NdArray).get(k) * (y as NdArray).get(k)))) as [number, number, number];
const cosine = ab / Math.sqrt(aa * bb);
const rowLength = (i: number): number => Math.sqrt(over([0, 1, 2].map((j) => matrix.get(i, j) ** 2)));

modeTests([
  {
    title: "cosineSimilarity",
    f: (a: NdArray, b: NdArray) => cosineSimilarity(a, b),
    args: [a, b],
    value: cosine,
    slopes: [
      build([4], (k) => b.get(k) / Math.sqrt(aa * bb) - (cosine * a.get(k)) / aa),
      build([4], (k) => a.get(k) / Math.sqrt(aa * bb) - (cosine * b.get(k)) / bb),
    ],
    rtol: 1e-12,
  },
  {
    title: "normalize over all entries",
    f: (x: NdArray) => normalize(x),
    args: [matrix],
    value: build([2, 3], (i, j) => matrix.get(i, j) / Math.hypot(rowLength(0), rowLength(1))),
    rtol: 1e-12,
  },
  {
    title: "normalize of rows",
    f: (x: NdArray) => normalize(x, { axis: -1 }),
    args: [matrix],
    value: build([2, 3], (i, j) => matrix.get(i, j) / rowLength(i)),
    slopes: [
      build([2, 3], (i, j) => 1 / rowLength(i) - (matrix.get(i, j) * over([0, 1, 2].map((k) => matrix.get(i, k)))) / rowLength(i) ** 3),
    ],
    rtol: 1e-12,
  },
]);

test("at the zero vector, values and slopes are 0", () => {
  const zero = zeros([2]);
  const weights = array([3, 4]);
  assert.equal(toNested(normalize(zero)), [0, 0]);
  assert.equal(toNested(gradient((x) => sum(mul(normalize(x), weights)), zero)[0]), [0, 0]);
  assert.equal(toNested(hessian((x) => sum(mul(normalize(x), weights)), zero)), [
    [0, 0],
    [0, 0],
  ]);
  assert.is(cosineSimilarity(zero, weights), 0);
  assert.equal(gradient(cosineSimilarity, zero, weights).map(toNested), [
    [0, 0],
    [0, 0],
  ]);
});

test("a row of zeros leaves the other rows alone", () => {
  assert.equal(
    toNested(
      normalize(
        array([
          [0, 0],
          [3, 4],
        ]),
        { axis: 1 },
      ),
    ),
    [
      [0, 0],
      [0.6, 0.8],
    ],
  );
});

test("neither huge nor tiny vectors lose their direction", () => {
  for (const unit of [1e-200, 1e200]) assertClose(normalize(array([3 * unit, 4 * unit])), array([0.6, 0.8]), { rtol: 1e-15, atol: 0 });
  assert.ok(Math.abs(cosineSimilarity(array([1e200, 0]), array([1e-200, 1e-200])) - Math.SQRT1_2) < 1e-15);
});

refused([
  [() => cosineSimilarity(a, zeros([3])), RangeError, "cosineSimilarity: the vectors have 4 and 3 entries; make them equally long"],
  [() => cosineSimilarity(matrix, a), RangeError, "cosineSimilarity: argument 1 has shape [2, 3]; a vector is needed"],
  [() => cosineSimilarity(a, 1 as never), TypeError, "cosineSimilarity: argument 2 is a number; a vector is needed"],
  [
    () => normalize(matrix, { axis: 2 }),
    RangeError,
    "normalize: axis = 2 is not an axis of an array with 2 axes; use an integer from -2 to 1",
  ],
]);

test.run();
