import { test } from "uvu";
import * as assert from "uvu/assert";
import { type AnyArray, add, gradient, hvp, mul, type NdArray, type Scalar, square, sum } from "../../lib/index.js";
import { rowMajor, zerosOf } from "../../lib/nd/index.js";
import { lengths, listOf } from "../helpers/lengths.js";

// What a tape keeps of sums, slots and entries grows by doubling: programs with so many of them, before and after.

const counts = [...lengths, 255, 256, 257, 511, 512, 513];
const range = (n: number): number[] => Array.from({ length: n }, (_, k) => k);

/** An array of 7 rows and 5 columns. */
const x = rowMajor(
  Float64Array.from({ length: 35 }, (_, k) => (k % 11) - 5),
  [7, 5],
);

/** Views of two or of one axis, each another. */
const views: readonly ((a: AnyArray, k: number) => AnyArray)[] = [
  (a, k) => a.lo(k % 6, k % 4).hi(2, 2),
  (a, k) => a.pick(k % 7),
  (a, k) => a.pick(null, k % 5).step(-1),
  (a, k) => a.step(1 + (k % 3), -1 - (k % 2)),
];
const viewOf = (a: AnyArray, k: number): AnyArray => (views[k % views.length] as (typeof views)[0])(a, k);

/** Σ (k + 1) times what view k holds, put to its places. */
function placed(count: number, entry: (at: number) => number): number[] {
  const g = zerosOf(x.shape);
  for (const k of range(count)) {
    const [from, to] = [viewOf(x, k) as NdArray, viewOf(g, k) as NdArray];
    const positions = listOf(viewOf(places, k) as NdArray);
    assert.is(from.size, positions.length);
    for (const at of positions) (g.data[at] as number) += (k + 1) * entry(at);
    assert.is(to.data, g.data);
  }
  return [...g.data];
}

/** The position of each entry, to read through views. */
const places = rowMajor(
  Float64Array.from({ length: 35 }, (_, k) => k),
  [7, 5],
);

const weighed =
  (count: number, term: (a: AnyArray) => Scalar) =>
  (a: AnyArray): Scalar =>
    range(count).reduce<Scalar>((total, k) => add(total, mul(k + 1, term(viewOf(a, k)))), 0);

test("as many sums of views as one likes, each with a weight of its own", () => {
  for (const count of counts) {
    const [g] = gradient(weighed(count, sum), x);
    assert.equal(
      [...(g as NdArray).data],
      placed(count, () => 1),
      `${count} sums`,
    );
  }
});

test("as many sums of squares, and their second derivatives", () => {
  const v = rowMajor(
    Float64Array.from({ length: 35 }, (_, k) => (k % 5) - 2),
    [7, 5],
  );
  for (const count of counts.filter((each) => each > 0)) {
    const f = weighed(count, (a) => sum(square(a)));
    const [g] = gradient(f, x);
    assert.equal(
      [...(g as NdArray).data].map((entry) => entry + 0),
      placed(count, (at) => 2 * (x.data[at] as number)),
      `${count} sums`,
    );
    assert.equal(
      [...(hvp(f, x, v) as NdArray).data].map((entry) => entry + 0),
      placed(count, (at) => 2 * (v.data[at] as number)),
      `${count} sums, second order`,
    );
  }
});

test("as many numbers, each of which has two parents", () => {
  for (const count of counts) {
    const [a, b] = gradient(
      (p: Scalar, q: Scalar) => range(count).reduce<Scalar>((total, k) => add(total, mul(k + 1, mul(p, q))), 0),
      3,
      -2,
    ) as [number, number];
    const weights = (count * (count + 1)) / 2;
    assert.equal([a + 0, b + 0], [-2 * weights + 0, 3 * weights], `${count} products`);
  }
});

test.run();
