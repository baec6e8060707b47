import { test } from "uvu";
import * as assert from "uvu/assert";
import { array, eye, inv, matmul, type NdArray, zeros } from "../../../lib/index.js";
import { assertClose } from "../../../lib/testing/index.js";
import { modeTests } from "../../helpers/check-modes.js";
import { decimals } from "../../helpers/layouts.js";
import { refused } from "../../helpers/refused.js";

const a = array([
  [2, 1],
  [-4, 3],
]);
const inverse = array([
  [0.3, -0.1],
  [0.4, 0.2],
]);
const several = decimals([2, 3, 3], 4);
const dot = (...factors: NdArray[]): NdArray => factors.reduce((x, y) => matmul<NdArray>(x, y));
const rtol = 1e-11;

modeTests([
  {
    title: "inv",
    f: (x: NdArray) => inv(x),
    args: [a],
    value: inverse,
    // −a⁻ᵀ 1 a⁻ᵀ: column sums of a⁻¹ times its row sums
    slopes: [
      array([
        [-0.7 * 0.2, -0.7 * 0.6],
        [-0.1 * 0.2, -0.1 * 0.6],
      ]),
    ],
    rtol,
  },
]);

test("inv of several matrices: each times its inverse is the identity", () => {
  const y = inv(several);
  for (const k of [0, 1]) assertClose(dot(several.pick(k, null, null), y.pick(k, null, null)), eye(3), { rtol: 1e-12, atol: 1e-12 });
});

test("no entries", () => {
  assert.equal(inv(zeros([0, 0])).shape, [0, 0]);
  assert.equal(inv(zeros([0, 2, 2])).shape, [0, 2, 2]);
});

refused([
  [
    () =>
      inv(
        array([
          [1, 2],
          [2, 4],
        ]),
      ),
    RangeError,
    "inv: the matrix is singular; give one that has an inverse (lstsq and pinv take singular ones)",
  ],
  [() => inv(zeros([2, 3])), RangeError, "inv: a is an array of shape [2, 3], not square; give as many rows as columns"],
  [() => inv(zeros([2])), RangeError, "inv: a is an array of shape [2]; give a matrix, with two axes"],
  [() => inv([[1]] as never), TypeError, "inv: a is a list of length 1; a matrix is needed: array(a) makes one of lists"],
  [() => inv(array([[Number.NaN]])), RangeError, "inv: the matrix has NaN at [0, 0]; finite entries are needed"],
  [
    () => inv(array([[[1]], [[0]]])),
    RangeError,
    "inv: the matrix at [1] is singular; give one that has an inverse (lstsq and pinv take singular ones)",
  ],
]);

test.run();
