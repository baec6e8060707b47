// Tests: cross-entropy, cross-entropy-rows, cross-entropy-lines, labels.
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  array,
  crossEntropy,
  gradient,
  jacobian,
  mul,
  type NdArray,
  nllLoss,
  type Operand,
  type Scalar,
  sum,
  toNested,
  zeros,
} from "../../../lib/index.js";
import { isNdArray } from "../../../lib/nd/index.js";
import { assertClose } from "../../../lib/testing/index.js";
import { modeTests } from "../../helpers/check-modes.js";
import { build, decimals } from "../../helpers/layouts.js";
import { refused } from "../../helpers/refused.js";

const x = decimals([2, 3], 1);
const labels = [2, 0] as const;
const w = build([2, 3], (i, j) => (1 + i + 2 * j) / 7);
const rtol = 1e-12;

const logShare = (i: number, j: number): number =>
  -Math.log([0, 1, 2].reduce((total, k) => total + Math.exp(x.get(i, k) - x.get(i, j)), 0));
const picks = (i: number, j: number): number => (labels[i as 0 | 1] === j ? 1 : 0);
/** −Σ weight · log p of each row. */
const rowLoss = (weight: (i: number, j: number) => number) => (i: number) =>
  -[0, 1, 2].reduce((total, j) => total + weight(i, j) * logShare(i, j), 0);
const smoothed = (i: number, j: number): number => 0.7 * picks(i, j) + 0.1;
const rowTotal = (i: number): number => w.get(i, 0) + w.get(i, 1) + w.get(i, 2);

modeTests([
  {
    title: "crossEntropy with the indices of classes",
    f: (x: NdArray) => crossEntropy(x, labels),
    args: [x],
    value: (rowLoss(picks)(0) + rowLoss(picks)(1)) / 2,
    slopes: [build([2, 3], (i, j) => (Math.exp(logShare(i, j)) - picks(i, j)) / 2)],
    rtol,
  },
  {
    title: "crossEntropy of each row, smoothed",
    f: (x: NdArray) => crossEntropy(x, labels, { reduction: "none", labelSmoothing: 0.3 }),
    args: [x],
    value: build([2], rowLoss(smoothed)),
    slopes: [build([2, 3], (i, j) => Math.exp(logShare(i, j)) - smoothed(i, j))],
    rtol,
  },
  {
    title: "crossEntropy with weights that do not add up to 1",
    f: (x: NdArray, w: NdArray) => crossEntropy(x, w, { reduction: "sum" }),
    args: [x, w],
    value: rowLoss(w.get.bind(w))(0) + rowLoss(w.get.bind(w))(1),
    slopes: [build([2, 3], (i, j) => Math.exp(logShare(i, j)) * rowTotal(i) - w.get(i, j)), build([2, 3], (i, j) => -logShare(i, j))],
    rtol,
  },
  {
    title: "nllLoss",
    f: (x: NdArray) => nllLoss(x, labels),
    args: [x],
    value: -(x.get(0, 2) + x.get(1, 0)) / 2,
    slopes: [build([2, 3], (i, j) => -picks(i, j) / 2)],
  },
]);

const four = decimals([4, 3], 2);
const some = [2, -100, 0, -100] as const;
const ignoreIndex = -100;
const left = build([2, 3], (i, j) => four.get(2 * i, j));
/** What belongs to the rows that are left, at their places, and 0 elsewhere. */
const placed = (of: NdArray): NdArray => build([4, 3], (i, j) => (i % 2 === 0 ? of.get(i / 2, j) : 0));

