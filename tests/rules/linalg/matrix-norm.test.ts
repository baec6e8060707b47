import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  array,
  eye,
  gradient,
  hvp,
  type MatrixNormOptions,
  matrixNorm,
  mul,
  type NdArray,
  pushforward,
  svdvals,
  toNested,
  zeros,
} from "../../../lib/index.js";
import { assertClose } from "../../../lib/testing/index.js";
import { build, decimals, single } from "../../helpers/layouts.js";
import { diagonalOf, flipped, product, reflection } from "../../helpers/matrices.js";
import { refused } from "../../helpers/refused.js";

const tight = { rtol: 1e-12, atol: 1e-12 };
const infinity = Number.POSITIVE_INFINITY;
const orders: readonly NonNullable<MatrixNormOptions["ord"]>[] = ["fro", "nuc", 1, 2, infinity];
const a = array([
  [1, -2],
  [3, 4],
  [-5, 0],
]);
const slopesAt = (x: NdArray, ord: MatrixNormOptions["ord"]): NdArray => gradient((y) => matrixNorm(y, { ord }), x)[0];

test("the norms of a small matrix are what one finds by hand", () => {
  assertClose(matrixNorm(a), Math.sqrt(55), tight);
  assert.is(matrixNorm(a, { ord: 1 }), 9);
  assert.is(matrixNorm(a, { ord: infinity }), 7);
  // aᵀa = [[35, 10], [10, 20]] has the eigenvalues 27.5 ± 12.5.
  assertClose(matrixNorm(a, { ord: 2 }), Math.sqrt(40), tight);
  assertClose(matrixNorm(a, { ord: "nuc" }), Math.sqrt(40) + Math.sqrt(15), tight);
});

test("the slopes of 1 and Infinity are the signs of one column or row", () => {
  assert.equal(toNested(slopesAt(a, 1)), [
    [1, 0],
    [1, 0],
    [-1, 0],
  ]);
  assert.equal(toNested(slopesAt(a, infinity)), [
    [0, 0],
    [1, 1],
    [0, 0],
  ]);
});

test("at ties the first column, row or singular value counts", () => {
  const tied = array([
    [1, -1],
    [-1, 1],
  ]);
  assert.equal(toNested(slopesAt(tied, 1)), [
    [1, 0],
    [-1, 0],
  ]);
  assert.equal(toNested(slopesAt(tied, infinity)), [
    [1, -1],
    [0, 0],
  ]);
  const spectral = slopesAt(eye(3), 2);
  assertClose(product(spectral, spectral), spectral, tight);
  assertClose(matrixNorm(spectral), 1, tight);
  assertClose(svdvals(spectral).get(0), 1, tight);
});

test("at the zero matrix all slopes are 0, forward too", () => {
  for (const ord of orders) {
    assert.equal(toNested(slopesAt(zeros([2, 3]), ord)), toNested(zeros([2, 3])), String(ord));
    assert.is(pushforward((x) => matrixNorm(x, { ord }), [zeros([2, 3])], [decimals([2, 3])])[1], 0, String(ord));
  }
});

test("a matrix without entries has norm 0", () => {
  for (const ord of orders) {
    for (const shape of [
      [0, 3],
      [2, 0],
      [0, 0],
    ]) {
      assert.is(matrixNorm(zeros(shape), { ord }), 0);
      assert.equal(slopesAt(zeros(shape), ord).shape, shape);
    }
  }
});

test("the nuclear norm is exact at equal singular values, curvature included", () => {
  const q = reflection(3);
  assertClose(slopesAt(mul(2, q), "nuc"), q, tight);
  const v = decimals([3, 3], 5);
  const inside = product(flipped(q), v);
  const skew = build([3, 3], (i, j) => (inside.get(i, j) - inside.get(j, i)) / 4);
  assertClose(
    hvp((x) => matrixNorm(x, { ord: "nuc" }), mul(2, q), v),
    product(q, skew),
    { rtol: 1e-10, atol: 1e-10 },
  );
});

test("of a matrix of lower rank the nuclear norm has the slopes of the singular values other than 0", () => {
  assert.equal(toNested(slopesAt(diagonalOf(3, -2, 0), "nuc")), toNested(diagonalOf(1, -1, 0)));
});

test("neither huge nor tiny entries overflow, and NaN propagates where no factorization is needed", () => {
  for (const ord of orders) {
    for (const scale of [1e200, 1e-200]) {
      const known = matrixNorm(a, { ord });
      assertClose(matrixNorm(mul(scale, a), { ord }) / scale, known, tight);
    }
  }
  for (const ord of ["fro", 1, infinity] as const) assert.ok(Number.isNaN(matrixNorm(array([[1, Number.NaN]]), { ord })));
});

test("single precision keeps its cotangents' kind", () => {
  for (const ord of orders) assert.is(slopesAt(single(a), ord).dtype, "float32");
});

const complaint = (came: string): string => `matrixNorm: ord = ${came}; give "fro", "nuc", 1, 2 or Infinity`;
refused([
  [() => matrixNorm(a, { ord: 3 }), RangeError, complaint("3")],
  [() => matrixNorm(a, { ord: -1 }), RangeError, complaint("-1")],
  [() => matrixNorm(a, { ord: "two" as never }), RangeError, complaint('"two"')],
  [() => matrixNorm(a, { ord: null as never }), RangeError, complaint("null")],
  [
    () => matrixNorm(zeros([2, 2, 2])),
    RangeError,
    "matrixNorm: a is an array of shape [2, 2, 2]; give one matrix at a time, with two axes",
  ],
  [() => matrixNorm(array([[Number.NaN]]), { ord: 2 }), RangeError, "matrixNorm: the matrix has NaN at [0, 0]; finite entries are needed"],
]);

test.run();
