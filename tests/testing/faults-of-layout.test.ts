// Rules that are right for contiguous arrays and wrong for strided views.
import { test } from "uvu";
import { add, array, defineRule, mul, type NdArray, NoTangent, sumTo } from "../../lib/index.js";
import { rowMajor } from "../../lib/nd/index.js";
import { faults } from "./complaint.js";
import { filled, matrix, plain, quadratic, slopeTimes, squared } from "./squares.js";

const rowMajorTimes = (x: NdArray, t: NdArray): NdArray =>
  filled(x.shape, (n) => 2 * (x.data[x.offset + n] as number) * (t.data[t.offset + n] as number));

faults("Strided views", {
  "an rrule that is right for contiguous arrays and wrong for strided views": () => ({
    f: squared({ xbar: (x, ybar) => rowMajorTimes(plain(x), plain(ybar)) }),
    args: [matrix],
    says: /squared on strided views: cotangent of argument 1: x̄\[0, 1\]: .*; squared is right for contiguous arrays and wrong for strided views/,
  }),
  "an frule that is right for contiguous arrays and wrong for strided views": () => ({
    f: squared({ dy: (x, dx) => rowMajorTimes(plain(x), plain(dx)) }),
    args: [matrix],
    says: /squared on strided views: frule: ẏ\[0, 1\]: .*; squared is right for contiguous arrays and wrong for strided views/,
  }),
  "a function that is itself wrong for strided views": () => ({
    f: defineRule(
      (x: NdArray): NdArray =>
        rowMajor(
          Float64Array.from(x.data.slice(0, x.size) as ArrayLike<number>, (entry) => 3 * entry),
          x.shape,
        ),
      {
        frule: ([, dx], x) => [
          rowMajor(
            Float64Array.from(x.data.slice(0, x.size) as ArrayLike<number>, (entry) => 3 * entry),
            x.shape,
          ),
          mul(dx, 3),
        ],
        rrule: (x) => [
          rowMajor(
            Float64Array.from(x.data.slice(0, x.size) as ArrayLike<number>, (entry) => 3 * entry),
            x.shape,
          ),
          (ybar) => [NoTangent, mul(ybar, 3)],
        ],
      },
      { name: "tripled" },
    ),
    args: [quadratic],
    says: /tripled on strided views: value: y\[0, 0\]: .*; tripled is right for contiguous arrays and wrong for strided views/,
  }),
  "a fault that only the layout given shows": () => ({
    f: squared({ xbar: (x, ybar) => rowMajorTimes(plain(x), plain(ybar)) }),
    args: [matrix.transpose(1, 0)],
    says: /squared, its arrays laid out as given: cotangent of argument 1: .* wrong for strided views/,
  }),
  "a rule that throws on strided views": () => ({
    f: squared({
      xbar: (x, ybar) => {
        if (plain(x).offset > 0) throw new RangeError("only whole arrays");
        return slopeTimes(x, ybar);
      },
    }),
    args: [matrix],
    says: /squared on strided views: it threw, though it does not for contiguous arrays: only whole arrays/,
  }),
  "a sum to a shape that reads the store": () => ({
    f: defineRule(
      (x: NdArray): number => sumTo(x, []) as number,
      {
        frule: ([, dx], x) => [sumTo(x, []), Array.from(plain(dx).data as ArrayLike<number>).reduce((a, b) => a + b, 0)],
        rrule: (x) => [sumTo(x, []), (ybar) => [NoTangent, add(mul(x, 0), ybar)]],
      },
      { name: "total" },
    ),
    args: [array([1, 2, 3])],
    says: /total on strided views: frule: ẏ: /,
  }),
});

test.run();
