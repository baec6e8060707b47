import { test } from "uvu";
import * as rules from "../../lib/index.js";
import {
  either,
  hasType,
  isAnyArray,
  isArray,
  isEither,
  isNumber,
  isOperand,
  isScalar,
  matrix,
  operand,
  vector,
  whileTraced,
} from "./kinds.js";

const { array, ones, reshape } = rules;
const line = ones([1, 1, 5]);
const plane = ones([1, 1, 4, 4]);

test("arrays of an array", () => {
  const { softmax, logSoftmax, normalize, layerNorm, batchNorm, rmsNorm } = rules;
  for (const f of [softmax, logSoftmax, normalize]) {
    isArray(f(matrix, { axis: 0 }));
    whileTraced(({ m }) => isAnyArray(f(m, { axis: 0 })));
  }
  for (const f of [layerNorm, batchNorm]) {
    isArray(f(matrix, vector, vector));
    isArray(f(matrix, undefined, vector, { eps: 1e-3 }));
    whileTraced(({ s, v, m }) => {
      isAnyArray(f(matrix, undefined, vector, { eps: s }));
      isAnyArray(f(m));
      isAnyArray(f(matrix, v));
    });
  }
  isArray(rmsNorm(matrix, vector, { eps: 1e-3 }));
  whileTraced(({ s, v }) => {
    isAnyArray(rmsNorm(matrix, v));
    isAnyArray(rmsNorm(matrix, vector, { eps: s }));
  });
});

test("convolutions", () => {
  const { conv1d, conv2d, convTranspose1d } = rules;
  isArray(conv1d(line, line, undefined, { stride: 2 }));
  isArray(conv2d(plane, plane, ones([1]), { padding: [0, 1] }));
  isArray(convTranspose1d(line, line, { stride: 2 }));
  whileTraced(({ v }) => {
    const x = reshape(v, [1, 1, 3]);
    isAnyArray(conv1d(x, x));
    isAnyArray(conv2d(plane, reshape(v, [1, 1, 3, 1])));
    isAnyArray(convTranspose1d(line, x));
  });
});

test("windows", () => {
  const { avgPool1d, maxPool1d, avgPool2d, maxPool2d } = rules;
  for (const f of [avgPool1d, maxPool1d]) {
    isArray(f(line, { kernel: 2 }));
    whileTraced(({ v }) => isAnyArray(f(reshape(v, [1, 1, 3]), { kernel: 2 })));
  }
  for (const f of [avgPool2d, maxPool2d]) {
    isArray(f(plane, { kernel: [2, 2] }));
    isArray(f(plane, { kernel: 2 }));
    whileTraced(({ m }) => isAnyArray(f(reshape(m, [1, 1, 3, 3]), { kernel: 2 })));
  }
});

test("attention", () => {
  isArray(rules.attention(matrix, matrix, matrix));
  isArray(rules.attention(matrix, matrix, matrix, { mask: rules.less(vector, 0.5) }));
  whileTraced(({ s, m }) => {
    isAnyArray(rules.attention(m, matrix, matrix, { causal: true }));
    isAnyArray(rules.attention(matrix, matrix, matrix, { scale: s }));
    isAnyArray(rules.attention(matrix, matrix, matrix, { mask: m }));
  });
});

test("losses are numbers", () => {
  const { mse, klDiv, bceWithLogits, huber, cosineSimilarity } = rules;
  for (const f of [mse, klDiv, bceWithLogits, huber]) {
    isNumber(f(vector, vector));
    isNumber(f(either(0.5), 1));
    whileTraced(({ s, v }) => {
      isScalar(f(v, vector));
      isScalar(f(operand(s), 1));
    });
  }
  isNumber(huber(vector, vector, { delta: 2 }));
  whileTraced(({ s }) => isScalar(huber(vector, vector, { delta: s })));
  isNumber(cosineSimilarity(vector, vector));
  whileTraced(({ v }) => isScalar(cosineSimilarity(v, vector)));
});

test("losses of rows", () => {
  const { crossEntropy, nllLoss } = rules;
  const some: { reduction?: "mean" | "sum" | "none" } = {};
  for (const f of [crossEntropy, nllLoss] as (typeof nllLoss)[]) {
    isNumber(f(matrix, [0, 1, 2]));
    isNumber(f(matrix, [0, 1, 2], { reduction: "sum" }));
    isEither(f(matrix, [0, 1, 2], { reduction: "none" }));
    isEither(f(matrix, [0, 1, 2], some));
    whileTraced(({ m }) => {
      isScalar(f(m, [0, 1, 2]));
      isOperand(f(m, [0, 1, 2], { reduction: "none" }));
      isOperand(f(m, [0, 1, 2], some));
    });
  }
  isNumber(crossEntropy(matrix, matrix));
  whileTraced(({ m }) => isScalar(crossEntropy(matrix, m, { labelSmoothing: 0.1 })));
});

test("distances", () => {
  const { cdist, pairwiseSqdist, chamferDistance, hausdorffDistance, mymaximum } = rules;
  for (const f of [cdist, pairwiseSqdist]) {
    isArray(f(matrix, matrix));
    whileTraced(({ m }) => isAnyArray(f(m, matrix)));
  }
  for (const f of [chamferDistance, hausdorffDistance, mymaximum]) {
    isNumber(f(matrix));
    whileTraced(({ m }) => isScalar(f(m)));
  }
});

test("pooling of blocks", () => {
  const { pool, poolNaive, poolNative, poolSum, createRange, forwardPoolHausdorff, backwardPoolHausdorff } = rules;
  const ranges = createRange(3, 2);
  for (const f of [pool, poolNaive, poolNative]) {
    isArray(f(matrix, ranges, ranges, rules.mymaximum));
    whileTraced(({ m }) => isAnyArray(f(m, ranges, ranges)));
  }
  isArray(poolSum(matrix, ranges, ranges));
  whileTraced(({ m }) => isAnyArray(poolSum(m, ranges, ranges)));
  const [y, critical] = forwardPoolHausdorff(matrix, ranges, ranges);
  isArray(y);
  isArray(critical);
  isArray(backwardPoolHausdorff(y, matrix, ranges, ranges, critical));
  whileTraced(({ m }) => {
    const [y, critical] = forwardPoolHausdorff(m, ranges, ranges);
    isAnyArray(y);
    isArray(critical);
    isAnyArray(backwardPoolHausdorff(y, m, ranges, ranges, critical));
  });
});

test("rotary embeddings", () => {
  const { rotaryEmbedding, rotaryEmbeddingPullback } = rules;
  const x = ones([4, 2]);
  const theta = array([0.1, 0.2]);
  isArray(rotaryEmbedding(x, theta, { start: 0 }));
  for (const bar of rotaryEmbeddingPullback(x, x, theta)) isArray(bar);
  whileTraced(({ s }) => {
    const moving = rules.mul(s, theta);
    isAnyArray(rotaryEmbedding(x, moving));
    for (const bar of rotaryEmbeddingPullback(x, x, moving)) isAnyArray(bar);
  });
  hasType<[xbar: rules.NdArray, thetabar: rules.NdArray]>()(rotaryEmbeddingPullback(x, x, theta));
});

test.run();
