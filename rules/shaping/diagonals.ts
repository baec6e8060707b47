import { type AnyArray, addedTo, linearRule, optionsFor, type Scalar } from "../../lib/core/index.js";
import {
  addNumber,
  copyInto,
  expectSize,
  floatDType,
  formatShape,
  type NdArray,
  normalizeAxis,
  packed,
  sameStore,
  shown,
  sumData,
  zerosOf,
} from "../../lib/nd/index.js";
import { arrayFor } from "../support/reduce-options.js";
import { viewRule } from "../support/view-rule.js";
import type { Rearrangement } from "./axes.js";

/** Which diagonal. */
export interface DiagonalOptions {
  /** 0 is the main one, positive ones lie above it. */
  readonly k?: number | undefined;
}

function offsetOf(who: string, options: DiagonalOptions | undefined): number {
  const { k = 0 } = optionsFor(who, options, "k");
  if (!Number.isInteger(k)) throw new RangeError(`${who}: k = ${shown(k)} is not a diagonal; give an integer`);
  return k;
}

/** The view of the k-th diagonal of two axes, as the last axis of those that are left. */
function diagonalOf(who: string, x: NdArray, first: number, second: number, k: number): NdArray {
  const a = normalizeAxis(who, first, x.dimension);
  const b = normalizeAxis(who, second, x.dimension);
  if (a === b) throw new RangeError(`${who}: axis ${a} is named twice; a diagonal runs along two axes`);
  const rowStep = x.stride[a] as number;
  const step = x.stride[b] as number;
  const length = Math.max(0, Math.min((x.shape[a] as number) + Math.min(0, k), (x.shape[b] as number) - Math.max(0, k)));
  const keep = (_: number, axis: number): boolean => axis !== a && axis !== b;
  const start = k < 0 ? -k * rowStep : k * step;
  return sameStore(
    x,
    [...x.shape.filter(keep), length],
    [...x.stride.filter(keep), rowStep + step],
    length === 0 ? x.offset : x.offset + start,
  );
}

function matrixFor(who: string, x: NdArray): NdArray {
  if (arrayFor(who, x).dimension < 2) {
    throw new RangeError(`${who}: an array of shape ${formatShape(x.shape)} has no rows and columns; give one with two axes or more`);
  }
  return x;
}

/** Along which axes a diagonal runs. */
export interface DiagonalAxes {
  /** 0 when absent. */
  readonly axis1?: number | undefined;
  /** 1 when absent. */
  readonly axis2?: number | undefined;
}

/** The view that `diagonal` copies. */
export function diagonalView(x: NdArray, options?: DiagonalAxes): NdArray {
  const { axis1 = 0, axis2 = 1 } = optionsFor("diagonal", options, "axis1, axis2");
  return diagonalOf("diagonal", matrixFor("diagonal", x), axis1, axis2, 0);
}

/**
 * The diagonal along two axes: y[…, i] = x[…] with i at both.
 *   ẏ = diagonal(ẋ)              x̄ has ȳ on that diagonal, 0 elsewhere
 * @returns the axes that are left, then the diagonal
 * @throws {RangeError} when an axis does not exist, or both are the same
 */
export const diagonal: Rearrangement<[options?: DiagonalAxes]> = viewRule("diagonal", diagonalView);

/** The matrix that has a vector on its k-th diagonal. */
function matrixWith(v: NdArray, k: number): NdArray {
  const n = (v.shape[0] as number) + Math.abs(k);
  expectSize("diag", [n, n]);
  const y = zerosOf([n, n], floatDType(v.dtype));
  copyInto(diagonalOf("diag", y, 0, 1, k), v);
  return y;
}

/**
 * The k-th diagonal of a matrix; of a vector, the square matrix that has it there.
 *   ẏ = diag(ẋ)                  x̄ = diag(ȳ), as large as x
 * @throws {RangeError} when x has more than two axes or none, or k is not an integer
 */
