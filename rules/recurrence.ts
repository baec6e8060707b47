import { type AnyArray, add, defineRule, linearRule, NoTangent, scale } from "../lib/core/index.js";
import { commonDType, floatDType, type NdArray, packed, zerosOf } from "../lib/nd/index.js";
import { forEachLine } from "./lines.js";

/** The entries moved by one place along an axis, towards its end or its start; 0 comes in. */
function moved(x: NdArray, axis: number, by: 1 | -1): NdArray {
  const y = zerosOf(x.shape, floatDType(x.dtype));
  const extent = x.shape[axis] as number;
  const step = x.stride[axis] as number;
  const yStep = y.stride[axis] as number;
  forEachLine([x, y], axis, ([start, yStart]) => {
    for (let i = Math.max(0, -by); i < extent - Math.max(0, by); i++) {
      y.data[(yStart as number) + (i + by) * yStep] = x.data[(start as number) + i * step] as number;
    }
  });
  return y;
}

/**
 * y[k] = x[k − by] along an axis, 0 where there is none.
 *   ẏ = shifted(ẋ, axis, by)     x̄ = shifted(ȳ, axis, −by)
 */
export const shifted: (x: AnyArray, axis: number, by: 1 | -1) => AnyArray = linearRule(
  moved,
  (ybar: NdArray, _: NdArray, axis: number, by: 1 | -1) => moved(ybar, axis, -by as 1 | -1),
  { name: "shifted" },
) as (x: AnyArray, axis: number, by: 1 | -1) => AnyArray;

/** s[k] = u[k] + a[k] s[k − 1]; with `back`, s[k] = u[k] + a[k + 1] s[k + 1]. */
function solved(a: NdArray, u: NdArray, axis: number, back: boolean): NdArray {
  const s = packed(u, commonDType([a, u]));
  const extent = a.shape[axis] as number;
  const aStep = a.stride[axis] as number;
  const sStep = s.stride[axis] as number;
  forEachLine([a, s], axis, ([aStart, sStart]) => {
    let sofar = 0;
    for (let n = 0; n < extent; n++) {
      const k = back ? extent - 1 - n : n;
      const factor = n === 0 ? 0 : (a.data[(aStart as number) + (back ? k + 1 : k) * aStep] as number);
      const at = (sStart as number) + k * sStep;
      sofar = (s.data[at] as number) + (n === 0 ? 0 : factor * sofar);
      s.data[at] = sofar;
    }
  });
  return s;
}

/** The solution of a linear recurrence along an axis, with coefficients a and right-hand side u. */
type Recurrence = (a: AnyArray, u: AnyArray, axis: number) => AnyArray;

/**
 * s[k] = u[k] + a[k] s[k − 1] along an axis, from s[−1] = 0. What sums up so (products, sums of exponentials) has derivatives that do too,
 * without a division.
 *   ṡ = recurrence(a, u̇ + ȧ s₋)  ū = recurrenceBack(a, s̄),  ā = ū s₋;  s₋[k] = s[k − 1]
 */
export const recurrence: Recurrence = defineRule(
  (a: NdArray, u: NdArray, axis: number) => solved(a, u, axis, false),
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
) as unknown as Recurrence;

/**
 * The transpose of `recurrence` by u: s[k] = u[k] + a[k + 1] s[k + 1], from the end.
 *   ṡ = recurrenceBack(a, u̇ + (ȧ s)₊)    ū = recurrence(a, s̄),  ā = ū₋ s
 */
export const recurrenceBack: Recurrence = defineRule(
  (a: NdArray, u: NdArray, axis: number) => solved(a, u, axis, true),
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
) as unknown as Recurrence;
