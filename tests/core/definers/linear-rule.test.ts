import { test } from "uvu";
import * as assert from "uvu/assert";
import type { AnyFunction } from "../../../lib/core/index.js";
import {
  type AnyArray,
  array,
  bilinearRule,
  derivative,
  frule,
  gradient,
  hessian,
  inplaceable,
  jacobian,
  linearRule,
  mul,
  type NdArray,
  NoTangent,
  optOut,
  pullback,
  pushforward,
  rrule,
  type Scalar,
  sin,
  sum,
  thunk,
  toNested,
  unthunk,
} from "../../../lib/index.js";
import { allClose, rowMajor } from "../../../lib/nd/index.js";

const nested = (x: unknown): unknown => toNested(x as NdArray);
const vector = (n: number, entry: (k: number) => number): NdArray =>
  rowMajor(
    Float64Array.from({ length: n }, (_, k) => entry(k)),
    [n],
  );

/** y[k] = x[k + by], cyclically: its transpose rolls back. */
const roll = (x: NdArray, by: number): NdArray => {
  const n = x.size;
  return vector(n, (k) => x.get((((k + by) % n) + n) % n));
};

/** Ways to return one cotangent. */
const forms: Record<string, (ybar: NdArray, x: NdArray, by: number) => unknown> = {
  "an array": (ybar, _, by) => roll(ybar, -by),
  "a thunk": (ybar, _, by) => thunk(() => roll(ybar, -by)),
  "an inplaceable": (ybar, _, by) =>
    inplaceable(
      (acc) => {
        const back = roll(ybar, -by);
        for (let k = 0; k < acc.size; k++) acc.set(k, acc.get(k) + back.get(k));
      },
      () => roll(ybar, -by),
    ),
};

for (const [form, transpose] of Object.entries(forms)) {
  const rolled = linearRule((x: NdArray, by: number): NdArray => roll(x, by), transpose, { name: "rolled" }) as (
    x: AnyArray,
    by: number,
  ) => AnyArray;
  const x = array([1, 2, 3]);

  test(`a transpose that returns ${form}: both modes, a static argument with NoTangent`, () => {
    assert.equal(nested(pushforward((a: AnyArray) => rolled(a, 1), [x], [array([10, 20, 30])])[1]), [20, 30, 10]);
    assert.equal(nested(pullback((a) => rolled(a, 1), x)[1](array([10, 20, 30]))[0]), [30, 10, 20]);
    assert.is(rrule(rolled as AnyFunction, x, 1)?.[1](x)[2], NoTangent);
  });

  test(`a transpose that returns ${form}: cotangents of several uses and views add up`, () => {
    const [g] = gradient((a) => sum(mul(rolled(a.step(-1), 1), rolled(a, 2))), x);
    // Σ x[−1−k] x[k+2]: k = 0: x1 x2, k = 1: x0 x0, k = 2: x2 x1
    assert.equal(nested(g), [2, 6, 4]);
  });

  test(`a transpose that returns ${form}: to third order, all modes agree`, () => {
    const f = (a: AnyArray): Scalar => sum(mul(sin(rolled(a, 1)), mul(a, rolled(a, -1))));
    const point = array([0.3, -0.8, 1.7]);
    const forward = hessian(f, point, { mode: "forward" }) as NdArray;
    assert.ok(allClose(forward, hessian(f, point, { mode: "reverse" }) as NdArray, { rtol: 1e-13 }));
    const third =
      (mode: "forward" | "reverse") =>
      (t: Scalar): Scalar =>
        sum(mul(hessian(f, mul(t, point), { mode }) as AnyArray, array([1, 2, 3])));
    const slopes = (["forward", "reverse"] as const).flatMap((mode) => [
      derivative(third(mode), 1.2),
      gradient(third(mode), 1.2)[0] as number,
    ]);
    const h = 1e-4;
    const difference = ((third("forward")(1.2 + h) as number) - (third("forward")(1.2 - h) as number)) / (2 * h);
    for (const slope of slopes) {
      assert.ok(Math.abs(slope - (slopes[0] as number)) < 1e-12);
      assert.ok(Math.abs(slope - difference) < 1e-5 * Math.abs(difference));
    }
  });
}

test("the kernel computes the rule's value; the function itself is what plain calls and traced programs run", () => {
  const runs = { raw: 0, kernel: 0 };
  const twice = linearRule(
    (x: NdArray): NdArray => {
      runs.raw++;
      return mul(2, x);
    },
    (ybar: NdArray) => mul(2, ybar),
    {
      kernel: (x: NdArray) => {
        runs.kernel++;
        return mul(2, x);
      },
    },
  );
  assert.equal(nested(twice(array([3]))), [6]);
  assert.equal(runs, { raw: 1, kernel: 0 });
  assert.equal(nested(pullback((x) => twice(x as NdArray), array([3]))[0]), [6]);
  assert.is(runs.raw, 1);
  assert.ok(runs.kernel > 0);
});

