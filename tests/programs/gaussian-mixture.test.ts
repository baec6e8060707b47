import { test } from "uvu";
import {
  type AnyArray,
  add,
  array,
  div,
  exp,
  expandDims,
  gradient,
  logSoftmax,
  logsumexp,
  mul,
  type Scalar,
  square,
  sub,
  sum,
} from "../../lib/index.js";
import { assertClose } from "../../lib/testing/index.js";
import { build } from "../helpers/layouts.js";

const points = array([-2, -1.5, 0.2, 0.4, 1, 3.3, 3.9]);
const logits = array([0.2, -0.4, 0.7]);
const means = array([-1.5, 0.5, 3]);
const logScales = array([-0.2, 0.1, 0.3]);
const [count, parts] = [7, 3];

/** Σ ln Σ wₖ N(x; μₖ, σₖ). */
function logLikelihood(logits: AnyArray, means: AnyArray, logScales: AnyArray): Scalar {
  const z = div(sub(expandDims(points, 1), means), exp(logScales));
  const terms = sub(logSoftmax(logits), add(add(mul(0.5, square(z)), logScales), 0.5 * Math.log(2 * Math.PI)));
  return sum(logsumexp(terms, { axis: 1 })) as Scalar;
}

// By responsibilities: r[i, k] is the share of part k in point i.
const total = (n: number, term: (k: number) => number): number => Array.from({ length: n }, (_, k) => term(k)).reduce((a, b) => a + b, 0);
const weight = (k: number): number => Math.exp(logits.get(k)) / total(parts, (l) => Math.exp(logits.get(l)));
const sigma = (k: number): number => Math.exp(logScales.get(k));
const z = (i: number, k: number): number => (points.get(i) - means.get(k)) / sigma(k);
const density = (i: number, k: number): number => (weight(k) * Math.exp(-(z(i, k) ** 2) / 2)) / (sigma(k) * Math.sqrt(2 * Math.PI));
const share = (i: number, k: number): number => density(i, k) / total(parts, (l) => density(i, l));
const expected = [
  build([parts], (k = 0) => total(count, (i) => share(i, k) - weight(k))),
  build([parts], (k = 0) => total(count, (i) => (share(i, k) * z(i, k)) / sigma(k))),
  build([parts], (k = 0) => total(count, (i) => share(i, k) * (z(i, k) ** 2 - 1))),
];

test("a Gaussian mixture: value and gradient are those by responsibilities", () => {
  const value = total(count, (i) => Math.log(total(parts, (k) => density(i, k))));
  assertClose(logLikelihood(logits, means, logScales), value, { rtol: 1e-13 });
  assertClose(gradient(logLikelihood, logits, means, logScales), expected, { rtol: 1e-12, atol: 1e-13 });
});

test.run();
