import {
  type AnyArray,
  accumulate,
  add,
  type Differentiator,
  defineRule,
  describe,
  elementsOf,
  isStructure,
  isZero,
  NoTangent,
  type Pullback,
  type RulePair,
  type Scalar,
  similar,
  storeOf,
  TracedScalar,
  ZeroTangent,
} from "../../lib/core/index.js";
import { addInto, isNdArray, type NdArray } from "../../lib/nd/index.js";
import { sum } from "../reductions.js";
import { checkedBlocks, type Ranges } from "./ranges.js";

/** What a block is pooled with: a scalar function of a matrix. */
export type BlockFunction = (block: AnyArray) => Scalar;

/** Pooling of a matrix by a function of its blocks. */
export interface Pooling {
  (x: NdArray, rows: Ranges, cols: Ranges, f?: BlockFunction): NdArray;
  (x: AnyArray, rows: Ranges, cols: Ranges, f?: BlockFunction): AnyArray;
}

/** The rows of x that one row of blocks goes over. */
interface Strip {
  /** The strip of an array of the matrix's shape, as a view. */
  readonly part: (whole: AnyArray) => AnyArray;
  /** f of each of the strip's blocks, in order. */
  readonly pooled: (strip: AnyArray, f: BlockFunction) => Scalar[];
}

function stripsOf(who: string, x: AnyArray, rows: Ranges, cols: Ranges, needsEntries?: string): Strip[] {
  const blocks = checkedBlocks(who, x, rows, cols, needsEntries);
  const width = x.shape[1] as number;
  return blocks.rows.map(([top, bottom], a) => ({
    part: (whole) => whole.lo(top, 0).hi(bottom - top, width),
    pooled: (strip, f) =>
      blocks.cols.map(([left, right], b) => {
        const y: unknown = f(strip.lo(0, left).hi(bottom - top, right - left));
        if (typeof y === "number" || y instanceof TracedScalar) return y;
        if (isNdArray(y) && y.dimension === 0) return (y as AnyArray).get();
        const where = `rows[${a}] = [${top}, ${bottom}), cols[${b}] = [${left}, ${right})`;
        throw new TypeError(`${who}: f returned ${describe(y)} for the block ${where}; a number is needed`);
      }),
  }));
}

function checkFunction(who: string, f: unknown): void {
  if (typeof f !== "function") throw new TypeError(`${who}: f is ${describe(f)}; give a function of a block that returns a number`);
}

/** A matrix of the kind of x with these rows of values. */
function filled(x: AnyArray, values: readonly (readonly Scalar[])[], columns: number): AnyArray {
  const y = similar(x, [values.length, columns], { holds: values });
  values.forEach((row, a) => {
    row.forEach((value, b) => {
      y.set(a, b, value);
    });
  });
  return y;
}

/** y[a, b] = f(x[rows[a], cols[b]]), block by block. */
export function poolBlocks(who: string, x: AnyArray, rows: Ranges, cols: Ranges, f: BlockFunction, needsEntries?: string): AnyArray {
  const strips = stripsOf(who, x, rows, cols, needsEntries);
  checkFunction(who, f);
  const values = strips.map(({ part, pooled }) => pooled(part(x), f));
  return filled(x, values, cols.length);
}

/** Adds a cotangent to its place. */
function addTo(place: AnyArray, bar: AnyArray): void {
  if (storeOf(place) === undefined) {
    addInto(place as NdArray, bar as NdArray);
    return;
  }
  for (let i = 0; i < (place.shape[0] as number); i++) {
    for (let j = 0; j < (place.shape[1] as number); j++) place.set(i, j, add(place.get(i, j), bar.get(i, j)));
  }
}

const name = "poolNative";

/** The rule, given the operators that differentiate f: one call for each strip. */
function rulePair(ad: Differentiator): RulePair {
  /** The strips, and f of each one's blocks as a vector: engines handle an array at less cost than a list of numbers. */
  const vectorsOf = (x: AnyArray, rows: Ranges, cols: Ranges) =>
    stripsOf(name, x, rows, cols).map(({ part, pooled }) => ({
      part,
      vector: (strip: AnyArray, f: BlockFunction): AnyArray => filled(strip, [pooled(strip, f)], cols.length).pick(0),
    }));
  const stacked = (x: AnyArray, vectors: readonly unknown[], columns: number): AnyArray =>
    filled(
      x,
      vectors.map((vector) => elementsOf(vector as AnyArray)),
      columns,
    );

  const frule = (
    [, dx, , , df]: readonly unknown[],
    x: AnyArray,
    rows: Ranges,
    cols: Ranges,
    f: BlockFunction = sum,
  ): [unknown, unknown] => {
    checkFunction(name, f);
    const pairs = vectorsOf(x, rows, cols).map(({ part, vector }) =>
      ad.pushforward(vector, [part(x), f], [isZero(dx) ? dx : part(dx as AnyArray), df ?? NoTangent]),
    );
    return [
      stacked(
        x,
        pairs.map(([y]) => y),
        cols.length,
      ),
      stacked(
        x,
        pairs.map(([, dy]) => dy),
        cols.length,
      ),
    ];
  };

  const rrule = (x: AnyArray, rows: Ranges, cols: Ranges, ...rest: BlockFunction[]): [unknown, Pullback] => {
    const [f = sum] = rest;
    checkFunction(name, f);
    const strips = vectorsOf(x, rows, cols).map(({ part, vector }) => ({ part, pair: ad.pullback(vector, part(x), f) }));
    const poolNativePullback = (ybar: AnyArray): unknown[] => {
      let fbar: unknown = isStructure(f) ? ZeroTangent : NoTangent;
      const bars = strips.map(({ pair: [, back] }, a) => {
        const [bar, own] = back(ybar.pick(a));
        if (isStructure(f)) fbar = accumulate(fbar, own);
        return bar as AnyArray;
      });
      const xbar = similar(x, x.shape, { holds: bars });
      strips.forEach(({ part }, a) => {
        addTo(part(xbar), bars[a] as AnyArray);
      });
      return [NoTangent, xbar, NoTangent, NoTangent, ...rest.map(() => fbar)];
    };
    return [
      stacked(
        x,
        strips.map(({ pair: [y] }) => y),
        cols.length,
      ),
      poolNativePullback,
    ];
  };

  return { frule, rrule };
}

/**
 * Pooling by any function of a block: y[a, b] = f(x[rows[a], cols[b]]).
 *   ẏ[a, b] = ḟ of that block    x̄ = Σ f̄(ȳ[a, b]) over the blocks, each in its place; where blocks overlap they add
 * Its rule differentiates f, one row of blocks at a time. f is a function of its block alone: a traced value of the running call that it
 * closes over is refused; make it a parameter of a callable, which is differentiated.
 * @param x    shape [m, n]
 * @param rows half-open ranges of axis 0; may overlap, be ragged or empty
 * @param cols half-open ranges of axis 1, likewise
 * @param f    a scalar function of a view of x. Default: sum
 * @returns    shape [rows.length, cols.length]
 * @throws {RangeError} when x is not a matrix, or a range is malformed or leaves its axis
 * @throws {TypeError} when f is no function or returns anything but a number
 * Source: lab 09, "Sum pooling on large matrices".
 */
export const poolNative: Pooling = defineRule(
  ((x: AnyArray, rows: Ranges, cols: Ranges, f: BlockFunction = sum) => poolBlocks(name, x, rows, cols, f)) as Pooling,
  rulePair as (ad: Differentiator) => never,
  { name, zeros: "symbolic" },
);

/** The same function, by the seed's other name. */
export const poolNaive: Pooling = poolNative;
