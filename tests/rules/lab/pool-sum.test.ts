import {
  array,
  createRange,
  gradient,
  jacobian,
  type NdArray,
  ones,
  pool,
  poolNaive,
  poolNative,
  poolSum,
  type Range,
  sum,
  toNested,
  traced,
  withGradient,
} from "cotangent";
import { testRule } from "cotangent/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { blocksOf, checkTerms, flat, gridOf, type LabFunction, matrices, randn, singles, type Terms } from "./checks.js";

type Segments = readonly [name: string, rows: readonly Range[], cols: readonly Range[]];

/** Segments of an 8 × 6 matrix. */
const segments: Segments[] = [
  ["3 × 2, the last rows ragged", createRange(8, 3), createRange(6, 2)],
  [
    "ragged both ways, with gaps",
    [
      [0, 5],
      [6, 7],
    ],
    [
      [1, 2],
      [2, 6],
    ],
  ],
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
  ["one block", [[0, 8]], [[0, 6]]],
  [
    "some of them empty",
    [
      [3, 3],
      [0, 8],
    ],
    [
      [0, 6],
      [6, 6],
    ],
  ],
];

/** Sum pooling by hand: which entries go into each sum. */
function sumTerms(columns: number, rows: readonly Range[], cols: readonly Range[]): Terms[] {
  return blocksOf(rows, cols).map(([top, bottom, left, right]) => {
    const terms: [number, number][] = [];
    for (let i = top; i < bottom; i++) for (let j = left; j < right; j++) terms.push([i * columns + j, 1]);
    return terms;
  });
}

const functions: Record<string, LabFunction> = { poolSum, poolNative, pool };

for (const [name, f] of Object.entries(functions)) {
  for (const [form, rows, cols] of segments) {
    test(`${name} by segments ${form}: both modes and orders, by rule and traced, as by hand`, () => {
      for (const [, x] of matrices(31)) checkTerms(f, x, [rows, cols], sumTerms(6, rows, cols));
    });
  }

  test(`the gradient of ${name}, summed, is a matrix of ones on the seed's 100 × 100`, () => {
    const x = randn([100, 100], 5);
    const rows = createRange(100, 3);
    const cols = createRange(100, 2);
    for (const g of [f, traced(f)]) {
      const { value, gradient } = withGradient((v) => sum(g(v, rows, cols) as NdArray), x);
      assert.ok(Math.abs(value - (sum(x) as number)) < 1e-10);
      assert.equal(gradient[0], ones([100, 100]));
    }
  });

  test(`${name} keeps single precision`, () => {
    const x = singles([8, 6], 6);
    const [, rows, cols] = segments[2] as Segments;
    const expected = sumTerms(6, rows, cols).map((terms) => Math.fround(terms.reduce((total, [p]) => total + (flat(x)[p] as number), 0)));
    for (const g of [f, traced(f)]) {
      const y = g(x, rows, cols) as NdArray;
      assert.is(y.dtype, "float32");
      flat(y).forEach((entry, n) => {
        assert.ok(Math.abs(entry - (expected[n] as number)) < 1e-6);
      });
      const [xbar] = gradient((v) => sum(g(v, rows, cols) as NdArray), x);
      assert.is(xbar.dtype, "float32");
      assert.equal(toNested(xbar), toNested(gradient((v) => sum(g(v, rows, cols) as NdArray), array(gridOf(x)))[0]));
    }
  });

  test(`the kit finds nothing wrong with ${name}`, () => {
    testRule(f, randn([5, 4], 7), createRange(5, 2), createRange(4, 3));
  });
}

test("poolNaive is poolNative", () => assert.is(poolNaive, poolNative));

test("the sum's rule is linear: its jacobian holds zeros and ones, whatever x is", () => {
  const rows = createRange(3, 2);
  const cols = createRange(2, 1);
  const x = randn([3, 2], 8);
  for (const mode of ["forward", "reverse"] as const) {
    const j = jacobian((v) => poolSum(v, rows, cols), x, { mode }) as NdArray;
    assert.equal(j.shape, [2, 2, 3, 2]);
    const expected = sumTerms(2, rows, cols).flatMap((terms) => flat(x).map((_, p) => (terms.some(([q]) => p === q) ? 1 : 0)));
    assert.equal(flat(j), expected);
  }
});

test("∞ and NaN reach only the sums of their blocks, and no derivative", () => {
  const x = array([
    [Number.NaN, 1],
    [2, Number.POSITIVE_INFINITY],
  ]);
  for (const f of [poolSum, traced(poolSum)]) {
    const rows = createRange(2, 1);
    assert.equal(flat(f(x, rows, createRange(2, 1))), [Number.NaN, 1, 2, Number.POSITIVE_INFINITY]);
    assert.equal(gradient((v) => sum(f(v, rows, createRange(2, 2))), x)[0], ones([2, 2]));
  }
});

test.run();
