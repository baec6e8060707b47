// Tests: odeint, dormand-prince, adaptive-steps, adjoint.
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  type AnyFunction,
  add,
  array,
  callable,
  derivative,
  exp,
  gradient,
  hasRule,
  hessian,
  hvp,
  jacobian,
  linspace,
  matmul,
  mul,
  type NdArray,
  NoTangent,
  NotTraceableError,
  odeint,
  primal,
  pushforward,
  rrule,
  type Scalar,
  sin,
  sub,
  sum,
  toNested,
  vhp,
} from "../../../lib/index.js";
import { assertClose } from "../../../lib/testing/index.js";
import { fails } from "../../helpers/fails.js";
import { refused } from "../../helpers/refused.js";

const growth = (y: Scalar, _: Scalar, p: Scalar): Scalar => mul(p, y);
const ts = array([0, 0.5, 1, 2]);
const times = [0, 0.5, 1, 2];
const swing = array([
  [0, 1],
  [-1, 0],
]);
const linear = (y: AnyArray, _: Scalar, p: AnyArray): AnyArray => matmul<NdArray>(p, y);

test("exponential growth, a rotation and a forced oscillation: values at all times", () => {
  assertClose(
    toNested(odeint(growth, 1, ts, -0.5)),
    times.map((t) => Math.exp(-0.5 * t)),
    { rtol: 1e-8 },
  );
  assertClose(
    toNested(odeint(linear, array([1, 0]), ts, swing)),
    times.map((t) => [Math.cos(t), -Math.sin(t)]),
    { rtol: 1e-7, atol: 1e-8 },
  );
  // y' = cos t from 0.
  assertClose(toNested(odeint((_, t) => sin(add(t, Math.PI / 2)), 0, ts)), times.map(Math.sin), { rtol: 1e-8, atol: 1e-10 });
});

test("tolerances are kept: the error follows rtol over eight decades", () => {
  for (const rtol of [1e-4, 1e-6, 1e-8, 1e-10, 1e-12]) {
    const [y] = [odeint(growth, 1, [0, 5], 1, { rtol, atol: 0 }).get(1)];
    const error = Math.abs(y / Math.exp(5) - 1);
    assert.ok(error < 20 * rtol && error > 1e-4 * rtol, `rtol ${rtol}: ${error}`);
  }
});

test("states: a number gives a vector, an array one more axis in front, a structure a list of structures", () => {
  assert.equal(odeint(growth, 1, ts, 1).shape, [4]);
  assert.equal(odeint((y: AnyArray) => y, array([[1, 2, 3]]), ts).shape, [4, 1, 3]);
  const states = odeint((s: { x: Scalar; v: AnyArray }) => ({ x: s.v.get(0), v: mul(-1, s.v) }), { x: 0, v: array([1]) }, ts);
  assert.is(states.length, 4);
  const last = states[3] as { x: number; v: NdArray };
  assertClose([last.x, last.v.get(0)], [1 - Math.exp(-2), Math.exp(-2)], { rtol: 1e-7 });
  assert.equal(toNested(odeint(growth, 3, [7], 1)), [3]);
});

test("a step ends exactly at each time, however close or far they are", () => {
  const close = [0, 1e-12, 1e-9, 1, 1 + 4e-16, 30];
  assertClose(
    toNested(odeint(growth, 1, close, -1, { rtol: 1e-10, atol: 1e-30 })),
    close.map((t) => Math.exp(-t)),
    { rtol: 1e-8 },
  );
});

test("single precision: stepped in double, returned in single; integers count as doubles", () => {
  const y = odeint(linear, array([1, 0], { dtype: "float32" }), ts, swing);
  assert.is(y.dtype, "float32");
  assertClose((toNested(y) as number[][])[3], [Math.cos(2), -Math.sin(2)], { rtol: 1e-6 });
  assert.is(odeint(linear, array([1, 0], { dtype: "int32" }), ts, swing).dtype, "float64");
  const [bar] = gradient((y0) => sum(odeint(linear, y0, ts, swing)), array([1, 0], { dtype: "float32" }));
  assert.is(bar.dtype, "float32");
});

