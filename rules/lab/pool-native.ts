import {
  type AnyArray,
  type Differentiator,
  defineRule,
  expectFunction,
  NoTangent,
  type RulePair,
  type Scalar,
  similar,
} from "../../lib/core/index.js";
import type { NdArray } from "../../lib/nd/index.js";
import { sum } from "../reductions/index.js";
import { scalarFrom } from "../support/run-rule.js";
import { checkedBlocks, type Ranges } from "./ranges.js";

/** What a block is pooled with: a scalar function of a matrix. */
export type BlockFunction = (block: AnyArray) => Scalar;

/** Pooling of a matrix by a function of its blocks. */
export interface Pooling {
  (x: NdArray, rows: Ranges, cols: Ranges, f?: BlockFunction): NdArray;
  (x: AnyArray, rows: Ranges, cols: Ranges, f?: BlockFunction): AnyArray;
}

/** y[a, b] = f(x[rows[a], cols[b]]), block by block. */
export function poolBlocks(who: string, x: AnyArray, rows: Ranges, cols: Ranges, f: BlockFunction, needsEntries?: string): AnyArray {
  const blocks = checkedBlocks(who, x, rows, cols, needsEntries);
  expectFunction(who, "f", f, "a function of a block that returns a number");
  const values = blocks.rows.map(([top, bottom], a) =>
    blocks.cols.map(([left, right], b) =>
      scalarFrom(
        who,
        f(x.lo(top, left).hi(bottom - top, right - left)),
        () => `the block rows[${a}] = [${top}, ${bottom}), cols[${b}] = [${left}, ${right})`,
      ),
    ),
  );
  const y = similar(x, [blocks.rows.length, blocks.cols.length], { holds: values });
  values.forEach((row, a) => {
    row.forEach((value, b) => {
      y.set(a, b, value);
    });
  });
  return y;
}

const name = "poolNative";

/** The rule, given the operators that differentiate f: one call for all blocks, with f's own parameters where it has some. */
function rulePair(ad: Differentiator): RulePair {
  const pooling = (rows: Ranges, cols: Ranges) => (x: AnyArray, f: BlockFunction) => poolBlocks(name, x, rows, cols, f);
  return {
    frule: ([, dx, , , df]: readonly unknown[], x: AnyArray, rows: Ranges, cols: Ranges, f: BlockFunction = sum) =>
      ad.pushforward(pooling(rows, cols), [x, f], [dx, df ?? NoTangent]),
    rrule: (x: AnyArray, rows: Ranges, cols: Ranges, ...rest: BlockFunction[]) => {
      const [f = sum] = rest;
      const [y, back] = ad.pullback(pooling(rows, cols), x, f);
      return [
        y,
        function poolNativePullback(ybar: AnyArray) {
          const [xbar, fbar] = back(ybar);
          return [NoTangent, xbar, NoTangent, NoTangent, ...rest.map(() => fbar)];
        },
      ];
    },
  };
}

/**
 * Pooling by any function of a block: y[a, b] = f(x[rows[a], cols[b]]).
 *   ẏ[a, b] = ḟ of that block    x̄ = Σ f̄(ȳ[a, b]) over the blocks, each in its place; where blocks overlap they add
 * Its rule differentiates f, all blocks in one call. f is a function of its block alone: a traced value of the running call that it
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
  { name, zeros: "symbolic", byPrimal: [1, 2] },
);

/** `poolNative`, by the seed's other name. */
export const poolNaive: Pooling = poolNative;
