import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  add,
  array,
  concat,
  copy,
  defineRule,
  dot,
  gradient,
  linearRule,
  matmul,
  mul,
  type NdArray,
  NoTangent,
  pullback,
  pushforward,
  type Scalar,
  sin,
  stack,
  sum,
  toNested,
} from "../../lib/index.js";
import { zerosOf } from "../../lib/nd/index.js";

const nested = (x: unknown): unknown => toNested(x as NdArray);
const square = array([
  [1, 2],
  [3, 4],
]);

/** Σ wₖ xₖ with weights 1, 10, 100, … in row-major order. */
const coded = (x: AnyArray): Scalar => {
  const flat = copy(x);
  let total: Scalar = 0;
  let weight = 1;
  for (let i = 0; i < (flat.shape[0] as number); i++) {
    if (flat.dimension === 1) total = add(total, mul(weight, flat.get(i)));
    else for (let j = 0; j < (flat.shape[1] as number); j++) total = add(total, mul(weight * 10 ** j, flat.get(i, j)));
    weight *= flat.dimension === 1 ? 10 : 10 ** (flat.shape[1] as number);
  }
  return total;
};

test("one array for two arguments: each has a gradient of its own, in memory of its own", () => {
  const x = array([1, 2]);
  const [g, h] = gradient((a, b) => add(sum(mul(a, b)), mul(3, sum(b))), x, x);
  assert.equal(
    [nested(g), nested(h)],
    [
      [1, 2],
      [4, 5],
    ],
  );
  g.set(0, 77);
  assert.equal(
    [nested(h), nested(x)],
    [
      [4, 5],
      [1, 2],
    ],
  );
  assert.is(pushforward((a, b) => sum(mul(a, b)), [x, x], [array([1, 0]), array([0, 1])])[1], 1 + 2);
});

test("two views of one buffer for two arguments: the overlap counts for each", () => {
  const buffer = array([1, 2, 3, 4]);
  const [g, h] = gradient((a, b) => sum(mul(a, b)), buffer.hi(3), buffer.lo(1));
  assert.equal(
    [nested(g), nested(h)],
    [
      [2, 3, 4],
      [1, 2, 3],
    ],
  );
});

test("one array twice in one operation: elementwise, product, concat, stack, dot", () => {
  const x = array([1, 2]);
  const programs: readonly (readonly [(a: AnyArray) => Scalar, unknown])[] = [
    [(a) => sum(mul(a, a)), [2, 4]],
    [(a) => sum(add(a, a)), [2, 2]],
    [(a) => sum(mul(a, a.step(-1))), [4, 2]],
    [(a) => dot(a, a) as Scalar, [2, 4]],
    [(a) => coded(concat([a, a]) as AnyArray), [101, 1010]],
    [(a) => coded(stack([a, a, a]) as AnyArray), [10101, 101010]],
  ];
  for (const [f, expected] of programs) assert.equal(nested(gradient(f, x)[0]), expected);
  const [g] = gradient((m) => coded(matmul(m, m) as AnyArray), square);
  // Ȳ = [[1, 10], [100, 1000]]: M̄ = Ȳ Mᵀ + Mᵀ Ȳ
  assert.equal(nested(g), [
    [1 + 20 + 1 + 300, 3 + 40 + 10 + 3000],
    [100 + 2000 + 2 + 400, 300 + 4000 + 20 + 4000],
  ]);
});

test("overlapping views of one array, added: each entry receives from all of them", () => {
  const f = (a: AnyArray): Scalar => {
    const parts = [a.hi(3), a.lo(1), a.step(-1).hi(3), a.lo(1).hi(3)];
    return coded(parts.reduce((p, q) => add(p, q)));
  };
  const expected = [1 + 0 + 0, 1 + 10 + 1 + 100, 110 + 10 + 10, 100 + 1 + 100];
  const [g] = gradient(f, array([1, 2, 3, 4]));
  assert.equal(nested(g), expected);
  for (let k = 0; k < 4; k++) {
    const e = array([0, 0, 0, 0]);
    e.set(k, 1);
    assert.is(pushforward(f, [array([1, 2, 3, 4])], [e])[1], expected[k]);
  }
});