for (const [name, options] of [
  ["discrete", {}],
  ["adjoint", { adjoint: true }],
] as const) {
  const tight = { ...options, rtol: 1e-10, atol: 1e-12 };

  test(`${name}: gradients of the growth law by state, times and rate, in closed form`, () => {
    const total = (y0: Scalar, t: AnyArray, p: Scalar): Scalar => sum(odeint(growth, y0, t, p, tight));
    const [ybar, tbar, pbar] = gradient(total, 2, ts, -0.5);
    const values = times.map((t) => Math.exp(-0.5 * t));
    assertClose(
      ybar,
      values.reduce((s, v) => s + v, 0),
      { rtol: 1e-8 },
    );
    assertClose(pbar, 2 * times.reduce((s, t, k) => s + t * (values[k] as number), 0), { rtol: 1e-8 });
    // The first time moves all: y(t) = y₀ exp(p (t − t₀)).
    const later = values.slice(1).map((v) => -v);
    assertClose(toNested(tbar), [-later.reduce((s, v) => s + v, 0), ...later], { rtol: 1e-8 });
    const moved = pushforward(total as never, [2, ts, -0.5], [1, array([1, 0, 0, 0]), 1])[1];
    assertClose(moved, ybar + (tbar as NdArray).get(0) + pbar, { rtol: 1e-8 });
  });

  test(`${name}: the jacobian of a rotation by its start is the rotation, by the matrix it is that of the exponential`, () => {
    const end = (y0: AnyArray): AnyArray => odeint(linear, y0, [0, 2], swing, { ...options, rtol: 1e-8 }).pick(1);
    assertClose(
      toNested(jacobian(end as never, array([1, 0.5]), { mode: "reverse" }) as NdArray),
      [
        [Math.cos(2), Math.sin(2)],
        [-Math.sin(2), Math.cos(2)],
      ],
      { rtol: 1e-6 },
    );
    // Fréchet derivative of exp(2 a) along a: 2 a exp(2 a), for directions that commute with a.
    const total = (a: AnyArray): Scalar => odeint(linear, array([1, 0]), [0, 2], a, { ...options, rtol: 1e-8 }).get(1, 0);
    const [abar] = gradient(total, swing) as unknown as [NdArray];
    assertClose(sum(mul(abar, swing)), -2 * Math.sin(2), { rtol: 1e-6 });
  });

  test(`${name}: second derivatives of the growth law, in all four pairs of modes`, () => {
    const end = (p: Scalar): Scalar => odeint(growth, 2, [0, 1.5], p, tight).get(1);
    const expected = 2 * 1.5 ** 2 * Math.exp(1.5 * 0.3);
    const slopes = [
      (p: Scalar): Scalar => derivative(end, p) as unknown as Scalar,
      (p: Scalar): Scalar => gradient(end as never, p)[0] as unknown as Scalar,
    ];
    for (const slope of slopes) {
      assertClose(derivative(slope, 0.3), expected, { rtol: 1e-7 });
      assertClose(gradient(slope, 0.3)[0], expected, { rtol: 1e-7 });
    }
  });

  test(`${name}: structures, lists of times and the parameters of a callable receive their own`, () => {
    const f = callable({ rate: 0.5 }, (own: { rate: Scalar }, y: { n: Scalar }, _: Scalar, p: { k: AnyArray; name: string }) => ({
      n: mul(mul(own.rate, p.k.get(0)), y.n),
    }));
    const total = (g: typeof f, y0: { n: Scalar }, t: Scalar[], p: { k: AnyArray; name: string }): Scalar =>
      (odeint(g as never, y0, t, p, tight) as { n: Scalar }[])[1]?.n as Scalar;
    const args = [f, { n: 3 }, [1, 2], { k: array([2, 7]), name: "x" }];
    const bars = (gradient as AnyFunction)(total, ...args);
    const e = 3 * Math.E;
    assertClose(bars[0], { rate: 2 * e }, { rtol: 1e-7 });
    assertClose(bars[1], { n: Math.E }, { rtol: 1e-7 });
    assertClose(bars[2], [-e, e], { rtol: 1e-7 });
    assertClose(toNested(bars[3].k), [0.5 * e, 0], { rtol: 1e-7 });
    assert.is(bars[3].name, NoTangent);
  });

  test(`${name}: an f that closes over what an outer call traces differentiates by it`, () => {
    // ∂/∂q exp(w q) = w exp(w q), then by w.
    const end = (w: Scalar) => (q: Scalar) =>
      odeint(((y: Scalar, _: Scalar, r: Scalar) => mul(mul(w, r), y)) as never, 1, [0, 1], q, tight).get(1);
    const slope = (w: Scalar): Scalar => gradient(end(w) as never, 0.5)[0] as unknown as Scalar;
    const expected = Math.exp(0.15) * 1.15;
    assertClose(derivative(slope, 0.3), expected, { rtol: 1e-8 });
    assertClose(gradient(slope, 0.3)[0], expected, { rtol: 1e-8 });
    fails(
      () => gradient((w) => end(w)(w), 0.3),
      NotTraceableError,
      "odeint: its rule, or a function it was handed, closes over a traced value",
    );
    fails(() => gradient((w) => end(w)(1), 0.3), NotTraceableError, "pass that value in params, odeint(f, y0, ts, params)");
  });

  test(`${name}: the protocol, with one entry for each argument that was given`, () => {
    assert.ok(hasRule(odeint, growth, 1, ts, 1));
    const pull = (...args: unknown[]): unknown[] => (rrule as AnyFunction)(odeint, ...args)[1](array([1, 1, 1, 1]));
    const all = pull(growth, 2, ts, -0.5, tight);
    assert.equal([all.length, all[0], all[1], all[5]], [6, NoTangent, NoTangent, NoTangent]);
    const integers = pull((y: AnyArray) => y, array(1, { dtype: "int32" }), array([0, 1, 2, 3], { dtype: "int32" }), undefined, tight);
    assert.equal(integers, [NoTangent, NoTangent, NoTangent, NoTangent, NoTangent, NoTangent]);
    assert.is(pull(growth, 2, ts, -0.5).length, 5);
  });
}

