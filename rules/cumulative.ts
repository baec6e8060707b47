import { type AnyArray, add, defineRule, linearRule, NoTangent, optionsFor, scale } from "../lib/core/index.js";
import { type Extreme, type NdArray, normalizeAxis, packed, rowMajor, zerosOf } from "../lib/nd/index.js";
import type { Rearrangement } from "./axes.js";
import type { AxisOptions } from "./joining.js";
import { forEachLine } from "./lines.js";
import { type Selection, selectionOf, selectionRule } from "./positions.js";
import { recurrence, recurrenceBack, shifted } from "./recurrence.js";
import { arrayFor } from "./reduce-options.js";

/** A function that goes along an axis and keeps the shape. */
export type Cumulative = Rearrangement<[options?: AxisOptions]>;

/** The axis along which to accumulate, the first one unless another is named. */
export function alongAxis(who: string, x: NdArray | AnyArray, options: AxisOptions | undefined): number {
  const { dimension } = arrayFor(who, x as NdArray);
  const { axis = 0 } = optionsFor(who, options, "axis");
  return normalizeAxis(who, axis, dimension);
}

/** A fresh copy of x in which each entry along an axis was combined with what has come before it, in double precision. */
export function accumulated(x: NdArray, axis: number, combine: (sofar: number, entry: number) => number, back: boolean = false): NdArray {
  const y = packed(x);
  const extent = y.shape[axis] as number;
  const step = (back ? -1 : 1) * (y.stride[axis] as number);
  forEachLine([y], axis, ([start]) => {
    let at = (start as number) - (back ? (extent - 1) * step : 0);
    let sofar = y.data[at] as number;
    for (let k = 1; k < extent; k++) {
      at += step;
      sofar = combine(sofar, y.data[at] as number);
      y.data[at] = sofar;
    }
  });
  return y;
}

const plus = (a: number, b: number): number => a + b;

/**
 * Running sums along an axis: y[k] = x[0] + … + x[k].
 *   ẏ = cumsum(ẋ)                x̄[k] = ȳ[k] + ȳ[k + 1] + …
 * @throws {RangeError} when the axis does not exist
 */
export const cumsum: Cumulative = linearRule(
  (x: NdArray, options?: AxisOptions) => accumulated(x, alongAxis("cumsum", x, options), plus),
  (ybar: NdArray, x: NdArray, options?: AxisOptions) => accumulated(ybar, alongAxis("cumsum", x, options), plus, true),
  { name: "cumsum" },
) as unknown as Cumulative;

/** The products of what comes before each entry along an axis: 1, x[0], x[0] x[1], …. */
export function productsBefore(y: AnyArray, axis: number): AnyArray {
  const extent = y.shape[axis] as number;
  const first = zerosOf(
    y.shape.map((_, k) => (k === axis ? extent : 1)),
    "float32", // exact, and leaves the kind of y
  );
  if (extent > 0) first.data[0] = 1;
  return add(shifted(y, axis, 1), first);
}

/**
 * Running products along an axis: y[k] = x[0] · … · x[k]. No derivative divides, so zeros are exact.
 *   ẏ[k] = x[k] ẏ[k − 1] + y[k − 1] ẋ[k]     x̄[k] = y[k − 1] (ȳ[k] + x[k + 1] ȳ[k + 1] + x[k + 1] x[k + 2] ȳ[k + 2] + …)
 * @throws {RangeError} when the axis does not exist
 */
export const cumprod: Cumulative = defineRule(
  (x: NdArray, options?: AxisOptions) => accumulated(x, alongAxis("cumprod", x, options), (a, b) => a * b),
  {
    frule: ([, dx]: readonly unknown[], x: AnyArray, options?: AxisOptions) => {
      const axis = alongAxis("cumprod", x, options);
      const y = cumprod(x, options);
      return [y, recurrence(x, scale(productsBefore(y, axis), dx as AnyArray), axis)];
    },
    rrule: (x: AnyArray, options?: AxisOptions) => {
      const axis = alongAxis("cumprod", x, options);
      const y = cumprod(x, options);
      return [
        y,
        function cumprodPullback(ybar: AnyArray) {
          return [NoTangent, scale(productsBefore(y, axis), recurrenceBack(x, ybar, axis))];
        },
      ];
    },
  },
  { name: "cumprod" },
) as unknown as Cumulative;

/** For each entry along an axis the row-major position of the first extreme up to it; the first NaN beats all. */
const running =
  (which: Extreme) =>
  (x: NdArray, options?: AxisOptions): Selection => {
    const axis = alongAxis(`cum${which}`, x, options);
    const { data, shape, stride } = packed(x, "float64");
    const step = stride[axis] as number;
    const positions = new Int32Array(data.length);
    forEachLine([rowMajor(data, shape)], axis, ([start]) => {
      let best = start as number;
      let extreme = data[best] as number;
      for (let k = 0, at = best; k < (shape[axis] as number); k++, at += step) {
        const entry = data[at] as number;
        if (!Number.isNaN(extreme) && (Number.isNaN(entry) || (which === "max" ? entry > extreme : entry < extreme))) {
          best = at;
          extreme = entry;
        }
        positions[at] = best;
      }
    });
    return { positions, shape };
  };

function runningExtreme(which: Extreme): Cumulative {
  const select = running(which);
  return defineRule(selectionOf(select), selectionRule(select), { name: `cum${which}` }) as unknown as Cumulative;
}

/**
 * Running maxima along an axis: y[k] = max(x[0], …, x[k]). At ties the first entry counts; the first NaN beats all.
 *   ẏ[k] = ẋ[p(k)]               x̄[p(k)] += ȳ[k], p(k) the place of that entry
 * @throws {RangeError} when the axis does not exist
 */
export const cummax: Cumulative = runningExtreme("max");

/** Running minima along an axis; otherwise as `cummax`. */
export const cummin: Cumulative = runningExtreme("min");