for (const [name, loss] of Object.entries({ crossEntropy, nllLoss })) {
  const f = loss as typeof nllLoss;
  const of = (labels: readonly number[], options: object) => (x: AnyArray) => f(x, labels, options) as Scalar;
  modeTests(
    (["mean", "sum"] as const).map((reduction) => ({
      title: `${name}: the ${reduction} without the rows that are ignored is that of the others`,
      f: of(some, { reduction, ignoreIndex }),
      args: [four],
      value: f(left, [2, 0], { reduction }),
      slopes: [placed(gradient(of([2, 0], { reduction }), left)[0])],
      rtol,
    })),
  );

  test(`${name}: rows that are ignored have the loss and the slopes 0, whatever stands in them`, () => {
    const rows = f(four, some, { reduction: "none", ignoreIndex }) as NdArray;
    const [first, second] = toNested(f(left, [2, 0], { reduction: "none" }) as NdArray) as number[];
    assert.equal(toNested(rows), [first, 0, second, 0]);
    const spoilt = build([4, 3], (i, j) => (i % 2 === 0 ? four.get(i, j) : ([Number.NaN, Number.POSITIVE_INFINITY][j % 2] as number)));
    for (const reduction of ["mean", "sum", "none"] as const) {
      const seed = reduction === "none" ? array([1, 2, 3, 4]) : 1;
      const total = (x: AnyArray): Scalar => {
        const y = mul(seed, f(x, some, { reduction, ignoreIndex })) as Operand;
        return isNdArray(y) ? sum(y as AnyArray) : (y as Scalar);
      };
      assert.is(total(spoilt), total(four));
      for (const mode of ["forward", "reverse"] as const) assert.equal(jacobian(total, spoilt, { mode }), jacobian(total, four, { mode }));
      const twice = (x: NdArray): NdArray => gradient((x) => sum(gradient(total, x)[0]), x)[0];
      assertClose(twice(spoilt), twice(four), { rtol: 0, atol: 0 });
    }
  });

  test(`${name}: an index of a class can be ignored, and one that no row has changes nothing`, () => {
    assert.is(
      f(x, labels, { ignoreIndex: 0 }),
      f(
        build([1, 3], (_, j) => x.get(0, j)),
        [2],
      ),
    );
    assert.is(f(x, labels, { ignoreIndex: 7 }), f(x, labels));
    assert.is(f(array([1, 2, 4]), 1, { ignoreIndex: 1, reduction: "sum" }), 0);
    assert.is(f(array([1, 2, 4]), 1, { ignoreIndex: -1 }), f(array([1, 2, 4]), 1));
    assert.is(f(x, [5, 5], { ignoreIndex: 5, reduction: "sum" }), 0);
  });

  refused([
    [
      () => f(x, [9, 9], { ignoreIndex: 9 }),
      RangeError,
      `${name}: all labels are ignoreIndex = 9: nothing is left, and has no mean; give others, or reduction: "sum"`,
    ],
    [() => f(x, [9, 8], { ignoreIndex: 9 }), RangeError, `${name}: labels[1] = 8 is not one of 3 classes; use integers from 0 to 2`],
    [() => f(x, labels, { ignoreIndex: 0.5 }), RangeError, `${name}: ignoreIndex = 0.5; give an integer`],
    [() => f(x, labels, { ignoreIndex: "0" as never }), TypeError, `${name}: ignoreIndex is a string; give an integer`],
  ]);
}

test("what is spread over all classes is not, in rows that are ignored", () => {
  const options = { labelSmoothing: 0.3 } as const;
  assertClose(crossEntropy(four, some, { ...options, ignoreIndex }), crossEntropy(left, [2, 0], options), { rtol: 1e-15, atol: 0 });
  assertClose(
    gradient((x) => crossEntropy(x, some, { ...options, ignoreIndex }), four)[0],
    placed(gradient((x) => crossEntropy(x, [2, 0], options), left)[0]),
    { rtol: 1e-15, atol: 0 },
  );
});

test("labels come as a list, a typed array, an array of integers or one of floats that hold them", () => {
  const expected = crossEntropy(x, labels);
  for (const given of [Int32Array.from(labels), array([2, 0], { dtype: "int32" }), array([2, 0])]) {
    assert.is(crossEntropy(x, given), expected);
    assert.is(nllLoss(x, given), nllLoss(x, labels));
  }
});

