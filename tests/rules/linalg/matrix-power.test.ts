import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  array,
  eye,
  gradient,
  inv,
  jacobian,
  matmul,
  matrixPower,
  type NdArray,
  pushforward,
  sum,
  toNested,
  zeros,
} from "../../../lib/index.js";
import { assertClose } from "../../../lib/testing/index.js";
import { modeTests } from "../../helpers/check-modes.js";
import { build, decimals } from "../../helpers/layouts.js";
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
const power = (x: NdArray, n: number): NdArray => dot(eye(x.shape[0] as number), ...Array.from({ length: n }, () => x));
const ones = (n: number): NdArray => build([n, n], () => 1);
const rtol = 1e-11;

modeTests([
  {
    title: "matrixPower",
    f: (x: NdArray) => matrixPower(x, 5),
    args: [a],
    value: power(a, 5),
    slopes: [
      [0, 1, 2, 3, 4]
        .map((k) => dot(power(a, k).transpose(1, 0), ones(2), power(a, 4 - k).transpose(1, 0)))
        .reduce((x, y) => build([2, 2], (i, j) => x.get(i as number, j as number) + y.get(i as number, j as number))),
    ],
    rtol,
  },
  { title: "matrixPower with a negative exponent", f: (x: NdArray) => matrixPower(x, -3), args: [a], value: power(inverse, 3), rtol },
  { title: "matrixPower 1", f: (x: NdArray) => matrixPower(x, 1), args: [a], value: a, slopes: [ones(2)], rtol },
]);

test("matrixPower of several matrices is that of each", () => {
  const y = matrixPower(several, 3);
  const [g] = gradient((x) => sum(matrixPower(x, 3)), several);
  for (const k of [0, 1]) {
    const one = several.pick(k, null, null);
    assertClose(y.pick(k, null, null), power(one, 3), { rtol: 1e-13 });
    assertClose(g.pick(k, null, null), gradient((x) => sum(matrixPower(x, 3)), one)[0], { rtol: 1e-13 });
  }
});

test("matrixPower 0 is the identity, whatever the matrix, and does not move", () => {
  assert.equal(toNested(matrixPower(zeros([2, 2]), 0)), [
    [1, 0],
    [0, 1],
  ]);
  assert.equal(matrixPower(several, 0).shape, [2, 3, 3]);
  assertClose(gradient((x) => sum(matrixPower(x, 0)), a)[0], zeros([2, 2]));
  assertClose(pushforward((x) => matrixPower(x, 0), [a], [a])[1], zeros([2, 2]));
});

test("matrixPower 1 is a copy, and −1 the inverse with its derivative", () => {
  const y = matrixPower(a, 1);
  y.set(0, 0, 99);
  assert.is(a.get(0, 0), 2);
  assertClose(matrixPower(a, -1), inverse, { rtol: 1e-15 });
  assertClose(
    jacobian((x) => matrixPower(x, -1), a),
    jacobian((x) => inv(x), a),
    { rtol: 1e-14 },
  );
});

test("matrixPower of a nilpotent matrix ends in zeros, with exact derivatives", () => {
  const shift = array([
    [0, 1],
    [0, 0],
  ]);
  assert.equal(toNested(matrixPower(shift, 2)), [
    [0, 0],
    [0, 0],
  ]);
  assert.equal(toNested(gradient((x) => matrixPower(x, 2).get(0, 0), shift)[0]), [
    [0, 0],
    [1, 0],
  ]);
});

refused([
  [
    () => matrixPower(zeros([2, 2]), -2),
    RangeError,
    "matrixPower: the matrix is singular; give one that has an inverse (lstsq and pinv take singular ones)",
  ],
  [() => matrixPower(a, 0.5), RangeError, "matrixPower: n = 0.5; give an integer"],
  [() => matrixPower(a, "2" as never), TypeError, 'matrixPower: n is the string "2"; give an integer'],
  [() => matrixPower(zeros([2, 3]), 2), RangeError, "matrixPower: a is an array of shape [2, 3], not square; give as many rows as columns"],
]);

test.run();
