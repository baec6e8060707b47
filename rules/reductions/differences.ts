import {
  type AnyArray,
  type AnyFunction,
  accumulate,
  type ByAxes,
  byRrule,
  defineRule,
  isZero,
  linearRule,
  NoTangent,
  type OfArray,
  type Operand,
  optionsFor,
  primal,
  scale,
  sumTo,
  ZeroTangent,
} from "../../lib/core/index.js";
import {
  addInto,
  type FloatDType,
  floatDType,
  formatShape,
  type LineKernel,
  type NdArray,
  normalizeAxis,
  overLines,
  packed,
  rowMajor,
  sameShape,
  sameStore,
  shown,
  zerosOf,
} from "../../lib/nd/index.js";
import { mul } from "../elementwise/field.js";
import { expandDims, type Rearrangement } from "../shaping/axes.js";
import { lineByLine } from "../support/line-by-line.js";
import { arrayFor } from "../support/reduce-options.js";
import { sum } from "./sums.js";

/** Which differences. */
export interface DiffOptions {
  /** How often to take them; 1 when absent. */
  readonly n?: number | undefined;
  /** Along which axis; the last one when absent. */
  readonly axis?: number | undefined;
}

function steps(x: NdArray, options: DiffOptions | undefined): { n: number; axis: number } {
  const { n = 1, axis: named = -1 } = optionsFor("diff", options, "n, axis");
  if (!Number.isInteger(n) || n < 0)
    throw new RangeError(`diff: n = ${shown(n)} is not how often to take differences; give an integer, 0 or more`);
  const axis = normalizeAxis("diff", named, arrayFor("diff", x).dimension);
  return { n: Math.min(n, x.shape[axis] as number), axis };
}

const minus: LineKernel<undefined> = (_, count, length, _first, later, laterStart, earlier, earlierStart, y, to) => {
  for (let k = 0; k < count * length; k++) y[to + k] = (later[laterStart + k] as number) - (earlier[earlierStart + k] as number);
};

/** y[k] = x[k + 1] − x[k] along an axis. */
function differences(x: NdArray, axis: number): NdArray {
  const { stride, offset } = x;
  const y = zerosOf(x.shape.with(axis, (x.shape[axis] as number) - 1), floatDType(x.dtype));
  const later = sameStore(x, y.shape, stride, offset + (stride[axis] as number));
  overLines(minus, undefined, y.shape, [axis], [later, sameStore(x, y.shape, stride, offset)], [y]);
  return y;
}

/** x[k] = y[k − 1] − y[k]. */
const falls: LineKernel<undefined> = (_, count, length, _first, y, start, x, to) => {
  for (let n = 0, at = 0; n < count; n++, at += length) {
    let before = 0;
    for (let k = at; k < at + length; k++) {
      const here = y[start + k] as number;
      x[to + k] = before - here;
      before = here;
    }
  }
};

/** The transpose: x[k] = y[k − 1] − y[k], with 0 beyond the ends. */
function differencesBack(y: NdArray, axis: number): NdArray {
  const ended = zerosOf(y.shape.with(axis, (y.shape[axis] as number) + 1), floatDType(y.dtype));
  addInto(sameStore(ended, y.shape, ended.stride, 0), y);
  return lineByLine(falls, undefined, ended, axis);
}

/**
 * Differences of neighbours along an axis, y[k] = x[k + 1] − x[k], n times over: the axis becomes n entries shorter.
 *   ẏ = diff(ẋ)                  x̄[k] = ȳ[k − 1] − ȳ[k], 0 beyond the ends; n times
 * @throws {RangeError} when the axis does not exist, or n is not an integer, 0 or more
 */
export const diff: Rearrangement<[options?: DiffOptions]> = linearRule(
  (x: NdArray, options?: DiffOptions) => {
    const { n, axis } = steps(x, options);
    let y = n === 0 ? packed(x) : x;
    for (let k = 0; k < n; k++) y = differences(y, axis);
    return y;
  },
  (ybar: NdArray, x: NdArray, options?: DiffOptions) => {
    const { n, axis } = steps(x, options);
    let xbar = n === 0 ? packed(ybar) : ybar;
    for (let k = 0; k < n; k++) xbar = differencesBack(xbar, axis);
    return xbar;
  },
  { name: "diff" },
);