export const diag: Rearrangement<[options?: DiagonalOptions]> = linearRule(
  (x: NdArray, options?: DiagonalOptions) => {
    const k = offsetOf("diag", options);
    if (arrayFor("diag", x).dimension === 1) return matrixWith(x, k);
    if (x.dimension === 2) return packed(diagonalOf("diag", x, 0, 1, k));
    throw new RangeError(`diag: an array of shape ${formatShape(x.shape)}; give a vector or a matrix (diagonal takes more axes)`);
  },
  (ybar: NdArray, x: NdArray, options?: DiagonalOptions) => {
    const k = offsetOf("diag", options);
    if (x.dimension === 1) return packed(diagonalOf("diag", ybar, 0, 1, k));
    const xbar = zerosOf(x.shape, floatDType(x.dtype));
    copyInto(diagonalOf("diag", xbar, 0, 1, k), ybar);
    return xbar;
  },
  { name: "diag" },
);

/** Entries of the last two axes on one side of a diagonal; zeros elsewhere. */
function triangle(who: string, x: NdArray, options: DiagonalOptions | undefined, below: boolean): NdArray {
  const k = offsetOf(who, options);
  const y = packed(matrixFor(who, x));
  const [rows, cols] = y.shape.slice(-2) as [number, number];
  const data = y.data as Float64Array;
  for (let start = 0, i = 0; start < data.length; start += cols, i = (i + 1) % rows) {
    // Columns from i + k on lie on the diagonal or above it.
    const split = Math.min(cols, Math.max(0, i + k + (below ? 1 : 0)));
    if (below) data.fill(0, start + split, start + cols);
    else data.fill(0, start, start + split);
  }
  return y;
}

/**
 * The entries of the last two axes on the k-th diagonal and below it; zeros above.
 *   ẏ = tril(ẋ)                  x̄ = tril(ȳ)
 * @throws {RangeError} when x has fewer than two axes, or k is not an integer
 */
export const tril: Rearrangement<[options?: DiagonalOptions]> = linearRule(
  (x: NdArray, options?: DiagonalOptions) => triangle("tril", x, options, true),
  (ybar: NdArray, _: NdArray, options?: DiagonalOptions) => triangle("tril", ybar, options, true),
  { name: "tril" },
);

/**
 * The entries of the last two axes on the k-th diagonal and above it; zeros below.
 *   ẏ = triu(ẋ)                  x̄ = triu(ȳ)
 * @throws {RangeError} when x has fewer than two axes, or k is not an integer
 */
export const triu: Rearrangement<[options?: DiagonalOptions]> = linearRule(
  (x: NdArray, options?: DiagonalOptions) => triangle("triu", x, options, false),
  (ybar: NdArray, _: NdArray, options?: DiagonalOptions) => triangle("triu", ybar, options, false),
  { name: "triu" },
);

/** A function of a matrix that gives a number. */
interface OfMatrix {
  (x: NdArray): number;
  (x: AnyArray): Scalar;
}

/**
 * Σ x[i, i] of a matrix.
 *   ẏ = trace(ẋ)                 x̄ has ȳ on its diagonal, 0 elsewhere
 * @throws {RangeError} when x is not a matrix
 */
export const trace: OfMatrix = linearRule(
  (x: NdArray) => {
    if (arrayFor("trace", x).dimension !== 2) {
      throw new RangeError(`trace: an array of shape ${formatShape(x.shape)}; give a matrix, or take sum(diagonal(x), { axis: -1 })`);
    }
    return sumData(diagonalOf("trace", x, 0, 1, 0));
  },
  (ybar: number, x: NdArray) => {
    return addedTo(x, (acc) => {
      const { data, shape, stride, offset } = diagonalOf("trace", acc, 0, 1, 0);
      addNumber(data, shape, stride, offset, ybar);
    });
  },
  { name: "trace" },
);
