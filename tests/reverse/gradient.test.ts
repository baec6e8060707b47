import ndarray from "ndarray";
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  add,
  array,
  gradient,
  mul,
  type NdArray,
  NoTangent,
  pullback,
  range,
  type Scalar,
  sin,
  sum,
  toNested,
  withGradient,
  zeros,
} from "../../lib/index.js";
import { fails } from "../helpers/fails.js";

const nested = (x: unknown): unknown => toNested(x as NdArray);

test("x² + 3y at (2, 4): the gradient is (4, 3)", () => {
  assert.equal(
    gradient((x, y) => add(mul(x, x), mul(3, y)), 2, 4),
    [4, 3],
  );
});

test("the gradient has one entry for each argument, in a list, even when there is one or none", () => {
  assert.equal(
    gradient((x) => mul(x, 5), 1),
    [5],
  );
});

test("withGradient gives value and gradient", () => {
  assert.equal(
    withGradient((x, y) => mul(x, y), 2, 3),
    { value: 6, gradient: [3, 2] },
  );
  assert.equal(
    withGradient(() => 7, 2),
    { value: 7, gradient: [0] },
  );
});

test("arrays: the gradient is a fresh row-major array of the argument's shape", () => {
  const x = array([
    [1, 2],
    [3, 4],
  ]);
  const [g] = gradient((a) => sum(mul(a, a)), x.transpose(1, 0));
  assert.equal(nested(g), [
    [2, 6],
    [4, 8],
  ]);
  assert.equal(g.stride, [2, 1]);
  assert.instance(g.data, Float64Array);
  g.set(0, 0, 99);
  assert.is(x.get(0, 0), 1);
});

test("tuples, lists, records and nests of them: the gradient has the same structure", () => {
  assert.equal(
    gradient((list) => mul(list[0], mul(list[1], list[2])), [2, 3, 5]),
    [[15, 10, 6]],
  );
  const [g] = gradient((p) => mul(add(mul(p.a, p.inner.list[1]?.b as Scalar), sum(p.inner.x)), 2), {
    a: 2,
    inner: { x: array([1, 2]), list: [{ b: 3 }, { b: 4 }] },
  });
  assert.is(g.a, 8);
  assert.equal(nested(g.inner.x), [2, 2]);
  assert.equal(g.inner.list, [{ b: 0 }, { b: 4 }]);
});

test("what cannot move gets NoTangent and reaches f as it is, integers as a copy: flags, strings, functions, ranges, null", () => {
  const index = array([0, 2], { dtype: "int32" });
  const leaves = { index, flag: true, name: "s", f: Math.abs, r: range(0, 2), none: null, absent: undefined, big: 3n };
  const [g, h] = gradient(
    (x, p) => {
      assert.equal([nested(p.index), p.index.dtype], [[0, 2], "int32"]);
      assert.is(p.f, Math.abs);
      assert.is(p.big, 3n);
      return mul(x.get(p.index.get(1) as number), p.r[1] as number);
    },
    array([1, 2, 3]),
    leaves,
  );
  assert.equal(nested(g), [0, 0, 2]);
  assert.equal(Object.keys(h), Object.keys(leaves));
  for (const part of Object.values(h)) assert.is(part as unknown, NoTangent);
});

test("NoTangent stands for an argument that is no structure, too", () => {
  assert.equal(gradient((x, _i, _s) => x, 1, array([1], { dtype: "uint8" }), "s") as unknown, [1, NoTangent, NoTangent]);
});

test("what does not matter has real zeros of its shape and kind", () => {
  const [gx, gy, gz] = gradient((x, _y, _z) => mul(x, 1), 2, array([[1, 2]], { dtype: "float32" }), { w: [1, array([1, 2])] });
  assert.is(gx, 1);
  assert.equal(nested(gy), [[0, 0]]);
  assert.is(gy.dtype, "float32");
  assert.equal([gz.w[0], nested(gz.w[1])], [0, [0, 0]]);
});

test("a constant result has zero gradients", () => {
  const [g, h] = gradient((_x, _y) => 3, 1, array([1, 2]));
  assert.is(g, 0);
  assert.equal(nested(h), [0, 0]);
});

test("an argument returned as it is, and one used many times", () => {
  assert.equal(
    gradient((x) => x, 5),
    [1],
  );
  assert.equal(
    gradient((x) => add(add(x, x), add(x, mul(x, x))), 5),
    [13],
  );
});

