// Rules with a planted fault in the count, the places and the kinds of their cotangents.
import { test } from "uvu";
import {
  type AnyArray,
  add,
  array,
  cast,
  defineRule,
  mul,
  type NdArray,
  NoTangent,
  notImplemented,
  type Operand,
  Tangent,
  ZeroTangent,
  zeros,
} from "../../lib/index.js";
import { faults } from "./complaint.js";
import { labelled, matrix, single, slopeTimes, squared } from "./squares.js";

const plus = (bars: (x: Operand, y: Operand, zbar: Operand) => readonly unknown[]) =>
  defineRule(
    (x: Operand, y: Operand): Operand => add(x, y),
    { frule: ([, dx, dy], x, y) => [add(x, y), add(dx, dy)], rrule: (x, y) => [add(x, y), (zbar: Operand) => bars(x, y, zbar)] },
    { name: "plus" },
  );

faults("Count, places and kinds of cotangents", {
  "one cotangent too many": () => ({
    f: squared({ bars: (x, ybar) => [NoTangent, slopeTimes(x, ybar), NoTangent] }),
    args: [matrix],
    says: /squared: its pullback returned 3 cotangents for 1 arguments; expected 2/,
  }),
  "a cotangent too few": () => ({
    f: plus((_x, _y, zbar) => [NoTangent, zbar]),
    args: [matrix, matrix],
    says: /plus: its pullback returned 2 cotangents for 2 arguments; expected 3/,
  }),
  "a missing self slot": () => ({
    f: squared({ bars: (x, ybar) => [slopeTimes(x, ybar)] }),
    args: [matrix],
    says: /squared: its pullback returned 1 cotangents for 1 arguments; expected 2, the first for squared itself \(NoTangent\)/,
  }),
  "a missing self slot where the count is right by accident": () => ({
    f: labelled((x, ybar) => [slopeTimes(x, ybar), NoTangent]),
    args: [matrix, "a label"],
    says: /labelled: the self slot, entry 0 of the cotangents: got an array of shape \[2, 3\], expected NoTangent/,
  }),
  "ZeroTangent in the self slot": () => ({
    f: squared({ bars: (x, ybar) => [ZeroTangent, slopeTimes(x, ybar)] }),
    args: [matrix],
    says: /squared: the self slot, entry 0 of the cotangents: got ZeroTangent, expected NoTangent/,
  }),
  "ZeroTangent where there is no tangent space": () => ({
    f: labelled((x, ybar) => [NoTangent, slopeTimes(x, ybar), ZeroTangent]),
    args: [matrix, "a label"],
    says: /labelled: cotangent of argument 2: x̄: got ZeroTangent, expected NoTangent: a string has no tangent space/,
  }),
  "a cotangent for an array of integers": () => ({
    f: defineRule(
      (x: Operand, k: NdArray): Operand => mul(x, k),
      { frule: ([, dx], x, k) => [mul(x, k), mul(dx, k)], rrule: (x, k) => [mul(x, k), (ybar) => [NoTangent, mul(k, ybar), mul(x, ybar)]] },
      { name: "times" },
    ),
    args: [array([1, 2]), array([3, 4], { dtype: "int32" })],
    says: /times: cotangent of argument 2: x̄: got an array of shape \[2\], expected NoTangent: an array of int32 has no tangent space/,
  }),
  "NoTangent for an array that can move": () => ({
    f: squared({ xbar: () => NoTangent }),
    args: [matrix],
    says: /squared: cotangent of argument 1: x̄: got NoTangent for an array of shape \[2, 3\], which can move; .* the option exclude/,
  }),
  "NoTangent for a number": () => ({
    f: plus((_x, _y, zbar) => [NoTangent, zbar, NoTangent]),
    args: [1, 2],
    says: /plus: cotangent of argument 2: x̄: got NoTangent for a number, which can move/,
  }),
  "NoTangent for a result that can move": () => ({
    f: squared({ dy: () => NoTangent }),
    args: [matrix],
    says: /squared: frule: ẏ: got NoTangent for an array of shape \[2, 3\], which can move/,
  }),
  "the wrong shape": () => ({
    f: squared({ xbar: () => array([1, 2]) }),
    args: [matrix],
    says: /squared: cotangent of argument 1: x̄: got an array of shape \[2\], expected shape \[2, 3\], its argument's own/,
  }),
  "a transposed cotangent of a matrix that is not square": () => ({
    f: squared({ xbar: () => zeros([3, 2]) }),
    args: [matrix],
    says: /x̄: got an array of shape \[3, 2\], expected shape \[2, 3\], its argument's own; it is transposed/,
  }),
  "broadcasting that is not undone, for an array": () => ({
    f: plus((_x, _y, zbar) => [NoTangent, zbar, zbar]),
    args: [matrix, array([1, 2, 3])],
    says: /plus: cotangent of argument 2: x̄: got an array of shape \[2, 3\], expected shape \[3\], .*; the broadcasting is not undone: sum it with sumTo\(t, \[3\]\)/,
  }),
  "broadcasting that is not undone, for a number": () => ({
    f: plus((_x, _y, zbar) => [NoTangent, zbar, zbar]),
    args: [matrix, 2],
    says: /plus: cotangent of argument 2: x̄: got an array of shape \[2, 3\], expected a number; the broadcasting is not undone: sum it with sumTo\(t, \[\]\)/,
  }),
  "float64 for a float32 argument": () => ({
    f: squared({ xbar: (x, ybar) => cast(slopeTimes(x, ybar) as AnyArray, "float64") }),
    args: [single],
    says: /squared: cotangent of argument 1: x̄: got an array of float64, expected one of float32, its argument's own kind; make it so with cast\(t, "float32"\)/,
  }),
  "a word for the cotangent of a number": () => ({
    f: squared({ xbar: () => "2x" }),
    args: [3],
    says: /squared: cotangent of argument 1: x̄: got a string, expected a number; return a number/,
  }),
  "a Tangent for the cotangent of a number": () => ({
    f: squared({ xbar: (x, ybar) => new Tangent({ x: slopeTimes(x, ybar) }) }),
    args: [3],
    says: /squared: cotangent of argument 1: x̄: got a Tangent of x, expected a number; return a number/,
  }),
  "the argument itself where there is no tangent space": () => ({
    f: labelled((x, ybar) => [NoTangent, slopeTimes(x, ybar), "a label"]),
    args: [matrix, "a label"],
    says: /labelled: cotangent of argument 2: x̄: got a string, expected NoTangent: a string has no tangent space/,
  }),
  "a derivative that is not implemented": () => ({
    f: squared({ xbar: () => notImplemented("nobody has needed it yet") }),
    args: [matrix],
    says: /cotangent of argument 1: x̄: a derivative that is not implemented is needed: nobody has needed it yet/,
  }),
  "a pullback that returns no list": () => ({
    f: squared({ bars: (x, ybar) => slopeTimes(x, ybar) as unknown as unknown[] }),
    args: [matrix],
    says: /squared: its pullback returned an array of shape \[2, 3\]; return a list/,
  }),
});

test.run();
