import { test } from "uvu";
import * as assert from "uvu/assert";
import { type AnyArray, add, array, gradient, mul, type NdArray, pullback, type Scalar, sub, sum, toNested } from "../../lib/index.js";

// One array in both places of an elementwise function: it gets both cotangents, whatever ȳ is, one number for all entries or a list.

const x = array([
  [1, -2, 3],
  [4, 5, -6],
]);
const w = array([
  [2, 3, 5],
  [7, 11, 13],
]);

const numbers = (a: NdArray): number[] => (toNested(a) as number[][]).flat().map((entry) => entry + 0);
const both: readonly (readonly [
  name: string,
  f: (a: AnyArray, b: AnyArray) => AnyArray,
  slopes: (entry: number, other: number) => number,
])[] = [
  ["add", (a, b) => add(a, b) as AnyArray, () => 2],
  ["sub", (a, b) => sub(a, b) as AnyArray, () => 0],
  ["mul", (a, b) => mul(a, b) as AnyArray, (entry) => 2 * entry],
  ["a sum of three", (a, b) => add(add(a, b), a) as AnyArray, () => 3],
];

for (const [name, f, slope] of both) {
  for (const [view, of] of [
    ["the array itself", (a: AnyArray): AnyArray => a],
    ["two views of it that are alike", (a: AnyArray): AnyArray => a.lo(0, 0).hi(2, 3)],
  ] as const) {
    test(`${name} of ${view}`, () => {
      const entries = numbers(x);
      const whole = (a: AnyArray): AnyArray => f(of(a), of(a));
      const [g] = gradient((a: AnyArray): Scalar => sum(whole(a)), x);
      assert.equal(
        numbers(g as NdArray),
        entries.map((entry) => slope(entry, entry)),
        "a sum",
      );
      const [scaled] = gradient((a: AnyArray): Scalar => mul(-3, sum(whole(a))), x);
      assert.equal(
        numbers(scaled as NdArray),
        entries.map((entry) => -3 * slope(entry, entry) + 0),
        "a multiple of a sum",
      );
      const [, back] = pullback(whole, x);
      assert.equal(
        numbers(back(w)[0] as NdArray),
        entries.map((entry, k) => slope(entry, entry) * (numbers(w)[k] as number)),
        "a list",
      );
    });
  }
}

test("an array beside itself backwards gets both in their places", () => {
  const v = array([1, 2, 4]);
  const [sums] = gradient((a: AnyArray): Scalar => sum(add(a, a.step(-1))), v);
  assert.equal(toNested(sums as NdArray), [2, 2, 2]);
  const [products] = gradient((a: AnyArray): Scalar => sum(mul(a, a.step(-1))), v);
  assert.equal(toNested(products as NdArray), [8, 4, 2]);
  const [differences] = gradient((a: AnyArray): Scalar => sum(mul(array([1, 2, 3]), sub(a, a.step(-1)) as AnyArray)), v);
  assert.equal(toNested(differences as NdArray), [-2, 0, 2]);
});

test.run();
