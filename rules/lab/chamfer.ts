import { type AnyArray, add, addedTo, defineRule, describe, linearRule, optionsFor, type Scalar } from "../../lib/core/index.js";
import { asFloatArray, type FloatData, floatResult, inOrder } from "../../lib/nd/float-array.js";
import { floatDType, isRowMajor, type NdArray, offsetOfPosition, rowMajor } from "../../lib/nd/index.js";
import { min } from "../reductions/extremes.js";
import { mean, sum } from "../reductions/index.js";
import { linearAt } from "../support/positions.js";
import { checkMatrix, type Ranges, refuseEmpty } from "./ranges.js";

/** Options of `chamferDistance`. */
export interface ChamferOptions {
  /** Whether each of the two parts is the mean of the minima (the default) or their sum. */
  readonly reduction?: "mean" | "sum" | undefined;
}

/** The Chamfer distance of a matrix of distances. */
export interface ChamferDistance {
  (c: NdArray, options?: ChamferOptions): number;
  (c: AnyArray, options?: ChamferOptions): Scalar;
}

/** The minima that Chamfer distances are made of: those of block n's columns, then of its rows, from `starts[n]` on. */
interface Minima {
  /** Where they lie: row-major positions in the matrix. */
  readonly positions: Int32Array;
  readonly weights: Float64Array;
  readonly starts: Int32Array;
  /** The shape of the results; absent for one number. */
  readonly shape?: readonly number[] | undefined;
}

/** For each block of a matrix, where the minima of its columns and rows lie: one pass over it. No block is empty. */
export function findMinima(x: NdArray, rows: Ranges, cols: Ranges, reduction: "mean" | "sum"): Minima {
  const extent = x.shape[1] as number;
  const { data, stride, offset } = asFloatArray(x);
  const down = stride[0] as number;
  const across = stride[1] as number;
  const height = rows.reduce((total, [top, bottom]) => total + bottom - top, 0);
  const width = cols.reduce((total, [left, right]) => total + right - left, 0);
  const size = rows.length * width + cols.length * height;
  const positions = new Int32Array(size);
  const weights = new Float64Array(size);
  const starts = new Int32Array(rows.length * cols.length + 1);
  const columnMinima = new Float64Array(width);
  let n = 0;
  let start = 0;
  for (const [top, bottom] of rows) {
    for (const [left, right] of cols) {
      const columns = right - left;
      const afterColumns = start + columns;
      const end = afterColumns + bottom - top;
      weights.fill(reduction === "mean" ? 1 / columns : 1, start, afterColumns);
      weights.fill(reduction === "mean" ? 1 / (bottom - top) : 1, afterColumns, end);
      columnMinima.fill(Number.POSITIVE_INFINITY, 0, columns);
      for (let j = 0; j < columns; j++) positions[start + j] = top * extent + left + j;
      for (let i = top; i < bottom; i++) {
        let least = Number.POSITIVE_INFINITY;
        let column = 0;
        for (let j = 0, at = offset + i * down + left * across; j < columns; j++, at += across) {
          const entry = data[at] as number;
          // Each comparison is true for smaller entries and for NaN; a minimum that is NaN stays.
          if (!(entry >= least) && !Number.isNaN(least)) {
            least = entry;
            column = j;
          }
          const sofar = columnMinima[j] as number;
          if (!(entry >= sofar) && !Number.isNaN(sofar)) {
            columnMinima[j] = entry;
            positions[start + j] = i * extent + left + j;
          }
        }
        positions[afterColumns + i - top] = i * extent + left + column;
      }
      start = end;
      starts[++n] = start;
    }
  }
  return { positions, weights, starts };
}

/** Where in its store an array keeps the entries at row-major positions. */
function placesIn(x: NdArray, positions: Int32Array): Int32Array {
  if (isRowMajor(x.shape, x.stride) && x.offset === 0) return positions;
  return positions.map((position) => offsetOfPosition(x, position));
}

/** y[n] = Σ weights[k] x[positions[k]] over the minima of block n, or their one sum. */
function totals(x: NdArray, { positions, weights, starts, shape }: Minima): number | NdArray {
  const float = asFloatArray(x);
  const { data } = float;
  const places = placesIn(float, positions);
  const sums = new Float64Array(starts.length - 1);
  for (let n = 0; n < sums.length; n++) {
    let total = 0;
    for (let k = starts[n] as number, end = starts[n + 1] as number; k < end; k++) {
      total += (weights[k] as number) * (data[places[k] as number] as number);
    }
    sums[n] = total;
  }
  return shape === undefined ? (sums[0] as number) : floatResult(sums, shape, floatDType(x.dtype));
}

/** x[positions[k]] += weights[k] ȳ[n] for the minima of block n. */
function addTotals(acc: NdArray, ybar: number | NdArray, { positions, weights, starts }: Minima): void {
  const data = acc.data as FloatData;
  const places = placesIn(acc, positions);
  const { data: seeds, offset } = inOrder(typeof ybar === "number" ? rowMajor(Float64Array.of(ybar), [1]) : ybar);
  for (let n = 0; n + 1 < starts.length; n++) {
    const seed = seeds[offset + n] as number;
    for (let k = starts[n] as number, end = starts[n + 1] as number; k < end; k++) {
      (data[places[k] as number] as number) += (weights[k] as number) * seed;
    }
  }
}

/**
 * The weighted sums of the minima, once these are found.
 *   ẏ[n] = Σ wₖ ẋ[pₖ]            x̄[pₖ] += wₖ ȳ[n]
 */
export const totalOfMinima: (x: NdArray, minima: Minima) => number | NdArray = linearRule(
  totals,
  (ybar: number | NdArray, x: NdArray, minima: Minima) => addedTo(x, (acc) => addTotals(acc, ybar, minima)),
  { name: "totalOfMinima" },
);

const name = "chamferDistance";

function checkedReduction(c: AnyArray, options?: ChamferOptions): "mean" | "sum" {
  checkMatrix(name, "c", c);
  refuseEmpty(name, "c", c);
  const { reduction = "mean" } = optionsFor(name, options, "reduction");
  if (reduction !== "mean" && reduction !== "sum") {
    throw new TypeError(
      `${name}: reduction is ${typeof reduction === "string" ? `"${reduction}"` : describe(reduction)}; use "mean" or "sum"`,
    );
  }
  return reduction;
}

/**
 * The Chamfer distance of two sets of points, from the distances c[i, j] between them: the mean over columns of their minima, plus the
 * mean over rows of theirs; or both sums.
 *   ẏ = Σ wₖ ċ[pₖ]               c̄[pₖ] += wₖ ȳ, pₖ the positions of the minima, wₖ their weight in the mean or 1
 * Ties go to the first index in each column and row. NaN anywhere gives NaN.
 * @param c shape [m, n]
 * @throws {RangeError} when c is not a matrix, or has no entries
 * @throws {TypeError} when the reduction is another one
 * Source: lab 09, "Chamfer distance"; Barrow, Tenenbaum, Bolles and Wolf, Parametric correspondence and chamfer matching (1977).
 */
export const chamferDistance: ChamferDistance = defineRule(
  (c: AnyArray, options?: ChamferOptions) => {
    const reduce = checkedReduction(c, options) === "mean" ? mean : sum;
    return add(reduce(min(c, { axis: 0 })), reduce(min(c, { axis: 1 })));
  },
  linearAt((c, options?: ChamferOptions) => {
    const reduction = checkedReduction(c, options);
    const [rows, columns] = c.shape as [number, number];
    return [totalOfMinima, findMinima(c, [[0, rows]], [[0, columns]], reduction)];
  }),
  { name, still: [1] },
);