test("float32 stays float32: value, gradient, and sums of cotangents", () => {
  const x = array([0.1, 0.2], { dtype: "float32" });
  const [g] = gradient((a) => sum(add(mul(a, 0.3), mul(a, a))), x);
  assert.is(g.dtype, "float32");
  assert.instance(g.data, Float32Array);
  assert.ok(Math.abs(g.get(1) - 0.7) < 1e-6);
  const [single] = gradient((a) => mul(a.get(0), 0.3), x);
  assert.equal([single.dtype, single.get(0), single.get(1)], ["float32", Math.fround(0.3), 0]);
});

test("mixed kinds: each argument's gradient has its own", () => {
  const [g, h] = gradient((a, b) => sum(mul(a, b)), array([1, 2], { dtype: "float32" }), array([3, 4]));
  assert.equal([g.dtype, h.dtype], ["float32", "float64"]);
  assert.equal(
    [nested(g), nested(h)],
    [
      [3, 4],
      [1, 2],
    ],
  );
});

test("0-d arrays: as argument and as result", () => {
  const [g] = gradient((a) => mul(a, a) as never, array(3));
  assert.equal(g.shape, []);
  assert.is(g.get(), 6);
  assert.equal(
    gradient((x) => sum(mul(x, array(2))) as Scalar, 4),
    [2],
  );
});

test("empty arrays: a gradient without entries", () => {
  const [g] = gradient((a) => add(sum(a), 1), zeros([0, 3]));
  assert.equal(g.shape, [0, 3]);
});

test("an ndarray that a user made over a list, and any view, serve as arguments", () => {
  const x = ndarray([1, 2, 3, 4, 5, 6], [2, 3]) as unknown as NdArray;
  const [g] = gradient((a) => sum(mul(a, a)), x.transpose(1, 0).step(-1, 1).lo(1, 0));
  assert.equal(nested(g), [
    [4, 10],
    [2, 8],
  ]);
});

test("a result that is no scalar is an error that says what to do", () => {
  fails(
    () => gradient((x) => x as never, array([1, 2, 3])),
    TypeError,
    "gradient: f returned an array of shape [3], a scalar is needed; sum it, or use jacobian",
  );
  fails(() => withGradient((x) => [x, x] as never, 1), TypeError, "withGradient: f returned a list of length 2", "a scalar is needed");
  fails(() => gradient((x) => ({ x }) as never, 1), TypeError, "a record", "a scalar is needed");
  fails(() => gradient((() => undefined) as never, 1), TypeError, "undefined", "return a number");
  fails(() => gradient((() => "3") as never, 1), TypeError, "a string", "return a number");
});

test("a promise is refused with the cure", () => {
  for (const run of [() => gradient((async (x: Scalar) => x) as never, 1), () => pullback(async (x: Scalar) => x, 1)]) {
    fails(run, TypeError, "promise", "synchronous", "await the data first");
  }
});

test("the caller's arrays are left as they are", () => {
  const x = array([1, 2]);
  const y = array([3, 4], { dtype: "float32" });
  gradient((a, b) => sum(sin(add(mul(a, b), b))), x, y);
  assert.equal(
    [nested(x), nested(y)],
    [
      [1, 2],
      [3, 4],
    ],
  );
});

test("f may close over plain arrays, and over constants in operations of every kind", () => {
  const w = array([3, 4]);
  const [g] = gradient((x: AnyArray) => sum(mul(add(w, x), w)), array([1, 2]));
  assert.equal(nested(g), [3, 4]);
});

test("infinite partials meet zero cotangents as zero", () => {
  const steep = (x: Scalar): Scalar => mul(mul(x, Number.POSITIVE_INFINITY), 0);
  assert.equal(gradient(steep, 1), [0]);
  const [g] = gradient((x) => mul(x.get(0), 2), array([1, Number.NaN]));
  assert.equal(nested(g), [2, 0]);
});

test("NaN in the input goes through to the gradient that it decides", () => {
  const [g] = gradient((x) => mul(x.get(0), x.get(1)), array([1, Number.NaN]));
  assert.ok(Number.isNaN(g.get(0)));
  assert.is(g.get(1), 1);
});

test.run();
