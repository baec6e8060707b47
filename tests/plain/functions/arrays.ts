// The programs of ../programs/arrays.ts in the library's functions: what they become, written by hand.
import {
  type AnyArray,
  add,
  array,
  cholesky,
  conv2d,
  crossEntropy,
  diagonal,
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
  type Scalar,
  slice,
  solveTriangular,
  square,
  sub,
  sum,
  transpose,
  zeros,
} from "cotangent";

const images: NdArray = reshape(array(Array.from({ length: 72 }, (_, k) => Math.sin(1.7 * k) / 2)), [2, 1, 6, 6]);

export function convnet(kernel: AnyArray, bias: AnyArray, dense: AnyArray, decay: Scalar): Scalar {
  const features = maxPool2d(relu(conv2d(images, kernel, bias)), { kernel: [2, 2] });
  const logits = matmul<AnyArray>(reshape(features, [2, 8]), dense);
  const loss = crossEntropy(logits, [2, 0]) as Scalar;
  return add(loss, div(mul(decay, add(sum(square(kernel)), sum(square(dense)))), 2));
}

export function principalComponents(x: AnyArray): Scalar {
  const n = x.shape[0] as number;
  const y = sub(x, mean(x, { axis: 0, keepDims: true })) as AnyArray;
  const [, v] = eigh(div(matmul<NdArray>(transpose(y), y), n));
  const first = slice(v, [null, [2, 4]]) as AnyArray;
  const rest = sum(square(sub(y, matmul<NdArray>(matmul<NdArray>(y, first), transpose(first))) as AnyArray));
  return div(rest, sum(square(y)));
}

const points: NdArray = reshape(array(Array.from({ length: 21 }, (_, k) => 3 * Math.sin(2.1 * k + 0.4))), [7, 3]);

export function logLikelihood(mu: AnyArray, sigma: AnyArray): Scalar {
  const [count = 0, size = 0] = points.shape;
  const l = cholesky(sigma);
  const z = solveTriangular(l, transpose(sub(points, mu) as AnyArray));
  const logVolume = sum(log(diagonal(l)) as AnyArray);
  return sub(sub(mul(-0.5, sum(mul(z, z))), mul(count, logVolume)), 0.5 * count * size * Math.log(2 * Math.PI));
}

const trained = { x: array([[1, 0.5], [-0.5, 1], [0.25, -1.5], [2, 1]]), y: array([1, -1, 0.5, 2]) }; // biome-ignore format: a row each
const held = { x: array([[0.5, 1], [-1, 0.75], [1, -1]]), y: array([0.5, -1.5, 1]) }; // biome-ignore format: a row each

export function ridge(penalty: Scalar): Scalar {
  const descent = (w: AnyArray, own: Scalar): AnyArray => {
    const slope = add(matmul<NdArray>(transpose(trained.x), sub(matmul<NdArray>(trained.x, w), trained.y) as AnyArray), mul(own, w));
    return sub(w, mul(0.15, slope)) as AnyArray;
  };
  const w = fixedPoint(descent as never, zeros(2) as AnyArray, penalty) as AnyArray;
  return div(sum(square(sub(matmul<NdArray>(held.x, w), held.y) as AnyArray)), 2);
}
