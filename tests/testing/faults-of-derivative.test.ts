// Rules whose derivatives are wrong by a planted fault.
import { test } from "uvu";
import {
  add,
  array,
  defineRule,
  matmul,
  maximum,
  mul,
  type NdArray,
  NoTangent,
  type Operand,
  primal,
  sum,
  sumTo,
  transpose,
  where,
} from "../../lib/index.js";
import { map1 } from "../../lib/nd/index.js";
import { faults } from "./complaint.js";
import { matrix, quadratic, slopeTimes, squared, squareOf } from "./squares.js";

faults("Wrong derivatives", {
  "a factor of 1.001 in the frule": () => ({
    f: squared({ dy: (x, dx) => mul(1.001, slopeTimes(x, dx)) }),
    args: [matrix],
    says: /squared: frule against finite differences: ẏ\[0, 0\]: got .*; it is off by a factor of 1\.001/,
  }),
  "a factor of 1.001 in the rrule": () => ({
    f: squared({ xbar: (x, ybar) => mul(1.001, slopeTimes(x, ybar)) }),
    args: [matrix],
    says: /squared: cotangent of argument 1 against finite differences: x̄\[0, 0\]: got .*; it is off by a factor of 1\.001/,
  }),
  "a factor in a function of one number": () => ({
    f: squared({ xbar: (x, ybar) => mul(x, ybar) }),
    args: [3],
    says: /cotangent of argument 1 against finite differences: x̄: got .* apart; the factor between them is 0\.5/,
  }),
  "the wrong sign in the frule": () => ({
    f: squared({ dy: (x, dx) => mul(-1, slopeTimes(x, dx)) }),
    args: [matrix],
    says: /frule against finite differences: .*; the sign is wrong/,
  }),
  "the wrong sign in the rrule": () => ({
    f: squared({ xbar: (x, ybar) => mul(-1, slopeTimes(x, ybar)) }),
    args: [matrix],
    says: /cotangent of argument 1 against finite differences: .*; the sign is wrong/,
  }),
  "a derivative that is NaN": () => ({
    f: squared({ xbar: (x, ybar) => mul(Number.NaN, slopeTimes(x, ybar)) }),
    args: [3],
    says: /squared: cotangent of argument 1 .*NaN/,
  }),
  "a transposed cotangent": () => ({
    f: squared({ xbar: (x, ybar) => transpose(slopeTimes(x, ybar) as NdArray) }),
    args: [quadratic],
    says: /cotangent of argument 1 against finite differences: .*; it is transposed/,
  }),
  "a transposed tangent": () => ({
    f: squared({ dy: (x, dx) => transpose(slopeTimes(x, dx) as NdArray) }),
    args: [quadratic],
    says: /frule against finite differences: .*; it is transposed/,
  }),
  "a matrix product whose cotangent forgets to transpose": () => ({
    f: defineRule(
      (a: NdArray, b: NdArray): NdArray => matmul<NdArray>(a, b),
      {
        frule: ([, da, db], a, b) => [matmul(a, b), add(matmul(da as NdArray, b), matmul(a, db as NdArray))],
        rrule: (a, b) => [matmul(a, b), (ybar: NdArray) => [NoTangent, matmul(ybar, b), matmul(transpose(a), ybar)]],
      },
      { name: "product" },
    ),
    args: [
      quadratic,
      array([
        [2, -1],
        [0.5, 1],
      ]),
    ],
    says: /product: cotangent of argument 1 against finite differences: x̄\[0, 0\]/,
  }),
  "the cotangents of two arguments swapped": () => ({
    f: defineRule(
      (x: Operand, y: Operand): Operand => mul(x, y),
      {
        frule: ([, dx, dy], x, y) => [mul(x, y), add(mul(y, dx), mul(x, dy))],
        rrule: (x, y) => [mul(x, y), (zbar) => [NoTangent, mul(x, zbar), mul(y, zbar)]],
      },
      { name: "times" },
    ),
    args: [array([1, 2]), array([3, -4])],
    says: /times: cotangent of argument 1 against finite differences: .*; it is that of argument 2: the two are swapped/,
  }),
  "a rule that is right except at negative inputs": () => ({
    f: squared({ xbar: (x, ybar) => mul(slopeTimes(maximum(x, 0), 1), ybar) }),
    args: [array([1, -2, 3, -0.5])],
    says: /cotangent of argument 1 against finite differences: x̄\[1\]: .*; it is wrong exactly where negative numbers stand/,
  }),
  "an frule that is wrong alone": () => ({
    f: squared({ dy: (x, dx) => mul(mul(x, x), dx) }),
    args: [matrix],
    says: /^squared: frule against finite differences/,
  }),
  "an rrule that is wrong alone": () => ({
    f: squared({ xbar: (x, ybar) => mul(mul(x, x), ybar) }),
    args: [matrix],
    says: /^squared: cotangent of argument 1 against finite differences/,
  }),
  "one wrong entry of a large array": () => ({
    f: squared({
      xbar: (x, ybar) => {
        const xbar = slopeTimes(x, ybar) as NdArray;
        xbar.data[37] = 0;
        return xbar;
      },
    }),
    args: [array(Array.from({ length: 100 }, (_, n) => 1 + n / 7))],
    says: /cotangent of argument 1 against finite differences in a random direction: ⟨x̄, ẋ⟩: got/,
  }),
  "a sum over broadcast axes that is taken over the wrong one": () => ({
    f: defineRule(
      (x: NdArray, y: NdArray): NdArray => add(x, y) as NdArray,
      {
        frule: ([, dx, dy], x, y) => [add(x, y), add(dx, dy)],
        rrule: (x, y) => [add(x, y), (zbar) => [NoTangent, zbar, sumTo(transpose(zbar as NdArray), y.shape)]],
      },
      { name: "plus" },
    ),
    args: [quadratic, array([1, 2])],
    says: /plus: cotangent of argument 2 against finite differences: x̄\[0\]/,
  }),
  "a mean that forgets its count": () => ({
    f: defineRule(
      (x: NdArray): number => (sum(x) as number) / x.size,
      {
        frule: ([, dx], x) => [mul(sum(x), 1 / x.size), mul(sum(dx), 1 / x.size)],
        rrule: (x) => [mul(sum(x), 1 / x.size), (ybar) => [NoTangent, add(mul(x, 0), ybar)]],
      },
      { name: "average" },
    ),
    args: [array([1, 2, 3, 4])],
    says: /average: cotangent of argument 1 against finite differences: .*; it is off by a factor of 4/,
  }),
  "a branch that is taken the wrong way round": () => ({
    f: defineRule(
      (x: Operand): Operand => where(atLeastPlain(x, 1), squareOf(x), x),
      {
        frule: ([, dx], x) => [where(atLeastPlain(x, 1), squareOf(x), x), where(atLeastPlain(x, 1), slopeTimes(x, dx), dx)],
        rrule: (x) => [
          where(atLeastPlain(x, 1), squareOf(x), x),
          (ybar) => [NoTangent, where(atLeastPlain(x, 1), ybar, slopeTimes(x, ybar))],
        ],
      },
      { name: "bent" },
    ),
    args: [array([0.25, 2])],
    says: /bent: cotangent of argument 1 against finite differences/,
  }),
});

function atLeastPlain(x: Operand, bound: number): NdArray {
  return map1((entry) => (entry >= bound ? 1 : 0), primal(x) as NdArray);
}

test.run();
