// Rules whose values are not their functions' own, whose tangents are not of their results' kind, and engines that break the protocol.
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type AnyFunction, levelOf, protocolCalls } from "../../lib/core/index.js";
import {
  add,
  array,
  defineRule,
  mul,
  type NdArray,
  NoTangent,
  notImplemented,
  type Operand,
  pullback,
  pushforward,
  rrule,
  scalarRule,
} from "../../lib/index.js";
import { rowMajor } from "../../lib/nd/index.js";
import { type Engines, testKit } from "../../lib/testing/index.js";
import { complaint, faults } from "./complaint.js";
import { filled, matrix, plain, slopeTimes, squared, squareOf } from "./squares.js";

/** x² with something that does not move beside it. */
function beside(
  own: unknown,
  byRule: unknown,
  dy: (x: Operand, dx: Operand) => unknown = (x, dx) => [slopeTimes(x, dx), NoTangent],
): AnyFunction {
  return defineRule(
    (x: Operand): readonly unknown[] => [squareOf(x), own],
    {
      frule: ([, dx], x) => [[squareOf(x), byRule], dy(x, dx)],
      rrule: (x) => [[squareOf(x), byRule], ([ybar]: readonly Operand[]) => [NoTangent, slopeTimes(x, ybar as Operand)]],
    },
    { name: "beside" },
  );
}

const indices = (...entries: number[]): NdArray => array(entries, { dtype: "int32" });

faults("Values and tangents", {
  "other integers in the value": () => ({
    f: beside(indices(1, 2), indices(1, 3)),
    args: [matrix],
    says: /beside: value of the frule against the function's own: y\[1\]: an array of int32 holds other entries/,
  }),
  "another word in the value": () => ({
    f: beside("one", "two"),
    args: [matrix],
    says: /y\[1\]: got the string "two", expected the string "one"; return the function's own value/,
  }),
  "a number where the function gives an array": () => ({
    f: squared({ y: () => 3, dy: () => 0 }),
    args: [matrix],
    says: /squared: value of the frule against the function's own: y: got a number, expected an array of shape \[2, 3\]/,
  }),
  "an array where the function gives a number": () => ({
    f: squared({ y: () => matrix, dy: () => matrix }),
    args: [2],
    says: /squared: value of the frule against the function's own: y: got an array of shape \[2, 3\], expected a number/,
  }),
  "a tangent for integers": () => ({
    f: beside(indices(1, 2), indices(1, 2), (x, dx) => [slopeTimes(x, dx), array([1, 2])]),
    args: [matrix],
    says: /beside: frule: ẏ\[1\]: got an array of shape \[2\], expected NoTangent: an array of int32 has no tangent space/,
  }),
  "an array for the tangent of a number": () => ({
    f: squared({ dy: () => array([1]) }),
    args: [2],
    says: /squared: frule: ẏ: got an array of shape \[1\], expected a number/,
  }),
  "a tangent of the wrong shape inside a structure": () => ({
    f: beside("a", "a", () => [array([1, 2]), NoTangent]),
    args: [matrix],
    says: /beside: frule: ẏ\[0\]: got an array of shape \[2\], expected an array of shape \[2, 3\], its result's own/,
  }),
  "NoTangent for a whole structure that can move": () => ({
    f: beside("a", "a", () => NoTangent),
    args: [matrix],
    says: /beside: frule: ẏ: got NoTangent for a list of length 2, which can move/,
  }),
  "a tangent that is not implemented inside a structure": () => ({
    f: beside("a", "a", () => [notImplemented("not yet"), NoTangent]),
    args: [matrix],
    says: /beside: frule: ẏ\[0\]: a derivative that is not implemented is needed: not yet/,
  }),
  "NoTangent for a whole argument that can move": () => ({
    f: defineRule(
      ([a]: readonly Operand[]): Operand => squareOf(a as Operand),
      {
        frule: ([, [da]], [a]) => [squareOf(a as Operand), slopeTimes(a as Operand, da)],
        rrule: ([a]) => [squareOf(a as Operand), () => [NoTangent, NoTangent]],
      },
      { name: "ofOne" },
    ),
    args: [[2]],
    says: /ofOne: cotangent of argument 1: x̄: got NoTangent for a list of length 1, which can move/,
  }),
  "a number for the cotangent of an array": () => ({
    f: squared({ xbar: () => 1 }),
    args: [matrix],
    says: /squared: cotangent of argument 1: x̄: got a number, expected an array of shape \[2, 3\]/,
  }),
  "a value that depends on the tangents": () => ({
    f: defineRule(
      (x: Operand): Operand => squareOf(x),
      {
        frule: ([, dx], x) => [add(squareOf(x), dx === 0 ? 1 : 0), slopeTimes(x, dx)],
        rrule: (x) => [squareOf(x), (ybar) => [NoTangent, slopeTimes(x, ybar)]],
      },
      { name: "squared" },
    ),
    args: [2],
    says: /squared: value of the frule for zero tangents: y: got 5, expected 4, .*; it must not depend on the tangents/,
  }),
  "a cotangent in a window on the memory of an argument": () => ({
    f: defineRule(
      (x: Operand, _unused: Operand): Operand => squareOf(x),
      {
        frule: ([, dx], x) => [squareOf(x), slopeTimes(x, dx)],
        rrule: (x, unused) => [
          squareOf(x),
          (ybar) => [NoTangent, slopeTimes(x, ybar), rowMajor((plain(unused).data as Float64Array).subarray(0), [2, 3])],
        ],
      },
      { name: "squared" },
    ),
    args: [matrix, filled([2, 3], () => 0)],
    says: /squared: cotangent of argument 2 shares memory with argument 2/,
  }),
  "a rule wrong at second order, forward over forward alone": () => ({
    f: squared({ dy: (x, dx) => mul((levelOf(x)?.constructor.name === "ForwardLevel" ? wrongSlope : rightSlope)(x), dx) }),
    args: [matrix],
    says: /squared: second derivative, forward over forward: got .* as by forward over reverse; the modes disagree at second order/,
  }),
});

const rightSlope = scalarRule(
  (x: number): number => 2 * x,
  () => [2],
  { name: "rightSlope" },
);
const wrongSlope = scalarRule(
  (x: number): number => 2 * x,
  () => [1.9],
  { name: "wrongSlope" },
);

test("engines that give another count of cotangents are told so", () => {
  const ad = { pushforward, pullback } as unknown as Engines;
  const engines: Engines = {
    ...ad,
    ...protocolCalls(ad),
    rrule: (f, ...args) => {
      const [y, back] = rrule(f, ...args) as readonly [unknown, (ybar: unknown) => readonly unknown[]];
      return [y, (ybar) => [...back(ybar), NoTangent]];
    },
  };
  assert.match(
    complaint(() => testKit({}, engines).testRrule(squared({}), 2)),
    /squared: the pullback gave 3 cotangents, expected 2: one for squared itself, then one for each argument/,
  );
});

test.run();
