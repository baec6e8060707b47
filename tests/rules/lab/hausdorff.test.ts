import { array, gradient, hausdorffDistance, max, maximum, min, type NdArray, ones, pushforward, toNested, traced } from "cotangent";
import { testRule } from "cotangent/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { checkTerms, filled, flat, gridOf, matrices, randn, singles, tied } from "./checks.js";
import { hausdorffTerms } from "./distances.js";

const ways = [hausdorffDistance, traced(hausdorffDistance)];
const check = (c: NdArray): void =>
  checkTerms(hausdorffDistance, c, [], [hausdorffTerms(gridOf(c), [0, c.shape[0] as number, 0, c.shape[1] as number])]);

for (const [name, c] of matrices(51)) {
  test(`the Hausdorff distance of a matrix, ${name}: both modes and orders, by rule and traced, as by hand`, () => check(c));
}

test("of many tied matrices of all small shapes", () => {
  let seed = 100;
  for (const rows of [1, 2, 3, 4]) for (const columns of [1, 2, 3, 5]) check(tied([rows, columns], seed++));
});

test("it is the larger one of the largest column minimum and the largest row minimum", () => {
  const c = array([
    [3, 1, 4],
    [1, 5, 9],
    [2, 6, 5],
  ]);
  for (const f of ways) assert.is(f(c), 4);
  assert.is(hausdorffDistance(c), maximum(max(min(c, { axis: 0 })), max(min(c, { axis: 1 }))));
});

test("at ties d₁ decides before d₂: the first column with the largest minimum, its first minimum", () => {
  const cases: [c: number[][], gradient: number[][]][] = [
    // d₁ = 1 stands first in column 1, row 0; d₂ = 1 in row 0, column 1, too.
    [
      [
        [0, 1],
        [0, 1],
      ],
      [
        [0, 1],
        [0, 0],
      ],
    ],
    // d₁ = 2 in column 0, first in row 1; d₂ = 2 in row 1, first in column 0.
    [
      [
        [3, 1],
        [2, 2],
      ],
      [
        [0, 0],
        [1, 0],
      ],
    ],
    // The minima of the columns are 1 and 1, those of the rows 1 and 1: column 0 comes first, and its first 1 is in row 1.
    [
      [
        [5, 1],
        [1, 5],
      ],
      [
        [0, 0],
        [1, 0],
      ],
    ],
    // d₂ = 4 is strictly larger than d₁ = 1.
    [
      [
        [1, 1],
        [4, 4],
      ],
      [
        [0, 0],
        [1, 0],
      ],
    ],
  ];
  for (const [c, expected] of cases) {
    for (const f of ways) assert.equal(toNested(gradient((v) => f(v), array(c))[0]), expected);
  }
});

test("NaN anywhere gives NaN, and the first column's first NaN takes the gradient", () => {
  const c = array([
    [1, 2, Number.NaN],
    [3, Number.NaN, 0],
  ]);
  for (const f of ways) {
    assert.ok(Number.isNaN(f(c)));
    assert.equal(toNested(gradient((v) => f(v), c)[0]), [
      [0, 0, 0],
      [0, 1, 0],
    ]);
    assert.is(pushforward((v) => f(v), [c], [ones([2, 3])])[1], 1);
  }
});

test("infinite distances are distances", () => {
  const far = Number.POSITIVE_INFINITY;
  for (const f of ways) {
    assert.is(
      f(
        array([
          [far, far],
          [1, far],
        ]),
      ),
      far,
    );
    assert.equal(
      toNested(
        gradient(
          (v) => f(v),
          array([
            [far, far],
            [1, far],
          ]),
        )[0],
      ),
      [
        [0, 1],
        [0, 0],
      ],
    );
    assert.equal(
      toNested(
        gradient(
          (v) => f(v),
          array([
            [-far, -far],
            [-far, -far],
          ]),
        )[0],
      ),
      [
        [1, 0],
        [0, 0],
      ],
    );
  }
});

test("single precision stays single precision", () => {
  const c = singles([5, 4], 52);
  const [[position]] = hausdorffTerms(gridOf(c), [0, 5, 0, 4]) as [[number, number]];
  for (const f of ways) {
    const [cbar] = gradient((v) => f(v), c);
    assert.is(cbar.dtype, "float32");
    assert.equal(
      flat(cbar),
      flat(c).map((_, n) => (n === position ? 1 : 0)),
    );
  }
});

test("integers and lists are measured too", () => {
  assert.is(
    hausdorffDistance(
      array(
        [
          [1, 2],
          [3, 1],
        ],
        { dtype: "int32" },
      ),
    ),
    1,
  );
});

test("the kit finds nothing wrong with it", () => testRule(hausdorffDistance, randn([4, 5], 53)));

test("what is no matrix, or has no entries, is an error by both ways", () => {
  for (const f of ways) {
    for (const act of [(c: NdArray) => f(c), (c: NdArray) => gradient((v) => f(v), c)]) {
      assert.throws(
        () => act(filled([0, 3], [])),
        (e: Error) => e instanceof RangeError && e.message === "hausdorffDistance: c of shape [0, 3] is empty; give one that has entries",
      );
      assert.throws(
        () => act(ones([3])),
        (e: Error) => e instanceof RangeError && e.message === "hausdorffDistance: c is an array of shape [3]; a matrix is needed",
      );
    }
    assert.throws(
      () => f([[1]] as never),
      (e: Error) => e instanceof TypeError && e.message === "hausdorffDistance: c is a list of length 1; a matrix is needed",
    );
  }
});

test.run();
