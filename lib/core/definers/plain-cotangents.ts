import {
  allocate,
  broadcastShapes,
  type FloatDType,
  floatDType,
  forEachEntry,
  forEachRow,
  isFloating,
  isNdArray,
  isRowMajor,
  type NdArray,
  rowMajor,
  sameShape,
  sizeOf,
} from "../../nd/index.js";
import { operandsDType, operandView, type PlainOperand } from "../calls/elementwise.js";
import type { PlainCall, Slopes } from "../calls/entrywise.js";
import { strongProduct } from "../tangents/arithmetic.js";
import { cotangentOf } from "../tangents/broadcasting.js";
import { inplaceable, NoTangent, Thunk, thunk } from "../tangents/tangent.js";

/**
 * x̄ₖ = ∂y/∂xₖ · ȳ of an elementwise function on plain arrays, one for each operand, computed when it is needed. Arrays that are different
 * operands share one pass over the entries; otherwise a cotangent is added in place, and needs no memory of its own.
 */
export function plainCotangents(call: PlainCall, ybar: PlainOperand): (Thunk | NoTangent)[] {
  const { operands, y } = call;
  const whole = operands.flatMap((operand, k) => (isWhole(operand, y) ? [k] : []));
  const shared = whole.length > 1 && new Set(whole.map((k) => (operands[k] as NdArray).data)).size === whole.length;
  const together = shared ? new Thunk(() => freshCotangents(call, ybar, whole, y.shape, operandsDType(operands))) : undefined;
  return operands.map((operand, k) => {
    if (isNdArray(operand) && !isFloating(operand.dtype)) return NoTangent;
    if (!isWhole(operand, y))
      return thunk(() => cotangentOf(operand, freshCotangents(call, ybar, [k], y.shape, operandsDType(operands))[0] as NdArray));
    if (together !== undefined) return thunk(() => cotangentOf(operand, (together.value() as NdArray[])[whole.indexOf(k)] as NdArray));
    return inplaceable(
      (to) => addCotangents(call, ybar, [k], [to]),
      () => freshCotangents(call, ybar, [k], y.shape, floatDType(operand.dtype))[0],
    );
  });
}

/**
 * ẏ = Σ ∂y/∂xₖ · ẋₖ of an elementwise function on plain arrays.
 * @param tangents one for each operand; undefined where it stands still
 */
export function plainTangent({ slopes, y, operands, rest }: PlainCall, tangents: readonly (PlainOperand | undefined)[]): NdArray {
  const moving = tangents.flatMap((t, k) => (t === undefined ? [] : [k]));
  const values = [y, ...operands, ...moving.map((k) => tangents[k] as PlainOperand)];
  const views = values.map((value) => operandView(value, y.shape));
  const out = allocate(floatDType(y.dtype), sizeOf(y.shape));
  const count = operands.length;
  forEachEntry(views, y.shape, (n, positions) => {
    const at = (view: number): number => (views[view] as NdArray).data[positions[view] as number] as number;
    const entries = operands.map((_, k) => at(1 + k));
    const partials = slopes.checked(slopes.of(at(0), ...entries, ...rest), count);
    let total = 0;
    for (let j = 0; j < moving.length; j++) total += strongProduct(partials[moving[j] as number] as number, at(1 + count + j));
    out[n] = total;
  });
  return rowMajor(out, y.shape);
}

/** Whether an operand is an array that moves and was not broadcast. */
function isWhole(operand: PlainOperand, y: NdArray): operand is NdArray {
  return isNdArray(operand) && isFloating(operand.dtype) && sameShape(operand.shape, y.shape);
}

function freshCotangents(
  call: PlainCall,
  ybar: PlainOperand,
  which: readonly number[],
  shape: readonly number[],
  dtype: FloatDType,
): NdArray[] {
  const fresh = which.map(() => rowMajor(allocate(dtype, sizeOf(shape)), shape));
  addCotangents(call, ybar, which, fresh);
  return fresh;
}

