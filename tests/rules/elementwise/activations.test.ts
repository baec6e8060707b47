// Tests: gated-units, rectifiers, sigmoid, stable-logs.
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  array,
  derivative,
  elu,
  gelu,
  gradient,
  hessian,
  jacobian,
  leakyRelu,
  logaddexp,
  logit,
  logSigmoid,
  mish,
  neg,
  relu,
  type Scalar,
  sigmoid,
  silu,
  softplus,
  softsign,
  sum,
  toNested,
  type Unary,
  xlogx,
  xlogy,
} from "../../../lib/index.js";
import { assertClose } from "../../../lib/testing/index.js";
import { edge, testEdges, testUnaryCase } from "./scalar-cases.js";
import type { Elementwise } from "./scalar-checks.js";

const inf = Number.POSITIVE_INFINITY;
const points = [-2.3, -0.4, 0.7, 3.1];
const s = (x: number): number => 1 / (1 + Math.exp(-x));
const curve = (x: number): number => s(x) * s(-x) * (s(-x) - s(x));

testUnaryCase({ f: sigmoid, at: points, value: s, slope: (x) => s(x) * s(-x), curve });
testUnaryCase({ f: softplus, at: points, value: (x) => Math.log(1 + Math.exp(x)), slope: s, curve: (x) => s(x) * s(-x) });
testUnaryCase({ f: logSigmoid, at: points, value: (x) => Math.log(s(x)), slope: (x) => s(-x), curve: (x) => -s(x) * s(-x) });
testUnaryCase({
  f: logit,
  at: [0.1, 0.4, 0.6, 0.9],
  value: (p) => Math.log(p) - Math.log(1 - p),
  slope: (p) => 1 / (p * (1 - p)),
  curve: (p) => (2 * p - 1) / (p * (1 - p)) ** 2,
});
testUnaryCase({ f: relu, at: points, value: (x) => Math.max(x, 0), slope: (x) => (x > 0 ? 1 : 0) });
testUnaryCase({
  f: softsign,
  at: points,
  value: (x) => x / (1 + Math.abs(x)),
  slope: (x) => (1 + Math.abs(x)) ** -2,
  curve: (x) => -2 * Math.sign(x) * (1 + Math.abs(x)) ** -3,
});
testUnaryCase({
  f: silu,
  at: points,
  value: (x) => x * s(x),
  slope: (x) => s(x) + x * s(x) * s(-x),
  curve: (x) => 2 * s(x) * s(-x) + x * curve(x),
});
testUnaryCase({ f: xlogx, at: [0.2, 1.5, 30], value: (x) => x * Math.log(x), slope: (x) => Math.log(x) + 1, curve: (x) => 1 / x });

testEdges("at their kinks and far out", [
  edge(relu, 0, 0, 0, 0),
  edge(relu, Number.NaN, Number.NaN, 0),
  edge(sigmoid, 800, 1, 0, 0),
  edge(sigmoid, -800, 0, 0, 0),
  edge(sigmoid, 40, 1, Math.exp(-40), -Math.exp(-40), 1e-15),
  edge(sigmoid, -40, Math.exp(-40), Math.exp(-40), Math.exp(-40), 1e-15),
  edge(softplus, 800, 800, 1, 0),
  edge(softplus, -40, Math.exp(-40), Math.exp(-40), Math.exp(-40), 1e-15),
  edge(logSigmoid, -800, -800, 1, 0),
  edge(logSigmoid, 40, -Math.exp(-40), Math.exp(-40), -Math.exp(-40), 1e-15),
  edge(logit, 0.5, 0, 4, 0),
  edge(logit, 0, -Infinity, Infinity),
  edge(logit, 1, Infinity, Infinity),
  edge(xlogx, 0, 0, -Infinity),
  edge(silu, -800, 0, 0, 0),
  edge(mish, -800, 0, 0, 0),
  edge(mish, 800, 800, 1, 0),
  edge(gelu as Unary, -800, 0, 0, 0),
  edge(gelu as Unary, 800, 800, 1, 0),
  edge(gelu as Unary, 0, 0, 0.5, 0.7978845608028654, 1e-15),
]);

test("the slope of sigmoid keeps its digits where its own slope passes through 0", () => {
  const second = (x: Scalar): Scalar => derivative((x: Scalar) => derivative(sigmoid, x), x) as Scalar;
  // σ″(x) = −x/8 + x³/24 − … near 0
  assertClose(second(1e-9) as number, -1.25e-10, { rtol: 1e-15, atol: 0 });
});

