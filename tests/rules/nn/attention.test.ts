import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  add,
  array,
  attention,
  configure,
  derivative,
  equal,
  gradient,
  jacobian,
  less,
  mul,
  type NdArray,
  ones,
  pushforward,
  type Scalar,
  slice,
  sum,
  toNested,
  zeros,
} from "../../../lib/index.js";
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

const raw = (i: number, j: number): number => q.get(i, 0) * k.get(j, 0) + q.get(i, 1) * k.get(j, 1);
const seen = array(
  [
    [1, 0, 1, 1],
    [0, 1, 0, 0],
    [1, 1, 7, 0],
  ],
  { dtype: "int32" },
);
const added = short([3, 4], 9);
const stackedV = short([2, 4, 1], 10);
const stackedAdded = short([2, 1, 4], 11);

modeTests([
  {
    title: "attention with a mask of integers: what is 0 is not seen",
    f: (q: NdArray, k: NdArray, v: NdArray) => attention(q, k, v, { mask: seen }),
    args: [q, k, v],
    value: build([3, 3], (i, e) =>
      mixed(
        4,
        (j) => (seen.get(i, j) === 0 ? Number.NEGATIVE_INFINITY : raw(i, j) / Math.SQRT2),
        (j) => v.get(j, e),
      ),
    ),
    rtol: 1e-12,
  },
  {
    title: "attention with a mask that is added, and a scale, both of which move",
    f: (q: NdArray, k: NdArray, v: NdArray, mask: NdArray, scale: number) => attention(q, k, v, { mask: add(mask, 0), scale }),
    args: [q, k, v, added, 0.4],
    value: build([3, 3], (i, e) =>
      mixed(
        4,
        (j) => 0.4 * raw(i, j) + added.get(i, j),
        (j) => v.get(j, e),
      ),
    ),
    rtol: 1e-12,
  },
  {
    title: "a mask with the axes of stacked values, one for all queries",
    f: (q: NdArray, k: NdArray, v: NdArray, mask: NdArray) => attention(q, k, v, { mask: add(mask, 0), causal: true }),
    args: [q, k, stackedV, stackedAdded],
    value: build([2, 3, 1], (h, i, e) =>
      mixed(
        4,
        (j) => raw(i, j) / Math.SQRT2 + stackedAdded.get(h, 0, j),
        (j) => stackedV.get(h, j, e),
        i + 1,
      ),
    ),
    rtol: 1e-12,
  },
]);

test("a mask of integers, one that adds −∞ and one left out are the same, in values and slopes", () => {
  const infinite = build([3, 4], (i, j) => (seen.get(i, j) === 0 ? Number.NEGATIVE_INFINITY : 0));
  const of = (mask: NdArray) => gradient((q, k, v) => sum(mul(attention(q, k, v, { mask }), short([3, 3], 12))), q, k, v);
  assertClose(of(infinite), of(seen), { rtol: 1e-14, atol: 1e-16 });
  assertClose(attention(q, k, v, { mask: zeros([4]) }), attention(q, k, v), { rtol: 0, atol: 0 });
  assertClose(attention(q, k, v, { mask: less(zeros([1, 1]), 1) }), attention(q, k, v), { rtol: 0, atol: 0 });
  const later = build([3, 4], (i, j) => j - i);
  assertClose(attention(q, k, v, { mask: less(later, 1) }), attention(q, k, v, { causal: true }), { rtol: 0, atol: 0 });
});

test("a mask that is added moves the weights: −∞ and all that it hides stay at slope 0", () => {
  const mask = array([0.5, Number.NEGATIVE_INFINITY, -1]);
  const values = array([[1], [10], [3]]);
  const f = (mask: NdArray): NdArray => attention(zeros([1, 2]), zeros([3, 2]), values, { mask });
  const p = 1 / (1 + Math.exp(-1.5));
  assertClose(f(mask), array([[p + 3 * (1 - p)]]), { rtol: 1e-15, atol: 0 });
  for (const mode of ["forward", "reverse"] as const)
    assertClose(
      jacobian((mask) => attention(zeros([1, 2]), zeros([3, 2]), values, { mask }), mask, { mode }),
      array([[[-2 * p * (1 - p), 0, 2 * p * (1 - p)]]]),
      { rtol: 1e-14, atol: 0 },
    );
});

