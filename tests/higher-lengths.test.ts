import { test } from "uvu";
import * as assert from "uvu/assert";
import { type AnyArray, add, cumsum, hessian, hvp, jacobian, mul, type NdArray, type Scalar, square, sum } from "../lib/index.js";
import { integersFrom, laidOut, lengths, listOf } from "./helpers/lengths.js";

// Columns and rows are put together some at a time: matrices of derivatives at lengths around that, against their formulas.

const range = (n: number): number[] => Array.from({ length: n }, (_, k) => k);

for (const mode of ["forward", "reverse", "auto"] as const) {
  test(`jacobian, ${mode}: of running sums of squares, a triangle of twice the entries`, () => {
    for (const n of lengths.filter((each) => each > 0)) {
      for (const { name, x, entries } of laidOut([n], integersFrom(n))) {
        const j = jacobian((a: AnyArray) => cumsum(square(a)) as AnyArray, x, { mode }) as NdArray;
        assert.equal(j.shape, [n, n], name);
        const wanted = range(n).flatMap((row) => range(n).map((k) => (k <= row ? 2 * (entries[k] as number) : 0)));
        assert.equal(
          listOf(j).map((entry) => entry + 0),
          wanted.map((entry) => entry + 0),
          name,
        );
      }
    }
  });

  test(`jacobian, ${mode}: few outputs of many entries, many outputs of few`, () => {
    for (const n of lengths.filter((each) => each > 0)) {
      for (const { name, x, entries } of laidOut([n, 2], integersFrom(n))) {
        const few = jacobian((a: AnyArray) => sum(square(a), { axis: 0 }) as AnyArray, x, { mode }) as NdArray;
        assert.equal(few.shape, [2, n, 2], name);
        const wanted = range(2).flatMap((row) => entries.map((entry, k) => (k % 2 === row ? 2 * entry : 0) + 0));
        assert.equal(
          listOf(few).map((entry) => entry + 0),
          wanted,
          name,
        );
      }
      for (const { name, x, entries } of laidOut([1, 3], integersFrom(n))) {
        const ones = laidOut([n, 1], () => 1, ["float64"])[0]?.x as NdArray;
        const many = jacobian((a: AnyArray) => mul(ones, square(a)) as AnyArray, x, { mode }) as NdArray;
        assert.equal(many.shape, [n, 3, 1, 3], name);
        const wanted = range(n).flatMap(() =>
          range(3).flatMap((row) => range(3).map((k) => (k === row ? 2 * (entries[k] as number) : 0) + 0)),
        );
        assert.equal(
          listOf(many).map((entry) => entry + 0),
          wanted,
          name,
        );
      }
    }
  });
}

test("hessian and its products: of the square of a sum of squares", () => {
  const f = (a: AnyArray): Scalar => square(sum(square(a)));
  for (const n of lengths.filter((each) => each > 0)) {
    for (const { name, x, entries } of laidOut([n], integersFrom(n), ["float64"])) {
      const squares = entries.reduce((total, entry) => total + entry * entry, 0);
      const at = (i: number, k: number): number => 8 * (entries[i] as number) * (entries[k] as number) + (i === k ? 4 * squares : 0);
      const h = hessian(f, x) as NdArray;
      assert.equal(
        listOf(h).map((entry) => entry + 0),
        range(n).flatMap((i) => range(n).map((k) => at(i, k) + 0)),
        name,
      );
      const v = laidOut([n], integersFrom(n + 1), ["float64"])[0] as ReturnType<typeof laidOut>[number];
      const product = hvp(f, x, v.x) as NdArray;
      assert.equal(
        listOf(product).map((entry) => entry + 0),
        range(n).map((i) => range(n).reduce((total, k) => total + at(i, k) * (v.entries[k] as number), 0)),
        name,
      );
    }
  }
});

test("jacobian of a number: of an array and the same backwards", () => {
  for (const n of lengths.filter((each) => each > 0)) {
    for (const { name, x } of laidOut([n], integersFrom(n))) {
      const slopes = jacobian((a: AnyArray) => add(sum(a), sum(a.step(-1))) as Scalar, x) as NdArray;
      assert.equal(
        listOf(slopes),
        range(n).map(() => 2),
        name,
      );
    }
  }
});

test.run();
