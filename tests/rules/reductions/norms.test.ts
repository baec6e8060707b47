// Tests: norms, share.
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  array,
  derivative,
  equal,
  gradient,
  hvp,
  logsumexp,
  type NdArray,
  type NormOptions,
  norm,
  ones,
  type Scalar,
  stack,
  std,
  sum,
  toNested,
  variance,
  vhp,
  where,
  zeros,
} from "../../../lib/index.js";
import { assertClose } from "../../../lib/testing/index.js";
import { modeTests } from "../../helpers/check-modes.js";

const orders: NonNullable<NormOptions["ord"]>[] = [2, "fro", 1, 3, 1.5, 0.5, Infinity, -Infinity, -1];

/** The norm of (1, 2). */
const ofOneAndTwo = (p: number): number => (Number.isFinite(p) ? (1 + 2 ** p) ** (1 / p) : p > 0 ? 2 : 1);

modeTests(
  orders.flatMap((ord) => [
    {
      title: `norm of ord ${ord} at the zero vector`,
      f: (x: NdArray) => norm(x, { ord }),
      args: [zeros([3])],
      value: 0,
      slopes: [zeros([3])],
      kink: true,
    },
    {
      title: `norm of ord ${ord} along an axis with a zero row`,
      f: (x: NdArray) => norm(x, { ord, axis: 1 }),
      args: [
        array([
          [0, 0],
          [1, 2],
        ]),
      ],
      value: array([0, ofOneAndTwo(ord === "fro" ? 2 : ord)]),
      kink: true,
    },
  ]),
);
modeTests([
  {
    title: "std without spread has slopes 0",
    f: (x: NdArray) => std(x),
    args: [array([3, 3, 3])],
    value: 0,
    slopes: [zeros([3])],
    kink: true,
  },
  {
    title: "std of one entry has slope 0",
    f: (x: NdArray) => std(x, { axis: 0 }),
    args: [array([[3, 4]])],
    value: zeros([2]),
    slopes: [zeros([1, 2])],
    kink: true,
  },
  {
    title: "norm at ±∞ decides by the first of equal magnitudes",
    f: (x: NdArray) => norm(x, { ord: Infinity }),
    args: [array([1, -4, 4])],
    value: 4,
    slopes: [array([0, -1, 0])],
    kink: true,
  },
]);

test("norms of huge and tiny entries neither overflow nor vanish, nor do their slopes", () => {
  for (const [size, ord] of [
    [1e300, 2],
    [1e-300, 2],
    [3e-320, 2],
    [1e300, 3],
    [1e-200, 3],
    [1e250, -2],
    [1e-250, -2],
    [1e200, 1.5],
  ] as const) {
    const x = array([3 * size, -4 * size]);
    const unit = array([3, -4]);
    assertClose(norm(x, { ord }) / size, norm(unit, { ord }), { rtol: size < 1e-310 ? 1e-3 : 1e-13 });
    assertClose(gradient((a) => norm(a, { ord }), x)[0], gradient((a) => norm(a, { ord }), unit)[0], {
      rtol: size < 1e-310 ? 1e-3 : 1e-13,
    });
  }
  assert.is(norm(array([1, -Infinity])), Infinity);
  assert.is(norm(array([1, -Infinity]), { ord: 3 }), Infinity);
});

test("the third derivative of a p-norm is right, whichever modes are nested", () => {
  const f = (t: Scalar): Scalar => norm(stack([t, 2]), { ord: 3 });
  const slope = (g: typeof f, mode: "forward" | "reverse") => (t: Scalar) =>
    mode === "forward" ? derivative(g, t) : (gradient(g, t as number)[0] as Scalar);
  const t = 1.5;
  const s = t ** 3 + 8;
  const expected = 2 * s ** (-2 / 3) - 12 * t ** 3 * s ** (-5 / 3) + 10 * t ** 6 * s ** (-8 / 3);
  for (const [a, b, c] of [
    ["forward", "reverse", "forward"],
    ["reverse", "forward", "reverse"],
    ["reverse", "reverse", "forward"],
  ] as const) {
    assertClose(slope(slope(slope(f, a), b), c)(t), expected, { rtol: 1e-12 });
  }
});

test("the variance of entries far from 0 keeps its digits", () => {
  const x = array([1e9 + 1, 1e9 + 2, 1e9 + 3]);
  assert.is(variance(x, { ddof: 1 }), 1);
  assert.equal(toNested(gradient((a) => variance(a, { ddof: 1 }), x)[0]), [-1, 0, 1]);
});

test("logsumexp at ±800 is exact, with its slopes and second derivatives", () => {
  for (const shift of [800, -800, 0, 1e300]) {
    const x = array([shift, shift]);
    assertClose(logsumexp(x), shift + Math.LN2, { rtol: 1e-15 });
    assert.equal(toNested(gradient((a) => logsumexp(a), x)[0]), [0.5, 0.5]);
    assert.equal(toNested(hvp((a) => logsumexp(a), x, array([1, 0]))), [0.25, -0.25]);
    assert.equal(toNested(vhp((a) => logsumexp(a), array([1, 0]), x)), [0.25, -0.25]);
  }
  assertClose(logsumexp(array([-800, 800])), 800, { rtol: 0 });
  assert.equal(toNested(gradient((a) => logsumexp(a), array([-800, 800]))[0]), [0, 1]);
});

modeTests([
  {
    title: "logsumexp of −∞ only is −∞, with slopes 0",
    f: (x: NdArray) => sum(logsumexp(x, { axis: 1 })),
    args: [array([[-Infinity, -Infinity]])],
    value: -Infinity,
    slopes: [zeros([1, 2])],
    kink: true,
  },
]);

test("entries at −∞ do not count in logsumexp", () => {
  const x = array([-Infinity, 1, 1]);
  assertClose(logsumexp(x), 1 + Math.LN2);
  assert.equal(toNested(gradient((a) => logsumexp(a), x)[0]), [0, 0.5, 0.5]);
  assert.equal(toNested(hvp((a) => logsumexp(a), x, ones([3]))), [0, 0, 0]);
  assert.is(logsumexp(array([1, Infinity])), Infinity);
  assert.equal(toNested(gradient((a) => logsumexp(a), array([1, Infinity]))[0]), [0, 1]);
});

test("ord 0 is refused; what its message names counts the entries that are not 0", () => {
  const x = array([0, 3, -0, -2]);
  assert.throws(() => norm(x, { ord: 0 }), /norm: ord = 0 counts the entries that are not 0: that is no norm/);
  assert.is(sum(where(equal(x, 0), 0, 1)), 2);
});

test.run();