test("the slope by scale, in closed form: two keys of products 0 and x", () => {
  const f = (scale: Scalar): Scalar => attention(array([[1]]), array([[0], [3]]), array([[0], [1]]), { scale }).get(0, 0);
  const p = 1 / (1 + Math.exp(-1.5));
  assertClose(derivative(f, 0.5), 3 * p * (1 - p), { rtol: 1e-14 });
  assertClose(
    derivative((t: Scalar) => derivative(f, t), 0.5),
    9 * p * (1 - p) * (1 - 2 * p),
    { rtol: 1e-13 },
  );
});

test("the kind of the result is that of all arrays; a mask may be changed after the call", () => {
  const at = {
    q: array([[1, 2]], { dtype: "float32" }),
    k: array(
      [
        [0, 1],
        [1, 0],
      ],
      { dtype: "float32" },
    ),
  };
  const mask = array([1, 0], { dtype: "uint8" });
  assert.is(attention(at.q, at.k, at.k, { mask }).dtype, "float32");
  assert.is(attention(at.q, at.k, at.k, { mask: array([0, -1], { dtype: "float32" }) }).dtype, "float32");
  assert.is(attention(at.q, at.k, at.k, { mask: array([0, -1]) }).dtype, "float64");
  const [kbar] = gradient(
    (k) => {
      const y = attention(array([[1, 2]]), k, array([[1], [2]]), { mask });
      mask.set(0, 0);
      return sum(y);
    },
    array([
      [0, 1],
      [1, 0],
    ]),
  );
  assert.equal(toNested(kbar), [
    [0, 0],
    [0, 0],
  ]);
});

test("in checked mode a mask of floats with nothing but 0 and 1 is refused: nobody wants to add that", () => {
  const wrong = array([[1, 0, 1, 1]]);
  const right = attention(q, k, v, { mask: wrong });
  configure({ checked: true });
  try {
    assert.throws(
      () => attention(q, k, v, { mask: wrong }),
      (e: Error) =>
        e instanceof RangeError && e.message.startsWith("attention: mask is of floats, and holds nothing but 0 and 1: it would"),
    );
    for (const mask of [zeros([4]), array([0, 1, 0.5, 0]), equal(wrong, 1)]) attention(q, k, v, { mask });
  } finally {
    configure({ checked: false });
  }
  assertClose(attention(q, k, v, { mask: array([[0, -1, 0, 0]]) }), right, { rtol: 1e-14, atol: 1e-15 });
});

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
  [() => attention(array([1, 2]), k, v), RangeError, "attention: q has shape [2]; an array of shape […, positions, features] is needed"],
  [() => attention(q, k, v, { causal: 1 as never }), TypeError, "attention: causal is a number; give true or false"],
  [() => attention(q, k, v, { scale: "1" as never }), TypeError, "attention: scale is a string; give a finite number"],
  [
    () => attention(q, k, v, { mask: zeros([3, 3]) }),
    RangeError,
    "attention: mask has shape [3, 3]; one that broadcasts to [3, 4], queries by keys, is needed",
  ],
  [
    () => attention(q, k, v, { mask: zeros([2, 3, 4]) }),
    RangeError,
    "attention: mask has shape [2, 3, 4]; one that broadcasts to [3, 4], queries by keys, is needed",
  ],
  [
    () => attention(q, k, v, { mask: [1, 0] as never }),
    TypeError,
    "attention: mask is a list of length 2; give an array, of integers (1 = may be seen) or of floats",
  ],
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

test("a query that may see no key does not poison the others, in either mode", () => {
  const [q, k, v] = [
    array([
      [1, 0],
      [0.5, 1],
    ]),
    array([
      [1, 2],
      [0, 1],
    ]),
    array([
      [1, 2],
      [3, 4],
    ]),
  ];
  const both = array([[1, 1]], { dtype: "uint8" });
  const second = array(
    [
      [1, 1],
      [0, 0],
    ],
    { dtype: "uint8" },
  );
  const first = (mask: NdArray) => (a: AnyArray, b: AnyArray, c: AnyArray) =>
    sum(slice(attention(a, b, c, { mask }) as NdArray, [[0, 1], null]) as NdArray);
  assert.equal(gradient(first(second) as never, q, k, v), gradient(first(both) as never, q, k, v));
  const along = [q, k, v].map((x) => ones(x.shape));
  assert.equal(pushforward(first(second) as never, [q, k, v], along), pushforward(first(both) as never, [q, k, v], along));
});

test.run();
