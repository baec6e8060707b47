// Tests: bessel, cylinder-functions, modified-bessel, beta-derivatives, polygamma, gamma, scaled-erf, erf.
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Scalar, Unary } from "../../../lib/core/index.js";
import { array, derivative, gradient, hasRule, hessian, type NdArray, pushforward, rrule, sum, toNested } from "../../../lib/index.js";
import { assertClose } from "../../../lib/testing/index.js";
import {
  besseli0,
  besseli0e,
  besseli1,
  besseli1e,
  besselj0,
  besselj1,
  bessely0,
  bessely1,
  beta,
  digamma,
  erf,
  erfc,
  erfcx,
  erfinv,
  gamma,
  lbeta,
  lgamma,
  polygamma,
  trigamma,
} from "../../../rules/special/index.js";

import { refused } from "../../helpers/refused.js";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

/** dy/dx of a function of one number. */
const slope = (f: Unary, x: number) => derivative((t: Scalar) => f(t), x) as number;

test("erf and erfc at the ends: ±1, 2 and 0, with slope 0; NaN stays NaN", () => {
  assert.equal([erf(-inf), erf(inf), erfc(-inf), erfc(inf)], [-1, 1, 2, 0]);
  assert.equal(
    [slope(erf, inf), slope(erfc, -inf), slope(erf, 1e200)].map((dy) => Math.abs(dy)),
    [0, 0, 0],
  );
  assert.ok(Object.is(erf(-0), -0));
  assert.equal([erf(nan), erfc(nan), slope(erf, nan)], [nan, nan, nan]);
});

test("erfc keeps its digits where 1 − erf has none, into the subnormal numbers", () => {
  assert.is(1 - erf(10), 0);
  assert.ok(Math.abs(erfc(10) / 2.0884875837625446e-45 - 1) < 1e-15);
  assert.ok(erfc(27) > 0 && erfc(27) < 1e-318);
});

test("erfinv is ±∞ at ±1 with the slope ∞, and NaN beyond", () => {
  assert.equal([erfinv(-1), erfinv(1), erfinv(1.1)], [-inf, inf, nan]);
  assert.equal([slope(erfinv, -1), slope(erfinv, 1)], [inf, inf]);
});

test("the slope of erfcx keeps its digits where its two terms cancel", () => {
  const x = 1e8; // −1/(√π x²) (1 − 3/(2x²) + …)
  assert.ok(Math.abs(slope(erfcx, x) * -Math.sqrt(Math.PI) * x * x - 1) < 1e-14);
  assert.is(slope(erfcx, -30), -inf);
});

test("at the poles: gamma NaN, lgamma ∞, digamma NaN or ∓∞ at ±0, trigamma ∞", () => {
  assert.equal([gamma(0), gamma(-0), gamma(-2)], [inf, -inf, nan]);
  assert.equal([lgamma(0), lgamma(-2), lgamma(-inf)], [inf, inf, inf]);
  assert.equal([digamma(0), digamma(-0), digamma(-2)], [-inf, inf, nan]);
  assert.equal([trigamma(0), trigamma(-2), slope(trigamma, -2)], [inf, inf, nan]);
});

test("gamma at integers is a factorial, lgamma goes on where it overflows", () => {
  assert.equal(
    [1, 2, 3, 4, 5].map((n) => gamma(n)),
    [1, 1, 2, 6, 24],
  );
  assert.is(gamma(200), inf);
  assert.ok(Math.abs(lgamma(200) - (lgamma(199) + Math.log(199))) < 1e-12);
});

test("beta and lbeta take x, y ≥ 0 and give NaN elsewhere", () => {
  assert.equal([beta(0, 1), beta(-1.5, 2), lbeta(-1.5, 2)], [inf, nan, nan]);
  assert.equal(
    [beta(2, 3), beta(3, 2)].map((z) => Math.abs(z - 1 / 12) < 1e-16),
    [true, true],
  );
});

