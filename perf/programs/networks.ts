import {
  attention,
  avgPool1d,
  avgPool2d,
  batchNorm,
  bceWithLogits,
  conv1d,
  conv2d,
  crossEntropy,
  huber,
  layerNorm,
  maxPool1d,
  maxPool2d,
  mse,
  mul,
  rmsNorm,
  square,
  sum,
  withGradient,
} from "../../lib/index.js";
import { rowMajor } from "../../lib/nd/index.js";
import { squareOfAttention } from "../by-hand/attention.js";
import { squareOfConvolution } from "../by-hand/convolution.js";
import * as losses from "../by-hand/losses.js";
import * as normalization from "../by-hand/normalization.js";
import * as pooling from "../by-hand/pooling.js";
import { drawn, integers, normalArray } from "../inputs.js";
import type { Program } from "../program.js";
import { arrayProgram, floats } from "./array-program.js";

/** Normalizations and losses of n × n matrices. */
export function normalizationPrograms(n: number): Program[] {
  const x = normalArray([n, n], 1);
  const w = normalArray([n, n], 2);
  const gain = normalArray([n], 3);
  const bias = normalArray([n], 4);
  const target = rowMajor(drawn([0, 1], n * n, 5), [n, n]);
  const labels = integers(n, n, 6);
  const classes = rowMajor(labels, [n]);
  const [xs, ws, gains, biases] = [x, w, gain, bias].map(floats) as [Float64Array, Float64Array, Float64Array, Float64Array];
  return [
    arrayProgram(
      "Σ w layerNorm(x, gain, bias)",
      () => normalization.layerNorm(xs, gains, biases, ws),
      () => withGradient((a, g, b) => sum(mul(layerNorm(a, g, b), w)), x, gain, bias),
    ),
    arrayProgram(
      "Σ w batchNorm(x, gain, bias)",
      () => normalization.batchNorm(xs, gains, biases, ws),
      () => withGradient((a, g, b) => sum(mul(batchNorm(a, g, b), w)), x, gain, bias),
    ),
    arrayProgram(
      "Σ w rmsNorm(x, gain)",
      () => normalization.rmsNorm(xs, gains, ws),
      () => withGradient((a, g) => sum(mul(rmsNorm(a, g), w)), x, gain),
    ),
    arrayProgram(
      "crossEntropy(x, labels)",
      () => losses.crossEntropy(xs, labels, n),
      () => withGradient((a) => crossEntropy(a, classes), x),
    ),
    arrayProgram(
      "mse(x, y)",
      () => losses.mse(xs, ws),
      () => withGradient(mse, x, w),
    ),
    arrayProgram(
      "huber(x, y)",
      () => losses.huber(xs, ws, 1),
      () => withGradient((a, b) => huber(a, b), x, w),
    ),
    arrayProgram(
      "bceWithLogits(x, t)",
      () => losses.bceWithLogits(xs, floats(target)),
      () => withGradient(bceWithLogits, x, target),
    ),
  ];
}

/** Convolutions and pooling of `side` × `side` planes, 8 images of 8 channels, and of lines as long as a plane has entries. */
export function windowPrograms(side: number): Program[] {
  const planes = normalArray([8, 8, side, side], 1);
  const lines = rowMajor(floats(planes), [8, 8, side * side]);
  const square3 = normalArray([16, 8, 3, 3], 2);
  const line5 = normalArray([16, 8, 5], 3);
  const bias = normalArray([16], 4);
  const half = side >> 1;
  const ofPlanes = normalArray([8, 8, half, half], 5);
  const long = (side * side) >> 1;
  const ofLines = normalArray([8, 8, long], 6);
  const [x, biases] = [floats(planes), floats(bias)];
  const extents = { batch: 8, channels: 8, kernels: 16 };
  const plane = { rows: side, cols: side, kernelRows: 2, kernelCols: 2, stride: 2 };
  const line = { rows: 1, cols: side * side, kernelRows: 1, kernelCols: 2, stride: 2 };
  const pool = { kernel: 2, stride: 2 };
  return [
    arrayProgram(
      "Σ conv1d(x, w, b)²",
      () => squareOfConvolution(x, floats(line5), biases, { ...extents, rows: 1, cols: side * side, kernelRows: 1, kernelCols: 5 }),
      () => withGradient((a, k, b) => sum(square(conv1d(a, k, b))), lines, line5, bias),
    ),
    arrayProgram(
      "Σ conv2d(x, w, b)²",
      () => squareOfConvolution(x, floats(square3), biases, { ...extents, rows: side, cols: side, kernelRows: 3, kernelCols: 3 }),
      () => withGradient((a, k, b) => sum(square(conv2d(a, k, b))), planes, square3, bias),
    ),
    arrayProgram(
      "Σ w maxPool1d(x)",
      () => pooling.maxPool(x, floats(ofLines), line),
      () => withGradient((a) => sum(mul(maxPool1d(a, pool), ofLines)), lines),
    ),
    arrayProgram(
      "Σ w maxPool2d(x)",
      () => pooling.maxPool(x, floats(ofPlanes), plane),
      () => withGradient((a) => sum(mul(maxPool2d(a, pool), ofPlanes)), planes),
    ),
    arrayProgram(
      "Σ w avgPool1d(x)",
      () => pooling.avgPool(x, floats(ofLines), line),
      () => withGradient((a) => sum(mul(avgPool1d(a, pool), ofLines)), lines),
    ),
    arrayProgram(
      "Σ w avgPool2d(x)",
      () => pooling.avgPool(x, floats(ofPlanes), plane),
      () => withGradient((a) => sum(mul(avgPool2d(a, pool), ofPlanes)), planes),
    ),
  ];
}

/** Attention of 4 heads over n positions with 32 features each. */
export function attentionProgram(n: number): Program {
  const [q, k, v] = [1, 2, 3].map((seed) => normalArray([4, n, 32], seed)) as [
    ReturnType<typeof normalArray>,
    ReturnType<typeof normalArray>,
    ReturnType<typeof normalArray>,
  ];
  return arrayProgram(
    "Σ attention(q, k, v)²",
    () => squareOfAttention(floats(q), floats(k), floats(v), n, 32),
    () => withGradient((a, b, c) => sum(square(attention(a, b, c))), q, k, v),
  );
}