test("a vector is one row: its label is a number, its loss too, whatever the reduction", () => {
  const row = array([1, 2, 4]);
  const expected = Math.log(Math.exp(1) + Math.exp(2) + Math.exp(4)) - 2;
  for (const reduction of ["mean", "sum"] as const) assertClose(crossEntropy(row, 1, { reduction }), expected, { rtol: 1e-15, atol: 0 });
  assertClose(crossEntropy(row, 1, { reduction: "none" }), expected, { rtol: 1e-15, atol: 0 });
  assert.is(nllLoss(row, [2]), -4);
});

test("a distribution with all weight on one class is that class", () => {
  const hot = array([
    [0, 0, 1],
    [1, 0, 0],
  ]);
  assertClose(crossEntropy(x, hot), crossEntropy(x, labels), { rtol: 1e-14, atol: 0 });
  assertClose(crossEntropy(x, hot, { labelSmoothing: 0.2 }), crossEntropy(x, labels, { labelSmoothing: 0.2 }), { rtol: 1e-14, atol: 0 });
});

test("nothing overflows at ±800", () => {
  const far = array([[800, -800]]);
  assert.is(crossEntropy(far, [0]), 0);
  assert.is(crossEntropy(far, [1]), 1600);
  assert.equal(toNested(gradient((x) => crossEntropy(x, [1]), far)[0]), [[1, -1]]);
});

test("a class that has no weight counts for nothing, even where its logit is −∞", () => {
  const masked = array([[0, Number.NEGATIVE_INFINITY, 0]]);
  assertClose(crossEntropy(masked, array([[1, 0, 0]])), Math.LN2, { rtol: 1e-15, atol: 0 });
  assert.equal(toNested(gradient((x) => crossEntropy(x, array([[1, 0, 0]])), masked)[0]), [[-0.5, 0, 0.5]]);
});

test("no rows have a sum of 0, and a gradient of their shape", () => {
  assert.is(crossEntropy(zeros([0, 3]), [], { reduction: "sum" }), 0);
  assert.is(sum(nllLoss(zeros([0, 3]), [], { reduction: "none" }) as NdArray), 0);
  assert.equal(gradient((x) => crossEntropy(x, [], { reduction: "sum" }), zeros([0, 3]))[0].shape, [0, 3]);
});

refused([
  [() => crossEntropy(x, [0, 3]), RangeError, "crossEntropy: labels[1] = 3 is not one of 3 classes; use integers from 0 to 2"],
  [() => nllLoss(x, [0, -1]), RangeError, "nllLoss: labels[1] = -1 is not one of 3 classes; use integers from 0 to 2"],
  [() => crossEntropy(x, [0]), RangeError, "crossEntropy: labels has 1 entry; 2 indices of classes are needed, one for each row"],
  [
    () => crossEntropy(x, zeros([3, 2])),
    RangeError,
    "crossEntropy: labels has shape [3, 2]; 2 indices of classes are needed, one for each row",
  ],
  [
    () => crossEntropy(x, labels, { reduction: "max" as never }),
    RangeError,
    'crossEntropy: reduction is "max"; give "mean", "sum" or "none"',
  ],
  [() => crossEntropy(x, labels, { labelSmoothing: 2 }), RangeError, "crossEntropy: labelSmoothing = 2; give a number from 0 to 1"],
  [
    () => crossEntropy(zeros([2, 3, 4]), labels),
    RangeError,
    "crossEntropy: logits has shape [2, 3, 4]; an array of shape [N, C] or [C], with one class or more, is needed",
  ],
  [
    () => crossEntropy(x, w, { ignoreIndex: 1 }),
    RangeError,
    "crossEntropy: ignoreIndex = 1 belongs to indices of classes, and the labels are probabilities; leave it out",
  ],
  [() => crossEntropy(zeros([0, 3]), []), RangeError, 'crossEntropy: logits has no rows, and no mean; give some, or reduction: "sum"'],
]);

test.run();
