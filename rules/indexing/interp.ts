import {
  type AnyArray,
  cotangentOf,
  defineRule,
  describe,
  isScalar,
  NoTangent,
  type Operand,
  type PlainOperand,
  primal,
  type Scalar,
  scale,
} from "../../lib/core/index.js";
import { floatResult } from "../../lib/nd/float-array.js";
import { expectSound, floatDType, formatShape, isNdArray, type NdArray, packedData, rowMajor } from "../../lib/nd/index.js";
import { add, div, neg, sub } from "../elementwise/field.js";
import { where } from "../elementwise/where.js";
import { putPositions, takePositions } from "../support/positions.js";

/** `interp`: at one place a number, at several an array. */
export interface Interp {
  (x: number, xp: NdArray, fp: NdArray): number;
  (x: Scalar, xp: AnyArray, fp: AnyArray): Scalar;
  (x: NdArray, xp: NdArray, fp: NdArray): NdArray;
  (x: AnyArray, xp: AnyArray, fp: AnyArray): AnyArray;
  (x: PlainOperand, xp: NdArray, fp: NdArray): PlainOperand;
  (x: Operand, xp: AnyArray, fp: AnyArray): Operand;
}

/** The segment of each entry of x: its two knots, which are one where the value is clamped, and whether it is not. */
interface Segments {
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly inside: Uint8Array;
}

function listFor(label: string, list: NdArray): Float64Array {
  if (!isNdArray(list))
    throw new TypeError(
      `interp: ${label} is ${describe(list)}; an array is needed${Array.isArray(list) ? `: array(${label}) makes one of lists` : ""}`,
    );
  expectSound("interp", label, list);
  if (list.dimension !== 1 || list.size === 0)
    throw new RangeError(`interp: ${label} has shape ${formatShape(list.shape)}; give one axis with at least one entry`);
  return packedData(list, "float64") as Float64Array;
}

function knotsOf(xp: NdArray, fp: NdArray): { knots: Float64Array; heights: Float64Array } {
  const knots = listFor("xp", xp);
  const heights = listFor("fp", fp);
  if (knots.length !== heights.length)
    throw new RangeError(`interp: xp has ${knots.length} entries, fp has ${heights.length}; give one height for each knot`);
  for (let k = 0; k < knots.length; k++) {
    const [before, here] = [knots[k - 1], knots[k] as number];
    if (!Number.isFinite(here)) throw new RangeError(`interp: xp[${k}] = ${here} is not finite; give finite knots`);
    if (before !== undefined && before >= here)
      throw new RangeError(`interp: xp[${k}] = ${here} is not above xp[${k - 1}] = ${before}; give increasing knots`);
  }
  return { knots, heights };
}

function entriesOf(x: PlainOperand): Float64Array {
  if (typeof x === "number") return Float64Array.of(x);
  if (!isNdArray(x)) throw new TypeError(`interp: x is ${describe(x)}; a number or an array is needed`);
  expectSound("interp", "x", x);
  return packedData(x, "float64") as Float64Array;
}

/** The last knot that is not above x, by bisection; −1 before the first one. */
function lastNotAbove(knots: Float64Array, x: number): number {
  let [low, high] = [-1, knots.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((knots[middle] as number) <= x) low = middle;
    else high = middle;
  }
  return low;
}

function segmentsOf(entries: Float64Array, knots: Float64Array): Segments {
  const last = knots.length - 1;
  const segments = { left: new Int32Array(entries.length), right: new Int32Array(entries.length), inside: new Uint8Array(entries.length) };
  entries.forEach((x, n) => {
    const k = lastNotAbove(knots, x);
    const isInside = Number.isNaN(x) || (k >= 0 && k < last);
    segments.left[n] = Math.max(k, 0);
    segments.right[n] = isInside ? Math.min(Math.max(k, 0) + 1, last) : Math.max(k, 0);
    segments.inside[n] = Number(isInside);
  });
  return segments;
}