/** A damped pendulum that is pushed. */
const pendulum = (y: { angle: Scalar; speed: Scalar }, t: Scalar, p: { g: Scalar; push: Scalar }) => ({
  angle: y.speed,
  speed: sub(mul(p.push, sin(t)), add(mul(p.g, sin(y.angle)), mul(0.125, y.speed))),
});

test("the two ways agree: gradients and Hessians times a vector, by state, times and parameters, to the tolerances", () => {
  const total = (adjoint: boolean) => (v: AnyArray) => {
    const [angle, speed, t1, t2, g, push] = [0, 1, 2, 3, 4, 5].map((k) => v.get(k)) as [Scalar, Scalar, Scalar, Scalar, Scalar, Scalar];
    const states = odeint(pendulum as never, { angle, speed }, [0, t1, t2] as Scalar[], { g, push }, { adjoint, rtol: 1e-8 }) as {
      angle: Scalar;
      speed: Scalar;
    }[];
    return states.reduce((s: Scalar, y, k) => add(s, mul(k + 1, mul(y.angle, y.speed))), 0);
  };
  const v = array([1, 0.5, 0.75, 2, 3, 0.5]);
  const discrete = toNested(gradient(total(false), v)[0]);
  assertClose(toNested(gradient(total(true), v)[0]), discrete, { rtol: 1e-6 });
  const direction = array([1, -0.5, 2, 0.25, -1, 1]);
  const second = toNested(hvp(total(false), v, direction));
  assertClose(toNested(hvp(total(true), v, direction)), second, { rtol: 1e-5 });
  assertClose(toNested(vhp(total(false), direction, v)), second, { rtol: 1e-11 });
  assertClose(toNested(vhp(total(true), direction, v)), second, { rtol: 1e-5 });
});

test("the discrete way is the derivative of what was computed: at loose tolerances its two modes still agree to rounding", () => {
  const end = (v: AnyArray): AnyArray => odeint(linear, v, [0, 3], swing, { rtol: 1e-3, atol: 1e-3 }).pick(1);
  const [forward, reverse] = (["forward", "reverse"] as const).map(
    (mode) => toNested(jacobian(end as never, array([1, 0.5]), { mode }) as NdArray) as number[][],
  );
  assertClose(forward, reverse, { rtol: 1e-13 });
  const turned = [
    [Math.cos(3), Math.sin(3)],
    [-Math.sin(3), Math.cos(3)],
  ];
  assertClose(forward, turned, { rtol: 1e-2 });
  assert.throws(() => assertClose(forward, turned, { rtol: 1e-5 }));
});

test("values are the same whether or not something is traced, to the last bit", () => {
  const plain = toNested(odeint(linear, array([1, 0.5]), ts, swing));
  const seen: unknown[] = [];
  const watched = (v: AnyArray): Scalar => {
    const y = odeint(linear, v, ts, swing) as AnyArray;
    seen.push(toNested(primal(y)));
    return sum(y);
  };
  gradient(watched, array([1, 0.5]));
  pushforward(watched as never, [array([1, 0.5])], [array([1, 0])]);
  hessian(watched, array([1, 0.5]));
  for (const y of seen) assert.equal(y, plain);
});

test("the adjoint keeps nothing of the way: its tape does not grow with the steps", () => {
  const sizeOf = (adjoint: boolean, end: number): number => {
    let largest = 0;
    const f = (y: Scalar, _: Scalar, p: Scalar): Scalar => {
      const slope = mul(p, y);
      if (typeof slope !== "number")
        largest = Math.max(largest, (slope as unknown as { level: { tape: { size: number } } }).level.tape.size);
      return slope;
    };
    gradient((p) => odeint(f, 1, [0, end], p, { adjoint }).get(1), -1);
    return largest;
  };
  assert.ok(sizeOf(false, 4) > 2 * sizeOf(false, 1));
  assert.is(sizeOf(true, 4), sizeOf(true, 1));
});

