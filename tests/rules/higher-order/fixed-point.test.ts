import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  type AnyFunction,
  add,
  array,
  callable,
  cast,
  cos,
  derivative,
  div,
  fixedPoint,
  gradient,
  hessian,
  jacobian,
  matmul,
  mul,
  type NdArray,
  NotTraceableError,
  primal,
  pushforward,
  root,
  type Scalar,
  sub,
  sum,
  tanh,
  toNested,
  zeros,
} from "../../../lib/index.js";
import { assertClose } from "../../../lib/testing/index.js";
import { fails } from "../../helpers/fails.js";
import { refused } from "../../helpers/refused.js";

const heron = (x: Scalar, p: Scalar): Scalar => mul(0.5, add(x, div(p, x)));

test("Heron's iteration: the square root and its derivatives, in all pairs of modes", () => {
  const sqrt = (p: Scalar): Scalar => fixedPoint(heron, 1, p);
  assertClose(sqrt(2), Math.SQRT2, { rtol: 1e-15 });
  const slope = 0.5 * Math.SQRT1_2;
  assertClose(derivative(sqrt, 2), slope, { rtol: 1e-14 });
  assertClose(gradient(sqrt, 2)[0], slope, { rtol: 1e-14 });
  const second = -0.25 * 2 ** -1.5;
  for (const first of [
    (p: Scalar): Scalar => derivative(sqrt, p) as unknown as Scalar,
    (p: Scalar): Scalar => gradient(sqrt as never, p)[0] as unknown as Scalar,
  ]) {
    assertClose(derivative(first, 2), second, { rtol: 1e-13 });
    assertClose(gradient(first, 2)[0], second, { rtol: 1e-13 });
  }
});

test("a linear iteration: the gradient of the geometric series", () => {
  // x = a x + b has x = b / (1 − a).
  const series = (p: { a: Scalar; b: Scalar }): Scalar => fixedPoint((x: Scalar, q: typeof p) => add(mul(q.a, x), q.b), 0, p);
  const [bar] = gradient(series as never, { a: 0.75, b: 3 }) as unknown as [{ a: number; b: number }];
  assertClose(bar, { a: 48, b: 4 }, { rtol: 1e-10 });
  assertClose(pushforward(series as never, [{ a: 0.75, b: 3 }], [{ a: 1, b: 1 }])[1], 52, { rtol: 1e-10 });
});

test("a layer of equilibrium: as by Newton's method on its equation", () => {
  const p = {
    w: array([
      [0.25, 0.5, 0],
      [-0.5, 0.25, 0.125],
      [0, 0.25, -0.375],
    ]),
    b: array([0.5, -1, 2]),
  };
  const layer = (x: AnyArray, q: { w: AnyArray; b: AnyArray }): AnyArray => tanh(add(matmul(q.w, x), q.b));
  const byIteration = (q: typeof p): Scalar => sum(fixedPoint(layer as never, zeros(3), q) as AnyArray);
  const byRoot = (q: typeof p): Scalar => sum(root(((x: AnyArray, r: typeof p) => sub(x, layer(x, r))) as never, zeros(3), q) as AnyArray);
  assertClose(primal(byIteration(p)), primal(byRoot(p)), { rtol: 1e-12 });
  assertClose(gradient(byIteration as never, p), gradient(byRoot as never, p), { rtol: 1e-11 });
  const withBias =
    (f: (q: typeof p) => Scalar) =>
    (b: AnyArray): Scalar =>
      f({ w: p.w, b: b as NdArray });
  for (const mode of ["forward", "reverse"] as const) {
    assertClose(toNested(hessian(withBias(byIteration), p.b, { mode })), toNested(hessian(withBias(byRoot), p.b)), { rtol: 1e-10 });
  }
});

test("nothing is unrolled: a slow iteration is called on traced values as often as a fast one", () => {
  let traced = 0;
  const count = (rate: number): number => {
    traced = 0;
    const f = (x: Scalar, p: Scalar): Scalar => {
      if (typeof p !== "number") traced++;
      return add(p, mul(rate, sub(x, p)));
    };
    assertClose(gradient((p) => fixedPoint(f, 0, p), 2)[0], 1, { rtol: 1e-12 });
    return traced;
  };
  assert.is(count(0.01), count(0.97));
});

