// Tests: cross-entropy-lines, normalized-lines.
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type AnyArray, array, crossEntropy, layerNorm, mul, type NdArray, pullback, rmsNorm, toNested } from "../../../lib/index.js";
import { assertClose } from "../../../lib/testing/index.js";

// Cotangents that are infinite, or so large that a product of them overflows where the result does not.

const { POSITIVE_INFINITY: infinity } = Number;

test("crossEntropy: an infinite cotangent is lost where a class has no share and is not the right one", () => {
  const logits = array([
    [1, -infinity, 1],
    [0, 0, -infinity],
  ]);
  const [, back] = pullback((x: AnyArray) => crossEntropy(x, [0, 1], { reduction: "none" }) as AnyArray, logits);
  assert.equal(toNested(back(array([infinity, 2]))[0] as NdArray), [
    [-infinity, 0, infinity],
    [1, -1, 0],
  ]);
  assert.equal(toNested(back(array([0, -infinity]))[0] as NdArray), [
    [0, 0, 0],
    [-infinity, infinity, 0],
  ]);
});

test("crossEntropy: one class has all of the share, and its loss is 0 whatever its weight", () => {
  assert.is(crossEntropy(array([[3]]), array([[infinity]])), 0);
});

for (const [name, norm] of [
  ["layerNorm", (x: AnyArray): AnyArray => layerNorm(x, undefined, undefined, { eps: 1e-300 })],
  ["rmsNorm", (x: AnyArray): AnyArray => rmsNorm(x, undefined, { eps: 1e-300 })],
] as const) {
  test(`${name}: cotangents that overflow with the entries give slopes that do not`, () => {
    const x = array([[1, -2, 4, 0.5]]);
    const ybar = array([[2, -1, 1, -2]]);
    const [small] = pullback(norm, x)[1](ybar) as [NdArray];
    const [large] = pullback(norm, mul(1e150, x) as NdArray)[1](mul(1e200, ybar) as NdArray) as [NdArray];
    assertClose(large, mul(1e50, small) as NdArray, { rtol: 1e-12, atol: 0 });
  });
}

test.run();
