import {
  type AnyArray,
  add,
  defineRule,
  linearRule,
  NoTangent,
  type OfArray,
  type OfTwoArrays,
  scale,
  strongProduct,
} from "../../lib/core/index.js";
import { commonDType, type LineKernel, type NdArray, overLines, zerosOf } from "../../lib/nd/index.js";
import { lineByLine } from "../support/line-by-line.js";

/** The entries moved by one place along lines, towards the end or the start; 0 comes in. */
const moved: LineKernel<1 | -1> = (by, count, length, _first, x, start, y, to) => {
  for (let n = 0, at = 0; n < count; n++, at += length) {
    if (by === 1) {
      for (let k = at + length - 1; k > at; k--) y[to + k] = x[start + k - 1] as number;
      if (length > 0) y[to + at] = 0;
    } else {
      for (let k = at; k < at + length - 1; k++) y[to + k] = x[start + k + 1] as number;
      if (length > 0) y[to + at + length - 1] = 0;
    }
  }
};

/**
 * y[k] = x[k − by] along an axis, 0 where there is none.
 *   ẏ = shifted(ẋ, axis, by)     x̄ = shifted(ȳ, axis, −by)
 */
export const shifted: OfArray<[axis: number, by: 1 | -1]> = linearRule(
  (x: NdArray, axis: number, by: 1 | -1) => lineByLine(moved, by, x, axis),
  (ybar: NdArray, _: NdArray, axis: number, by: 1 | -1) => lineByLine(moved, -by as 1 | -1, ybar, axis),
  { name: "shifted" },
);

/** s[k] = u[k] + a[k] s[k − 1]. */
const forth: LineKernel<undefined> = (_, count, length, _first, a, aStart, u, uStart, s, to) => {
  for (let n = 0, at = 0; n < count; n++, at += length) {
    let sofar = 0;
    for (let k = at; k < at + length; k++) {
      sofar = (u[uStart + k] as number) + strongProduct(a[aStart + k] as number, sofar);
      s[to + k] = sofar;
    }
  }
};

/** s[k] = u[k] + a[k + 1] s[k + 1]. */
const back: LineKernel<undefined> = (_, count, length, _first, a, aStart, u, uStart, s, to) => {
  for (let n = 0, at = 0; n < count; n++, at += length) {
    let sofar = 0;
    let factor = 0;
    for (let k = at + length - 1; k >= at; k--) {
      sofar = (u[uStart + k] as number) + strongProduct(factor, sofar);
      factor = a[aStart + k] as number;
      s[to + k] = sofar;
    }
  }
};

/** In single precision when both are. */
function solved(kernel: LineKernel<undefined>, a: NdArray, u: NdArray, axis: number): NdArray {
  const s = zerosOf(u.shape, commonDType([a, u]));
  overLines(kernel, undefined, u.shape, [axis], [a, u], [s]);
  return s;
}

/** The solution of a linear recurrence along an axis, with coefficients a and right-hand side u. */
type Recurrence = OfTwoArrays<[axis: number]>;

/**
 * s[k] = u[k] + a[k] s[k − 1] along an axis, from s[−1] = 0. What sums up so (products, sums of exponentials) has derivatives that do too,
 * without a division.
 *   ṡ = recurrence(a, u̇ + ȧ s₋)  ū = recurrenceBack(a, s̄),  ā = ū s₋;  s₋[k] = s[k − 1]
 */
export const recurrence: Recurrence = defineRule(
  (a: NdArray, u: NdArray, axis: number) => solved(forth, a, u, axis),
  {
    frule: ([, da, du]: readonly AnyArray[], a, u, axis) => {
      const s = recurrence(a, u, axis);
      const before = shifted(s, axis, 1);
      return [s, recurrence(a, add(du as AnyArray, scale(da as AnyArray, before)), axis)];
    },
    rrule: (a, u, axis) => {
      const s = recurrence(a, u, axis);
      return [
        s,
        function recurrencePullback(sbar: AnyArray) {
          const ubar = recurrenceBack(a, sbar, axis);
          return [NoTangent, scale(ubar, shifted(s, axis, 1)), ubar, NoTangent];
        },
      ];
    },
  },
  { name: "recurrence" },
);

/**
 * The transpose of `recurrence` by u: s[k] = u[k] + a[k + 1] s[k + 1], from the end.
 *   ṡ = recurrenceBack(a, u̇ + (ȧ s)₊)    ū = recurrence(a, s̄),  ā = ū₋ s
 */
export const recurrenceBack: Recurrence = defineRule(
  (a: NdArray, u: NdArray, axis: number) => solved(back, a, u, axis),
  {
    frule: ([, da, du]: readonly AnyArray[], a, u, axis) => {
      const s = recurrenceBack(a, u, axis);
      return [s, recurrenceBack(a, add(du as AnyArray, shifted(scale(da as AnyArray, s), axis, -1)), axis)];
    },
    rrule: (a, u, axis) => {
      const s = recurrenceBack(a, u, axis);
      return [
        s,
        function recurrenceBackPullback(sbar: AnyArray) {
          const ubar = recurrence(a, sbar, axis);
          return [NoTangent, scale(shifted(ubar, axis, 1), s), ubar, NoTangent];
        },
      ];
    },
  },
  { name: "recurrenceBack" },
);