test("overlapping views are written in program order, as in plain arrays", () => {
  const doubling = (a: AnyArray): AnyArray => {
    const y = copy(a);
    const [to, from] = [y.lo(1), y.hi(3)];
    for (let i = 0; i < 3; i++) to.set(i, mul(2, from.get(i)));
    return y;
  };
  assert.equal(nested(doubling(array([1, 2, 3, 4]))), [1, 2, 4, 8]);
  assert.equal(nested(gradient((a) => sum(doubling(a)), array([1, 2, 3, 4]))[0]), [15, 0, 0, 0]);
});

/** x[indices], a rule of the program's own. */
const gather = linearRule(
  (x: NdArray, indices: readonly number[]): NdArray => array(indices.map((i) => x.get(i))),
  (ybar: NdArray, x: NdArray, indices: readonly number[]) => {
    const xbar = zerosOf(x.shape);
    indices.forEach((i, k) => {
      xbar.set(i, xbar.get(i) + ybar.get(k));
    });
    return xbar;
  },
  { name: "gather" },
);

test("gather with repeated indices adds up, as a rule and read one by one", () => {
  const indices = [2, 0, 2, 2];
  const x = array([1, 2, 3]);
  const byRule = gradient((a) => coded(gather(a, indices) as AnyArray), x)[0];
  const byEntries = gradient((a) => coded(stack(indices.map((i) => a.get(i))) as AnyArray), x)[0];
  assert.equal(nested(byRule), [10, 0, 1101]);
  assert.equal(nested(byEntries), [10, 0, 1101]);
  assert.is(pushforward((a) => coded(gather(a, indices) as AnyArray), [x], [array([1, 1, 2])])[1], 10 + 2 * 1101);
});

test("consumers that share one cotangent do not change each other's", () => {
  const x = array([1, 2]);
  // add hands one array to both operands; each receives more of its own afterwards, in every order.
  const f = (a: AnyArray, b: AnyArray): AnyArray => {
    const [p, q] = [mul(a, 1), mul(b, 1)];
    const shared = add(p, q);
    return add(add(add(shared, mul(p, 10)), mul(q, 100)), add(shared, p));
  };
  const [, back] = pullback(f, x, x);
  for (let again = 0; again < 2; again++) {
    const [g, h] = back(array([1, 2]));
    assert.equal(
      [nested(g), nested(h)],
      [
        [13, 26],
        [102, 204],
      ],
    );
  }
});

test("a rule that hands out one array for all of its arguments is safe from what follows", () => {
  const total = defineRule((a: NdArray, b: NdArray, c: NdArray): NdArray => add(add(a, b), c), {
    rrule: (a, b, c) => [add(add(a, b), c), (ybar: NdArray) => [NoTangent, ybar, ybar, ybar]],
  });
  const [g] = gradient((a) => sum(total(a, mul(a, 2) as NdArray, sin(a) as NdArray) as AnyArray), array([0, 0]));
  assert.equal(nested(g), [4, 4]);
});

test("a caller that changes a returned cotangent, or its own, gets the same from the next call", () => {
  const [y, back] = pullback((p) => ({ same: p.a, twice: [p.a, mul(p.a, p.b)] }), { a: array([1, 2]), b: 3 });
  const seed = (): { same: NdArray; twice: NdArray[] } => ({ same: array([1, 1]), twice: [array([1, 1]), array([1, 1])] });
  const ybar = seed();
  const [first] = back(ybar);
  assert.equal([nested(first.a), first.b], [[5, 5], 3]);
  (first.a as NdArray).set(0, Number.NaN);
  for (const part of [ybar.same, ...ybar.twice]) part.set(0, Number.NaN);
  (y.same as NdArray).set(0, Number.NaN);
  for (const part of y.twice) (part as NdArray).set(0, Number.NaN);
  const [again] = back(seed());
  assert.equal([nested(again.a), again.b], [[5, 5], 3]);
});

test("one seed array at two places of the cotangent", () => {
  const [, back] = pullback((a) => [mul(a, 2), mul(a, a), a] as const, array([1, 2]));
  const e = array([1, 10]);
  assert.equal(nested(back([e, e, e])[0]), [5, 70]);
  assert.equal(nested(e), [1, 10]);
});

test("one traced array at two places of the result, one of them a view", () => {
  const [y, back] = pullback((a) => ({ p: a, q: a, r: a.step(-1) }), array([1, 2]));
  assert.equal(nested(y.r), [2, 1]);
  assert.equal(nested(back({ p: array([1, 2]), q: array([10, 20]), r: array([100, 200]) })[0]), [211, 122]);
});

test.run();