test("the start's gradient is 0, the parameters of a callable are parameters", () => {
  const f = callable({ w: 0.75 }, (own: { w: Scalar }, x: Scalar, p: Scalar) => cos(mul(own.w, add(x, p))));
  const solution = (g: typeof f, start: Scalar, p: Scalar): Scalar => fixedPoint(g as never, start, p);
  const x = solution(f, 0.5, 0.25) as number;
  const [fbar, start, pbar] = gradient(solution as never, f as never, 0.5, 0.25) as unknown as [{ w: number }, number, number];
  assert.is(start, 0);
  // x = cos(w (x + p)): dx = −s (w dx + w dp + (x + p) dw), s = sin(w (x + p)).
  const s = Math.sin(0.75 * (x + 0.25));
  assertClose([fbar.w, pbar], [(-s * (x + 0.25)) / (1 + 0.75 * s), (-s * 0.75) / (1 + 0.75 * s)], { rtol: 1e-12 });
});

test("an f that closes over a traced value: an outer call differentiates by it, the running one refuses it", () => {
  // x = (x + p w) / 2 has x = p w.
  const solution = (w: Scalar) => (p: Scalar) =>
    fixedPoint(((x: Scalar, q: Scalar) => mul(0.5, add(x, mul(mul(q, q), w)))) as never, 0, p) as Scalar;
  const slope = (w: Scalar): Scalar => gradient(solution(w) as never, 3)[0] as unknown as Scalar;
  assertClose(derivative(slope, 2), 6, { rtol: 1e-11 });
  assertClose(gradient(slope, 2)[0], 6, { rtol: 1e-11 });
  fails(() => gradient((w) => solution(w)(w), 2), NotTraceableError, "fixedPoint: its rule, or a function it was handed, closes over");
  fails(() => gradient((w) => solution(w)(3), 2), NotTraceableError, "pass that value in params, fixedPoint(f, x0, params)");
});

const loosely = fixedPoint as AnyFunction;
refused([
  [() => loosely(3, 1), TypeError, "fixedPoint: f is a number; give a function, (x, params) => y"],
  [() => loosely(heron, [1], 2), TypeError, "fixedPoint: x0 is a list of length 1; a number or an array is needed"],
  [() => loosely(heron, 1, 2, { tol: Number.NaN }), RangeError, "fixedPoint: tol = NaN; give a number greater than 0"],
  [
    () => loosely((x: number) => 2 * x, 1, 0, { maxIterations: 10 }),
    RangeError,
    "fixedPoint: not settled after 10 steps, the last of which was 512; f must contract: start nearer, raise tol or maxIterations, or use root",
  ],
  [
    () => loosely((x: AnyArray) => sum(x), array([1, 2])),
    TypeError,
    "fixedPoint: f returned a number where x is an array of shape [2]; return what x is, one equation for each unknown",
  ],
]);

test("in single precision it ends where rounding does, also for an x much smaller than what it is computed from", () => {
  const single = (x: number): NdArray => cast(array([x]), "float32");
  // x = 0.9 (cos(x + a) − p), so that p = cos(x + a) − x / 0.9
  for (const [a, x] of [
    [0.7, 0.0027],
    [2, -0.00002],
    [0.3, 0.0002],
    [1, 0.5],
  ] as const) {
    const p = single(Math.cos(x + a) - x / 0.9);
    const of = (q: AnyArray): Scalar =>
      sum(fixedPoint((y: AnyArray, r: AnyArray) => mul(0.9, sub(cos(add(y, a)), r)) as AnyArray, single(0.1), q) as AnyArray) as Scalar;
    const slope = -0.9 / (1 + 0.9 * Math.sin(x + a));
    assertClose(of(p), x, { rtol: 0, atol: 1e-6 });
    assertClose(gradient(of, p)[0].get(0), slope, { rtol: 1e-5, atol: 0 });
    assertClose(jacobian(of, p, { mode: "forward" }).get(0), slope, { rtol: 1e-5, atol: 0 });
  }
});

test.run();
