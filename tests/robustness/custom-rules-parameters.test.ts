import { test } from "uvu";
import * as assert from "uvu/assert";
import { add, callable, cos, defineRule, frule, gradient, hvp, mul, NoTangent, rrule, type Scalar, sin, vhp } from "../../lib/index.js";

const closeTo = (got: unknown, expected: number): void =>
  assert.ok(Math.abs((got as number) - expected) < 1e-12 * Math.max(1, Math.abs(expected)), `${got} is not ${expected}`);

/** sin(w x) with parameters of its own; its rule is that of the function applied. */
const wave = defineRule((p: { w: Scalar }, x: Scalar): Scalar => sin(mul(p.w, x)), {
  frule: ([, dp, dx], p, x) => [sin(mul(p.w, x)), mul(cos(mul(p.w, x)), add(mul(dp.w, x), mul(p.w, dx)))],
  rrule: (p, x) => [
    sin(mul(p.w, x)),
    (ybar) => [NoTangent, { w: mul(ybar, mul(x, cos(mul(p.w, x)))) }, mul(ybar, mul(p.w, cos(mul(p.w, x))))],
  ],
});

test("a callable's own parameters stand in the self slot, forward and back", () => {
  const c = callable({ w: 2 }, wave as (p: { w: number }, x: number) => number);
  const [y, dy] = frule([{ w: 10 }, 1], c, 0.5) as [number, number];
  closeTo(y, Math.sin(1));
  closeTo(dy, Math.cos(1) * (10 * 0.5 + 2));
  const [, back] = rrule(c, 0.5) as [number, (ybar: number) => [{ w: number }, number]];
  const [self, xbar] = back(3);
  closeTo(self.w, 3 * 0.5 * Math.cos(1));
  closeTo(xbar, 3 * 2 * Math.cos(1));
  const [g] = gradient((f) => f(0.5), c) as unknown as [{ w: number }];
  closeTo(g.w, 0.5 * Math.cos(1));
});

test("second derivatives by a callable's parameters", () => {
  const energy = (p: { w: Scalar }): Scalar => callable(p, wave as (p: { w: Scalar }, x: number) => Scalar)(0.5);
  const expected = -0.25 * Math.sin(1);
  closeTo((hvp(energy, { w: 2 }, { w: 1 }) as { w: number }).w, expected);
  closeTo((vhp(energy, { w: 1 }, { w: 2 }) as { w: number }).w, expected);
});

test("a layer with parameters that call a function with parameters: each gets its own part of the gradient", () => {
  const inner = callable({ w: 2 }, wave as (p: { w: number }, x: Scalar) => Scalar);
  const outer = callable({ scale: 3, inner }, (p: { scale: Scalar; inner: (x: Scalar) => Scalar }, x: Scalar) => mul(p.scale, p.inner(x)));
  const [g, xbar] = gradient((f, x) => f(x), outer as (x: Scalar) => Scalar, 0.5) as unknown as [
    { scale: number; inner: { w: number } },
    number,
  ];
  closeTo(g.scale, Math.sin(1));
  closeTo(g.inner.w, 3 * 0.5 * Math.cos(1));
  closeTo(xbar, 3 * 2 * Math.cos(1));
});

for (const half of ["frule", "rrule"] as const) {
  test(`parameters are differentiated through a rule that has the ${half} alone`, () => {
    const scaled = (p: { w: Scalar; tag: string }, x: Scalar): Scalar => mul(p.w, mul(x, x));
    const rule = defineRule(
      scaled,
      half === "frule"
        ? { frule: ([, dp, dx], p, x) => [scaled(p, x), add(mul(dp.w, mul(x, x)), mul(2, mul(mul(p.w, x), dx)))] }
        : { rrule: (p, x) => [scaled(p, x), (ybar) => [NoTangent, { w: mul(ybar, mul(x, x)) }, mul(ybar, mul(2, mul(p.w, x)))]] },
    );
    const c = callable({ w: 5, tag: "t" }, rule as (p: { w: number; tag: string }, x: number) => number);
    const [self, xbar] = (rrule(c, 3) as [number, (ybar: number) => [{ w: number }, number]])[1](2);
    assert.equal([self.w, xbar], [18, 60]);
    assert.is((frule([{ w: 1 }, 1], c, 3) as [number, number])[1], 9 + 30);
    const [g] = gradient((f) => f(3), c) as unknown as [{ w: number; tag: unknown }];
    assert.equal([g.w, g.tag], [9, NoTangent]);
  });
}

test.run();