/** target += ∂y/∂xₖ · ȳ for each k of `which` and its target */
function addCotangents(call: PlainCall, ybar: PlainOperand, which: readonly number[], targets: readonly NdArray[]): void {
  const { y, operands } = call;
  const shape = broadcastShapes("pullback", y.shape, typeof ybar === "number" ? [] : ybar.shape);
  const views = [y, ybar, ...operands, ...targets].map((operand) => operandView(operand, shape));
  const strides = views.map((view) => view.stride);
  const offsets = views.map((view) => view.offset);
  const addRow = rowAdder(call, views, which);
  if (views.every((view) => isRowMajor(view.shape, view.stride))) {
    addRow(
      offsets,
      views.map(() => 1),
      sizeOf(shape),
    );
    return;
  }
  const steps = strides.map((stride) => stride.at(-1) ?? 0);
  forEachRow(shape, strides, offsets, (starts) => addRow(starts, steps, shape.at(-1) ?? 1));
}

type Data = NdArray["data"];
type RowAdder = (starts: readonly number[], steps: readonly number[], length: number) => void;

/** Adds one row, given where it starts in the views of y, ȳ, the operands and the targets. One and two operands have loops of their own. */
function rowAdder({ slopes, operands, rest }: PlainCall, views: readonly NdArray[], which: readonly number[]): RowAdder {
  const { of, checked } = slopes;
  const [option] = rest;
  const ofOne: Slopes["of"] = rest.length === 0 ? of : (y, x) => of(y, x, option);
  const [y, ybar, first, second, third, fourth] = views.map((view) => view.data) as [Data, Data, Data, Data, Data, Data];
  const count = operands.length;
  const k = which[0] as number;
  if (rest.length <= 1 && count === 1) {
    return ([p = 0, q = 0, r = 0, s = 0], [dp = 0, dq = 0, dr = 0, ds = 0], length) => {
      for (let n = 0; n < length; n++) {
        const seed = ybar[q + n * dq] as number;
        if (seed === 0) continue;
        const slope = checked(ofOne(y[p + n * dp] as number, first[r + n * dr]), 1)[0] as number;
        second[s + n * ds] = (second[s + n * ds] as number) + strongProduct(slope, seed);
      }
    };
  }
  if (rest.length === 0 && count === 2) {
    const both = which.length === 2;
    return ([p = 0, q = 0, r = 0, s = 0, t = 0, u = 0], [dp = 0, dq = 0, dr = 0, ds = 0, dt = 0, du = 0], length) => {
      for (let n = 0; n < length; n++) {
        const seed = ybar[q + n * dq] as number;
        if (seed === 0) continue;
        const partials = checked(of(y[p + n * dp] as number, first[r + n * dr], second[s + n * ds]), 2);
        third[t + n * dt] = (third[t + n * dt] as number) + strongProduct(partials[k] as number, seed);
        if (both) fourth[u + n * du] = (fourth[u + n * du] as number) + strongProduct(partials[1] as number, seed);
      }
    };
  }
  const entries = new Array<unknown>(count + rest.length);
  rest.forEach((option, j) => {
    entries[count + j] = option;
  });
  return (starts, steps, length) => {
    const at = (view: number, n: number): number => (starts[view] as number) + n * (steps[view] as number);
    for (let n = 0; n < length; n++) {
      const seed = ybar[at(1, n)] as number;
      if (seed === 0) continue;
      for (let j = 0; j < count; j++) entries[j] = (views[j + 2] as NdArray).data[at(j + 2, n)];
      const partials = checked(of(y[at(0, n)] as number, ...entries), count);
      for (let j = 0; j < which.length; j++) {
        const { data } = views[count + 2 + j] as NdArray;
        const to = at(count + 2 + j, n);
        data[to] = (data[to] as number) + strongProduct(partials[which[j] as number] as number, seed);
      }
    }
  };
}