test("a rule with a weight is a sum that needs no pullback: any weight, in both modes, over views, to second order", () => {
  const half = linearRule(
    (x: NdArray): number => (sum(x) as number) / 2,
    () => {
      throw new Error("the transpose is not needed");
    },
    { name: "half", weight: () => 0.5 },
  ) as (x: AnyArray) => Scalar;
  const x = array([
    [1, 2],
    [3, 4],
  ]);
  const [g] = gradient((a) => mul(half(a), half(a.pick(null, 1))), x);
  assert.equal(nested(g), [
    [1.5, 4],
    [1.5, 4],
  ]);
  assert.is(pushforward((a: AnyArray) => half(a.step(-1, 2)), [x], [x])[1], 2);
  assert.equal(nested(gradient((a) => half(gradient((b) => sum(mul(mul(b, b), b)), a)[0]), x)[0]), [
    [3, 6],
    [9, 12],
  ]);
});

test("a rule with a weight steps aside like any other", () => {
  const total = linearRule(
    (x: NdArray): number => mul(2, sum(x)),
    () => 1000,
    { name: "total", weight: () => 1000 },
  );
  optOut(total, () => true);
  assert.equal(nested(gradient((x) => total(x), array([1, 2]))[0]), [2, 2]);
});

test("a map that is linear in several arguments jointly", () => {
  const mix = linearRule(
    (x: NdArray, c: number, y: NdArray): NdArray => vector(x.size, (k) => c * x.get(k) - y.get(x.size - 1 - k)),
    (ybar: NdArray, x: NdArray, c: number) => [vector(x.size, (k) => c * ybar.get(k)), vector(x.size, (k) => -ybar.get(x.size - 1 - k))],
    { linearIn: [0, 2], name: "mix" },
  ) as (x: AnyArray, c: number, y: AnyArray) => AnyArray;
  const [x, y] = [array([1, 2]), array([5, 7])];
  const [xbar, ybar] = pullback((a, b) => mix(a, 3, b), x, y)[1](array([1, 10]));
  assert.equal(
    [nested(xbar), nested(ybar)],
    [
      [3, 30],
      [-10, -1],
    ],
  );
  assert.equal(nested(pushforward((a: AnyArray, b: AnyArray) => mix(a, 3, b), [x, y], [x, array([0, 1])])[1]), [2, 6]);
  const f = (a: AnyArray): Scalar => sum(mul(mix(a, 3, sin(a)), mix(sin(a), 1, a)));
  const point = array([0.4, 1.3]);
  assert.ok(
    allClose(hessian(f, point, { mode: "forward" }) as NdArray, hessian(f, point, { mode: "reverse" }) as NdArray, { rtol: 1e-13 }),
  );
  assert.equal(frule([NoTangent, array([1, 1])], mix as AnyFunction, x, 3, y)?.map(nested), [
    [-4, 1],
    [3, 3],
  ]);
});

/** xᵢ yⱼ, and c times it: a bilinear map with a static argument. */
const outer = bilinearRule(
  (x: NdArray, y: NdArray, c: number): NdArray =>
    array(Array.from({ length: x.size }, (_, i) => Array.from({ length: y.size }, (__, j) => c * x.get(i) * y.get(j)))),
  (zbar: NdArray, x: NdArray, y: NdArray, c: number) =>
    vector(x.size, (i) => c * [...Array(y.size).keys()].reduce((t, j) => t + zbar.get(i, j) * y.get(j), 0)),
  (zbar: NdArray, x: NdArray, y: NdArray, c: number) =>
    thunk(() => vector(y.size, (j) => c * [...Array(x.size).keys()].reduce((t, i) => t + zbar.get(i, j) * x.get(i), 0))),
  { name: "outer" },
) as unknown as (x: AnyArray, y: AnyArray, c: number) => AnyArray;

test("a bilinear map: both rules, each factor alone and both together", () => {
  const [x, y] = [array([1, 2]), array([3, 4, 5])];
  const zbar = array([
    [1, 0, 0],
    [0, 1, 10],
  ]);
  const [xbar, ybar] = pullback((a, b) => outer(a, b, 2), x, y)[1](zbar);
  assert.equal(
    [nested(xbar), nested(ybar)],
    [
      [6, 108],
      [2, 4, 40],
    ],
  );
  assert.equal(nested(pullback((b) => outer(x, b, 2), y)[1](zbar)[0]), [2, 4, 40]);
  assert.equal(nested(pushforward((a: AnyArray) => outer(a, y, 1), [x], [array([1, 0])])[1]), [
    [3, 4, 5],
    [0, 0, 0],
  ]);
  assert.equal(nested(pushforward((a: AnyArray, b: AnyArray) => outer(a, b, 1), [x, y], [array([1, 0]), array([0, 0, 1])])[1]), [
    [3, 4, 6],
    [0, 0, 2],
  ]);
  assert.is(rrule(outer as AnyFunction, x, y, 2)?.[1](zbar)[3], NoTangent);
});

