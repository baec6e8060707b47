import { array, type NdArray, reshape } from "../../lib/index.js";

/** A vector of numbers, the same in every run. */
const waves = (count: number, phase: number): NdArray =>
  array(Array.from({ length: count }, (_, k) => Math.sin(1.3 * phase + 2.3 * k) / 2)) as NdArray;

/** Arguments of each program in programs/, and of the same in functions/, by file. */
export const argumentsOf: Readonly<Record<string, Readonly<Record<string, readonly unknown[]>>>> = {
  curves: {
    rosenbrock: [[-1.2, 1, 0.7, 0.4]],
    call: [100, 95, 0.03, 0.2, 1.5],
    pendulum: [{ angle: 0.6, speed: -0.2 }, 1.3],
    bounces: [1.37, 0.83],
  },
  statistics: {
    mixture: [{ weights: [0.1, -0.3], means: [[0, 1], [1.5, 0]], logScales: [0.2, -0.4] }], // biome-ignore format: a row each
    logistic: [[0.4, -0.9], 0.2, 0.05],
    kalman: [0.3, 0.4, 0.6],
    sinkhorn: [[[0.1, 0.7, 0.4], [0.9, 0.2, 0.5]], 0.8], // biome-ignore format: a row each
  },
  networks: {
    network: [
      { weights: [[0.1, -0.4, 0.3], [0.7, 0.2, -0.5]], bias: [0.1, -0.2] }, // biome-ignore format: a row each
      { weights: [[0.6, -0.8]], bias: [0.05] },
    ],
    memory: [[0.5, -0.3, 0.8, 0.2].map((w, k) => ({ w, u: 0.3 - 0.2 * k, b: 0.1 * k }))],
    pooled: [array([0.3, -0.4, 0.6, 0.2].map((a) => [a, 2 * a - 0.5, 0.3 * a, a * a]))],
  },
  arrays: {
    convnet: [reshape(waves(18, 1), [2, 1, 3, 3]), waves(2, 2), reshape(waves(24, 3), [8, 3]), 0.1],
    principalComponents: [reshape(waves(32, 4), [8, 4])],
    logLikelihood: [array([0.5, -1, 2]), array([[20, 4, -3], [4, 15, 2.5], [-3, 2.5, 30]])], // biome-ignore format: a row each
    ridge: [0.7],
  },
  geometry: {
    bundleAdjustment: [
      { omega: [0.3, -0.2, 0.5], shift: [0.1, -0.4, 5], focal: 1.8, radial: 0.1 },
      [[1.2, -0.7, 0.6], [0.4, 0.9, -0.3], [-1.1, 0.2, 0.8]], // biome-ignore format: a row each
    ],
    attention: [
      [[0.1, -0.4, 0.3, 0.2], [0.7, 0.2, -0.5, 0.1], [-0.3, 0.6, 0.2, -0.6]], // biome-ignore format: a row each
      [[0.4, 0.5, -0.1, 0.3], [-0.2, 0.1, 0.6, 0.4], [0.2, -0.7, 0.1, 0.5]], // biome-ignore format: a row each
      [[0.3, -0.9], [0.8, 0.1], [-0.4, 0.5]], // biome-ignore format: a row each
      [1, 0.1],
    ],
    bilevel: [0.7, 0.12],
  },
};
