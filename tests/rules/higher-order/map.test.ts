// Tests: map, alike, run-rule.
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  type AnyFunction,
  add,
  array,
  callable,
  derivative,
  exp,
  frule,
  gradient,
  hasRule,
  hessian,
  map,
  mul,
  type NdArray,
  NoTangent,
  pullback,
  pushforward,
  rrule,
  type Scalar,
  sin,
  square,
  sum,
  toNested,
  traced,
  zeros,
} from "../../../lib/index.js";
import { assertClose } from "../../../lib/testing/index.js";
import { fails } from "../../helpers/fails.js";
import { decimals, layouts } from "../../helpers/layouts.js";
import { refused } from "../../helpers/refused.js";

const wave = (x: Scalar): Scalar => mul(x, sin(x));
/** Its slope by hand. */
const slope = (x: number): number => Math.sin(x) + x * Math.cos(x);
const flat = (x: unknown): number[] => (toNested(x as NdArray) as number[][]).flat(4);

test("entries: every layout, value, both modes, by the rule and traced", () => {
  const x = decimals([2, 3], 5);
  const entries = flat(x);
  const dx = decimals([2, 3], 6);
  for (const [layout, lay] of Object.entries(layouts)) {
    for (const g of [map, traced(map)]) {
      const f = (v: AnyArray): AnyArray => g(wave, v);
      assertClose(
        flat(f(lay(x))),
        entries.map((e) => e * Math.sin(e)),
        { rtol: 1e-15 },
        layout,
      );
      const slopes = entries.map(slope);
      assertClose(flat(gradient((v: AnyArray) => sum(f(v)), lay(x))[0]), slopes, { rtol: 1e-14 }, layout);
      const moved = flat(dx).map((t, k) => t * (slopes[k] as number));
      assertClose(flat(pushforward(f as never, [lay(x)], [dx])[1]), moved, { rtol: 1e-14 }, layout);
    }
  }
});

test("numbers alone give a number, an array without axes an array without axes", () => {
  assert.is(
    map((x, y) => mul(x, y), 3, 4),
    12,
  );
  const y = map(square, array(3));
  assert.equal(y.shape, []);
  assert.is(y.get(), 9);
});

test("arrays and numbers broadcast, and cotangents are summed back", () => {
  const a = array([[1], [2]]);
  const b = array([10, 20, 30]);
  const product = (x: Scalar, y: Scalar, z: Scalar): Scalar => mul(mul(x, y), z);
  assert.equal(toNested(map(product, a, b, 2)), [
    [20, 40, 60],
    [40, 80, 120],
  ]);
  const [abar, bbar, cbar] = gradient((x, y, z) => sum(map(product, x, y, z)), a, b, 2);
  assert.equal(toNested(abar), [[120], [120]]);
  assert.equal(toNested(bbar), [6, 6, 6]);
  assert.is(cbar, 180);
});

test("single precision stays, integers give doubles, no entries no call", () => {
  const single = array([1, 2], { dtype: "float32" });
  assert.is(map(square, single).dtype, "float32");
  assert.is(gradient((x) => sum(map(square, x)), single)[0].dtype, "float32");
  assert.is(map(add, single, array([1, 2])).dtype, "float64");
  const integers = map((x) => mul(x, 0.5), array([1, 2], { dtype: "int32" }));
  assert.is(integers.dtype, "float64");
  assert.equal(toNested(integers), [0.5, 1]);
  const never = (): number => {
    throw new Error("called");
  };
  assert.equal(map(never, zeros([0, 2])).shape, [0, 2]);
  assert.equal(map(never, []), []);
});

test("lists: f takes the elements and returns anything", () => {
  const layers = [
    { w: 2, b: 1 },
    { w: 3, b: -1 },
  ];
  const f = (p: { w: Scalar; b: Scalar }, x: Scalar) => ({ y: add(mul(p.w, x), p.b) });
  assert.equal(map(f as never, layers, [10, 20]), [{ y: 21 }, { y: 59 }]);
  const total = (list: typeof layers, x: number[]): Scalar => {
    const [first, second] = map(f as never, list, x) as { y: Scalar }[];
    return mul((first as { y: Scalar }).y, (second as { y: Scalar }).y);
  };
  assert.equal(gradient(total as never, layers, [10, 20]) as unknown, [
    [
      { w: 590, b: 59 },
      { w: 420, b: 21 },
    ],
    [118, 63],
  ]);
});

test("a function of neighbours by closures over plain values, and one that is constant", () => {
  const weight = 3;
  assert.equal(toNested(gradient((x) => sum(map((e) => mul(weight, e), x)), array([1, 2]))[0]), [3, 3]);
  assert.equal(toNested(gradient((x) => sum(map(() => 7, x)), array([1, 2]))[0]), [0, 0]);
});

