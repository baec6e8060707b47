import type { Run } from "../answer.js";
import { formulas, loopOf } from "../by-hand/elementwise/index.js";
import { f1 } from "../by-hand/f1.js";
import { maximum } from "../by-hand/maximum.js";
import { mlp, mlpOfSingles } from "../by-hand/mlp.js";
import { poolHausdorff } from "../by-hand/pool-hausdorff.js";
import { sumOfSquaredPoolSum } from "../by-hand/pool-sum-fused.js";
import * as rosenbrock from "../by-hand/rosenbrock-orders.js";
import { weightedRotaryEmbedding } from "../by-hand/rotary-embedding-weighted.js";
import { integers, normal } from "../inputs.js";
import type { ProgramName } from "./peer.js";

// The inputs that all libraries share, seeded; nobody writes to them.

/** A point that can change, so that no loop is computed once for all calls. */
export const point = { x: 2, y: 4 };

export const line: Float64Array = normal(100_000, 1);

/** A matrix of n × n, pooled in blocks. */
export const n = 100;
export const matrix: Float64Array = normal(n * n, 9);

/** Half-open ranges of n indices, so many in each. */
export function rangesOf(length: number): [number, number][] {
  return Array.from({ length: Math.ceil(n / length) }, (_, k) => [k * length, Math.min(n, (k + 1) * length)]);
}

/** A rotary embedding of `pairs` pairs of rows at `positions`. */
export const pairs = 32;
export const positions = 512;
export const states: Float64Array = normal(2 * pairs * positions, 1);
export const weights: Float64Array = normal(2 * pairs * positions, 2);
export const theta: Float64Array = Float64Array.from({ length: pairs }, (_, k) => 10_000 ** (-k / pairs));

/** Rosenbrock's function: first order in `many` variables, second order in `few`. */
export const many = 1000;
export const few = 100;
export const valley: Float64Array = normal(many, 1);
export const direction: Float64Array = normal(many, 2);
export const smallValley: Float64Array = normal(few, 3);
export const smallDirection: Float64Array = normal(few, 4);

export const extents = { batch: 64, inputs: 784, hidden: 128, outputs: 10 };
const { batch, inputs, hidden, outputs } = extents;
const layer = (rows: number, cols: number, seed: number): Float64Array => normal(rows * cols, seed).map((entry) => entry / Math.sqrt(rows));

export const images: Float64Array = layer(batch, inputs, 1);
export const labels: Int32Array = integers(batch, outputs, 6);
/** Weights and biases: [inputs, hidden], [hidden], [hidden, outputs], [outputs]. */
export const parameters = [layer(inputs, hidden, 2), layer(hidden, 1, 3), layer(hidden, outputs, 4), layer(outputs, 1, 5)] as const;
const [w1, b1, w2, b2] = parameters;
const single = [images, w1, b1, w2, b2].map((x) => new Float32Array(x) as unknown as Float64Array);
const [images32, v1, c1, v2, c2] = single as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];

const squareLoop = loopOf("square", formulas["square"] as never);
const expLoop = loopOf("exp", formulas["exp"] as never);
const [threes, twos, tens] = [rangesOf(3), rangesOf(2), rangesOf(10)];

/** A program: its name in the table, and the loop by hand. */
export const programs: Readonly<Record<ProgramName, { readonly title: string; readonly hand: Run }>> = {
  f1: { title: "x² + 3y, one call", hand: () => f1(point.x, point.y) },
  square: { title: "Σ x², n = 100 000", hand: () => squareLoop(line) },
  exp: { title: "Σ exp(x), n = 100 000", hand: () => expLoop(line) },
  poolSum: { title: "Σ y², y sums of 100×100 in blocks 3×2", hand: () => sumOfSquaredPoolSum(matrix, n, threes, twos) },
  maximum: { title: "maximum of 100×100", hand: () => maximum(matrix) },
  hausdorff: { title: "Σ of Hausdorff distances of 100×100 in blocks 10×10", hand: () => poolHausdorff(matrix, n, tens, tens) },
  rotary: { title: "Σ w RoPE 64×512, by x and θ", hand: () => weightedRotaryEmbedding(states, theta, weights) },
  mlpSingle: {
    title: "MLP 784-128-10, batch 64, float32",
    hand: () => mlpOfSingles(extents, images32, labels, v1, c1, v2, c2),
  },
  mlpDouble: { title: "MLP 784-128-10, batch 64, float64", hand: () => mlp(extents, images, labels, w1, b1, w2, b2) },
  rosenbrock: { title: "Rosenbrock, n = 1000: gradient", hand: () => rosenbrock.gradientOfRosenbrock(valley) },
  jvp: { title: "Rosenbrock, n = 1000: jvp", hand: () => rosenbrock.jvpOfRosenbrock(valley, direction) },
  hvp: { title: "Rosenbrock, n = 100: hvp", hand: () => rosenbrock.hvpOfRosenbrock(smallValley, smallDirection) },
  hessian: { title: "Rosenbrock, n = 100: Hessian", hand: () => rosenbrock.hessianOfRosenbrock(smallValley) },
};
