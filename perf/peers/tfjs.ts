// The whole package: the core alone does not register its gradients under Node.

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import type { Answer } from "../answer.js";
import type { Peer, PeerRun, ProgramName } from "./peer.js";
import * as given from "./programs.js";

const { n, pairs, positions, extents } = given;

/** Value and gradients of f, both read out; what it made is given back. */
function valueAndGradients(f: (...xs: tf.Tensor[]) => tf.Tensor, ...xs: tf.Tensor[]): Answer {
  return tf.tidy(() => {
    const { value, grads } = tf.valueAndGrads(f as never)(xs as never);
    return { value: (value as tf.Tensor).dataSync()[0] as number, gradient: grads.map((grad) => grad.dataSync()) };
  }) as unknown as Answer;
}

/** Sum pooling as a gradient of one's own: a loop there, a loop back. */
const pooledByRule = tf.customGrad(((x: tf.Tensor2D, save: (tensors: tf.Tensor[]) => void) => {
  save([]);
  const data = x.dataSync();
  const sums = new Float32Array(34 * 50);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) (sums[Math.floor(i / 3) * 50 + (j >> 1)] as number) += data[i * n + j] as number;
  return {
    value: tf.tensor2d(sums, [34, 50]),
    gradFunc: (ybar: tf.Tensor2D) => {
      const seeds = ybar.dataSync();
      const xbar = new Float32Array(n * n);
      for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) xbar[i * n + j] = seeds[Math.floor(i / 3) * 50 + (j >> 1)] as number;
      return tf.tensor2d(xbar, [n, n]);
    },
  };
}) as never) as unknown as (x: tf.Tensor) => tf.Tensor;

const { add, exp, log, matMul, max, maximum, mean, min, mul, relu, reshape, slice, square, stack, sub, sum } = tf;

function pooledBySlices(x: tf.Tensor): tf.Tensor {
  const sums: tf.Tensor[] = [];
  for (const [top, bottom] of given.rangesOf(3)) {
    for (const [left, right] of given.rangesOf(2)) sums.push(sum(slice(x, [top, left], [bottom - top, right - left])));
  }
  return stack(sums);
}

function pooledByArrays(x: tf.Tensor): tf.Tensor {
  const padded = tf.pad(x, [
    [0, 2],
    [0, 0],
  ]);
  return sum(reshape(padded, [34, 3, 50, 2]), [1, 3]);
}

function hausdorff(x: tf.Tensor): tf.Tensor {
  const blocks = reshape(x, [10, 10, 10, 10]);
  return sum(maximum(max(min(blocks, 1), 2), max(min(blocks, 3), 1)));
}

function rosenbrock(x: tf.Tensor): tf.Tensor {
  const size = (x.shape[0] as number) - 1;
  const before = slice(x, [0], [size]);
  const after = slice(x, [1], [size]);
  return sum(add(mul(100, square(sub(after, square(before)))), square(sub(1, before))));
}

function rosenbrockByEntries(x: tf.Tensor): tf.Tensor {
  let total: tf.Tensor = tf.scalar(0);
  for (let i = 0; i + 1 < (x.shape[0] as number); i++) {
    const a = slice(x, [i], [1]);
    const valley = sub(slice(x, [i + 1], [1]), mul(a, a));
    const slope = sub(1, a);
    total = add(total, add(mul(100, mul(valley, valley)), mul(slope, slope)));
  }
  return sum(total);
}

