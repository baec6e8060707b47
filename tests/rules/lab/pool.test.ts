import {
  add,
  chamferDistance,
  createRange,
  gradient,
  hasRule,
  hausdorffDistance,
  mean,
  mul,
  type NdArray,
  ones,
  pool,
  poolNative,
  pushforward,
  type Range,
  square,
  sum,
  toNested,
  traced,
} from "cotangent";
import { assertClose, testRule } from "cotangent/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { blocksOf, checkTerms, flat, gridOf, matrices, randn, singles, type Terms } from "./checks.js";
import { chamferTerms, hausdorffTerms } from "./distances.js";

const segments: [name: string, rows: readonly Range[], cols: readonly Range[]][] = [
  ["ragged", createRange(8, 3), createRange(6, 4)],
  [
    "overlapping",
    [
      [0, 5],
      [3, 8],
      [0, 8],
    ],
    [
      [0, 4],
      [1, 6],
    ],
  ],
  [
    "single entries",
    [
      [2, 3],
      [7, 8],
    ],
    [
      [0, 1],
      [5, 6],
    ],
  ],
  [
    "single rows and columns",
    [
      [0, 1],
      [0, 8],
    ],
    [
      [0, 6],
      [3, 4],
    ],
  ],
];

const distances = [
  [hausdorffDistance, (grid: number[][], block: [number, number, number, number]): Terms => hausdorffTerms(grid, block)],
  [chamferDistance, (grid: number[][], block: [number, number, number, number]): Terms => chamferTerms(grid, block)],
] as const;

for (const [f, termsOf] of distances) {
  for (const [form, rows, cols] of segments) {
    test(`pool by ${f.name}, segments ${form}: both modes and orders, by rule and traced, as by hand`, () => {
      for (const [, x] of matrices(91)) {
        const terms = blocksOf(rows, cols).map((block) => termsOf(gridOf(x), block));
        checkTerms(pool, x, [rows, cols, f], terms);
      }
    });
  }

  test(`poolNative differentiates ${f.name} to the same`, () => {
    const [, rows, cols] = segments[1] as (typeof segments)[0];
    for (const [, x] of matrices(92))
      checkTerms(
        poolNative,
        x,
        [rows, cols, f],
        blocksOf(rows, cols).map((block) => termsOf(gridOf(x), block)),
      );
  });

  test(`pool by ${f.name} keeps single precision`, () => {
    const x = singles([8, 6], 93);
    const [, rows, cols] = segments[0] as (typeof segments)[0];
    for (const g of [pool, traced(pool)]) {
      const y = g(x, rows, cols, f);
      assert.is(y.dtype, "float32");
      const expected = blocksOf(rows, cols).map((block) =>
        termsOf(gridOf(x), block).reduce((total, [p, w]) => total + w * (flat(x)[p] as number), 0),
      );
      flat(y).forEach((entry, n) => {
        assert.ok(Math.abs(entry - (expected[n] as number)) < 1e-6);
      });
      assert.is(gradient((v) => sum(g(v, rows, cols, f)), x)[0].dtype, "float32");
    }
  });

  test(`the kit finds nothing wrong with pool by ${f.name}`, () => {
    testRule(pool, randn([5, 6], 94), createRange(5, 2), createRange(6, 4), f);
  });
}

test("pool has rules for sum, hausdorffDistance and chamferDistance, and steps aside for any other function", () => {
  const x = ones([2, 2]);
  const all = createRange(2, 2);
  assert.ok(hasRule(pool));
  assert.ok(hasRule(pool, x, all, all));
  for (const f of [sum, hausdorffDistance, chamferDistance]) assert.ok(hasRule(pool, x, all, all, f));
  for (const f of [mean, traced(hausdorffDistance), (c: NdArray) => hausdorffDistance(c)]) assert.not(hasRule(pool, x, all, all, f));
});

test("for other functions engines trace through: a closure over a traced value of the same call too", () => {
  const x = randn([4, 4], 95);
  const halves = createRange(4, 2);
  const f = (v: NdArray, w: number) => sum(pool(v, halves, halves, (block) => mul(w, sum(square(block)))));
  const [xbar, wbar] = gradient(f as never, x, 3);
  assertClose(
    flat(xbar),
    flat(x).map((entry) => 6 * entry),
    { rtol: 1e-12 },
  );
  assertClose(wbar, sum(square(x)), { rtol: 1e-12 });
  assertClose(pushforward(f as never, [x, 3], [x, 1])[1], 7 * (sum(square(x)) as number), { rtol: 1e-12 });
});

test("a plain matrix pooled with a function of a traced number differentiates by that number", () => {
  const x = randn([4, 4], 96);
  const halves = createRange(4, 2);
  for (const g of [pool, poolNative, traced(poolNative)]) {
    const f = (w: number) => sum(g(x, halves, halves, (block) => add(mul(w, sum(block)), square(w))));
    assertClose(gradient(f as never, 3)[0], (sum(x) as number) + 24, { rtol: 1e-12 });
    assertClose(pushforward(f as never, [3], [1])[1], (sum(x) as number) + 24, { rtol: 1e-12 });
  }
});

test("the gradient says which entries decide: one entry of each block for Hausdorff", () => {
  const x = randn([100, 100], 97);
  const tens = createRange(100, 10);
  const [xbar] = gradient((v) => sum(pool(v, tens, tens, hausdorffDistance)), x);
  const entries = flat(xbar);
  assert.is(entries.filter((entry) => entry !== 0).length, 100);
  assert.is(
    entries.reduce((a, b) => a + b, 0),
    100,
  );
  const [byTrace] = gradient((v) => sum(traced(pool)(v, tens, tens, traced(hausdorffDistance))), x);
  assert.equal(toNested(xbar), toNested(byTrace));
});

test.run();