test("a bilinear map to third order: all modes agree with the closed form", () => {
  const x = array([0.5, -1.5]);
  // f = Σᵢⱼ (xᵢ xⱼ)² = (Σ x²)²
  const f = (a: AnyArray): Scalar => {
    const z = outer(a, a, 1);
    return sum(mul(z, z));
  };
  const q = 0.25 + 2.25;
  const closed = array([0, 1].map((i) => [0, 1].map((j) => 8 * x.get(i) * x.get(j) + (i === j ? 4 * q : 0))));
  for (const mode of ["forward", "reverse"] as const) {
    assert.ok(allClose(hessian(f, x, { mode }) as NdArray, closed, { rtol: 1e-13 }));
    const third = jacobian((a: AnyArray) => hessian(f, a, { mode }) as AnyArray, x) as NdArray;
    const reverse = jacobian((a: AnyArray) => hessian(f, a, { mode }) as AnyArray, x, { mode: "reverse" }) as NdArray;
    for (let i = 0; i < 2; i++)
      for (let j = 0; j < 2; j++)
        for (let k = 0; k < 2; k++) {
          const exact = 8 * ((i === k ? x.get(j) : 0) + (j === k ? x.get(i) : 0) + (i === j ? x.get(k) : 0));
          for (const t of [third, reverse]) assert.ok(Math.abs(t.get(i, j, k) - exact) < 1e-12);
        }
  }
});

test("both transposes in one pass: once for both cotangents of plain values, of the operand's kind, and to the second order", () => {
  let passes = 0;
  const product = bilinearRule(
    (x: NdArray, y: NdArray): NdArray => mul(x, y),
    (zbar: NdArray, _, y: NdArray) => mul(zbar, y),
    (zbar: NdArray, x: NdArray) => mul(zbar, x),
    {
      name: "product",
      transposes: (zbar: NdArray, x: NdArray, y: NdArray) => {
        passes++;
        return [mul(zbar, y), mul(zbar, x)];
      },
    },
  ) as unknown as (x: AnyArray, y: AnyArray) => AnyArray;
  const x = array([2, 3], { dtype: "float32" });
  const y = array([5, 7]);
  const [xbar, ybar] = pullback(product, x, y)[1](array([1, 10])) as [NdArray, NdArray];
  assert.equal([nested(xbar), nested(ybar), xbar.dtype, passes], [[5, 70], [2, 30], "float32", 1]);
  assert.equal(nested(gradient((a) => sum(product(a, y)), x)[0]), [5, 7]);
  const square = (a: AnyArray): Scalar => sum(product(a, a));
  for (const mode of ["forward", "reverse"] as const) {
    assert.equal(nested(hessian(square, y, { mode })), [
      [2, 0],
      [0, 2],
    ]);
  }
  assert.throws(
    () =>
      bilinearRule(
        (a: number, b: number) => a * b,
        (c, _, b) => c * b,
        (c, a) => c * a,
        { name: "p", transposes: 3 as never },
      ),
    "p: a transpose is 3; give (ybar, ...args) => xbar",
  );
});

test("what the transposes of a bilinear map return is brought to the operand's shape and kind, and differentiates again", () => {
  // y[i, j] = a[j] b[i, j]: the transpose in a leaves the rows for the rule to sum.
  const product = (p: NdArray, q: NdArray): NdArray => mul(p, q);
  const scaled = bilinearRule(
    product,
    (ybar: NdArray, _, q) => product(ybar, q),
    (ybar: NdArray, p) => product(p, ybar),
    { name: "scaled" },
  ) as unknown as (p: AnyArray, q: AnyArray) => AnyArray;
  const a = array([2, 3], { dtype: "float32" });
  const b = array([
    [1, 4],
    [5, 6],
  ]);
  const abar = rrule(scaled as AnyFunction, a, b)?.[1](b)[1];
  assert.equal([nested(unthunk(abar)), (unthunk(abar) as NdArray).dtype], [[26, 52], "float32"]);
  const f = (p: AnyArray): Scalar => {
    const y = scaled(p, b);
    return sum(mul(y, y));
  };
  const point = array([2, 3]);
  const closed = [
    [52, 0],
    [0, 104],
  ];
  for (const mode of ["forward", "reverse"] as const) assert.equal(nested(hessian(f, point, { mode })), closed);
});

test.run();
