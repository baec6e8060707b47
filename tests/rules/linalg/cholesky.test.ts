import { test } from "uvu";
import * as assert from "uvu/assert";
import type { AnyArray, Scalar } from "../../../lib/index.js";
import {
  array,
  cholesky,
  choleskySolve,
  gradient,
  hessian,
  jacobian,
  matmul,
  type NdArray,
  pushforward,
  solve,
  sum,
  toNested,
  zeros,
} from "../../../lib/index.js";
import { assertClose } from "../../../lib/testing/index.js";
import { add, div, mul, sqrt, stack, sub, tril } from "../../../rules/index.js";
import { modeTests } from "../../helpers/check-modes.js";
import { build } from "../../helpers/layouts.js";
import { refused } from "../../helpers/refused.js";

const a = array([
  [4, 2],
  [2, 5],
]);
const l = array([
  [2, 0],
  [1, 2],
]);
const b = array([
  [2, -1],
  [3, 5],
]);

/** The factor of a two by two matrix, entry by entry. */
function byHand(x: AnyArray): AnyArray {
  const side = div(add(x.get(0, 1), x.get(1, 0)), 2) as Scalar;
  const first = sqrt(x.get(0, 0));
  const below = div(side, first);
  const rows = [stack([first, 0]), stack([below, sqrt(sub(x.get(1, 1), mul(below, below)))])];
  return stack(rows as AnyArray[]);
}

modeTests([
  {
    title: "cholesky",
    f: (x: NdArray) => cholesky(x),
    args: [a],
    value: l,
    slopes: [gradient((x) => sum(byHand(x)), a)[0]],
    rtol: 1e-12,
  },
  {
    title: "choleskySolve",
    f: (x: NdArray, y: NdArray) => choleskySolve(x, y),
    args: [
      array([
        [2, 7],
        [1, 2],
      ]),
      b,
    ],
    value: solve(a, b),
    rtol: 1e-12,
  },
  {
    title: "choleskySolve with a vector",
    f: (x: NdArray, y: NdArray) => choleskySolve(x, y),
    args: [l, array([6, 7])],
    value: array([1, 1]),
    // b̄ = a⁻¹ 1, l̄ = the lower triangle of −(b̄ xᵀ + x b̄ᵀ) l, with b̄ = [3, 2] / 16
    slopes: [
      array([
        [-(2 * 6 + 5) / 16, 0],
        [-(2 * 5 + 4) / 16, (-2 * 4) / 16],
      ]),
      array([3 / 16, 2 / 16]),
    ],
    rtol: 1e-12,
  },
]);

test("cholesky: derivatives of both orders are those of the formulas written out", () => {
  const weighed = (f: (x: AnyArray) => AnyArray) => (x: AnyArray) =>
    sum(
      mul(
        f(x),
        array([
          [1, 5],
          [-2, 3],
        ]),
      ),
    );
  const lower = (x: AnyArray): AnyArray => cholesky(x);
  assertClose(jacobian(lower, a), jacobian(byHand, a), { rtol: 1e-14, atol: 1e-15 });
  assertClose(hessian(weighed(lower), a), hessian(weighed(byHand), a), { rtol: 1e-13, atol: 1e-14 });
});

test("cholesky: of a matrix that is not symmetric its symmetric part counts, and cotangents are symmetric", () => {
  const skew = array([
    [4, 3],
    [1, 5],
  ]);
  assert.equal(toNested(cholesky(skew)), [
    [2, 0],
    [1, 2],
  ]);
  const [g] = gradient((x) => cholesky(x).get(1, 0), skew);
  assert.equal(toNested(g), [
    [-0.125, 0.25],
    [0.25, 0],
  ]);
});

test("cholesky: the cotangent of what is always 0 does not count", () => {
  assertClose(gradient((x) => cholesky(x).get(0, 1), a)[0], zeros([2, 2]));
});

