// Tests: solve, systems, matrices.
import { test } from "uvu";
import * as assert from "uvu/assert";
import { array, gradient, jacobian, matmul, type NdArray, pushforward, solve, sum, toNested, zeros } from "../../../lib/index.js";
import { assertClose } from "../../../lib/testing/index.js";
import { modeTests } from "../../helpers/check-modes.js";
import { build, decimals } from "../../helpers/layouts.js";
import { refused } from "../../helpers/refused.js";

const a = array([
  [2, 1],
  [-4, 3],
]);
// a⁻¹ = [3, −1; 4, 2] / 10
const inverse = array([
  [0.3, -0.1],
  [0.4, 0.2],
]);
const b = decimals([2, 3], 2);
const v = array([5, -2]);
const turned = (x: NdArray): NdArray => x.transpose(1, 0);
const ones = (...shape: number[]): NdArray => build(shape, () => 1);
const minusOuter = (x: NdArray, y: NdArray): NdArray => build([2, 2], (i, j) => -x.get(i as number) * y.get(j as number));
const dot = (x: NdArray, y: NdArray): NdArray => matmul<NdArray>(x, y);
const rtol = 1e-12;

modeTests([
  {
    title: "solve with a matrix",
    f: (x: NdArray, y: NdArray) => solve(x, y),
    args: [a, b],
    value: dot(inverse, b),
    // b̄ = a⁻ᵀ 1, ā = −b̄ xᵀ
    slopes: [
      build([2, 2], (i, j) => -dot(dot(turned(inverse), ones(2, 3)), turned(dot(inverse, b))).get(i as number, j as number)),
      dot(turned(inverse), ones(2, 3)),
    ],
    rtol,
  },
  {
    title: "solve with a vector",
    f: (x: NdArray, y: NdArray) => solve(x, y),
    args: [a, v],
    value: array([1.7, 1.6]),
    slopes: [minusOuter(array([0.7, 0.1]), array([1.7, 1.6])), array([0.7, 0.1])],
    rtol,
  },
  {
    title: "solve with several matrices and one right side",
    f: (x: NdArray, y: NdArray) => solve(x, y),
    args: [
      array([
        [
          [2, 1],
          [-4, 3],
        ],
        [
          [4, 0],
          [0, -2],
        ],
      ]),
      v,
    ],
    value: array([
      [1.7, 1.6],
      [1.25, 1],
    ]),
    slopes: [
      array([
        [
          [-1.19, -1.12],
          [-0.17, -0.16],
        ],
        [
          [-0.3125, -0.25],
          [0.625, 0.5],
        ],
      ]),
      array([0.95, -0.4]),
    ],
    rtol,
  },
]);

test("solve: a x = b for every pair that broadcasting makes", () => {
  const many = decimals([3, 1, 4, 4], 7);
  const right = decimals([2, 4, 5], 8);
  const x = solve(many, right);
  assert.equal(x.shape, [3, 2, 4, 5]);
  assertClose(
    matmul<NdArray>(many, x),
    build([3, 2, 4, 5], (_, k, i, j) => right.get(k as number, i as number, j as number)),
    { rtol: 1e-11, atol: 1e-11 },
  );
});

test("solve: the gradients of what broadcast are summed", () => {
  const many = decimals([3, 2, 2], 9);
  const right = decimals([2, 1], 10);
  const [abar, bbar] = gradient((x, y) => sum(solve(x, y)), many, right);
  assert.equal(abar.shape, [3, 2, 2]);
  const alone = [0, 1, 2].map((k) => gradient((x, y) => sum(solve(x, y)), many.pick(k, null, null), right));
  assertClose(
    bbar,
    build([2, 1], (i) => alone.reduce((total, [, each]) => total + (each as NdArray).get(i as number, 0), 0)),
    { rtol: 1e-12 },
  );
  const [one] = gradient((x) => sum(solve(x, many)), a);
  const each = [0, 1, 2].map((k) => gradient((x) => sum(solve(x, many.pick(k, null, null))), a)[0]);
  assertClose(
    one,
    build([2, 2], (i, j) => each.reduce((total, g) => total + g.get(i as number, j as number), 0)),
    { rtol: 1e-12 },
  );
});

