import {
  allocate,
  broadcastShapes,
  floatDType,
  forEachRow,
  isFloating,
  isNdArray,
  isRowMajor,
  type NdArray,
  rowMajor,
  sameShape,
  sizeOf,
} from "../nd/index.js";
import { cotangentOf, strongProduct } from "./arithmetic.js";
import { operandsDType, operandView, type PlainOperand } from "./elementwise.js";
import { inplaceable, NoTangent, Thunk, thunk } from "./tangent.js";

/** The partials of one entry. */
export interface Slopes {
  /** (y, x, …, options) => [∂y/∂x, …] */
  of(y: number, ...args: unknown[]): readonly number[];
  /** The same list, once it has as many entries as there are operands. */
  checked(slopes: readonly number[], count: number): readonly number[];
}

/** One application of an elementwise function to plain values. */
export interface PlainCall {
  readonly slopes: Slopes;
  readonly y: NdArray;
  readonly operands: readonly PlainOperand[];
  /** What the partials get after the operands. */
  readonly rest: readonly unknown[];
}

/**
 * x̄ₖ = ∂y/∂xₖ · ȳ of an elementwise function on plain arrays, one for each operand, computed when it is needed. Arrays that are different
 * operands share one pass over the entries; otherwise a cotangent is added in place, and needs no memory of its own.
 */
export function plainCotangents(call: PlainCall, ybar: PlainOperand): (Thunk | NoTangent)[] {
  const { y, operands } = call;
  const isWhole = (operand: PlainOperand): operand is NdArray =>
    isNdArray(operand) && isFloating(operand.dtype) && sameShape(operand.shape, y.shape);
  const stores = operands.filter(isWhole).map((operand) => operand.data);
  const shared = stores.length > 1 && new Set(stores).size === stores.length;
  const alone = (k: number, shape: readonly number[], dtype: "float64" | "float32"): NdArray => {
    const fresh = rowMajor(allocate(dtype, sizeOf(shape)), shape);
    addCotangents(call, ybar, [k], [fresh]);
    return fresh;
  };
  const together = new Thunk(() => {
    const which = operands.flatMap((operand, k) => (isWhole(operand) ? [k] : []));
    const fresh = which.map(() => rowMajor(allocate(operandsDType(operands), y.size), y.shape));
    addCotangents(call, ybar, which, fresh);
    return operands.map((_, k) => fresh[which.indexOf(k)]);
  });
  return operands.map((operand, k) => {
    if (isNdArray(operand) && !isFloating(operand.dtype)) return NoTangent;
    if (!isWhole(operand)) return thunk(() => cotangentOf(operand, alone(k, y.shape, operandsDType(operands))));
    if (shared) return thunk(() => cotangentOf(operand, (together.value() as NdArray[])[k] as NdArray));
    return inplaceable(
      (to) => addCotangents(call, ybar, [k], [to]),
      () => cotangentOf(operand, alone(k, y.shape, floatDType(operand.dtype))),
    );
  });
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
  const [y, ybar, first, second, third, fourth] = views.map((view) => view.data) as [Data, Data, Data, Data, Data, Data];
  const count = operands.length;
  const k = which[0] as number;
  if (rest.length === 0 && count === 1) {
    return ([p = 0, q = 0, r = 0, s = 0], [dp = 0, dq = 0, dr = 0, ds = 0], length) => {
      for (let n = 0; n < length; n++) {
        const seed = ybar[q + n * dq] as number;
        if (seed === 0) continue;
        const slope = checked(of(y[p + n * dp] as number, first[r + n * dr]), 1)[0] as number;
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
