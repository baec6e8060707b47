import { type AnyArray, add, defineRule, linearRule, NoTangent, optionsFor, scale } from "../../lib/core/index.js";
import { isRowMajor, type LineKernel, type NdArray, normalizeAxis, rowMajor, sizeOf, zerosOf } from "../../lib/nd/index.js";
import type { Rearrangement } from "../shaping/axes.js";
import type { AxisOptions } from "../shaping/joining.js";
import { isPlain } from "../support/fused.js";
import { lineByLine, twoLineByLine } from "../support/line-by-line.js";
import { arrayFor } from "../support/reduce-options.js";
import { recurrence, recurrenceBack, shifted } from "./recurrence.js";

/** A function that goes along an axis and keeps the shape. */
export type Cumulative = Rearrangement<[options?: AxisOptions]>;

/** The axis along which to accumulate, the first one unless another is named. */
export function alongAxis(who: string, x: NdArray | AnyArray, options: AxisOptions | undefined): number {
  const { dimension } = arrayFor(who, x as NdArray);
  const { axis = 0 } = optionsFor(who, options, "axis");
  return normalizeAxis(who, axis, dimension);
}

/** Running sums of lines; `step` 1 goes on, −1 back from the end. Four lines at once: no addition waits for the last. */
function runLines(from: Float64Array, start: number, to: Float64Array, target: number, count: number, length: number, step: 1 | -1): void {
  const first = step === 1 ? 0 : length - 1;
  let n = 0;
  for (; n + 3 < count; n += 4) {
    let [a, b, c, d] = [-0, -0, -0, -0];
    let at = start + n * length + first;
    let out = target + n * length + first;
    for (let k = 0; k < length; k++, at += step, out += step) {
      a += from[at] as number;
      b += from[at + length] as number;
      c += from[at + 2 * length] as number;
      d += from[at + 3 * length] as number;
      to[out] = a;
      to[out + length] = b;
      to[out + 2 * length] = c;
      to[out + 3 * length] = d;
    }
  }
  for (; n < count; n++) {
    let sofar = -0;
    let at = start + n * length + first;
    let out = target + n * length + first;
    for (let k = 0; k < length; k++, at += step, out += step) {
      sofar += from[at] as number;
      to[out] = sofar;
    }
  }
}

/** Running sums. */
const sums: LineKernel<undefined> = (_, count, length, _first, x, start, y, to) => runLines(x, start, y, to, count, length, 1);

/** The same from the end. */
const sumsBack: LineKernel<undefined> = (_, count, length, _first, ybar, start, out, to) =>
  runLines(ybar, start, out, to, count, length, -1);

/**
 * Running sums of doubles in row-major order along an axis that is not the last one, all lines together: the copies into lines and out of
 * them would cost twice what the sums do. Undefined for other arrays.
 * @param back from the end
 */
function sumsAcross(x: NdArray, axis: number, back: boolean): NdArray | undefined {
  const { data, shape, offset } = x;
  const inner = sizeOf(shape.slice(axis + 1));
  if (!(data instanceof Float64Array) || inner < 4 || !isRowMajor(shape, x.stride)) return undefined;
  const block = inner * (shape[axis] as number);
  const y = data.slice(offset, offset + x.size);
  for (let start = 0; start < y.length; start += block) {
    if (back) for (let at = start + block - inner - 1; at >= start; at--) (y[at] as number) += y[at + inner] as number;
    else for (let at = start + inner, end = start + block; at < end; at++) (y[at] as number) += y[at - inner] as number;
  }
  return rowMajor(y, shape);
}

/** Running sums along an axis, from the end if `back`. */
function runningSums(x: NdArray, axis: number, back: boolean): NdArray {
  return sumsAcross(x, axis, back) ?? lineByLine(back ? sumsBack : sums, undefined, x, axis);
}

/**
 * Running sums along an axis: y[k] = x[0] + … + x[k].
 *   ẏ = cumsum(ẋ)                x̄[k] = ȳ[k] + ȳ[k + 1] + …
 * @throws {RangeError} when the axis does not exist
 */
export const cumsum: Cumulative = linearRule(
  (x: NdArray, options?: AxisOptions) => runningSums(x, alongAxis("cumsum", x, options), false),
  (ybar: NdArray, x: NdArray, options?: AxisOptions) => runningSums(ybar, alongAxis("cumsum", x, options), true),
  { name: "cumsum" },
);

/** Running products. */
const products: LineKernel<undefined> = (_, count, length, _first, x, start, y, to) => {
  for (let n = 0, at = 0; n < count; n++, at += length) {
    let sofar = 1;
    for (let k = at, end = at + length; k < end; k++) {
      sofar *= x[start + k] as number;
      y[to + k] = sofar;
    }
  }
};

/** x̄[k] = y[k − 1] s[k], s[k] = ȳ[k] + x[k + 1] s[k + 1]. */
const productsBack: LineKernel<undefined> = (_, count, length, _first, x, xStart, y, yStart, ybar, ybarStart, out, to) => {
  for (let n = 0, at = 0; n < count; n++, at += length) {
    let sofar = 0;
    let factor = 0;
    for (let k = at + length - 1; k >= at; k--) {
      sofar = (ybar[ybarStart + k] as number) + (factor === 0 || sofar === 0 ? 0 : factor * sofar);
      factor = x[xStart + k] as number;
      const before = k === at ? 1 : (y[yStart + k - 1] as number);
      out[to + k] = before === 0 || sofar === 0 ? 0 : before * sofar;
    }
  }
};

/** ẏ[k] = x[k] ẏ[k − 1] + y[k − 1] ẋ[k]. */
const productsForth: LineKernel<undefined> = (_, count, length, _first, x, xStart, dx, dxStart, y, yStart, dy, to) => {
  for (let n = 0, at = 0; n < count; n++, at += length) {
    let before = 1;
    let sofar = 0;
    for (let k = at, end = at + length; k < end; k++) {
      const factor = x[xStart + k] as number;
      const moved = dx[dxStart + k] as number;
      sofar = (factor === 0 || sofar === 0 ? 0 : factor * sofar) + (before === 0 || moved === 0 ? 0 : before * moved);
      before *= factor;
      y[yStart + k] = before;
      dy[to + k] = sofar;
    }
  }
};

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
  (x: NdArray, options?: AxisOptions) => lineByLine(products, undefined, x, alongAxis("cumprod", x, options)),
  {
    frule: ([, dx]: readonly unknown[], x: AnyArray, options?: AxisOptions) => {
      const axis = alongAxis("cumprod", x, options);
      if (isPlain(x, dx)) return twoLineByLine(productsForth, undefined, x as NdArray, axis, [x as NdArray, dx as NdArray]);
      const y = cumprod(x, options);
      return [y, recurrence(x, scale(productsBefore(y, axis), dx as AnyArray), axis)];
    },
    rrule: (x: AnyArray, options?: AxisOptions) => {
      const axis = alongAxis("cumprod", x, options);
      const y = cumprod(x, options);
      return [
        y,
        function cumprodPullback(ybar: AnyArray) {
          return [
            NoTangent,
            isPlain(x, ybar)
              ? lineByLine(productsBack, undefined, x as NdArray, axis, [x, y, ybar] as NdArray[])
              : scale(productsBefore(y, axis), recurrenceBack(x, ybar, axis)),
          ];
        },
      ];
    },
  },
  { name: "cumprod", still: [1], fresh: true },
);