/** w[k] = ½ (x[k + 1] − x[k − 1]); beyond an end, the entry there. */
const halfSpans: LineKernel<undefined> = (_, count, length, _first, x, start, w, to) => {
  for (let n = 0, at = 0; n < count; n++, at += length) {
    for (let k = 0; k < length; k++) {
      const before = x[start + at + Math.max(k - 1, 0)] as number;
      const after = x[start + at + Math.min(k + 1, length - 1)] as number;
      w[to + at + k] = (after - before) / 2;
    }
  }
};

/** The transpose. */
const halfSpansBack: LineKernel<undefined> = (_, count, length, _first, w, start, x, to) => {
  for (let n = 0, at = 0; n < count; n++, at += length) {
    for (let k = 0; k < length; k++) {
      const p = start + at + k;
      const before = k > 0 ? (w[p - 1] as number) : -(w[p] as number);
      const after = k < length - 1 ? -(w[p + 1] as number) : (w[p] as number);
      x[to + at + k] = (before + after) / 2;
    }
  }
};

/**
 * What each point counts in the trapezoidal rule: half the distance between its neighbours.
 *   ẇ[k] = ½ (ẋ[k + 1] − ẋ[k − 1])       x̄[k] = ½ (w̄[k − 1] − w̄[k + 1])
 */
const widths: OfArray = linearRule(
  (x: NdArray) => lineByLine(halfSpans, undefined, x, x.dimension - 1),
  (wbar: NdArray) => lineByLine(halfSpansBack, undefined, wbar, wbar.dimension - 1),
  { name: "widths" },
);

/** The widths that belong to y, of points at the distance 1 when there are none. */
function widthsFor(y: AnyArray, x: AnyArray | undefined): AnyArray {
  const { shape } = arrayFor("trapz", y as NdArray);
  const last = shape.at(-1);
  if (last === undefined) throw new RangeError("trapz: y has no axes; give an array of values along its last axis");
  if (x === undefined) return widths(unitPoints(last, floatDType(primal(y).dtype)));
  if (!sameShape(arrayFor("trapz", x as NdArray).shape, shape) && !sameShape(x.shape, [last])) {
    throw new RangeError(
      `trapz: x has shape ${formatShape(x.shape)}, y has ${formatShape(shape)}; give one point for each entry of the last axis, or of y`,
    );
  }
  return widths(x);
}

function unitPoints(count: number, dtype: FloatDType): NdArray {
  return packed(
    rowMajor(
      Float64Array.from({ length: count }, (_, k) => k),
      [count],
    ),
    dtype,
  );
}

/** Σ along the last axis. */
function total(x: AnyArray): Operand {
  return x.dimension === 1 ? sum(x) : sum(x, { axis: -1 });
}

/** `trapz`: a number for values along one axis, else an array of the axes before the last. Say which where it matters, `trapz<number>(y)`. */
interface Trapz extends ByAxes<[y: NdArray, x?: NdArray], [y: AnyArray, x?: AnyArray]> {}

/**
 * The integral along the last axis by the trapezoidal rule, Σ ½ (y[k] + y[k + 1]) (x[k + 1] − x[k]).
 *   İ = Σ w ẏ + Σ ẇ y            ȳ = w Ī,  x̄ from w̄ = y Ī;  w[k] = ½ (x[k + 1] − x[k − 1]), with x[k] itself beyond the ends
 * @param y values along its last axis
 * @param x where they were taken: one point for each entry of the last axis, or of y; 1 apart when absent. Differentiable too.
 * @throws {RangeError} when y has no axes, or the shapes do not fit
 */
export const trapz: Trapz = defineRule(
  (y: NdArray, x?: NdArray) => total(mul(widthsFor(y, x), y)),
  {
    frule: ([, dy, dx]: readonly unknown[], y: AnyArray, x?: AnyArray) => {
      const fromY = isZero(dy) ? dy : total(scale(widthsFor(y, x), dy as AnyArray));
      const fromX = x === undefined || isZero(dx) ? ZeroTangent : total(scale(widths(dx as AnyArray), y));
      return [trapz(y, x), accumulate(fromY, fromX)];
    },
    rrule: (y: AnyArray, x?: AnyArray) => [
      trapz(y, x),
      function trapzPullback(ybar: Operand) {
        const each = y.dimension === 1 ? ybar : expandDims(ybar as AnyArray, -1);
        const fromY = scale(widthsFor(y, x), each);
        if (x === undefined) return [NoTangent, fromY];
        const [, back] = byRrule(widths as AnyFunction, x);
        return [NoTangent, fromY, back(sumTo(scale(y, each), x.shape))[1]];
      },
    ],
  },
  { name: "trapz" },
);
