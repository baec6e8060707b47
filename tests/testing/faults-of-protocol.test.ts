// Rules with one planted fault each, in how they keep the protocol: the kit must throw, and its message must name the fault.
import { test } from "uvu";
import { Thunk, unthunk } from "../../lib/core/index.js";
import {
  add,
  type AnyArray,
  array,
  callable,
  cast,
  defineRule,
  inplaceable,
  mul,
  type NdArray,
  NoTangent,
  notImplemented,
  type Operand,
  type Scalar,
  sum,
  sumTo,
  Tangent,
  thunk,
  ZeroTangent,
} from "../../lib/index.js";
import { rowMajor } from "../../lib/nd/index.js";
import { faults } from "./complaint.js";
import { filled, labelled, matrix, plain, quadratic, single, slopeTimes, squared, squareOf } from "./squares.js";

const plus = (bars: (x: Operand, y: Operand, zbar: Operand) => readonly unknown[]) =>
  defineRule(
    (x: Operand, y: Operand): Operand => add(x, y),
    { frule: ([, dx, dy], x, y) => [add(x, y), add(dx, dy)], rrule: (x, y) => [add(x, y), (zbar: Operand) => bars(x, y, zbar)] },
    { name: "plus" },
  );

// The count, the self slot, kinds.
faults({
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
    f: squared({ xbar: (x, ybar) => array([[1, 2], [3, 4], [5, 6]].map((row) => row.map(() => (void x, void ybar, 1)))) }),
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

// What a rule was given, and what it gives away.
faults({
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
      { frule: ([, dx], x) => [squareOf(x), slopeTimes(x, dx)], rrule: (x, unused) => [squareOf(x), (ybar) => [NoTangent, slopeTimes(x, ybar), unused]] },
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

/** A thunk of somebody who did not read that values are kept. */
class Forgetful extends Thunk {
  private readonly again: () => unknown;

  constructor(again: () => unknown) {
    super(again);
    this.again = again;
  }

  override value(): unknown {
    return this.again();
  }
}

/** 3x with a cotangent that adds itself to an accumulator of this kind. */
function tripledInto(addTo: (acc: NdArray, ybar: NdArray, value: () => unknown) => void) {
  return defineRule(
    (x: NdArray): NdArray => mul(x, 3) as NdArray,
    {
      frule: ([, dx], x) => [mul(x, 3), mul(dx, 3)],
      rrule: (x) => [
        mul(x, 3),
        (ybar: NdArray) => {
          const xbar: Thunk = inplaceable(
            (acc) => addTo(acc, ybar, () => unthunk(xbar)),
            () => mul(ybar, 3),
          );
          return [NoTangent, xbar];
        },
      ],
    },
    { name: "tripled" },
  );
}

// Thunks, and adding in place.
faults({
  "a thunk that is evaluated twice": () => ({
    f: squared({ xbar: (x, ybar) => new Forgetful(() => slopeTimes(x, ybar)) }),
    args: [matrix],
    says: /squared: x̄\[0\]: the thunk was evaluated twice/,
  }),
  "a thunk of a number that is evaluated twice": () => ({
    f: squared({ xbar: (x, ybar) => new Recomputing(() => slopeTimes(x, ybar)) }),
    args: [1.5],
    says: /squared: x̄\[0\]: the thunk was evaluated twice/,
  }),
  "a thunk that is evaluated when it is unused": () => ({
    f: squared({
      xbar: (x, ybar) => {
        const xbar = thunk(() => slopeTimes(x, ybar));
        unthunk(xbar);
        return xbar;
      },
    }),
    args: [matrix],
    says: /squared: x̄\[0\]: the thunk was evaluated though it is unused: the pullback asked for its value/,
  }),
  "an addTo that evaluates its thunk": () => ({
    f: tripledInto((acc, _, value) => {
      const xbar = value() as NdArray;
      for (let n = 0; n < acc.size; n++) acc.set(n, acc.get(n) + xbar.get(n));
    }),
    args: [array([1, 2, 3])],
    says: /tripled: .*: the thunk was evaluated though it is unused: addTo asked for its value/,
  }),
  "an addTo that overwrites instead of adding": () => ({
    f: tripledInto((acc, ybar) => {
      for (let n = 0; n < acc.size; n++) acc.set(n, 3 * ybar.get(n));
    }),
    args: [array([1, 2, 3])],
    says: /tripled: cotangent of argument 1: x̄: addTo overwrites the accumulator instead of adding to it/,
  }),
  "an addTo that ignores strides": () => ({
    f: tripledInto((acc, ybar) => {
      for (let n = 0; n < acc.size; n++) (acc.data[acc.offset + n] as number) += 3 * ybar.get(n);
    }),
    args: [array([1, 2, 3])],
    says: /tripled: cotangent of argument 1: x̄: addTo ignores the strides or the offset of its accumulator: it wrote at position \d+ of the store, outside of the view/,
  }),
  "an addTo that ignores the sign of strides": () => ({
    f: tripledInto((acc, ybar) => {
      const [step] = acc.stride as [number];
      const first = step < 0 ? acc.offset + step * (acc.size - 1) : acc.offset;
      for (let n = 0; n < acc.size; n++) (acc.data[first + Math.abs(step) * n] as number) += 3 * ybar.get(n);
    }),
    args: [array([1, 2, 3])],
    says: /addTo is right for a contiguous accumulator and wrong for a strided one: it ignores strides or offset/,
  }),
  "an addTo that adds something else than its thunk's value": () => ({
    f: tripledInto((acc, ybar) => {
      for (let n = 0; n < acc.size; n++) acc.set(n, acc.get(n) + 2 * ybar.get(n));
    }),
    args: [array([1, 2, 3])],
    says: /addTo onto an accumulator that is not zero: acc\[0\]: .*; addTo must add what the thunk's value is/,
  }),
});

/** As `Forgetful`, by calling the computation that the thunk keeps. */
class Recomputing extends Thunk {
  override value(): unknown {
    return (this as unknown as { compute: () => unknown }).compute();
  }
}

interface Line {
  readonly slope: Scalar;
  readonly points: AnyArray;
}
const line = (bars: (p: Line, ybar: Scalar) => unknown) => {
  const value = (p: Line): Scalar => mul(p.slope, sum(p.points)) as Scalar;
  return defineRule(
    (p: Line) => value(p),
    {
      frule: ([, d], p) => [value(p), add(mul(sum(p.points), d.slope), mul(p.slope, sum(d.points)))],
      rrule: (p) => [value(p), (ybar: Scalar) => [NoTangent, bars(p, ybar)]],
    },
    { name: "line" },
  );
};
const onPoints = ({ slope, points }: Line, ybar: Scalar): Operand => add(mul(points, 0), mul(slope, ybar));

// Structures, and parameters.
faults({
  "a field left out whose cotangent is not zero": () => ({
    f: line((p, ybar) => new Tangent({ points: onPoints(p, ybar) })),
    args: [{ slope: 2, points: array([1, 2]) }],
    says: /line: cotangent of argument 1 against finite differences: x̄\.slope: got 0, expected/,
  }),
  "a field that the argument does not have": () => ({
    f: line((p, ybar) => ({ slope: mul(sum(p.points), ybar), points: onPoints(p, ybar), bias: 1 })),
    args: [{ slope: 2, points: array([1, 2]) }],
    says: /line: cotangent of argument 1: x̄: got a part named bias, which a record does not have/,
  }),
  "a field of the wrong shape": () => ({
    f: line((p, ybar) => ({ slope: mul(sum(p.points), ybar), points: mul(p.slope, ybar) })),
    args: [{ slope: 2, points: array([1, 2]) }],
    says: /line: cotangent of argument 1: x̄\.points: got a number, expected an array of shape \[2\]/,
  }),
  "a wrong entry deep inside a structure": () => ({
    f: line((p, ybar) => ({ slope: mul(sum(p.points), ybar), points: mul(array([1, 1.01]), onPoints(p, ybar)) })),
    args: [{ slope: 2, points: array([1, 2]) }],
    says: /line: cotangent of argument 1 against finite differences: x̄\.points\[1\]: got/,
  }),
  "parameters whose cotangent is dropped": () => ({
    f: callable(
      { weight: 1.5 },
      defineRule(
        (p: { weight: Scalar }, x: Scalar): Scalar => mul(p.weight, x) as Scalar,
        { frule: ([, dp, dx], p, x) => [mul(p.weight, x), add(mul(dp.weight, x), mul(p.weight, dx))], rrule: (p, x) => [mul(p.weight, x), (ybar) => [NoTangent, ZeroTangent, mul(p.weight, ybar)]] },
        { name: "layer" },
      ),
    ),
    args: [2],
    says: /layer: cotangent of its parameters against finite differences: x̄\.weight: got 0, .*; it is zero: its derivative was dropped/,
  }),
});

// Strided data.
const rowMajorTimes = (x: NdArray, t: NdArray): NdArray => filled(x.shape, (n) => 2 * (x.data[x.offset + n] as number) * (t.data[t.offset + n] as number));

faults({
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
      (x: NdArray): NdArray => rowMajor(Float64Array.from(x.data.slice(0, x.size) as ArrayLike<number>, (entry) => 3 * entry), x.shape),
      { frule: ([, dx], x) => [rowMajor(Float64Array.from(x.data.slice(0, x.size) as ArrayLike<number>, (entry) => 3 * entry), x.shape), mul(dx, 3)], rrule: (x) => [rowMajor(Float64Array.from(x.data.slice(0, x.size) as ArrayLike<number>, (entry) => 3 * entry), x.shape), (ybar) => [NoTangent, mul(ybar, 3)]] },
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
      { frule: ([, dx], x) => [sumTo(x, []), Array.from(plain(dx).data as ArrayLike<number>).reduce((a, b) => a + b, 0)], rrule: (x) => [sumTo(x, []), (ybar) => [NoTangent, add(mul(x, 0), ybar)]] },
      { name: "total" },
    ),
    args: [array([1, 2, 3])],
    says: /total on strided views: frule: ẏ: /,
  }),
});

test.run();