test("the parameters of a callable receive their tangent and cotangent", () => {
  const f = callable({ w: 2 }, (p: { w: Scalar }, x: Scalar) => sin(mul(p.w, x)));
  const x = array([0.5, 1]);
  const total = (g: typeof f, v: AnyArray): Scalar => sum(map(g, v));
  const [fbar, xbar] = gradient(total as never, f as never, x) as unknown as [{ w: number }, NdArray];
  assertClose(fbar.w, 0.5 * Math.cos(1) + Math.cos(2), { rtol: 1e-14 });
  assertClose(flat(xbar), [2 * Math.cos(1), 2 * Math.cos(2)], { rtol: 1e-14 });
  assertClose(pushforward(total as never, [f, x] as never, [{ w: 1 }, zeros(2)])[1], fbar.w, { rtol: 1e-14 });
});

test("the protocol: one entry for f, one for each x", () => {
  const x = array([1, 2]);
  assert.ok(hasRule(map, sin, x));
  const [y, dy] = frule([NoTangent, NoTangent, array([1, 10])], map, square, x) as [NdArray, NdArray];
  assert.equal(
    [toNested(y), toNested(dy)],
    [
      [1, 4],
      [2, 40],
    ],
  );
  const [, back] = rrule(map, mul, x, x) as [NdArray, (ybar: NdArray) => unknown[]];
  assert.equal(back(array([1, 1])), [NoTangent, NoTangent, x, x]);
});

test("second derivatives: the Hessian of a sum is diagonal, by both modes", () => {
  const x = array([0.5, 1]);
  const expected = [2 * Math.cos(0.5) - 0.5 * Math.sin(0.5), 0, 0, 2 * Math.cos(1) - Math.sin(1)];
  for (const mode of ["forward", "reverse"] as const) {
    assertClose(flat(hessian((v) => sum(map(wave, v)), x, { mode })), expected, { rtol: 1e-14 });
  }
});

test("closing over what an outer call traces differentiates by it; over what the running call traces is an error", () => {
  const x = array([0.5, 1]);
  // d/dw Σ w exp(w x) = Σ (1 + w x) exp(w x)
  const inner = (w: Scalar): Scalar =>
    sum(gradient(((v: AnyArray) => sum(map((e: Scalar) => exp(mul(w, e)), v))) as never, x)[0] as unknown as AnyArray);
  const expected = 2 * Math.exp(1) + 3 * Math.exp(2);
  assertClose(derivative(inner, 2), expected, { rtol: 1e-14 });
  assertClose(gradient(inner, 2)[0], expected, { rtol: 1e-14 });
  const wrong = (v: AnyArray, w: Scalar): Scalar => sum(map((e: Scalar) => mul(w, e), v));
  const message = "map: its rule, or a function it was handed, closes over a traced value of the call that is running";
  fails(() => gradient(wrong as never, x, 2), TypeError, message);
  fails(() => pushforward(wrong as never, [x, 2], [x, 1]), TypeError, message);
  // Where none of xs is traced, f is traced as it stands.
  assert.equal(
    gradient((w) => sum(map((e: Scalar) => mul(w, e), x)), 2),
    [1.5],
  );
});

test("a pullback can be called again", () => {
  const [, back] = pullback((v: AnyArray) => map(square, v), array([1, 2]));
  assert.equal(toNested(back(array([1, 1]))[0]), [2, 4]);
  assert.equal(toNested(back(array([0, 10]))[0]), [0, 40]);
});

refused([
  [() => map(3 as never, array([1])), TypeError, "map: f is a number; give a function, (x) => y"],
  [() => (map as AnyFunction)(sin), TypeError, "map: there is nothing to map over; give arrays, numbers or lists after f"],
  [() => map(sin, "x" as never), TypeError, "map: argument 2 is a string; give numbers, arrays, or lists"],
  [
    () => map(add as never, [1, 2], array([1, 2]) as never),
    TypeError,
    "map: argument 3 is an array of shape [2] beside a list; give lists alone, or arrays and numbers alone",
  ],
  [
    () => map(add as never, [1, 2], [1, 2, 3]),
    RangeError,
    "map: argument 3 is a list of length 3 beside one of length 2; give lists of one length",
  ],
  [
    () => map((() => [1]) as never, array([[1, 2]])),
    TypeError,
    "map: f returned a list of length 1 for the entry at [0, 0]; a number is needed",
  ],
  [() => map((() => undefined) as never, 1), TypeError, "map: f returned undefined for these numbers; a number is needed"],
  [
    () => map(add, array([1, 2]), array([1, 2, 3])),
    RangeError,
    "map: shapes [2] and [3] do not broadcast: axis 0 has extents 2 and 3; make them equal, or one of them 1",
  ],
]);

test.run();
