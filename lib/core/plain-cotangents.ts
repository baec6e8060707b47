import { allocate, broadcastShapes, forEachEntry, isRowMajor, type NdArray, rowMajor, sizeOf } from "../nd/index.js";
import { strongProduct } from "./arithmetic.js";
import { operandsDType, operandView, type PlainOperand } from "./elementwise.js";

/** The partials of one entry. */
export interface Slopes {
  /** (y, x, …, options) => [∂y/∂x, …] */
  of(y: number, ...args: unknown[]): readonly number[];
  /** The same list, once it has as many entries as there are operands. */
  checked(slopes: readonly number[], count: number): readonly number[];
}

/**
 * x̄ₖ = ∂y/∂xₖ · ȳ of an elementwise function on plain arrays, entry by entry in one pass; each of the broadcast shape.
 * @param rest what the partials get after the operands
 */
export function plainCotangents(
  slopes: Slopes,
  y: NdArray,
  ybar: PlainOperand,
  operands: readonly PlainOperand[],
  rest: readonly unknown[],
): NdArray[] {
  const shape = broadcastShapes("pullback", y.shape, typeof ybar === "number" ? [] : ybar.shape);
  const views = [y, ybar, ...operands].map((operand) => operandView(operand, shape));
  const dtype = operandsDType(operands);
  const results = operands.map(() => allocate(dtype, sizeOf(shape)));
  const entry = entryOf(slopes, views, results, rest);
  if (views.every((view) => isRowMajor(view.shape, view.stride))) {
    const [p = 0, q = 0, r = 0, s = 0] = views.map((view) => view.offset);
    const others = views.map((view) => view.offset);
    for (let n = 0; n < sizeOf(shape); n++) {
      if (operands.length > 2 || rest.length > 0) for (let k = 0; k < others.length; k++) others[k] = n + (views[k] as NdArray).offset;
      entry(n, p + n, q + n, r + n, s + n, others);
    }
  } else {
    forEachEntry(views, shape, (n, at) => entry(n, at[0] as number, at[1] as number, at[2] as number, (at[3] ?? 0) as number, at));
  }
  return results.map((data) => rowMajor(data, shape));
}

/** What is done at entry n; the other numbers are the positions of y, ȳ and the operands. One and two operands need no list of arguments. */
function entryOf(
  { of, checked }: Slopes,
  views: readonly NdArray[],
  results: readonly { [n: number]: number }[],
  rest: readonly unknown[],
) {
  const [y, ybar, first, second] = views.map((view) => view.data) as [NdArray["data"], NdArray["data"], NdArray["data"], NdArray["data"]];
  const [one, two] = results as [{ [n: number]: number }, { [n: number]: number }];
  if (rest.length === 0 && results.length === 1) {
    return (n: number, p: number, q: number, r: number): void => {
      const seed = ybar[q] as number;
      if (seed !== 0) one[n] = strongProduct(checked(of(y[p] as number, first[r]), 1)[0] as number, seed);
    };
  }
  if (rest.length === 0 && results.length === 2) {
    return (n: number, p: number, q: number, r: number, s: number): void => {
      const seed = ybar[q] as number;
      if (seed === 0) return;
      const both = checked(of(y[p] as number, first[r], second[s]), 2);
      one[n] = strongProduct(both[0] as number, seed);
      two[n] = strongProduct(both[1] as number, seed);
    };
  }
  return (n: number, p: number, q: number, _r: number, _s: number, at: readonly number[]): void => {
    const xs = results.map((_, k) => (views[k + 2] as NdArray).data[at[k + 2] as number]);
    const all = checked(of(y[p] as number, ...xs, ...rest), results.length);
    for (let k = 0; k < results.length; k++)
      (results[k] as { [n: number]: number })[n] = strongProduct(all[k] as number, ybar[q] as number);
  };
}
