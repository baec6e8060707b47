import { type AnyArray, byRrule, defineRule, describe, fieldOf, isZero, NoTangent, primal, ZeroTangent } from "../../lib/core/index.js";
import { floatDType, formatShape, isNdArray, type NdArray, packedData, rowMajor, sameShape } from "../../lib/nd/index.js";
import { putPositions, type Selection, takePositions } from "../support/positions.js";
import { findHausdorff } from "./hausdorff.js";
import { checkedBlocks, type Ranges } from "./ranges.js";

/** Hausdorff pooling that keeps the critical positions. */
export interface ForwardPoolHausdorff {
  (x: NdArray, rows: Ranges, cols: Ranges): [y: NdArray, critical: NdArray];
  (x: AnyArray, rows: Ranges, cols: Ranges): [y: AnyArray, critical: NdArray];
}

/** The transpose of Hausdorff pooling at known critical positions. */
export interface BackwardPoolHausdorff {
  (ybar: NdArray, x: AnyArray, rows: Ranges, cols: Ranges, critical: NdArray): NdArray;
  (ybar: AnyArray, x: AnyArray, rows: Ranges, cols: Ranges, critical: NdArray): AnyArray;
}

/** Where each block's Hausdorff distance is read. */
export function selectHausdorff(who: string, x: AnyArray, rows: Ranges, cols: Ranges): Selection & { readonly shape: readonly number[] } {
  const blocks = checkedBlocks(who, x, rows, cols, "hausdorffDistance");
  return { positions: findHausdorff(primal(x), blocks.rows, blocks.cols), shape: [blocks.rows.length, blocks.cols.length] };
}

const forward = "forwardPoolHausdorff";

/**
 * Hausdorff pooling with what its pullback needs: y[a, b] = hausdorffDistance(x[rows[a], cols[b]]), and the row-major position in x of the
 * entry that decides each y.
 *   ẏ = ẋ[critical]              x̄ = backwardPoolHausdorff(ȳ); critical does not move
 * One pass over each block, without arrays of its own; ties as in `hausdorffDistance`. x is not written to.
 * @param x    shape [m, n]
 * @param rows half-open ranges of axis 0; may overlap or be ragged
 * @param cols half-open ranges of axis 1, likewise
 * @returns    y and critical, both of shape [rows.length, cols.length]; critical holds int32, i·n + j for the entry (i, j) of x
 * @throws {RangeError} when x is not a matrix, or a range is malformed, empty or leaves its axis
 * Source: lab 09, "Hausdorff pooling".
 */
export const forwardPoolHausdorff: ForwardPoolHausdorff = defineRule(
  (x: AnyArray, rows: Ranges, cols: Ranges) => {
    const { positions, shape } = selectHausdorff(forward, x, rows, cols);
    return [takePositions(x, positions, shape), rowMajor(positions, shape)];
  },
  {
    frule: ([, dx]: readonly AnyArray[], x: AnyArray, rows: Ranges, cols: Ranges) => {
      const { positions, shape } = selectHausdorff(forward, x, rows, cols);
      return [
        [takePositions(x, positions, shape), rowMajor(positions, shape)],
        [takePositions(dx as AnyArray, positions, shape), NoTangent],
      ];
    },
    rrule: (x: AnyArray, rows: Ranges, cols: Ranges) => {
      const { positions, shape } = selectHausdorff(forward, x, rows, cols);
      const [y, back] = byRrule(takePositions, x, positions, shape);
      return [
        [y, rowMajor(positions, shape)],
        function forwardPoolHausdorffPullback(ybars: unknown) {
          const ybar = fieldOf(ybars, 0);
          return [NoTangent, isZero(ybar) ? ybar : back(ybar)[1]];
        },
      ];
    },
  },
  { name: forward, byPrimal: [1, 2] },
);

const backward = "backwardPoolHausdorff";

/** The critical positions as plain integers. */
function checkedPositions(x: AnyArray, rows: Ranges, cols: Ranges, critical: NdArray): Int32Array {
  const shape = [rows.length, cols.length];
  if (!isNdArray(critical) || !sameShape(critical.shape, shape)) {
    throw new RangeError(
      `${backward}: critical is ${describe(critical)}; one position for each block is needed, in shape ${formatShape(shape)}`,
    );
  }
  const extent = x.shape[1] as number;
  const positions = packedData(critical, "float64");
  positions.forEach((position, n) => {
    const row = Math.floor(position / extent);
    const column = position % extent;
    const a = Math.floor(n / cols.length);
    const [top, bottom] = rows[a] as readonly [number, number];
    const [left, right] = cols[n % cols.length] as readonly [number, number];
    if (!Number.isInteger(position) || row < top || row >= bottom || column < left || column >= right) {
      throw new RangeError(
        `${backward}: critical[${a}, ${n % cols.length}] = ${position} is not a position in its block [${top}, ${bottom}) × [${left}, ${right}) of x; ` +
          "give what forwardPoolHausdorff returned for these ranges",
      );
    }
  });
  return Int32Array.from(positions);
}

function scattered(ybar: AnyArray, x: AnyArray, rows: Ranges, cols: Ranges, critical: NdArray): AnyArray {
  const blocks = checkedBlocks(backward, x, rows, cols);
  const positions = checkedPositions(x, blocks.rows, blocks.cols, critical);
  if (!isNdArray(ybar) || !sameShape(ybar.shape, critical.shape)) {
    throw new RangeError(
      `${backward}: ybar is ${describe(ybar)}; one cotangent for each block is needed, in shape ${formatShape(critical.shape)}`,
    );
  }
  return putPositions(ybar, positions, x.shape, floatDType(primal(x).dtype));
}

/**
 * The transpose of Hausdorff pooling at known critical positions: x̄[critical[a, b]] += ȳ[a, b], 0 elsewhere. With z for the result and
 * y for its first argument, in which it is linear (of x only kind and shape matter):
 *   ż = backwardPoolHausdorff(ẏ)  ȳ = z̄[critical]
 * @param ybar     shape [rows.length, cols.length]
 * @param critical what `forwardPoolHausdorff` returned for the same x, rows and cols
 * @returns        shape of x
 * @throws {RangeError} when ranges, positions or shapes do not fit each other
 * Source: lab 09, "Hausdorff pooling".
 */
export const backwardPoolHausdorff: BackwardPoolHausdorff = defineRule(
  scattered,
  {
    frule: ([, dybar]: readonly AnyArray[], ybar: AnyArray, x: AnyArray, rows: Ranges, cols: Ranges, critical: NdArray) => [
      backwardPoolHausdorff(ybar, x, rows, cols, critical),
      backwardPoolHausdorff(dybar as AnyArray, x, rows, cols, critical),
    ],
    rrule: (ybar: AnyArray, x: AnyArray, rows: Ranges, cols: Ranges, critical: NdArray) => [
      backwardPoolHausdorff(ybar, x, rows, cols, critical),
      (zbar: AnyArray) => [NoTangent, takePositions(zbar, Int32Array.from(packedData(critical)), ybar.shape), ZeroTangent],
    ],
  },
  { name: backward, still: [4], byPrimal: [2, 3] },
);
