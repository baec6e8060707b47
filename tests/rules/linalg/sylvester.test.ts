import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  add,
  array,
  eye,
  frule,
  gradient,
  hvp,
  kron,
  matmul,
  mul,
  type NdArray,
  NoTangent,
  ravel,
  reshape,
  solve,
  sum,
  sylvester,
  toNested,
  transpose,
  ZeroTangent,
  zeros,
} from "../../../lib/index.js";
import { assertClose } from "../../../lib/testing/index.js";
import { build, decimals, single } from "../../helpers/layouts.js";
import { diagonalOf } from "../../helpers/matrices.js";
import { refused } from "../../helpers/refused.js";

const tight = { rtol: 1e-12, atol: 1e-12 };
const loose = { rtol: 1e-9, atol: 1e-9 };
const a = decimals([3, 3], 1);
const b = decimals([2, 2], 2);
const c = decimals([3, 2], 3);

/** The same x as the solution of one system of all its entries. */
function asSystem(p: AnyArray, q: AnyArray, r: AnyArray): AnyArray {
  const [m, n] = r.shape as [number, number];
  const whole = add(kron(p, eye(n)), kron(eye(m), transpose(q)));
  return reshape(solve(whole, ravel(r)), [m, n]);
}

const residual = (p: NdArray, q: NdArray, r: NdArray): number => {
  const x = sylvester(p, q, r);
  return Math.max(...add(add(matmul<NdArray>(p, x), matmul<NdArray>(x, q)), mul(-1, r)).data.map(Math.abs));
};

test("of diagonal matrices the entries are c[i, j] / (a[i] + b[j])", () => {
  const x = sylvester(diagonalOf(1, 2, 3), diagonalOf(4, -7), c);
  assertClose(
    x,
    build([3, 2], (i, j) => c.get(i, j) / ((diagonalOf(1, 2, 3).get(i, i) as number) + (j === 0 ? 4 : -7))),
    tight,
  );
  assert.equal(toNested(sylvester(array([[2]]), array([[3]]), array([[10]]))), [[2]]);
});

test("the solution is that of one system of all its entries, and so are its derivatives", () => {
  assertClose(sylvester(a, b, c), asSystem(a, b, c), loose);
  const d = decimals([3, 2], 4);
  const through = (p: AnyArray, q: AnyArray, r: AnyArray) => sum(mul(d, sylvester(p, q, r)));
  const direct = (p: AnyArray, q: AnyArray, r: AnyArray) => sum(mul(d, asSystem(p, q, r)));
  assertClose(gradient(through, a, b, c), gradient(direct, a, b, c), loose);
  const v = decimals([3, 3], 5);
  assertClose(
    hvp((p) => through(p, b, c), a, v),
    hvp((p) => direct(p, b, c), a, v),
    loose,
  );
});

test("eigenvalues may be complex, repeated, defective, or differ by many powers of ten", () => {
  const turning = array([
    [0, -2],
    [2, 0],
  ]);
  const jordan = build([4, 4], (i, j) => (i === j ? 3 : j === i + 1 ? 1 : 0));
  const cycle = build([4, 4], (i, j) => (j === (i + 1) % 4 ? 1 : 0));
  const graded = build([4, 4], (i, j) => decimals([4, 4], 8).get(i, j) * 10 ** -i + (i === j ? 1 : 0));
  const right = add(decimals([4, 4], 7), diagonalOf(20, 20, 20, 20));
  for (const left of [jordan, cycle, graded, decimals([4, 4], 6)]) {
    assert.ok(residual(left, right, decimals([4, 4], 9)) < 1e-11);
    assert.ok(residual(add(left, diagonalOf(5, 5, 5, 5)), turning, decimals([4, 2], 9)) < 1e-11);
  }
});

test("neither huge nor tiny entries matter", () => {
  const x = sylvester(a, b, c);
  for (const scale of [1e200, 1e-200]) assertClose(sylvester(mul(scale, a), mul(scale, b), mul(scale, c)), x, tight);
});

test("the solution of a x + x aᵀ = q for a symmetric q is symmetric", () => {
  const q = build([3, 3], (i, j) => Math.min(i, j) + 1);
  const x = sylvester(a, transpose(a), q);
  assertClose(x, transpose(x), loose);
});

test("arguments that stand still cost and move nothing", () => {
  const moved = (...tangents: unknown[]): unknown => (frule([NoTangent, ...tangents], sylvester, a, b, c) as readonly unknown[])[1];
  const dc = decimals([3, 2], 5);
  assertClose(moved(ZeroTangent, ZeroTangent, dc), sylvester(a, b, dc), tight);
  assert.equal(moved(ZeroTangent, ZeroTangent, ZeroTangent), ZeroTangent);
});

test("single precision is kept, each argument's own in cotangents; no entries give none; NaN in c propagates", () => {
  assert.is(sylvester(single(a), single(b), single(c)).dtype, "float32");
  assert.equal(
    gradient((p, q, r) => sum(sylvester(p, q, r)), a, single(b), c).map(({ dtype }) => dtype),
    ["float64", "float32", "float64"],
  );
  assert.equal(sylvester(zeros([0, 0]), b, zeros([0, 2])).shape, [0, 2]);
  assert.ok(Number.isNaN(sylvester(array([[1]]), array([[1]]), array([[Number.NaN]])).get(0, 0)));
});

const undetermined = "sylvester: an eigenvalue of a is the negative of one of b, so that x is not determined; move the one or the other";
refused([
  [() => sylvester(a, mul(-1, a), zeros([3, 3])), RangeError, undetermined],
  [() => sylvester(zeros([2, 2]), zeros([1, 1]), zeros([2, 1])), RangeError, undetermined],
  [
    () => sylvester(a, b, zeros([2, 3])),
    RangeError,
    "sylvester: a has shape [3, 3], b [2, 2], c [2, 3]; c needs 3 rows, as a has, and 2 columns, as b has",
  ],
  [() => sylvester(c, b, c), RangeError, "sylvester: a is an array of shape [3, 2], not square; give as many rows as columns"],
  [() => sylvester(a, c, c), RangeError, "sylvester: b is an array of shape [3, 2], not square; give as many rows as columns"],
  [() => sylvester(a, b, 1 as never), TypeError, "sylvester: c is a number; a matrix is needed"],
  [
    () => sylvester(a, zeros([2, 2, 2]), c),
    RangeError,
    "sylvester: b is an array of shape [2, 2, 2]; give one matrix at a time, with two axes",
  ],
  [
    () => sylvester(array([[Number.NaN]]), b, zeros([1, 2])),
    RangeError,
    "sylvester: the matrix has NaN at [0, 0]; finite entries are needed",
  ],
]);

test.run();
