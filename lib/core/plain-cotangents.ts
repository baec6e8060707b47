import {
  allocate,
  broadcastShapes,
  floatDType,
  forEachEntry,
  isNdArray,
  isRowMajor,
  type NdArray,
  rowMajor,
  sameShape,
  sizeOf,
} from "../nd/index.js";
import { cotangentOf, strongProduct } from "./arithmetic.js";
import { operandsDType, operandView, type PlainOperand } from "./elementwise.js";
import { inplaceable, type Thunk, thunk } from "./tangent.js";

/** The partials of one entry. */
export interface Slopes {
  /** (y, x, …, options) => [∂y/∂x, …] */
  of(y: number, ...args: unknown[]): readonly number[];
  /** The same list, once it has as many entries as there are operands. */
  checked(slopes: readonly number[], count: number): readonly number[];
}

/** One application of an elementwise function on plain values. */
export interface PlainCall {
  readonly slopes: Slopes;
  readonly y: NdArray;
  readonly operands: readonly PlainOperand[];
  /** What the partials get after the operands. */
  readonly rest: readonly unknown[];
}

/**
 * x̄ₖ = ∂y/∂xₖ · ȳ of an elementwise function on plain arrays, one for each operand. Each is computed when it is needed, in one pass, and
 * adds itself to an array that exists where the operand was not broadcast.
 */
export function plainCotangents(call: PlainCall, ybar: PlainOperand): Thunk[] {
  return call.operands.map((operand, k) => {
    const add = (to: NdArray): void => addCotangent(call, ybar, k, to);
    if (isNdArray(operand) && sameShape(operand.shape, call.y.shape)) {
      return inplaceable(add, () => cotangentOf(operand, fresh(operand.shape, floatDType(operand.dtype), add)));
    }
    return thunk(() => cotangentOf(operand, fresh(call.y.shape, operandsDType(call.operands), add)));
  });
}

function fresh(shape: readonly number[], dtype: "float64" | "float32", add: (to: NdArray) => void): NdArray {
  const zeros = rowMajor(allocate(dtype, sizeOf(shape)), shape);
  add(zeros);
  return zeros;
}

/** to += ∂y/∂xₖ · ȳ */
function addCotangent({ slopes, y, operands, rest }: PlainCall, ybar: PlainOperand, k: number, to: NdArray): void {
  const shape = broadcastShapes("pullback", y.shape, typeof ybar === "number" ? [] : ybar.shape);
  const views = [to, y, ybar, ...operands].map((operand) => operandView(operand, shape));
  const offsets = views.map((view) => view.offset);
  const entry = entryOf(slopes, views, k, rest);
  if (views.every((view) => isRowMajor(view.shape, view.stride))) {
    const [o = 0, p = 0, q = 0, r = 0, s = 0] = offsets;
    const others = [...offsets];
    const many = operands.length > 2 || rest.length > 0;
    for (let n = 0; n < sizeOf(shape); n++) {
      if (many) for (let j = 0; j < others.length; j++) others[j] = n + (offsets[j] as number);
      entry(o + n, p + n, q + n, r + n, s + n, others);
    }
  } else {
    forEachEntry(views, shape, (_, at) => entry(at[0] as number, at[1] as number, at[2] as number, at[3] as number, at[4] ?? 0, at));
  }
}

type Entry = (o: number, p: number, q: number, r: number, s: number, at: readonly number[]) => void;

/** What is done at one entry, given the positions in the views. One and two operands need no list of arguments. */
function entryOf({ of, checked }: Slopes, views: readonly NdArray[], k: number, rest: readonly unknown[]): Entry {
  const count = views.length - 3;
  const [to, y, ybar, first, second] = views.map((view) => view.data) as [
    NdArray["data"],
    NdArray["data"],
    NdArray["data"],
    NdArray["data"],
    NdArray["data"],
  ];
  if (rest.length === 0 && count === 1) {
    return (o, p, q, r) => {
      const seed = ybar[q] as number;
      if (seed !== 0) to[o] = (to[o] as number) + strongProduct(checked(of(y[p] as number, first[r]), 1)[0] as number, seed);
    };
  }
  if (rest.length === 0 && count === 2) {
    return (o, p, q, r, s) => {
      const seed = ybar[q] as number;
      if (seed !== 0) to[o] = (to[o] as number) + strongProduct(checked(of(y[p] as number, first[r], second[s]), 2)[k] as number, seed);
    };
  }
  return (o, p, q, _r, _s, at) => {
    const seed = ybar[q] as number;
    if (seed === 0) return;
    const xs = Array.from({ length: count }, (_, j) => (views[j + 3] as NdArray).data[at[j + 3] as number]);
    to[o] = (to[o] as number) + strongProduct(checked(of(y[p] as number, ...xs, ...rest), count)[k] as number, seed);
  };
}