test("a chemical reaction whose rates lie far apart is followed", () => {
  // a → b → c, rates 100 and 1.
  const f = (y: AnyArray, _: Scalar, k: AnyArray): AnyArray => {
    const [first, second] = [mul(k.get(0), y.get(0)), mul(k.get(1), y.get(1))];
    return add(mul(first, array([-1, 1, 0])), mul(second, array([0, -1, 1])));
  };
  const end = (k: AnyArray): Scalar => odeint(f, array([1, 0, 0]), [0, 1], k, { rtol: 1e-9 }).get(1, 2);
  const exact = (p: number, q: number): number => 1 - (p * Math.exp(-q) - q * Math.exp(-p)) / (p - q);
  assertClose(end(array([100, 1])), exact(100, 1), { rtol: 1e-8 });
  const h = 1e-4;
  const slopes = [(exact(100 + h, 1) - exact(100 - h, 1)) / (2 * h), (exact(100, 1 + h) - exact(100, 1 - h)) / (2 * h)];
  assertClose(toNested(gradient(end, array([100, 1]))[0]), slopes, { rtol: 1e-5 });
});

test("times from linspace differentiate on to its ends", () => {
  const end = (stop: Scalar): Scalar => odeint(growth, 1, linspace(0, stop, 5) as AnyArray, 1).get(4);
  assertClose(derivative(end, 2), Math.exp(2), { rtol: 1e-7 });
  assertClose(gradient(end, 2)[0], Math.exp(2), { rtol: 1e-7 });
});

const loosely = odeint as AnyFunction;
refused([
  [() => loosely(3, 1, ts), TypeError, "odeint: f is a number; give a function, (y, t, params) => dy/dt"],
  [() => loosely(growth, "1", ts), TypeError, "odeint: y0 is a string; give a number, an array, or a structure of them"],
  [() => loosely(growth, 1, 3), TypeError, "odeint: ts is a number; give an array of times, or a list of them"],
  [() => loosely(growth, 1, array([[1]])), RangeError, "odeint: ts is an array of shape [1, 1]; give a vector of times"],
  [() => loosely(growth, 1, []), RangeError, "odeint: ts is empty; give at least the time of y0"],
  [() => loosely(growth, 1, [0, 1, 1], 1), RangeError, "odeint: ts has 1 at place 2 after 1; give finite times that increase"],
  [() => loosely(growth, 1, [0, -1], 1), RangeError, "odeint: ts has -1 at place 1 after 0; give finite times that increase"],
  [() => loosely(growth, 1, [Number.NaN], 1), RangeError, "odeint: ts has NaN at place 0; give finite times that increase"],
  [() => loosely(growth, 1, [0, "1"], 1), TypeError, "odeint: ts has a string at place 1; give numbers"],
  [() => loosely(growth, 1, ts, 1, { rtol: -1 }), RangeError, "odeint: rtol = -1; give a number of at least 0"],
  [() => loosely(growth, 1, ts, 1, { rtol: 0 }), RangeError, "odeint: rtol = 0 is less than rounding; give at least 1e-14"],
  [() => loosely(growth, 1, ts, 1, { atol: Number.NaN }), RangeError, "odeint: atol = NaN; give a number of at least 0"],
  [() => loosely(growth, 1, ts, 1, { adjoint: 1 }), TypeError, "odeint: adjoint is 1; give true or false"],
  [
    () => loosely(() => array([1]), 1, ts),
    TypeError,
    "odeint: f returned an array of shape [1] where y is a number; return dy/dt, of the structure of y",
  ],
  [
    () => loosely(() => ({ a: 1 }), { a: 1, b: [2] }, ts),
    TypeError,
    "odeint: f returned undefined where y.b is a list of length 1; return dy/dt, of the structure of y",
  ],
  [() => loosely(() => Number.NaN, 1, ts), RangeError, "odeint: y0, or f there, is not finite; start where f is"],
]);

test("a solution that ends before the last time is an error that says where", () => {
  assert.throws(
    () => odeint((y: Scalar) => mul(y, y), 1, [0, 2]),
    (e: Error) => {
      const at = /^odeint: steps become too small at t = (\S+): the solution ends there, or f is not smooth;/.exec(e.message);
      return e instanceof RangeError && Math.abs(Number(at?.[1]) - 1) < 1e-6;
    },
  );
  assert.throws(() => odeint((y: Scalar) => exp(mul(1e9, y)), 0, [0, 1]), RangeError);
});

test("a stiff problem is an error after so many steps", () => {
  assert.throws(
    () => odeint((y: Scalar) => mul(-1e7, y), 1, [0, 100]),
    (e: Error) =>
      e instanceof RangeError &&
      /^odeint: 100000 steps end at t = .*; the problem is stiff, or too long: integrate less far/.test(e.message),
  );
});

test.run();
