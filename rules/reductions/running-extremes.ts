import type { Extreme, LineKernel, NdArray } from "../../lib/nd/index.js";
import type { AxisOptions } from "../shaping/joining.js";
import { selectionAlong } from "../support/line-selection.js";
import { alongAxis, type Cumulative } from "./cumulative.js";

/** y[k] = max(x[0], …, x[k]). The first of equals counts; the first NaN beats all. */
const maxima: LineKernel<Int32Array> = (places, count, length, first, x, start, y, to) => {
  for (let n = 0, at = 0, note = first * length; n < count; n++, at += length, note += length) {
    let extreme = x[start + at] as number;
    let place = 0;
    for (let k = 0; k < length; k++) {
      const entry = x[start + at + k] as number;
      // True for larger entries and for NaN alike; once the extreme is NaN it stays.
      if (!(entry <= extreme) && !Number.isNaN(extreme)) {
        extreme = entry;
        place = k;
      }
      y[to + at + k] = extreme;
      places[note + k] = place;
    }
  }
};

/** y[k] = min(x[0], …, x[k]), otherwise the same. */
const minima: LineKernel<Int32Array> = (places, count, length, first, x, start, y, to) => {
  for (let n = 0, at = 0, note = first * length; n < count; n++, at += length, note += length) {
    let extreme = x[start + at] as number;
    let place = 0;
    for (let k = 0; k < length; k++) {
      const entry = x[start + at + k] as number;
      if (!(entry >= extreme) && !Number.isNaN(extreme)) {
        extreme = entry;
        place = k;
      }
      y[to + at + k] = extreme;
      places[note + k] = place;
    }
  }
};

/** x̄[p] = Σ ȳ[k] over the run of k whose place is p: the way back in one go. */
const putRuns: LineKernel<Int32Array> = (places, count, length, first, ybar, start, out, to) => {
  for (let n = 0, at = 0, note = first * length; n < count; n++, at += length, note += length) {
    let total = 0;
    for (let k = length - 1; k >= 0; k--) {
      total += ybar[start + at + k] as number;
      const own = places[note + k] === k;
      out[to + at + k] = own ? total : 0;
      if (own) total = 0;
    }
  }
};

function runningExtreme(which: Extreme): Cumulative {
  const name = `cum${which}`;
  const kernel = which === "max" ? maxima : minima;
  return selectionAlong<AxisOptions>(name, (x: NdArray, options) => ({
    axis: alongAxis(name, x, options),
    kernel,
    put: putRuns,
  })) as Cumulative;
}

/**
 * Running maxima along an axis: y[k] = max(x[0], …, x[k]). At ties the first entry counts; the first NaN beats all.
 *   ẏ[k] = ẋ[p(k)]               x̄[p(k)] += ȳ[k], p(k) the place of that entry
 * @throws {RangeError} when the axis does not exist
 */
export const cummax: Cumulative = runningExtreme("max");

/** Running minima along an axis; otherwise as `cummax`. */
export const cummin: Cumulative = runningExtreme("min");
