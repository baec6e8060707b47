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
import { inplaceable, Thunk, thunk } from "./tangent.js";

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
export function plainCotangents(call: PlainCall, ybar: PlainOperand): Thunk[] {
  const { y, operands } = call;
  const isWhole = (operand: PlainOperand): operand is NdArray => isNdArray(operand) && sameShape(operand.shape, y.shape);
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
    if (!isWhole(operand)) return thunk(() => cotangentOf(operand, alone(k, y.shape, operandsDType(operands))));
    if (shared) return thunk(() => cotangentOf(operand, (together.value() as NdArray[])[k] as NdArray));
    return inplaceable(
      (to) => addCotangents(call, ybar, [k], [to]),
      () => cotangentOf(operand, alone(k, y.shape, floatDType(operand.dtype))),
    );
  });
}

/** to += ∂y/∂xₖ · ȳ for each k of `which` and its target */
function addCotangents(
  { slopes, y, operands, rest }: PlainCall,
  ybar: PlainOperand,
  which: readonly number[],
  targets: readonly NdArray[],
): void {
  const shape = broadcastShapes("pullback", y.shape, typeof ybar === "number" ? [] : ybar.shape);
  const views = [y, ybar, ...operands, ...targets].map((operand) => operandView(operand, shape));
  const entry = entryOf(slopes, views, operands.length, which, rest);
  if (views.every((view) => isRowMajor(view.shape, view.stride))) {
    const offsets = views.map((view) => view.offset);
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = offsets;
    const at = [...offsets];
    for (let n = 0; n < sizeOf(shape); n++) {
      if (entry.length > 6) for (let j = 0; j < at.length; j++) at[j] = n + (offsets[j] as number);
      entry(a + n, b + n, c + n, d + n, e + n, f + n, at);
    }
  } else {
    forEachEntry(views, shape, (_, at) => {
      const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = at;
      entry(a, b, c, d, e, f, at);
    });
  }
}

type Data = NdArray["data"];

/** What is done at one entry, given its positions in y, ȳ, the operands and the targets; for more of them they stand in a list. */
type Entry = (y: number, ybar: number, first: number, second: number, third: number, fourth: number, at: readonly number[]) => void;

function entryOf(
  { of, checked }: Slopes,
  views: readonly NdArray[],
  count: number,
  which: readonly number[],
  rest: readonly unknown[],
): Entry {
  const [y, ybar, first, second, third, fourth] = views.map((view) => view.data) as [Data, Data, Data, Data, Data, Data];
  const k = which[0] as number;
  if (rest.length === 0 && count === 1) {
    return (p, q, r, s) => {
      const seed = ybar[q] as number;
      if (seed !== 0) second[s] = (second[s] as number) + strongProduct(checked(of(y[p] as number, first[r]), 1)[0] as number, seed);
    };
  }
  if (rest.length === 0 && count === 2 && which.length === 1) {
    return (p, q, r, s, t) => {
      const seed = ybar[q] as number;
      if (seed !== 0)
        third[t] = (third[t] as number) + strongProduct(checked(of(y[p] as number, first[r], second[s]), 2)[k] as number, seed);
    };
  }
  if (rest.length === 0 && count === 2) {
    return (p, q, r, s, t, u) => {
      const seed = ybar[q] as number;
      if (seed === 0) return;
      const both = checked(of(y[p] as number, first[r], second[s]), 2);
      third[t] = strongProduct(both[0] as number, seed);
      fourth[u] = strongProduct(both[1] as number, seed);
    };
  }
  return (p, q, _r, _s, _t, _u, at) => {
    const seed = ybar[q] as number;
    if (seed === 0) return;
    const entries = Array.from({ length: count }, (_, j) => (views[j + 2] as NdArray).data[at[j + 2] as number]);
    const all = checked(of(y[p] as number, ...entries, ...rest), count);
    which.forEach((operand, j) => {
      const { data } = views[count + 2 + j] as NdArray;
      const to = at[count + 2 + j] as number;
      data[to] = (data[to] as number) + strongProduct(all[operand] as number, seed);
    });
  };
}
