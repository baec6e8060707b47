// Rules whose thunks are computed twice or for nobody, or that add wrongly in place.
import { test } from "uvu";
import { Thunk, unthunk } from "../../lib/core/index.js";
import { array, defineRule, inplaceable, mul, type NdArray, NoTangent, thunk } from "../../lib/index.js";
import { faults } from "./complaint.js";
import { matrix, slopeTimes, squared } from "./squares.js";

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

faults("Thunks and adding in place", {
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

test.run();
