import { test } from "uvu";
import {
  type AnyArray,
  add,
  bceWithLogits,
  gradient,
  hessian,
  less,
  logSigmoid,
  matmul,
  mean,
  mul,
  neg,
  type Scalar,
  sub,
} from "../../lib/index.js";
import { assertClose } from "../../lib/testing/index.js";
import { build, decimals } from "../helpers/layouts.js";

const [rows, size] = [9, 3];
const features = decimals([rows, size], 31);
const weights = mul(0.2, decimals([size], 32));
const bias = 0.3;
const labels = build([rows], (i = 0) => (i % 3 === 0 ? 1 : 0));

/** The mean of −log-likelihoods of the labels. */
function loss(w: AnyArray, b: Scalar): Scalar {
  const z = add(matmul<AnyArray>(features, w), b);
  return neg(mean(add(mul(labels, logSigmoid(z)), mul(sub(1, labels), logSigmoid(neg(z)))))) as Scalar;
}
const byLoss = (w: AnyArray, b: Scalar): Scalar => bceWithLogits(add(matmul<AnyArray>(features, w), b), labels) as Scalar;

const z = (i: number): number => bias + [0, 1, 2].reduce((s, j) => s + features.get(i, j) * weights.get(j), 0);
const p = (i: number): number => 1 / (1 + Math.exp(-z(i)));
const over = (term: (i: number) => number): number => Array.from({ length: rows }, (_, i) => term(i)).reduce((a, b) => a + b, 0) / rows;

// Xᵀ(p − t) / n and Xᵀ diag(p (1 − p)) X / n.
const byWeights = build([size], (j = 0) => over((i) => features.get(i, j) * (p(i) - labels.get(i))));
const byBias = over((i) => p(i) - labels.get(i));
const curvature = build([size, size], (j = 0, k = 0) => over((i) => features.get(i, j) * features.get(i, k) * p(i) * (1 - p(i))));
const value = -over((i) => (labels.get(i) === 1 ? Math.log(p(i)) : Math.log(1 - p(i))));
const tolerance = { rtol: 1e-12, atol: 1e-14 };

for (const f of [loss, byLoss]) {
  test(`${f.name}: value, gradient and Hessian are the closed forms`, () => {
    assertClose(f(weights, bias), value, tolerance);
    assertClose(gradient(f, weights, bias), [byWeights, byBias], tolerance);
    assertClose(
      hessian((w: AnyArray) => f(w, bias), weights),
      curvature,
      tolerance,
    );
  });
}

test("a step down the gradient lowers the loss", () => {
  const [w] = gradient(loss, weights, bias);
  if (!less(loss(sub(weights, mul(0.1, w)), bias), loss(weights, bias))) throw new Error("the loss did not fall");
});

test.run();
