// Whole programs in plain TypeScript: what a user writes. Read as text by the tests, and checked by the compiler.
import {
  add,
  array,
  cholesky,
  conv2d,
  crossEntropy,
  diagonal,
  differentiable,
  div,
  eigh,
  fixedPoint,
  log,
  matmul,
  maxPool2d,
  mean,
  mul,
  type NdArray,
  relu,
  reshape,
  slice,
  solveTriangular,
  square,
  sub,
  sum,
  transpose,
  zeros,
} from "cotangent";

const images: NdArray = reshape(array(Array.from({ length: 72 }, (_, k) => Math.sin(1.7 * k) / 2)), [2, 1, 6, 6]);

/** A convolutional network with weight decay: convolution, rectifier, pooling, a dense layer. */
export const convnet: (kernel: NdArray, bias: NdArray, dense: NdArray, decay: number) => number = differentiable(
  (kernel: NdArray, bias: NdArray, dense: NdArray, decay: number): number => {
    const features = maxPool2d(relu(conv2d(images, kernel, bias)), { kernel: [2, 2] });
    const logits = matmul<NdArray>(reshape(features, [2, 8]), dense);
    const loss = crossEntropy(logits, [2, 0]);
    return loss + (decay * (sum(square(kernel)) + sum(square(dense)))) / 2;
  },
);

/** Σ of squared distances from the space of the first two principal components, over their whole variance. */
export const principalComponents: (x: NdArray) => number = differentiable((x: NdArray): number => {
  const n = x.shape[0] as number;
  const y = sub(x, mean(x, { axis: 0, keepDims: true })) as NdArray;
  const [, v] = eigh(div(matmul<NdArray>(transpose(y), y), n));
  const first: NdArray = slice(v, [null, [2, 4]]) as NdArray;
  const rest = sum(square(sub(y, matmul<NdArray>(matmul<NdArray>(y, first), transpose(first)))));
  return rest / sum(square(y));
});

const points: NdArray = reshape(array(Array.from({ length: 21 }, (_, k) => 3 * Math.sin(2.1 * k + 0.4))), [7, 3]);

/** The log-likelihood of independent points, through the Cholesky factor of their covariance. */
export const logLikelihood: (mu: NdArray, sigma: NdArray) => number = differentiable((mu: NdArray, sigma: NdArray): number => {
  const [count = 0, size = 0] = points.shape;
  const l = cholesky(sigma);
  const z = solveTriangular(l, transpose(sub(points, mu)));
  const logVolume = sum(log(diagonal(l)));
  return -0.5 * sum(mul(z, z)) - count * logVolume - 0.5 * count * size * Math.log(2 * Math.PI);
});

const trained = { x: array([[1, 0.5], [-0.5, 1], [0.25, -1.5], [2, 1]]), y: array([1, -1, 0.5, 2]) }; // biome-ignore format: a row each
const held = { x: array([[0.5, 1], [-1, 0.75], [1, -1]]), y: array([0.5, -1.5, 1]) }; // biome-ignore format: a row each

/** The loss on other data of a ridge regression, which is the fixed point of a descent: to be minimized by the penalty. */
export const ridge: (penalty: number) => number = differentiable((penalty: number): number => {
  const descent = differentiable((w: NdArray, own: number): NdArray => {
    const slope = add(matmul<NdArray>(transpose(trained.x), sub(matmul<NdArray>(trained.x, w), trained.y)), mul(own, w));
    return sub(w, mul(0.15, slope));
  });
  const w = fixedPoint(descent, zeros(2), penalty);
  return sum(square(sub(matmul<NdArray>(held.x, w), held.y))) / 2;
});
