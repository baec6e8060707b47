import {
  type AnyArray,
  add,
  createRange,
  crossEntropy,
  exp,
  f1,
  hausdorffDistance,
  hessian,
  hvp,
  matmul,
  max,
  maximum,
  min,
  mul,
  mymaximum,
  type NdArray,
  pad,
  pool,
  poolSum,
  pushforward,
  relu,
  reshape,
  rotaryEmbedding,
  type Scalar,
  square,
  sum,
  traced,
  withGradient,
} from "../../lib/index.js";
import { rowMajor } from "../../lib/nd/index.js";
import type { Answer } from "../answer.js";
import { rosenbrockOfArrays, rotaryOfArrays } from "../array-forms.js";
import { poolByElements, rosenbrock } from "../naive.js";
import type { Peer, PeerRun } from "./peer.js";
import * as given from "./programs.js";

const { n, pairs, positions, extents } = given;
const line = rowMajor(given.line, [given.line.length]);
const matrix = rowMajor(given.matrix, [n, n]);
const [rows, cols, tens] = [createRange(n, 3), createRange(n, 2), createRange(n, 10)];
const states = rowMajor(given.states, [2 * pairs, positions]);
const weights = rowMajor(given.weights, [2 * pairs, positions]);
const theta = rowMajor(given.theta, [pairs]);
const places = rowMajor(
  Float64Array.from({ length: positions }, (_, p) => p + 1),
  [positions],
);
const [valley, direction] = [rowMajor(given.valley, [given.many]), rowMajor(given.direction, [given.many])];
const [smallValley, smallDirection] = [rowMajor(given.smallValley, [given.few]), rowMajor(given.smallDirection, [given.few])];

/** Blocks of 3×2 by functions of whole arrays: rows padded to a multiple of 3, then split. */
function pooledByArrays(x: AnyArray): AnyArray {
  const padded = pad(x, [
    [0, 2],
    [0, 0],
  ]);
  return sum(reshape(padded, [34, 3, 50, 2]), { axis: [1, 3] }) as AnyArray;
}

function hausdorffByArrays(x: AnyArray): Scalar {
  const blocks = reshape(x, [10, 10, 10, 10]);
  const d1 = max(min(blocks, { axis: 1 }) as AnyArray, { axis: 2 });
  const d2 = max(min(blocks, { axis: 3 }) as AnyArray, { axis: 1 });
  return sum(maximum(d1, d2) as AnyArray) as Scalar;
}

function mlp(kind: "float64" | "float32"): PeerRun {
  const { batch, inputs, hidden, outputs } = extents;
  const kindOf = (data: Float64Array, shape: number[]): NdArray => rowMajor(kind === "float32" ? new Float32Array(data) : data, shape);
  const x = kindOf(given.images, [batch, inputs]);
  const labels = rowMajor(given.labels, [batch]);
  const shapes = [[inputs, hidden], [hidden], [hidden, outputs], [outputs]];
  const parameters = given.parameters.map((data, k) => kindOf(data, shapes[k] as number[])) as [NdArray, NdArray, NdArray, NdArray];
  const loss = (w1: AnyArray, b1: AnyArray, w2: AnyArray, b2: AnyArray): Scalar =>
    crossEntropy(add(matmul(relu(add(matmul(x, w1), b1)), w2), b2), labels);
  return () => withGradient(loss, ...parameters);
}

function pushed(f: (x: AnyArray) => Scalar): PeerRun {
  return () => {
    const [value, moved] = pushforward(f, [valley], [direction]) as readonly [number, number];
    return { value, gradient: [moved] };
  };
}

const second =
  (run: () => unknown): (() => Answer) =>
  () => ({ value: 0, gradient: [run()] });

export const peer: Peer = {
  name: "cotangent",
  package: "cotangent",
  precision: "float64",
  tolerance: 1e-9,
  programs: {
    f1: {
      rule: () => withGradient(f1, given.point.x, given.point.y),
      loops: () => withGradient((x, y) => add(square(x), mul(3, y)), given.point.x, given.point.y),
    },
    square: { arrays: () => withGradient((x) => sum(square(x)), line) },
    exp: { arrays: () => withGradient((x) => sum(exp(x)), line) },
    poolSum: {
      rule: () => withGradient((x) => sum(square(poolSum(x, rows, cols))), matrix),
      arrays: () => withGradient((x) => sum(square(pooledByArrays(x))), matrix),
      loops: () => withGradient((x) => sum(square(poolByElements(x, rows, cols))), matrix),
    },
    maximum: {
      rule: () => withGradient(mymaximum, matrix),
      arrays: () => withGradient((x) => max(x), matrix),
      loops: () => withGradient(traced(mymaximum), matrix),
    },
    hausdorff: {
      rule: () => withGradient((x) => sum(pool(x, tens, tens, hausdorffDistance)), matrix),
      arrays: () => withGradient(hausdorffByArrays, matrix),
      loops: () => withGradient((x) => sum(traced(pool)(x, tens, tens, traced(hausdorffDistance))), matrix),
    },
    rotary: {
      rule: () => withGradient((x, t) => sum(mul(rotaryEmbedding(x, t), weights)), states, theta),
      arrays: () => withGradient((x, t) => sum(mul(rotaryOfArrays(x, t, places), weights)), states, theta),
      loops: () => withGradient((x, t) => sum(mul(traced(rotaryEmbedding)(x, t), weights)), states, theta),
    },
    mlpSingle: { arrays: mlp("float32") },
    mlpDouble: { arrays: mlp("float64") },
    rosenbrock: { arrays: () => withGradient(rosenbrockOfArrays, valley), loops: () => withGradient(rosenbrock, valley) },
    jvp: { arrays: pushed(rosenbrockOfArrays), loops: pushed(rosenbrock) },
    hvp: {
      arrays: second(() => hvp(rosenbrockOfArrays, smallValley, smallDirection)),
      loops: second(() => hvp(rosenbrock, smallValley, smallDirection)),
    },
    hessian: { arrays: second(() => hessian(rosenbrockOfArrays, smallValley)), loops: second(() => hessian(rosenbrock, smallValley)) },
  },
};
