import { type AnyArray, type AnyFunction, defineRule, optOut } from "../../lib/core/index.js";
import type { NdArray } from "../../lib/nd/index.js";
import { sum } from "../reductions/index.js";
import { linearAt, takePositions } from "../support/positions.js";
import { chamferDistance, findMinima, totalOfMinima } from "./chamfer.js";
import { hausdorffDistance } from "./hausdorff.js";
import { selectHausdorff } from "./pool-hausdorff.js";
import { type BlockFunction, type Pooling, poolBlocks } from "./pool-native.js";
import { poolSum } from "./pool-sum.js";
import { checkedBlocks, type Ranges } from "./ranges.js";

const name = "pool";

type MapAt = (x: NdArray, rows: Ranges, cols: Ranges) => readonly [map: AnyFunction, ...rest: unknown[]];

/** The linear map that each pooling function with a rule is near x, and what it takes after x. */
const maps = new Map<AnyFunction, MapAt>([
  [
    sum,
    (x, rows, cols) => {
      const blocks = checkedBlocks(name, x, rows, cols);
      return [poolSum, blocks.rows, blocks.cols];
    },
  ],
  [
    hausdorffDistance,
    (x, rows, cols) => {
      const { positions, shape } = selectHausdorff(name, x, rows, cols);
      return [takePositions, positions, shape];
    },
  ],
  [
    chamferDistance,
    (x, rows, cols) => {
      const blocks = checkedBlocks(name, x, rows, cols, "chamferDistance");
      const minima = findMinima(x, blocks.rows, blocks.cols, "mean");
      return [totalOfMinima, { ...minima, shape: [blocks.rows.length, blocks.cols.length] }];
    },
  ],
]);

/**
 * Pooling with rules for the functions that have one: y[a, b] = f(x[rows[a], cols[b]]) for f = sum, hausdorffDistance and chamferDistance.
 *   hausdorffDistance: ẏ = ẋ[critical], x̄[critical] += ȳ (`forwardPoolHausdorff`, `backwardPoolHausdorff`)
 *   chamferDistance:   ẏ = Σ wₖ ẋ[pₖ], x̄[pₖ] += wₖ ȳ over the minima of each block
 *   sum:               as `poolSum`
 * For any other f the rule steps aside and engines trace f on each block; `poolNative` has a rule for every f.
 * @param x    shape [m, n]
 * @param rows half-open ranges of axis 0; may overlap or be ragged
 * @param cols half-open ranges of axis 1, likewise
 * @param f    a scalar function of a view of x. Default: sum
 * @returns    shape [rows.length, cols.length]
 * @throws {RangeError} when x is not a matrix, or a range is malformed, leaves its axis, or is empty where f needs entries
 * @throws {TypeError} when f is no function or returns anything but a number
 * Source: lab 09, "Hausdorff pooling".
 */
export const pool: Pooling = optOut(
  defineRule(
    ((x: AnyArray, rows: Ranges, cols: Ranges, f: BlockFunction = sum) =>
      poolBlocks(name, x, rows, cols, f, f !== sum && maps.has(f) ? f.name : undefined)) as Pooling,
    linearAt((x, rows: Ranges, cols: Ranges, f: BlockFunction = sum) => (maps.get(f) as MapAt)(x, rows, cols)),
    { name, byPrimal: [1, 2] },
  ),
  (_x, _rows, _cols, f: BlockFunction = sum) => !maps.has(f),
);
