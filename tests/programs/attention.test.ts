import { test } from "uvu";
import {
  type AnyArray,
  array,
  attention,
  gradient,
  mul,
  type NdArray,
  rotaryEmbedding,
  type Scalar,
  sum,
  transpose,
} from "../../lib/index.js";
import { assertClose } from "../../lib/testing/index.js";
import { build, decimals } from "../helpers/layouts.js";

const [places, size, width] = [5, 4, 3];
const [q, k] = [mul(0.3, decimals([places, size], 61)), mul(0.3, decimals([places, size], 62))];
const v = mul(0.3, decimals([places, width], 63));
const theta = array([1, 0.1]);
const weights = decimals([places, width], 64);

/** Positions are columns for `rotaryEmbedding`, rows for `attention`. */
const turned = (x: AnyArray): AnyArray => transpose(rotaryEmbedding(transpose(x), theta));

function program(q: AnyArray, k: AnyArray, v: AnyArray): Scalar {
  return sum(mul(weights, attention(turned(q), turned(k), v, { causal: true }))) as Scalar;
}

const range = (n: number): number[] => Array.from({ length: n }, (_, k) => k);
const total = (n: number, term: (k: number) => number): number => range(n).reduce((s, k) => s + term(k), 0);

/** Pairs of columns turned by the angle of their row. */
function rotated(x: NdArray, direction: 1 | -1): NdArray {
  return build(x.shape, (i = 0, j = 0) => {
    const angle = direction * (i + 1) * theta.get(j >> 1);
    const [even, odd] = [x.get(i, j & ~1), x.get(i, j | 1)];
    return j % 2 === 0 ? even * Math.cos(angle) - odd * Math.sin(angle) : odd * Math.cos(angle) + even * Math.sin(angle);
  });
}

/** Softmax over the places up to each one, and the way back, by loops. */
function byHand(): { value: number; slopes: NdArray[] } {
  const [rq, rk] = [rotated(q, 1), rotated(k, 1)];
  const scale = 1 / Math.sqrt(size);
  const score = (i: number, j: number): number => scale * total(size, (d) => rq.get(i, d) * rk.get(j, d));
  const p = range(places).map((i) => {
    const e = range(i + 1).map((j) => Math.exp(score(i, j)));
    return e.map((one) => one / e.reduce((a, b) => a + b, 0));
  });
  const at = (i: number, j: number): number => p[i]?.[j] ?? 0;
  const dp = (i: number, j: number): number => total(width, (c) => weights.get(i, c) * v.get(j, c));
  const ds = (i: number, j: number): number => at(i, j) * (dp(i, j) - total(places, (l) => at(i, l) * dp(i, l)));
  const value = total(places, (i) => total(width, (c) => weights.get(i, c) * total(places, (j) => at(i, j) * v.get(j, c))));
  const dq = build(q.shape, (i = 0, d = 0) => scale * total(places, (j) => ds(i, j) * rk.get(j, d)));
  const dk = build(k.shape, (j = 0, d = 0) => scale * total(places, (i) => ds(i, j) * rq.get(i, d)));
  const dv = build(v.shape, (j = 0, c = 0) => total(places, (i) => at(i, j) * weights.get(i, c)));
  return { value, slopes: [rotated(dq, -1), rotated(dk, -1), dv] };
}

test("causal attention over rotated positions: value and gradient are those by hand", () => {
  const { value, slopes } = byHand();
  assertClose(program(q, k, v), value, { rtol: 1e-12 });
  assertClose(gradient(program, q, k, v), slopes, { rtol: 1e-11, atol: 1e-13 });
});

test("a later place does not move what came before it", () => {
  const first = (q: AnyArray, k: AnyArray, v: AnyArray): Scalar => sum((attention(q, k, v, { causal: true }) as AnyArray).pick(0, null));
  const [, dk, dv] = gradient(first, q, k, v) as [NdArray, NdArray, NdArray];
  assertClose(sum(mul(dk, dk)), 0);
  assertClose(
    dv,
    build(v.shape, (j = 0) => (j === 0 ? 1 : 0)),
  );
});

test.run();