function programsOn(backend: "cpu" | "wasm"): Partial<Record<ProgramName, Record<string, PeerRun>>> {
  const line = tf.tensor1d(new Float32Array(given.line));
  const matrix = tf.tensor2d(new Float32Array(given.matrix), [n, n]);
  const states = tf.tensor2d(new Float32Array(given.states), [2 * pairs, positions]);
  const weights = tf.tensor2d(new Float32Array(given.weights), [2 * pairs, positions]);
  const theta = tf.tensor1d(new Float32Array(given.theta));
  const places = tf.range(1, positions + 1);
  const valley = tf.tensor1d(new Float32Array(given.valley));
  const [point, along] = [given.smallValley, given.smallDirection].map((x) => tf.tensor1d(new Float32Array(x))) as [tf.Tensor, tf.Tensor];
  const { batch, inputs, hidden, outputs } = extents;
  const images = tf.tensor2d(new Float32Array(given.images), [batch, inputs]);
  const classes = tf.cast(tf.oneHot(tf.tensor1d(given.labels, "int32"), outputs), "float32");
  const shapes = [[inputs, hidden], [hidden], [hidden, outputs], [outputs]];
  const parameters = given.parameters.map((data, k) => tf.tensor(new Float32Array(data), shapes[k] as number[]));

  const rotary = (x: tf.Tensor, t: tf.Tensor): tf.Tensor => {
    const angles = mul(reshape(t, [pairs, 1]), places);
    const [sines, cosines] = [tf.sin(angles), tf.cos(angles)];
    const [even, odd] = tf.unstack(reshape(x, [pairs, 2, positions]), 1) as [tf.Tensor, tf.Tensor];
    const turned = stack([sub(mul(even, cosines), mul(odd, sines)), add(mul(even, sines), mul(odd, cosines))], 1);
    return sum(mul(reshape(turned, [2 * pairs, positions]), weights));
  };
  const loss = (w1: tf.Tensor, b1: tf.Tensor, w2: tf.Tensor, b2: tf.Tensor): tf.Tensor => {
    const logits = add(matMul(relu(add(matMul(images, w1), b1)), w2), b2);
    const shifted = sub(logits, max(logits, 1, true));
    return mean(sub(log(sum(exp(shifted), 1)), sum(mul(shifted, classes), 1)));
  };
  /** One input. */
  const of =
    (f: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor): PeerRun =>
    () =>
      valueAndGradients(f as never, x);
  const all: Partial<Record<ProgramName, Record<string, PeerRun>>> = {
    f1: {
      loops: () =>
        valueAndGradients(
          ((x: tf.Tensor, y: tf.Tensor) => add(square(x), mul(3, y))) as never,
          tf.scalar(given.point.x),
          tf.scalar(given.point.y),
        ),
    },
    square: { arrays: of((x) => sum(square(x)), line) },
    exp: { arrays: of((x) => sum(exp(x)), line) },
    poolSum: { rule: of((x) => sum(square(pooledByRule(x))), matrix), arrays: of((x) => sum(square(pooledByArrays(x))), matrix) },
    maximum: { arrays: of((x) => max(x), matrix) },
    hausdorff: { arrays: of(hausdorff, matrix) },
    rotary: { arrays: () => valueAndGradients(rotary as never, states, theta) },
    mlpSingle: { arrays: () => valueAndGradients(loss as never, ...parameters) },
    rosenbrock: { arrays: of(rosenbrock, valley) },
    hvp: {
      arrays: () =>
        tf.tidy(() => {
          const gradient = tf.grad(rosenbrock as never);
          const product = tf.grad(((x: tf.Tensor) => sum(mul(gradient(x), along))) as never)(point);
          return { value: 0, gradient: [product.dataSync()] } as never;
        }),
    },
  };
  // Block by block and entry by entry it takes seconds: once is enough.
  if (backend === "cpu") {
    Object.assign(all["poolSum"] as object, { loops: of((x) => sum(square(pooledBySlices(x))), matrix) });
    Object.assign(all["rosenbrock"] as object, { loops: of(rosenbrockByEntries, valley) });
  }
  return all;
}

/** TensorFlow.js on one of its backends. It has single precision only. */
export async function tensorflow(backend: "cpu" | "wasm"): Promise<Peer> {
  if (backend === "wasm") {
    const entry = fileURLToPath(import.meta.resolve("@tensorflow/tfjs-backend-wasm"));
    setWasmPaths(`${join(dirname(entry), "..", "wasm-out")}/`);
  }
  await tf.setBackend(backend);
  await tf.ready();
  return {
    name: `TensorFlow.js ${backend}`,
    package: "@tensorflow/tfjs",
    precision: "float32",
    tolerance: 1e-4,
    programs: programsOn(backend),
  };
}
