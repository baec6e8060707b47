import {
  type AnyArray,
  add,
  cos,
  exp,
  log,
  logsumexp,
  mul,
  neg,
  outer,
  reshape,
  type Scalar,
  sigmoid,
  sin,
  slice,
  square,
  stack,
  sub,
  sum,
  tanh,
} from "../lib/index.js";

// Programs as one writes them with functions of whole arrays.

/** Rosenbrock's function: Σ 100 (x[1:] − x[:−1]²)² + (1 − x[:−1])². */
export function rosenbrockOfArrays(x: AnyArray): Scalar {
  const before = slice(x, [[0, -1]]);
  const after = slice(x, [[1]]);
  return sum(add(mul(100, square(sub(after, square(before)))), square(sub(1, before))));
}

/** A rotary embedding: even and odd rows of x, turned by the angles θ p, p = 1, 2, …. */
export function rotaryOfArrays(x: AnyArray, theta: AnyArray, positions: AnyArray): AnyArray {
  const angles = outer(theta, positions);
  const [sines, cosines] = [sin(angles), cos(angles)];
  const even = slice(x, [[0, undefined, 2], null]);
  const odd = slice(x, [[1, undefined, 2], null]);
  const turned = stack([sub(mul(even, cosines), mul(odd, sines)), add(mul(even, sines), mul(odd, cosines))], { axis: 1 });
  return reshape(turned as AnyArray, x.shape);
}

/** The log likelihood of x [n, 1, d] in gaussian-mixture.ts by alpha [K], mu [K, d] and q [K, d]. */
export function gaussianMixtureOfArrays(x: AnyArray, alpha: AnyArray, mu: AnyArray, q: AnyArray): Scalar {
  const squares = sum(square(mul(exp(q), sub(x, mu))), { axis: 2 });
  const terms = sub(add(alpha, sum(q, { axis: 1 })), mul(0.5, squares));
  return sub(sum(logsumexp(terms, { axis: 1 })), mul(x.shape[0] as number, logsumexp(alpha) as Scalar));
}

/** What the LSTM of lstm.ts starts from: the sequence step by step, hidden state and cell of each layer. */
export interface LstmStart {
  readonly sequence: readonly AnyArray[];
  readonly states: readonly (readonly [hidden: AnyArray, cell: AnyArray])[];
}

/** The loss of lstm.ts by w [layers, 4, d], b [layers, 4, d] and extra [3, d], a vector operation at a time. */
export function lstmOfArrays({ sequence, states }: LstmStart, w: AnyArray, b: AnyArray, extra: AnyArray): Scalar {
  const layers = states.map((_, l) => [0, 1, 2, 3].map((g) => [slice(w, [l, g, null]), slice(b, [l, g, null])] as const));
  const [first, factor, shift] = [0, 1, 2].map((k) => slice(extra, [k, null])) as [AnyArray, AnyArray, AnyArray];
  const state = states.map(([hidden, cell]) => [hidden, cell] as [AnyArray, AnyArray]);
  let total: Scalar = 0;
  for (let t = 0; t + 1 < sequence.length; t++) {
    let x: AnyArray = mul(sequence[t] as AnyArray, first);
    layers.forEach((gates, l) => {
      const [hidden, cell] = state[l] as [AnyArray, AnyArray];
      const [f, i, o, g] = gates.map(([weight, bias], k) => add(mul(k % 2 === 0 ? x : hidden, weight), bias)) as [
        AnyArray,
        AnyArray,
        AnyArray,
        AnyArray,
      ];
      const next = add(mul(cell, sigmoid(f)), mul(sigmoid(i), tanh(g)));
      x = mul(sigmoid(o), tanh(next));
      state[l] = [x, next];
    });
    const y = add(mul(x, factor), shift);
    const normalized = sub(y, log(add(2, sum(exp(y)))));
    total = add(total, sum(mul(sequence[t + 1] as AnyArray, normalized)));
  }
  return neg(total as Scalar);
}
