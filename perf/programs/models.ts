import {
  type AnyArray,
  add,
  createRange,
  crossEntropy,
  hausdorffDistance,
  matmul,
  mul,
  type NdArray,
  pool,
  poolSum,
  relu,
  rotaryEmbedding,
  type Scalar,
  square,
  sum,
  withGradient,
} from "../../lib/index.js";
import { rowMajor } from "../../lib/nd/index.js";
import { gaussianMixtureOfArrays, lstmOfArrays, rotaryOfArrays } from "../array-forms.js";
import { gaussianMixture } from "../by-hand/gaussian-mixture.js";
import { lstm } from "../by-hand/lstm.js";
import { mlp, mlpOfSingles } from "../by-hand/mlp.js";
import { poolHausdorff } from "../by-hand/pool-hausdorff.js";
import { sumOfPoolSum, sumOfSquaredPoolSum } from "../by-hand/pool-sum-fused.js";
import { weightedRotaryEmbedding } from "../by-hand/rotary-embedding-weighted.js";
import { angles, integers, normalArray } from "../inputs.js";
import type { Program } from "../program.js";
import { floats } from "./array-program.js";

/** Rotary embedding of a matrix, weighted, composed of array functions and by its rule. */
export function weightedRotaryPrograms(rows: number, cols: number): Program[] {
  const x = normalArray([rows, cols], 1);
  const w = normalArray([rows, cols], 2);
  const theta = angles(rows / 2);
  const positions = rowMajor(
    Float64Array.from({ length: cols }, (_, p) => p + 1),
    [cols],
  );
  const hand = () => weightedRotaryEmbedding(floats(x), floats(theta), floats(w));
  return [
    {
      name: `Σ w RoPE ${rows}×${cols} of array functions`,
      variants: { hand, rule: () => withGradient((a, t) => sum(mul(rotaryOfArrays(a, t, positions), w)), x, theta) },
      limit: 2.5,
    },
    {
      name: `Σ w rotaryEmbedding ${rows}×${cols}`,
      variants: { hand, rule: () => withGradient((a, t) => sum(mul(rotaryEmbedding(a, t), w)), x, theta) },
      limit: 1.5,
    },
  ];
}

/** Pooling of an n × n matrix by its rules. */
export function poolPrograms(n: number): Program[] {
  const x = normalArray([n, n], 3);
  const [rows, cols, blocks] = [createRange(n, 3), createRange(n, 2), createRange(n, 10)];
  return [
    {
      name: `Σ poolSum ${n}×${n}, blocks 3×2`,
      variants: {
        hand: () => sumOfPoolSum(floats(x), n, rows, cols),
        rule: () => withGradient((a) => sum(poolSum(a, rows, cols)), x),
      },
      limit: 1.4,
    },
    {
      name: `Σ poolSum², ${n}×${n}, blocks 3×2`,
      variants: {
        hand: () => sumOfSquaredPoolSum(floats(x), n, rows, cols),
        rule: () => withGradient((a) => sum(square(poolSum(a, rows, cols))), x),
      },
      limit: 1.4,
    },
    {
      name: `Σ pool hausdorffDistance ${n}×${n}, blocks 10×10`,
      variants: {
        hand: () => poolHausdorff(floats(x), n, blocks, blocks),
        rule: () => withGradient((a) => sum(pool(a, blocks, blocks, hausdorffDistance)), x),
      },
      limit: 1.3,
    },
  ];
}

/** Log likelihood of n points in d dimensions under K Gaussians. */
export function mixtureProgram(n: number, d: number, count: number): Program {
  const x = normalArray([n, 1, d], 1);
  const [alpha, mu] = [normalArray([count], 2), normalArray([count, d], 3)];
  const q = rowMajor(
    floats(normalArray([count, d], 4)).map((entry) => 0.2 * entry),
    [count, d],
  );
  return {
    name: `Gaussian mixture: d ${d}, K ${count}, n ${n}`,
    variants: {
      hand: () => gaussianMixture(floats(x), floats(alpha), floats(mu), floats(q), d),
      rule: () => withGradient((a, m, l) => gaussianMixtureOfArrays(x, a, m, l), alpha, mu, q),
    },
    limit: 5,
  };
}

/** The diagonal LSTM of ADBench with two layers of 14 units. */
export function lstmProgram(steps: number): Program {
  const [layers, d] = [2, 14];
  const sequence = normalArray([steps + 1, d], 1);
  const state = normalArray([layers, 2, d], 2);
  const [w, b, extra] = [normalArray([layers, 4, d], 3), normalArray([layers, 4, d], 4), normalArray([3, d], 5)];
  const vector = (data: Float64Array, k: number): NdArray => rowMajor(data.slice(k * d, (k + 1) * d), [d]);
  const start = {
    sequence: Array.from({ length: steps + 1 }, (_, t) => vector(floats(sequence), t)),
    states: [0, 1].map((l) => [vector(floats(state), 2 * l), vector(floats(state), 2 * l + 1)] as const),
  };
  const share = 1 / (steps * d);
  return {
    name: `D-LSTM: ${steps} steps, ${layers} layers of ${d}`,
    variants: {
      hand: () => lstm({ layers, d, sequence: floats(sequence), state: floats(state) }, floats(w), floats(b), floats(extra)),
      rule: () => withGradient((u, c, e) => mul(share, lstmOfArrays(start, u, c, e)), w, b, extra),
    },
    limit: 40,
  };
}

/** Cross entropy of a perceptron with one hidden layer, by its weights and biases, in double or single precision. */
export function mlpProgram(kind: "float64" | "float32", inputs: number, hidden: number, outputs: number, batch: number): Program {
  const [x, w1, b1, w2, b2] = [[batch, inputs], [inputs, hidden], [hidden], [hidden, outputs], [outputs]].map((shape, k) => {
    const data = floats(normalArray(shape, k + 1)).map((entry) => entry / Math.sqrt(shape[0] as number));
    return rowMajor(kind === "float32" ? new Float32Array(data) : data, shape);
  }) as [NdArray, NdArray, NdArray, NdArray, NdArray];
  const labels = integers(batch, outputs, 6);
  const classes = rowMajor(labels, [batch]);
  const extents = { batch, inputs, hidden, outputs };
  const byHand = kind === "float32" ? mlpOfSingles : mlp;
  const loss = (u1: AnyArray, c1: AnyArray, u2: AnyArray, c2: AnyArray): Scalar =>
    crossEntropy(add(matmul(relu(add(matmul(x, u1), c1)), u2), c2), classes);
  return {
    name: `MLP ${inputs}-${hidden}-${outputs}, batch ${batch}, ${kind}`,
    variants: {
      hand: () => byHand(extents, floats(x), labels, floats(w1), floats(b1), floats(w2), floats(b2)),
      rule: () => withGradient(loss, w1, b1, w2, b2),
    },
    limit: kind === "float64" ? 0.6 : 0.35,
    binds: kind === "float64",
    tolerance: kind === "float64" ? undefined : 1e-5,
  };
}
