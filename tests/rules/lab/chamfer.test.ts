import { add, array, chamferDistance, gradient, mean, min, type NdArray, ones, sum, toNested, traced } from "cotangent";
import { testRule } from "cotangent/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { checkTerms, filled, gridOf, matrices, randn, singles, tied } from "./checks.js";
import { chamferTerms } from "./distances.js";

const ways = [chamferDistance, traced(chamferDistance)];

function check(c: NdArray): void {
  const [rows, columns] = c.shape as [number, number];
  checkTerms(chamferDistance, c, [], [chamferTerms(gridOf(c), [0, rows, 0, columns])]);
  for (const reduction of ["mean", "sum"] as const) {
    checkTerms(chamferDistance, c, [{ reduction }], [chamferTerms(gridOf(c), [0, rows, 0, columns], reduction)]);
  }
}

for (const [name, c] of matrices(61)) {
  test(`the Chamfer distance of a matrix, ${name}: both modes and orders, by rule and traced, as by hand`, () => check(c));
}

test("of many tied matrices of all small shapes", () => {
  let seed = 200;
  for (const rows of [1, 2, 3, 4]) for (const columns of [1, 2, 3, 5]) check(tied([rows, columns], seed++));
});

test("it is the mean of the column minima plus that of the row minima, or both sums", () => {
  const c = randn([4, 3], 62);
  const columns = min(c, { axis: 0 });
  const rows = min(c, { axis: 1 });
  for (const f of ways) {
    assert.ok(Math.abs(f(c) - add(mean(columns), mean(rows))) < 1e-15);
    assert.ok(Math.abs(f(c, { reduction: "sum" }) - add(sum(columns), sum(rows))) < 1e-14);
  }
});

test("an entry that is the minimum of its column and of its row counts twice; ties go to the first index", () => {
  for (const f of ways) {
    assert.equal(
      toNested(
        gradient(
          (c) => f(c),
          array([
            [1, 2],
            [2, 1],
          ]),
        )[0],
      ),
      [
        [1, 0],
        [0, 1],
      ],
    );
    assert.equal(
      toNested(
        gradient(
          (c) => f(c, { reduction: "sum" }),
          array([
            [7, 7, 7],
            [7, 7, 7],
          ]),
        )[0],
      ),
      [
        [2, 1, 1],
        [1, 0, 0],
      ],
    );
  }
});

test("NaN anywhere gives NaN, and the first NaN of its column and of its row takes the gradient", () => {
  const c = array([
    [1, Number.NaN, Number.NaN],
    [3, Number.NaN, 0],
  ]);
  for (const f of ways) {
    assert.ok(Number.isNaN(f(c)));
    assert.equal(toNested(gradient((v) => f(v, { reduction: "sum" }), c)[0]), [
      [1, 2, 1],
      [0, 1, 0],
    ]);
  }
});

test("single precision stays single precision", () => {
  const c = singles([5, 4], 63);
  const terms = chamferTerms(gridOf(c), [0, 5, 0, 4]);
  const expected = new Float64Array(20);
  for (const [p, w] of terms) (expected[p] as number) += w;
  for (const f of ways) {
    const [cbar] = gradient((v) => f(v), c);
    assert.is(cbar.dtype, "float32");
    gridOf(cbar)
      .flat()
      .forEach((entry, n) => {
        assert.ok(Math.abs(entry - (expected[n] as number)) < 1e-6);
      });
  }
});

test("the kit finds nothing wrong with it", () => {
  testRule(chamferDistance, randn([4, 5], 64));
  testRule(chamferDistance, randn([3, 2], 65), { reduction: "sum" });
});

test("what is no matrix, has no entries, or another reduction is an error by both ways", () => {
  for (const f of ways) {
    for (const act of [(c: NdArray) => f(c), (c: NdArray) => gradient((v) => f(v), c)]) {
      assert.throws(
        () => act(filled([3, 0], [])),
        (e: Error) => e instanceof RangeError && e.message === "chamferDistance: c of shape [3, 0] is empty; give one that has entries",
      );
      assert.throws(
        () => act(ones([2, 2, 2])),
        (e: Error) => e instanceof RangeError && e.message === "chamferDistance: c is an array of shape [2, 2, 2]; a matrix is needed",
      );
    }
    assert.throws(
      () => f(ones([2, 2]), { reduction: "max" } as never),
      (e: Error) => e instanceof TypeError && e.message === 'chamferDistance: reduction is "max"; use "mean" or "sum"',
    );
    assert.throws(() => f(ones([2, 2]), { reduction: 3 } as never), /^chamferDistance: reduction is a number; use "mean" or "sum"$/);
  }
});

test.run();