function interpolated(x: PlainOperand, xp: NdArray, fp: NdArray): PlainOperand {
  const { knots, heights } = knotsOf(xp, fp);
  const entries = entriesOf(x);
  const { left, right, inside } = segmentsOf(entries, knots);
  const ys = entries.map((at, n) => {
    const [i, j] = [left[n] as number, right[n] as number];
    const t = inside[n] === 0 ? 0 : (at - (knots[i] as number)) / ((knots[j] as number) - (knots[i] as number));
    return t === 0 ? (heights[i] as number) : (heights[i] as number) + t * ((heights[j] as number) - (heights[i] as number));
  });
  if (typeof x === "number") return ys[0] as number;
  const single = [x, xp, fp].every(({ dtype }) => floatDType(dtype) === "float32");
  return floatResult(ys, x.shape, single ? "float32" : "float64");
}

/** What the derivatives are made of: where to take from, the place t in the segment, and the segment's slope; both 0 where the value is clamped. */
function partsOf(x: Operand, xp: AnyArray, fp: AnyArray) {
  const plain = primal(x) as PlainOperand;
  const { left, right, inside } = segmentsOf(entriesOf(plain), knotsOf(primal(xp), primal(fp)).knots);
  const shape = isScalar(x) ? undefined : x.shape;
  const holds = shape === undefined ? (inside[0] as number) : rowMajor(inside, shape);
  const from = (list: AnyArray): readonly [Operand, Operand] => [takePositions(list, left, shape), takePositions(list, right, shape)];
  const put = (onLeft: Operand, onRight: Operand, list: AnyArray): AnyArray => {
    const dtype = floatDType(primal(list).dtype);
    return add(putPositions(onLeft, left, list.shape, dtype), putPositions(onRight, right, list.shape, dtype)) as AnyArray;
  };
  const [x0, x1] = from(xp);
  const [f0, f1] = from(fp);
  const width = where(holds, sub(x1, x0), 1);
  const t = where(holds, div(sub(x, x0), width), 0);
  const slope = where(holds, div(sub(f1, f0), width), 0);
  return { from, put, t, slope };
}

/**
 * The function that is linear between knots, at x: its value is fp[i] at xp[i], and fp's first or last entry outside of the knots.
 *   ẏ = s (ẋ − (1 − t) ẋp[i] − t ẋp[i+1]) + (1 − t) ḟp[i] + t ḟp[i+1]
 *   x̄ = s ȳ,  x̄p[i] −= (1 − t) s ȳ,  x̄p[i+1] −= t s ȳ,  f̄p[i] += (1 − t) ȳ,  f̄p[i+1] += t ȳ
 * with xp[i] ≤ x < xp[i+1], t = (x − xp[i]) / (xp[i+1] − xp[i]) and the slope s = (fp[i+1] − fp[i]) / (xp[i+1] − xp[i]). At a knot it is the
 * segment to the right, so from the last knot on s and t are 0, as before the first one.
 * @param x  a number or an array, any shape
 * @param xp the knots, shape [n], increasing; unit of x
 * @param fp the values there, shape [n]
 * @returns  shape of x, unit of fp
 * @throws {RangeError} when xp and fp are not of one length with one axis, are empty, or xp does not increase or is not finite
 */
export const interp: Interp = defineRule(
  interpolated as Interp,
  {
    frule: ([, dx, dxp, dfp], x: Operand, xp: AnyArray, fp: AnyArray) => {
      const { from, t, slope } = partsOf(x, xp, fp);
      const mixed = ([onLeft, onRight]: readonly [Operand, Operand]): Operand => add(scale(sub(1, t), onLeft), scale(t, onRight));
      const along = sub(dx as Operand, mixed(from(dxp as AnyArray)));
      return [interp(x, xp, fp), add(scale(slope, along), mixed(from(dfp as AnyArray)))];
    },
    rrule: (x: Operand, xp: AnyArray, fp: AnyArray) => [
      interp(x, xp, fp),
      function interpPullback(ybar: Operand) {
        const { put, t, slope } = partsOf(x, xp, fp);
        const xbar = scale(slope, ybar);
        const rest = sub(1, t);
        return [
          NoTangent,
          cotangentOf(x, xbar),
          neg(put(scale(rest, xbar), scale(t, xbar), xp)),
          put(scale(rest, ybar), scale(t, ybar), fp),
        ];
      },
    ],
  },
  { name: "interp" },
);