test("solve: a right side alone moves without a's tangent, and the Jacobian is the inverse", () => {
  assertClose(
    jacobian((y) => solve(a, y), v),
    inverse,
    { rtol: 1e-14 },
  );
  assertClose(pushforward((y) => solve(a, y), [v], [v])[1], array([1.7, 1.6]), { rtol: 1e-14 });
});

test("solve: rows are exchanged where a pivot is 0", () => {
  assert.equal(
    toNested(
      solve(
        array([
          [0, 2],
          [1, 0],
        ]),
        array([4, 3]),
      ),
    ),
    [3, 2],
  );
});

test("solve: no entries", () => {
  assert.equal(solve(zeros([0, 0]), zeros([0])).shape, [0]);
  assert.equal(solve(a, zeros([2, 0])).shape, [2, 0]);
  assert.equal(solve(zeros([0, 2, 2]), v).shape, [0, 2]);
});

test("solve: NaN in b spreads, and only there", () => {
  const x = solve(
    a,
    array([
      [1, Number.NaN],
      [2, 1],
    ]),
  );
  assert.ok(Number.isFinite(x.get(0, 0)) && Number.isNaN(x.get(0, 1)));
});

const wide = zeros([2, 3]);
const singular = array([
  [1, 2],
  [2, 4],
]);

refused([
  [() => solve(wide, v), RangeError, "solve: a is an array of shape [2, 3], not square; give as many rows as columns"],
  [() => solve(v, v), RangeError, "solve: a is an array of shape [2]; give a matrix, with two axes"],
  [() => solve(a, zeros([3])), RangeError, "solve: a has shape [2, 2], b has shape [3]; b needs 2 rows, one for each row of a"],
  [() => solve(a, zeros([3, 2])), RangeError, "solve: a has shape [2, 2], b has shape [3, 2]; b needs 2 rows, one for each row of a"],
  [
    () => solve(zeros([3, 2, 2]), zeros([2, 2, 1])),
    RangeError,
    "solve: the matrix at [0] is singular; give one that has an inverse (lstsq and pinv take singular ones)",
  ],
  [
    () => solve(decimals([3, 2, 2]), zeros([2, 2, 1])),
    RangeError,
    "solve: axes before the last two of shapes [3, 2, 2] and [2, 2, 1]: shapes [3] and [2] do not broadcast: axis 0 has extents 3 and 2; make them equal, or one of them 1",
  ],
  [() => solve(singular, v), RangeError, "solve: the matrix is singular; give one that has an inverse (lstsq and pinv take singular ones)"],
  [
    () =>
      solve(
        array([
          [1, 2, 3],
          [4, 5, 6],
          [7, 8, 9],
        ]),
        array([1, 2, 3]),
      ),
    RangeError,
    "solve: the matrix is singular; give one that has an inverse (lstsq and pinv take singular ones)",
  ],
  [
    () =>
      solve(
        array([
          [1, 0],
          [0, Number.NaN],
        ]),
        v,
      ),
    RangeError,
    "solve: the matrix has NaN at [1, 1]; finite entries are needed",
  ],
  [() => solve([[1]] as never, v), TypeError, "solve: a is a list of length 1; a matrix is needed: array(a) makes one of lists"],
  [() => solve(a, 2 as never), TypeError, "solve: b is a number; a vector or a matrix is needed"],
]);

test("badly scaled matrices are not singular", () => {
  assertClose(
    solve(
      array([
        [1e-200, 0],
        [0, 1e200],
      ]),
      array([1, 1]),
    ),
    array([1e200, 1e-200]),
    { rtol: 1e-14 },
  );
  assertClose(
    solve(
      array([
        [1e-20, 1],
        [1, 1],
      ]),
      array([1, 2]),
    ),
    array([1, 1]),
    { rtol: 1e-14 },
  );
});

test.run();
