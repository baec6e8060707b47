// Tests: prod, fold-lines.
import { test } from "uvu";
import * as assert from "uvu/assert";
import { array, cumprod, gradient, hessian, jacobian, type NdArray, prod, toNested } from "../../../lib/index.js";
import { modeTests } from "../../helpers/check-modes.js";
import { build } from "../../helpers/layouts.js";

const without = (xs: readonly number[], ...left: number[]): number => xs.reduce((p, x, k) => (left.includes(k) ? p : p * x), 1);

for (const [name, xs] of [
  ["no zero", [2, -3, 5, 0.5]],
  ["one zero", [2, 0, 5, 0.5]],
  ["two zeros", [2, 0, 0, 0.5]],
  ["three zeros", [0, 0, 7, 0]],
] as const) {
  test(`prod with ${name}: gradient and second derivatives are exact, in both modes`, () => {
    const x = array([...xs]);
    assert.is(prod(x), without(xs));
    const slopes = xs.map((_, i) => without(xs, i));
    assert.equal(toNested(gradient((a) => prod(a), x)[0]), slopes);
    assert.equal(toNested(jacobian((a) => prod(a), x, { mode: "forward" }) as NdArray), slopes);
    const curves = xs.map((_, i) => xs.map((__, j) => (i === j ? 0 : without(xs, i, j))));
    for (const mode of ["forward", "reverse"] as const) assert.equal(toNested(hessian((a) => prod(a), x, { mode }) as NdArray), curves);
  });

  test(`cumprod with ${name}: the jacobian is exact, in both modes`, () => {
    const x = array([...xs]);
    const expected = xs.map((_, k) => xs.map((__, i) => (i <= k ? without(xs.slice(0, k + 1), i) : 0)));
    for (const mode of ["forward", "reverse"] as const)
      assert.equal(toNested(jacobian((a) => cumprod(a), x, { mode }) as NdArray), expected);
  });
}

const zeros = array([
  [2, 0, 3],
  [0, 0, 4],
]);
const zerosOver = (x: NdArray, i: number, j: number): number => x.get(1 - i, j) as number;
modeTests([
  {
    title: "prod over an axis with zeros",
    f: (x: NdArray) => prod(x, { axis: 0 }),
    args: [zeros],
    value: array([0, 0, 12]),
    slopes: [build([2, 3], (i, j) => zerosOver(zeros, i, j))],
  },
]);

test("a product that overflows on the way has the slopes that do not", () => {
  const [xbar] = gradient((x) => prod(x), array([1e200, 1e-200, 1e-200, 1e200]));
  assert.equal(
    (toNested(xbar) as number[]).map((slope) => Math.round(Math.log10(slope))),
    [-200, 200, 200, -200],
  );
});

test.run();
