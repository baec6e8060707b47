import {
  type AnyArray,
  accumulate,
  add,
  type Differentiator,
  defineRule,
  describe,
  isStructure,
  isZero,
  NoTangent,
  type Pullback,
  type Range,
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

/** Runs `visit(part, where, n)` for each block; `part(array)` is its view of an array of the matrix's shape, `where` names it. */
function forEachBlock(rows: Ranges, cols: Ranges, visit: (part: (x: AnyArray) => AnyArray, where: () => string, n: number) => void): void {
  const name = (list: string, k: number, [start, stop]: Range): string => `${list}[${k}] = [${start}, ${stop})`;
  rows.forEach((row, a) => {
    cols.forEach((col, b) => {
      const part = (x: AnyArray): AnyArray => x.lo(row[0], col[0]).hi(row[1] - row[0], col[1] - col[0]);
      visit(part, () => `${name("rows", a, row)}, ${name("cols", b, col)}`, a * cols.length + b);
    });
  });
}

function checkFunction(who: string, f: unknown): void {
  if (typeof f !== "function") throw new TypeError(`${who}: f is ${describe(f)}; give a function of a block that returns a number`);
}

function scalarOf(who: string, y: unknown, where: () => string): Scalar {
  if (typeof y === "number" || y instanceof TracedScalar) return y;
  if (isNdArray(y) && y.dimension === 0) return (y as AnyArray).get();
  throw new TypeError(`${who}: f returned ${describe(y)} for the block ${where()}; a number is needed`);
}

/** An array of the kind of x that holds these values. */
function filled(x: AnyArray, shape: readonly [number, number], values: readonly Scalar[]): AnyArray {
  const y = similar(x, shape, { holds: values });
  values.forEach((value, n) => {
    y.set(Math.floor(n / shape[1]), n % shape[1], value);
  });
  return y;
}

/** y[a, b] = f(x[rows[a], cols[b]]), block by block. */
export function poolBlocks(who: string, x: AnyArray, rows: Ranges, cols: Ranges, f: BlockFunction, needsEntries?: string): AnyArray {
  const blocks = checkedBlocks(who, x, rows, cols, needsEntries);
  checkFunction(who, f);
  const values: Scalar[] = [];
  forEachBlock(blocks.rows, blocks.cols, (part, where) => values.push(scalarOf(who, f(part(x)), where)));
  return filled(x, [blocks.rows.length, blocks.cols.length], values);
}

/** Adds a block's cotangent to its place. */
function addBlock(place: AnyArray, bar: AnyArray): void {
  if (storeOf(place) === undefined) {
    addInto(place as NdArray, bar as NdArray);
    return;
  }
  for (let i = 0; i < (place.shape[0] as number); i++) {
    for (let j = 0; j < (place.shape[1] as number); j++) place.set(i, j, add(place.get(i, j), bar.get(i, j)));
  }
}

const name = "poolNative";
const apply = (block: AnyArray, f: BlockFunction): Scalar => f(block);

/** The rule, given the operators that differentiate f. */
function rulePair(ad: Differentiator): RulePair {
  const frule = (
    [, dx, , , df]: readonly unknown[],
    x: AnyArray,
    rows: Ranges,
    cols: Ranges,
    f: BlockFunction = sum,
  ): [unknown, unknown] => {
    const blocks = checkedBlocks(name, x, rows, cols);
    checkFunction(name, f);
    const values: Scalar[] = [];
    const tangents: Scalar[] = [];
    forEachBlock(blocks.rows, blocks.cols, (part, where) => {
      const moves = [isZero(dx) ? dx : part(dx as AnyArray), df ?? NoTangent];
      const [y, dy] = ad.pushforward(apply, [part(x), f], moves);
      values.push(scalarOf(name, y, where));
      tangents.push(scalarOf(name, dy, where));
    });
    const shape = [blocks.rows.length, blocks.cols.length] as const;
    return [filled(x, shape, values), filled(x, shape, tangents)];
  };

  // f runs once on plain blocks here and once, differentiated, in the pullback: no block's tape is kept between the two.
  const rrule = (x: AnyArray, rows: Ranges, cols: Ranges, ...rest: BlockFunction[]): [unknown, Pullback] => {
    const [f = sum] = rest;
    const y = poolBlocks(name, x, rows, cols, f);
    const blocks = checkedBlocks(name, x, rows, cols);
    const pullback = (ybar: AnyArray): unknown[] => {
      const bars: { part: (x: AnyArray) => AnyArray; bar: AnyArray }[] = [];
      let fbar: unknown = isStructure(f) ? ZeroTangent : NoTangent;
      forEachBlock(blocks.rows, blocks.cols, (part, _, n) => {
        const seed = ybar.get(Math.floor(n / blocks.cols.length), n % blocks.cols.length);
        if (seed === 0) return;
        const [bar, own] = ad.pullback(apply, part(x), f)[1](seed);
        bars.push({ part, bar: bar as AnyArray });
        if (isStructure(f)) fbar = accumulate(fbar, own);
      });
      const xbar = similar(x, x.shape, { holds: bars.map(({ bar }) => bar) });
      for (const { part, bar } of bars) addBlock(part(xbar), bar);
      return [NoTangent, xbar, NoTangent, NoTangent, ...rest.map(() => fbar)];
    };
    return [y, pullback];
  };

  return { frule, rrule };
}

/**
 * Pooling by any function of a block: y[a, b] = f(x[rows[a], cols[b]]).
 *   ẏ[a, b] = ḟ of that block    x̄ = Σ f̄(ȳ[a, b]) over the blocks, each in its place; where blocks overlap they add
 * Its rule differentiates f block by block. f is a function of its block alone: a traced value that it closes over is refused; one that
 * belongs to a callable's parameters is differentiated.
 * @param x    shape [m, n]
 * @param rows half-open ranges of axis 0; may overlap, be ragged or empty
 * @param cols half-open ranges of axis 1, likewise
 * @param f    a scalar function of a view of x, without side effects: it runs again in the pullback. Default: sum
 * @returns    shape [rows.length, cols.length]
 * @throws {RangeError} when x is not a matrix, or a range is malformed or leaves its axis
 * @throws {TypeError} when f is no function or returns anything but a number
 * Source: lab 09, "Sum pooling on large matrices".
 */
export const poolNative: Pooling = defineRule(
  ((x: AnyArray, rows: Ranges, cols: Ranges, f: BlockFunction = sum) => poolBlocks(name, x, rows, cols, f)) as Pooling,
  rulePair as never,
  { name, zeros: "symbolic" },
);

/** The same function, by the seed's other name. */
export const poolNaive: Pooling = poolNative;