test("mixed derivatives of beta are finite at 0, where beta is not: 2ζ(3) at the origin, and NaN left of it", () => {
  const mixed = (x: number, y: number) =>
    derivative((s) => derivative((t) => beta(s as Scalar, t as Scalar), y as Scalar), x as Scalar) as number;
  const zeta3 = 1.2020569031595942;
  for (const tiny of [0, 1e-300, 1e-20]) assert.ok(Math.abs(mixed(tiny, tiny) / (2 * zeta3) - 1) < 1e-15, `at ${tiny}`);
  // ∫ ln t ln(1 − t) / t dt = ζ(3)
  for (const tiny of [0, 1e-300]) assert.ok(Math.abs(mixed(tiny, 1) / zeta3 - 1) < 1e-15, `at ${tiny}, 1`);
  for (const [x, y] of [
    [-1, 0.5],
    [0.5, -1],
    [-0.5, 2],
    [nan, 1],
  ] as const)
    assert.ok(Number.isNaN(mixed(x, y)), `at ${x}, ${y}`);
});

test("where one argument of beta is 0, its derivatives by the other are those of −ψ; at ∞ all are 0", () => {
  // π²/6, 2 ζ(3), π⁴/15, and π²/6 − 1 at 2
  const byOther = [-1.6449340668482264, 2.404113806319188, -6.493939402266829];
  for (const x of [0, 1e-320, 1e-305]) {
    const along = (y: Scalar): Scalar => beta(x, y);
    const slope = (y: Scalar): Scalar => derivative(along, y) as Scalar;
    const curve = (y: Scalar): Scalar => derivative(slope, y) as Scalar;
    const found = [slope(1), curve(1), derivative(curve, 1)] as number[];
    found.forEach((value, k) => {
      assert.ok(Math.abs(value / (byOther[k] as number) - 1) < 1e-14, `order ${k + 1} at ${x}`);
    });
    const [dx, dy] = gradient((a: Scalar, b: Scalar) => beta(a, b), x, 2);
    assert.ok(dx === -inf && Math.abs(dy / -0.6449340668482264 - 1) < 1e-14);
    const [, moved] = pushforward((b: Scalar) => beta(b, x), [2], [1]);
    assert.ok(Math.abs((moved as number) / -0.6449340668482264 - 1) < 1e-14);
  }
  assert.equal(
    gradient((a: Scalar, b: Scalar) => beta(a, b), 1, inf),
    [0, 0],
  );
  assert.is(beta(0, 0), inf);
  assert.equal(
    gradient((a: Scalar, b: Scalar) => beta(a, b), 0, 0),
    [-inf, -inf],
  );
});

test("the slopes of lbeta keep their digits where one argument dwarfs the other", () => {
  const [dx] = gradient((x: Scalar, y: Scalar) => lbeta(x, y), 1e6, 1e-6); // ψ(x) − ψ(x + y) = −y ψ′(x) + …
  assert.ok(Math.abs(dx / (-1e-6 * trigamma(1e6)) - 1) < 1e-11);
});

test("the Bessel functions at 0: J₀ is 1 and flat, J₁ is 0 with slope ½, Y₀ and Y₁ are −∞", () => {
  assert.equal([besselj0(0), Math.abs(slope(besselj0, 0)), besselj1(0), slope(besselj1, 0)], [1, 0, 0, 0.5]);
  assert.equal([bessely0(0), bessely1(0), slope(bessely0, 0)], [-inf, -inf, inf]);
  assert.equal([bessely0(-1), bessely1(-1)], [nan, nan]);
});

test("the Wronskian J₁ Y₀ − J₀ Y₁ is 2/(πx)", () => {
  for (const x of [0.1, 1, 5, 30])
    assert.ok(Math.abs(besselj1(x) * bessely0(x) - besselj0(x) * bessely1(x) - 2 / (Math.PI * x)) < 1e-14 / x);
});

test("the slope of Y₁ at 0 is its limit", () => {
  assert.is(slope(bessely1, 0), inf);
});

test("the modified Bessel functions go to ∞ where they leave the doubles, and no earlier; their slopes go with them", () => {
  // 1.6713e308 from mpmath: besseli(0, 713.9)
  assert.ok(besseli0(713) > 2e307 && besseli1(-713) < -2e307);
  assert.equal([besseli0(714), besseli1(714), besseli1(-714), besseli0(inf), besseli1(-inf)], [inf, inf, -inf, inf, -inf]);
  assert.equal([slope(besseli0, -800), slope(besseli1, -800), slope(besseli1, inf)], [-inf, inf, inf]);
  assert.equal([besseli0(nan), besseli1(nan), besseli0e(nan), besseli1e(nan)], [nan, nan, nan, nan]);
});

