// Rules that write to what they are given, give away memory that is not theirs, or work once.
import { test } from "uvu";
import { add, array, defineRule, mul, type NdArray, NoTangent, type Operand, type Scalar } from "../../lib/index.js";
import { faults } from "./complaint.js";
import { filled, matrix, plain, slopeTimes, squared, squareOf } from "./squares.js";

faults("Memory", {
  "an input that the frule writes to": () => ({
    f: squared({
      dy: (x, dx) => {
        const result = slopeTimes(x, dx);
        plain(x).data[4] = 7;
        return result;
      },
    }),
    args: [matrix],
    says: /squared: its frule wrote to argument 1 at \[1, 1\]: it was 5 and is 7; a rule must leave what it is given as it is/,
  }),
  "an input that the pullback writes to": () => ({
    f: squared({
      xbar: (x, ybar) => {
        const result = slopeTimes(x, ybar);
        plain(x).data[0] = 0.5;
        return result;
      },
    }),
    args: [matrix],
    says: /squared: its pullback wrote to argument 1 at \[0, 0\]: it was 1 and is 0\.5/,
  }),
  "memory around an input that the pullback writes to": () => ({
    f: squared({
      xbar: (x, ybar) => {
        const result = slopeTimes(x, ybar);
        if (plain(x).data.length > 6) plain(x).data[0] = 0;
        return result;
      },
    }),
    args: [matrix],
    says: /squared on strided views: its pullback wrote to the store of argument 1, outside of the view: it was 1000 and is 0/,
  }),
  "a tangent that the frule writes to": () => ({
    f: squared({
      dy: (x, dx) => {
        const result = slopeTimes(x, dx);
        plain(dx).data[0] = 0;
        return result;
      },
    }),
    args: [matrix],
    says: /squared: its frule wrote to the tangent of argument 1 at \[0, 0\]/,
  }),
  "a cotangent that the pullback writes to": () => ({
    f: squared({
      xbar: (x, ybar) => {
        const result = slopeTimes(x, ybar);
        plain(ybar).data[5] = 0;
        return result;
      },
    }),
    args: [matrix],
    says: /squared: its pullback wrote to ȳ at \[1, 2\]/,
  }),
  "a list that the pullback writes to": () => ({
    f: defineRule(
      (list: Scalar[]) => mul(list[0] as Scalar, list[1] as Scalar),
      {
        frule: ([, d], [a, b]) => [mul(a as Scalar, b as Scalar), add(mul(b as Scalar, d[0]), mul(a as Scalar, d[1]))],
        rrule: (list) => [
          mul(list[0] as Scalar, list[1] as Scalar),
          (ybar) => {
            const [a, b] = list as [Scalar, Scalar];
            list[0] = 0;
            return [NoTangent, [mul(b, ybar), mul(a, ybar)]];
          },
        ],
      },
      { name: "ofTwo" },
    ),
    args: [[2, 3]],
    says: /ofTwo: its pullback wrote to argument 1: its part 0 is another one/,
  }),
  "a cotangent that is one of the arguments": () => ({
    f: defineRule(
      (x: Operand, _unused: Operand): Operand => squareOf(x),
      {
        frule: ([, dx], x) => [squareOf(x), slopeTimes(x, dx)],
        rrule: (x, unused) => [squareOf(x), (ybar) => [NoTangent, slopeTimes(x, ybar), unused]],
      },
      { name: "squared" },
    ),
    args: [matrix, filled([2, 3], () => 0)],
    says: /squared: cotangent of argument 2 shares memory with argument 2: adding to it would change argument 2; return a copy/,
  }),
  "a cotangent in the memory of the result": () => ({
    f: defineRule(
      (x: Operand): Operand => mul(x, 0),
      { frule: ([, dx], x) => [mul(x, 0), mul(dx, 0)], rrule: (x) => ((y) => [y, () => [NoTangent, y]])(mul(x, 0)) },
      { name: "nothing" },
    ),
    args: [matrix],
    says: /nothing: cotangent of argument 1 shares memory with y/,
  }),
  "a tangent in the memory of the result": () => ({
    f: defineRule(
      (x: Operand): Operand => mul(x, 0),
      { frule: (_tangents, x) => ((y) => [y, y])(mul(x, 0)), rrule: (x) => [mul(x, 0), (ybar) => [NoTangent, mul(ybar, 0)]] },
      { name: "nothing" },
    ),
    args: [matrix],
    says: /nothing: frule: ẏ shares memory with y/,
  }),
  "a pullback that works once": () => ({
    f: onlyOnce("another value"),
    args: [matrix],
    says: /squared: cotangent of argument 1 at the second call: x̄\[0, 0\]: .*; the pullback called again gives something else/,
  }),
  "a pullback that throws when it is called again": () => ({
    f: onlyOnce("an error"),
    args: [matrix],
    says: /squared: the pullback works once and fails when called again \(the memory is gone\)/,
  }),
  "a pullback whose later results overwrite earlier ones": () => ({
    f: defineRule(
      (x: NdArray): NdArray => mul(x, 3) as NdArray,
      {
        frule: ([, dx], x) => [mul(x, 3), mul(dx, 3)],
        rrule: (x) => {
          const buffer = filled(x.shape, () => 0);
          return [
            mul(x, 3),
            (ybar: NdArray) => {
              buffer.data.forEach((_, n) => {
                buffer.data[n] = 3 * (ybar.get(n) as number);
              });
              return [NoTangent, buffer];
            },
          ];
        },
      },
      { name: "tripled" },
    ),
    args: [array([1, 2, 3])],
    says: /tripled: cotangent of argument 1 at the second call: .*; a later call changed an earlier result: the pullback must give new memory each time/,
  }),
});

function onlyOnce(then: "another value" | "an error") {
  return defineRule(
    (x: Operand): Operand => squareOf(x),
    {
      frule: ([, dx], x) => [squareOf(x), slopeTimes(x, dx)],
      rrule: (x) => {
        let used = false;
        return [
          squareOf(x),
          (ybar) => {
            if (used && then === "an error") throw new Error("the memory is gone");
            const xbar = used ? mul(ybar, 0) : slopeTimes(x, ybar);
            used = true;
            return [NoTangent, xbar];
          },
        ];
      },
    },
    { name: "squared" },
  );
}

test.run();
