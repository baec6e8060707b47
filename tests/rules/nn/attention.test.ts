import { test } from "uvu";
import * as assert from "uvu/assert";
import { type AnyArray, array, attention, gradient, mul, type NdArray, sum, toNested, zeros } from "../../../lib/index.js";
import { assertClose } from "../../../lib/testing/index.js";
import { modeTests } from "../../helpers/check-modes.js";
import { build, decimals } from "../../helpers/layouts.js";
import { refused } from "../../helpers/refused.js";

const short = (shape: readonly number[], seed: number): NdArray => {
  const x = decimals(shape, seed);
  return build(shape, (...at) => x.get(...at) / 6);
};
const q = short([3, 2], 1);
const k = short([4, 2], 2);
const v = short([4, 3], 3);
const stackQ = short([2, 3, 2], 4);
const stackK = short([2, 3, 2], 5);
const stackV = short([2, 3, 1], 6);

/** Σ over keys of value · weight, as one writes it; `seen` is the number of keys that the query sees. */
function mixed(keys: number, logit: (j: number) => number, value: (j: number) => number, seen = keys): number {
  let [above, below] = [0, 0];
  for (let j = 0; j < Math.min(keys, seen); j++) {
    above += Math.exp(logit(j)) * value(j);
    below += Math.exp(logit(j));
  }
  return above / below;
}

modeTests([
  {
    title: "attention",
    f: (q: NdArray, k: NdArray, v: NdArray) => attention(q, k, v),
    args: [q, k, v],
    value: build([3, 3], (i, e) =>
      mixed(
        4,
        (j) => (q.get(i, 0) * k.get(j, 0) + q.get(i, 1) * k.get(j, 1)) / Math.SQRT2,
        (j) => v.get(j, e),
      ),
    ),
    rtol: 1e-12,
  },
  {
    title: "causal attention of stacks, with a scale",
    f: (q: NdArray, k: NdArray, v: NdArray) => attention(q, k, v, { causal: true, scale: 0.3 }),
    args: [stackQ, stackK, stackV],
    value: build([2, 3, 1], (h, i, e) =>
      mixed(
        3,
        (j) => 0.3 * (stackQ.get(h, i, 0) * stackK.get(h, j, 0) + stackQ.get(h, i, 1) * stackK.get(h, j, 1)),
        (j) => stackV.get(h, j, e),
        i + 1,
      ),
    ),
    rtol: 1e-12,
  },
]);

test("products of ±800 are stable: the key that matches takes all, in values and slopes", () => {
  const keys = array([[800], [-800]]);
  const values = array([[1], [5]]);
  assert.equal(toNested(attention(array([[1], [-1]]), keys, values)), [[1], [5]]);
  const bars = gradient((q, k, v) => sum(attention(q, k, v)), array([[1], [-1]]), keys, values);
  assert.equal(bars.map(toNested), [
    [[0], [0]],
    [[0], [0]],
    [[1], [1]],
  ]);
});

test("a causal query sees nothing of later keys and values", () => {
  const same = array([[0], [0]]);
  const changed = attention(same, array([[0], [1e300]]), array([[1], [2]]), { causal: true });
  assert.is(changed.get(0, 0), 1);
  const [, kbar, vbar] = gradient((q, k, v) => mul(attention(q, k, v, { causal: true }).get(0, 0), 1), same, same, array([[1], [2]]));
  assert.equal(
    [toNested(kbar), toNested(vbar)],
    [
      [[0], [0]],
      [[1], [0]],
    ],
  );
});

test("keys and values that all queries of a stack have in common get the sum of their gradients", () => {
  const total = (k: NdArray): NdArray => gradient((k) => sum(mul(attention(stackQ, k, short([3, 1], 7)), stackV)), k)[0];
  const each = [0, 1].map(
    (h) =>
      gradient(
        (k) => sum(mul(attention(stackQ.pick(h, null, null), k, short([3, 1], 7)), stackV.pick(h, null, null))),
        short([3, 2], 8),
      )[0],
  ) as [NdArray, NdArray];
  assertClose(
    total(short([3, 2], 8)),
    build([3, 2], (i, j) => each[0].get(i, j) + each[1].get(i, j)),
    { rtol: 1e-12, atol: 1e-14 },
  );
});

test("without keys the answer is 0", () => {
  assert.equal(toNested(attention(q, zeros([0, 2]), zeros([0, 1]))), [[0], [0], [0]]);
});

refused([
  [() => attention(q, v, v), RangeError, "attention: queries have 2 features, keys have 3; make them equal"],
  [() => attention(q, k, q), RangeError, "attention: there are 4 keys and 3 values; give one value for each key"],
  [() => attention(array([1, 2]), k, v), RangeError, "attention: q has shape [2]; one of shape […, positions, features] is needed"],
  [() => attention(q, k, v, { causal: 1 as never }), TypeError, "attention: causal is a number; give true or false"],
  [() => attention(q, k, v, { scale: Number.NaN }), RangeError, "attention: scale = NaN; give a finite number"],
  [() => attention(q, k, v, { scale: Number.POSITIVE_INFINITY }), RangeError, "attention: scale = Infinity; give a finite number"],
  [() => attention(q, k, v, { scale: Number.NEGATIVE_INFINITY }), RangeError, "attention: scale = -Infinity; give a finite number"],
]);

test("queries and keys without features weigh all values alike", () => {
  const values = array([
    [1, 2],
    [3, 5],
    [5, 11],
  ]);
  for (const causal of [false, true]) {
    const y = attention(zeros([2, 0]), zeros([3, 0]), values, { causal });
    assertClose(
      y,
      array(
        causal
          ? [
              [1, 2],
              [2, 3.5],
            ]
          : [
              [3, 6],
              [3, 6],
            ],
      ),
      { rtol: 1e-15, atol: 0 },
    );
    const [g] = gradient((v: AnyArray) => sum(attention(zeros([2, 0]), zeros([3, 0]), v, { causal })), values);
    const weights = causal ? [1.5, 0.5, 0] : [2 / 3, 2 / 3, 2 / 3];
    assertClose(g as NdArray, array(weights.map((weight) => [weight, weight])), { rtol: 1e-15, atol: 0 });
  }
});

test.run();