test("the scaled ones fall as 1/√(2πx), and have the parity of the others", () => {
  for (const f of [besseli0e, besseli1e]) {
    assertClose(f(1e300) * Math.sqrt(2 * Math.PI * 1e300), 1, { rtol: 1e-15 });
    assert.equal(
      [f(inf), slope(f, inf)],
      [0, 0].map((zero) => slope(f, inf) * zero),
    );
  }
  assert.equal([besseli0e(-3), besseli1e(-3), slope(besseli0e, -3)], [besseli0e(3), -besseli1e(3), -slope(besseli0e, 3)]);
  assert.ok(Object.is(besseli1e(-0), -0) && Object.is(besseli1(-0), -0));
  for (const x of [0.3, 5, 19.99, 20.01, 60]) assertClose(besseli0e(x) * Math.exp(x), besseli0(x), { rtol: 1e-14 });
});

test("the Wronskian of the recurrence: I₀ I₁′ − I₁ I₀′ is I₀² − I₀ I₁/x − I₁²", () => {
  for (const x of [0.1, 1, 5, 30]) {
    const [i0, i1] = [besseli0(x), besseli1(x)];
    assertClose(i0 * slope(besseli1, x) - i1 * slope(besseli0, x), i0 * i0 - (i0 * i1) / x - i1 * i1, { rtol: 1e-12 });
  }
});

test("polygamma has known values: ψ′(1) = π²/6, ψ″(1) = −2ζ(3), ψ‴(½) = π⁴", () => {
  assertClose(polygamma(1, 1), Math.PI ** 2 / 6, { rtol: 1e-15 });
  assertClose(polygamma(2, 1), -2 * 1.2020569031595942, { rtol: 1e-15 });
  assertClose(polygamma(3, 0.5), Math.PI ** 4, { rtol: 1e-15 });
  assert.equal([polygamma(0, 2.5), polygamma(0, 0), polygamma(0, -0)], [digamma(2.5), -inf, inf]);
});

test("polygamma of a high order has its digits on both sides, and goes to 0 at ∞", () => {
  // mpmath: psi(100, 2000), psi(100, -0.5), psi(30, 1e8)
  assertClose(polygamma(100, 2000), -7.547742835794973e-175, { rtol: 2e-14, atol: 0 });
  assertClose(polygamma(100, -0.5), -1.5303349262176004e140, { rtol: 2e-14, atol: 0 });
  assertClose(polygamma(30, 1e8), -8.84176332000407e-210, { rtol: 2e-14, atol: 0 });
  assert.equal([polygamma(3, inf), polygamma(3, nan), polygamma(3, -inf)], [0, nan, nan]);
});

test("polygamma has a rule of its own, with nothing for its order; its second derivatives are two orders further", () => {
  assert.ok(hasRule(polygamma, 2, 0.5));
  const [, back] = rrule(polygamma, 2, 0.5) as [number, (ybar: number) => readonly unknown[]];
  assert.equal(back(1)[2], polygamma(3, 0.5));
  const x = array([0.7, 3]);
  for (const mode of ["forward", "reverse"] as const) {
    assertClose(
      (toNested(hessian((v) => sum(polygamma(1, v)), x, { mode })) as number[][]).flat(),
      [polygamma(3, 0.7), 0, 0, polygamma(3, 3)],
      { rtol: 1e-14 },
    );
  }
  assert.is((polygamma(1, array([0.5], { dtype: "float32" })) as NdArray).dtype, "float32");
});

refused([
  [() => polygamma(1.5, 2), RangeError, "polygamma: n = 1.5 is no order; give an integer from 0 to 100"],
  [() => polygamma(-1, 2), RangeError, "polygamma: n = -1 is no order; give an integer from 0 to 100"],
  [() => polygamma(101, 2), RangeError, "polygamma: n = 101 is no order; give an integer from 0 to 100"],
  [
    () => polygamma(array([1]) as never, 2),
    TypeError,
    "polygamma: n is an array of shape [1]; the order stands still: give its plain value, primal(n)",
  ],
  [() => polygamma(1, "2" as never), TypeError, "polygamma: argument 2 is a string; a number or an array is needed"],
  [
    () => gradient((n) => polygamma(n as never, 2 as Scalar), 1),
    TypeError,
    "polygamma: n is a traced number; the order stands still: give its plain value, primal(n)",
  ],
]);

test("arrays of single precision give single precision", () => {
  assert.is(erf(array([0.5, 1], { dtype: "float32" })).dtype, "float32");
  assert.is(gamma(array([3, 4], { dtype: "int32" })).dtype, "float64");
});

test.run();