test("cholesky: l lᵀ = a for each of several matrices", () => {
  const several = build([2, 3, 3], (k, i, j) => (i === j ? 5 + (k as number) : 1 / (1 + (i as number) + (j as number))));
  const y = cholesky(several);
  assertClose(matmul<NdArray>(y, y.transpose(0, 2, 1)), several, { rtol: 1e-14 });
  assert.equal(cholesky(zeros([0, 2, 2])).shape, [0, 2, 2]);
  const [g] = gradient((x) => sum(cholesky(x)), several);
  for (const k of [0, 1]) {
    const [one] = gradient((x) => sum(cholesky(x)), several.pick(k, null, null));
    assertClose(g.pick(k, null, null), one, { rtol: 1e-14 });
  }
});

test("choleskySolve after cholesky is solve, with its derivatives", () => {
  const v = array([1, -2]);
  const through = (x: AnyArray): AnyArray => choleskySolve(cholesky(x), v);
  const straight = (x: AnyArray): AnyArray => solve(mul(0.5, add(x, x.transpose(1, 0))) as AnyArray, v);
  assertClose(through(a), straight(a), { rtol: 1e-14 });
  assertClose(jacobian(through, a), jacobian(straight, a), { rtol: 1e-13, atol: 1e-14 });
});

test("choleskySolve: a right side alone moves", () => {
  assertClose(pushforward((y) => choleskySolve(l, y), [array([1, 1])], [array([6, 7])])[1], array([1, 1]), { rtol: 1e-14 });
});

test("choleskySolve: a vector is the right side of each of several matrices, in derivatives too", () => {
  const ls = array([
    [
      [2, 0],
      [1, 1.5],
    ],
    [
      [1, 0],
      [-0.5, 3],
    ],
    [
      [0.5, 0],
      [2, 1],
    ],
  ]);
  for (const factors of [ls, ls.hi(2, 2, 2), ls.hi(1, 2, 2)]) {
    const x = array([1, -2]);
    const through = (y: AnyArray, v: AnyArray): AnyArray => choleskySolve(y, v);
    const straight = (y: AnyArray, v: AnyArray): AnyArray => solve(matmul<NdArray>(tril(y), tril(y).transpose(0, 2, 1)), v);
    assertClose(through(factors, x), straight(factors, x), { rtol: 1e-13 });
    for (const mode of ["forward", "reverse"] as const) {
      assertClose(
        jacobian((y: AnyArray) => through(y, x), factors, { mode }),
        jacobian((y: AnyArray) => straight(y, x), factors, { mode }),
        { rtol: 1e-12, atol: 1e-12 },
      );
      assertClose(
        jacobian((v: AnyArray) => through(factors, v), x, { mode }),
        jacobian((v: AnyArray) => straight(factors, v), x, { mode }),
        { rtol: 1e-12, atol: 1e-12 },
      );
    }
  }
});

refused([
  [
    () =>
      cholesky(
        array([
          [1, 2],
          [2, 1],
        ]),
      ),
    RangeError,
    "cholesky: the matrix is not positive definite; a small multiple of the identity, added to it, may make it so",
  ],
  [
    () =>
      cholesky(
        array([
          [4, 2],
          [2, 1],
        ]),
      ),
    RangeError,
    "cholesky: the matrix is not positive definite; a small multiple of the identity, added to it, may make it so",
  ],
  [
    () => cholesky(zeros([1, 2, 2])),
    RangeError,
    "cholesky: the matrix is not positive definite; a small multiple of the identity, added to it, may make it so",
  ],
  [() => cholesky(zeros([2, 3])), RangeError, "cholesky: a is an array of shape [2, 3], not square; give as many rows as columns"],
  [
    () => cholesky(array([[Number.POSITIVE_INFINITY]])),
    RangeError,
    "cholesky: the matrix has Infinity at [0, 0]; finite entries are needed",
  ],
  [() => cholesky(4 as never), TypeError, "cholesky: a is a number; a matrix is needed"],
  [
    () => choleskySolve(l, zeros([3])),
    RangeError,
    "choleskySolve: l has shape [2, 2], b has shape [3]; b needs 2 rows, one for each row of l",
  ],
  [
    () => choleskySolve(zeros([2, 2]), b),
    RangeError,
    "choleskySolve: the matrix is singular: its diagonal has a 0 in row 0; give one without",
  ],
  [() => choleskySolve(zeros([2]), b), RangeError, "choleskySolve: l is an array of shape [2]; give a matrix, with two axes"],
]);

test.run();
