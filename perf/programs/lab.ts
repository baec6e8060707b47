import {
  chamferDistance,
  createRange,
  f1,
  hausdorffDistance,
  mymaximum,
  type NdArray,
  pool,
  poolSum,
  rotaryEmbedding,
  sum,
  traced,
  withGradient,
} from "../../lib/index.js";
import { rowMajor } from "../../lib/nd/index.js";
import * as tape from "../by-array-tape/matrices.js";
import * as scalars from "../by-array-tape/scalars.js";
import { chain as chainByHand } from "../by-hand/chain.js";
import { f1 as f1ByHand } from "../by-hand/f1.js";
import { maximum as maximumByHand } from "../by-hand/maximum.js";
import { poolChamfer as poolChamferByHand } from "../by-hand/pool-chamfer.js";
import { poolHausdorff as poolHausdorffByHand } from "../by-hand/pool-hausdorff.js";
import { poolSum as poolSumByHand } from "../by-hand/pool-sum.js";
import { poolSumOverNdarray } from "../by-hand/pool-sum-ndarray.js";
import { rosenbrock as rosenbrockByHand } from "../by-hand/rosenbrock.js";
import { rotaryEmbedding as rotaryEmbeddingByHand } from "../by-hand/rotary-embedding.js";
import { angles, normal, normalMatrix } from "../inputs.js";
import { chain, poolByElements, poolByViews, rosenbrock } from "../naive.js";
import type { Program } from "../program.js";

const seed = 9;

const floats = (x: NdArray): Float64Array => x.data as Float64Array;

/** x² + 3y at (2, 4), the lab's first example. */
export function f1Program(): Program {
  // A point that can change, so that no loop is computed once for all calls.
  const point = { x: 2, y: 4 };
  return {
    name: "x² + 3y",
    variants: {
      hand: () => f1ByHand(point.x, point.y),
      rule: () => withGradient(f1, point.x, point.y),
      traced: () => withGradient(traced(f1), point.x, point.y),
      contrast: () => scalars.f1(point.x, point.y),
    },
  };
}

/** The greatest entry of an n×n matrix. */
export function maximumProgram(n: number, withContrast: boolean): Program {
  const x = normalMatrix(n, n, seed);
  return {
    name: `mymaximum ${n}×${n}`,
    variants: {
      hand: () => maximumByHand(floats(x)),
      rule: () => withGradient(mymaximum, x),
      traced: () => withGradient(traced(mymaximum), x),
      contrast: withContrast ? () => tape.maximum(floats(x), [n, n]) : undefined,
    },
  };
}

/** Sum pooling of an n×n matrix in blocks of 3×2: the library's function, and two naive ones. */
export function poolSumPrograms(n: number): { library: Program; views: Program; elements: Program } {
  const x = normalMatrix(n, n, seed);
  const rows = createRange(n, 3);
  const cols = createRange(n, 2);
  const hand = () => poolSumByHand(floats(x), n, rows, cols);
  const overNdarray = () => poolSumOverNdarray(x, rows, cols);
  const count = n * n;
  return {
    library: {
      name: `poolSum ${n}×${n}, blocks 3×2`,
      variants: {
        hand,
        rule: () => withGradient((a) => sum(poolSum(a, rows, cols)), x),
        traced: () => withGradient((a) => sum(traced(poolSum)(a, rows, cols)), x),
        contrast: () => tape.poolSumBySlices(floats(x), n, rows, cols),
      },
      count,
    },
    views: {
      name: `naive pooling ${n}×${n} by views`,
      variants: {
        hand,
        ndarray: overNdarray,
        traced: () => withGradient((a) => sum(poolByViews(a, rows, cols)), x),
        contrast: () => tape.poolSumBySlices(floats(x), n, rows, cols),
      },
      count,
    },
    elements: {
      name: `naive pooling ${n}×${n} by elements`,
      variants: {
        hand,
        ndarray: overNdarray,
        traced: () => withGradient((a) => sum(poolByElements(a, rows, cols)), x),
        contrast: () => tape.poolSumByElements(floats(x), n, rows, cols),
      },
      count,
    },
  };
}

/** Hausdorff and Chamfer pooling of an n×n matrix in square blocks. */
export function distancePrograms(n: number, block: number): Program[] {
  const x = normalMatrix(n, n, seed);
  const ranges = createRange(n, block);
  return [
    {
      name: `Hausdorff pooling ${n}×${n}, blocks ${block}×${block}`,
      variants: {
        hand: () => poolHausdorffByHand(floats(x), n, ranges, ranges),
        rule: () => withGradient((a) => sum(pool(a, ranges, ranges, hausdorffDistance)), x),
        traced: () => withGradient((a) => sum(traced(pool)(a, ranges, ranges, traced(hausdorffDistance))), x),
        contrast: () => tape.poolHausdorff(floats(x), n, ranges, ranges),
      },
    },
    {
      name: `Chamfer pooling ${n}×${n}, blocks ${block}×${block}`,
      variants: {
        hand: () => poolChamferByHand(floats(x), n, ranges, ranges),
        rule: () => withGradient((a) => sum(pool(a, ranges, ranges, chamferDistance)), x),
        traced: () => withGradient((a) => sum(traced(pool)(a, ranges, ranges, traced(chamferDistance))), x),
        contrast: () => tape.poolChamfer(floats(x), n, ranges, ranges),
      },
    },
  ];
}

/** Rotary embedding of a matrix, by x and by theta. */
export function rotaryProgram(rows: number, positions: number, withContrast: boolean): Program {
  const x = normalMatrix(rows, positions, seed);
  const theta = angles(rows / 2);
  return {
    name: `RoPE ${rows}×${positions}, by x and θ`,
    variants: {
      hand: () => rotaryEmbeddingByHand(floats(x), floats(theta)),
      rule: () => withGradient((a, t) => sum(rotaryEmbedding(a, t)), x, theta),
      traced: () => withGradient((a, t) => sum(traced(rotaryEmbedding)(a, t)), x, theta),
      contrast: withContrast ? () => tape.rotaryEmbedding(floats(x), floats(theta)) : undefined,
    },
  };
}

/** A chain of scalar operations, four a step. */
export function chainProgram(operations: number): Program {
  const steps = operations / 4;
  return {
    name: `chain of ${operations} operations`,
    variants: {
      hand: () => chainByHand(1.25, 0.5, steps),
      traced: () => withGradient((x, start) => chain(x, start, steps), 1.25, 0.5),
      contrast: () => scalars.chain(1.25, 0.5, steps),
    },
    count: operations,
  };
}

/** Rosenbrock's function of n variables: eight operations for each pair of neighbours. */
export function rosenbrockProgram(n: number): Program {
  const x = rowMajor(normal(n, seed), [n]);
  return {
    name: `Rosenbrock n = ${n}`,
    variants: {
      hand: () => rosenbrockByHand(floats(x)),
      traced: () => withGradient(rosenbrock, x),
      contrast: () => scalars.rosenbrock(floats(x)),
    },
    count: 8 * (n - 1),
  };
}