// Φ and erfc by mpmath at 40 digits.
test("gelu is exact in its tails, and by tanh near it", () => {
  assertClose(gelu(1), 0.8413447460685429, { rtol: 1e-15 });
  assertClose(gelu(-1), -0.15865525393145705, { rtol: 1e-15 });
  assertClose(gelu(-10), -7.619853024160526e-23, { rtol: 1e-15, atol: 0 });
  assertClose(gelu(-37), -2.118461352334093e-298, { rtol: 1e-14, atol: 0 });
  assertClose(gelu(1, { approximate: "tanh" }), 0.8411919906082768, { rtol: 1e-15 });
});

test("mish is x tanh(ln(1 + eˣ))", () => {
  for (const x of points) assertClose(mish(x), x * Math.tanh(Math.log(1 + Math.exp(x))), { rtol: 1e-14 });
});

test("options set the slope, the level and the form", () => {
  const x = array([-2, 3]);
  assert.equal(toNested(leakyRelu(x)), [-0.02, 3]);
  assert.equal(toNested(leakyRelu(x, { slope: 0.5 })), [-1, 3]);
  assert.is(gradient((x) => leakyRelu(x, { slope: 0.5 }), 0)[0], 0.5);
  assertClose(elu(-2, { alpha: 2 }), 2 * Math.expm1(-2));
  assert.is(gradient((x) => elu(x, { alpha: 2 }), 0)[0], 2);
  assertClose(gradient((x) => elu(x, { alpha: 2 }), 800)[0], 1);
  assert.throws(() => leakyRelu(1, { slope: "a" as never }), /leakyRelu: slope is .*give a number/);
  assert.throws(() => elu(1, { alpha: null as never }), /elu: alpha is null; give a number/);
  assert.throws(() => gelu(1, { approximate: "sigmoid" as never }), /gelu: approximate is .*give "tanh"/);
});

test("xlogy is 0 at x = 0 whatever y is, and passes NaN on", () => {
  assert.is(xlogy(0, 0), 0);
  assert.is(xlogy(0, Infinity), 0);
  assert.ok(Number.isNaN(xlogy(0, Number.NaN)));
  assert.equal(gradient(xlogy, 0, 2), [Math.LN2, 0]);
  assert.equal(gradient(xlogy, 3, 2), [Math.LN2, 1.5]);
});

// At (0, 0) all derivatives by y are 0; those by x are ln 0 and the limit of 1/y.
testEdges("xlogy and logaddexp where both operands are 0, or infinite", [
  { f: xlogy as Elementwise, at: [0, 0], value: 0, slopes: [-inf, 0], curves: [0, inf, inf, 0] },
  { f: xlogy as Elementwise, at: [0, 2], value: 0, slopes: [Math.LN2, 0], curves: [0, 0.5, 0.5, 0] },
  { f: logaddexp as Elementwise, at: [-inf, -inf], value: -inf, slopes: [0, 0], curves: [0, 0, 0, 0] },
  { f: logaddexp as Elementwise, at: [inf, inf], value: inf, slopes: [0.5, 0.5], curves: [0.25, -0.25, -0.25, 0.25] },
  { f: logaddexp as Elementwise, at: [-inf, 1], value: 1, slopes: [0, 1], curves: [0, 0, 0, 0] },
]);

test("a cross entropy by exact probabilities, some of them 0, is finite at every order", () => {
  const labels = array([0, 1, 0]);
  const entropy = (q: AnyArray): Scalar => neg(sum(xlogy(labels, q))) as Scalar;
  for (const mode of ["forward", "reverse"] as const) {
    assert.equal(
      [...jacobian(entropy, array([0, 1, 0]), { mode }).data].map((slope) => slope + 0),
      [0, -1, 0],
    );
    assert.equal(
      [...hessian(entropy, array([0, 1, 0]), { mode }).data].map((curve) => curve + 0),
      [0, 0, 0, 0, 1, 0, 0, 0, 0],
    );
  }
  assert.is(
    derivative((y) => derivative((x) => derivative((z) => xlogy(0, z), x), y), 0),
    0,
  );
});

test("logaddexp neither overflows nor loses the smaller one", () => {
  assert.is(logaddexp(800, 800), 800 + Math.LN2);
  assert.is(logaddexp(-Infinity, -Infinity), -Infinity);
  assert.is(logaddexp(-Infinity, 3), 3);
  assertClose(logaddexp(0, -40), Math.exp(-40), { rtol: 1e-15, atol: 0 });
  assert.equal(gradient(logaddexp, 800, -800), [1, 0]);
  assert.equal(gradient(logaddexp, 2, 2), [0.5, 0.5]);
});

test.run();
