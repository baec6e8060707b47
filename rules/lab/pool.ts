import { type AnyArray, type AnyFunction, byRrule, defineRule, NoTangent, optOut, type Pullback, primal } from "../../lib/core/index.js";
import { sum } from "../reductions/index.js";
import { takePositions } from "../support/positions.js";
import { chamferDistance, findMinima, pullChamfer, pushChamfer } from "./chamfer.js";
import { hausdorffDistance } from "./hausdorff.js";
import { selectHausdorff } from "./pool-hausdorff.js";
import { type BlockFunction, type Pooling, poolBlocks } from "./pool-native.js";
import { poolSum } from "./pool-sum.js";
import { checkedBlocks, type Ranges } from "./ranges.js";

/** Both halves of the rule for one pooling function. */
interface PoolingRule {
  /** Whether blocks need entries. */
  readonly needsEntries: boolean;
  readonly push: (x: AnyArray, dx: AnyArray, rows: Ranges, cols: Ranges) => readonly [y: unknown, dy: unknown];
  readonly pull: (x: AnyArray, rows: Ranges, cols: Ranges) => readonly [y: unknown, back: (ybar: unknown) => unknown];
}

const name = "pool";

/** The one cotangent of a pullback that matters. */
function firstOf(pair: readonly [y: unknown, pullback: Pullback]): readonly [y: unknown, back: (ybar: unknown) => unknown] {
  const [y, pullback] = pair;
  return [y, (ybar) => pullback(ybar)[1]];
}

const minimaOf = (x: AnyArray, rows: Ranges, cols: Ranges): ReturnType<typeof findMinima> => {
  const blocks = checkedBlocks(name, x, rows, cols, "chamferDistance");
  return { ...findMinima(primal(x), blocks.rows, blocks.cols, "mean"), shape: [blocks.rows.length, blocks.cols.length] };
};

const rules = new Map<AnyFunction, PoolingRule>([
  [
    sum,
    {
      needsEntries: false,
      push: (x, dx, rows, cols) => [poolSum(x, rows, cols), poolSum(dx, rows, cols)],
      pull: (x, rows, cols) => {
        const blocks = checkedBlocks(name, x, rows, cols);
        return firstOf(byRrule(poolSum, x, blocks.rows, blocks.cols));
      },
    },
  ],
  [
    hausdorffDistance,
    {
      needsEntries: true,
      push: (x, dx, rows, cols) => {
        const { positions, shape } = selectHausdorff(name, x, rows, cols);
        return [takePositions(x, positions, shape), takePositions(dx, positions, shape)];
      },
      pull: (x, rows, cols) => {
        const { positions, shape } = selectHausdorff(name, x, rows, cols);
        return firstOf(byRrule(takePositions, x, positions, shape));
      },
    },
  ],
  [
    chamferDistance,
    {
      needsEntries: true,
      push: (x, dx, rows, cols) => pushChamfer(x, dx, minimaOf(x, rows, cols)),
      pull: (x, rows, cols) => pullChamfer(x, minimaOf(x, rows, cols)),
    },
  ],
]);

const ruleFor = (f: BlockFunction = sum): PoolingRule => rules.get(f) as PoolingRule;

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
      poolBlocks(name, x, rows, cols, f, rules.get(f)?.needsEntries ? f.name : undefined)) as Pooling,
    {
      frule: ([, dx]: readonly AnyArray[], x: AnyArray, rows: Ranges, cols: Ranges, f?: BlockFunction) =>
        ruleFor(f).push(x, dx as AnyArray, rows, cols),
      rrule: (x: AnyArray, rows: Ranges, cols: Ranges, f?: BlockFunction) => {
        const [y, back] = ruleFor(f).pull(x, rows, cols);
        return [y, (ybar: AnyArray) => [NoTangent, back(ybar)]];
      },
    },
    { name, byPrimal: [1, 2] },
  ),
  (_x, _rows, _cols, f: BlockFunction = sum) => !rules.has(f),
);
