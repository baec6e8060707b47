// Tests: root, implicit, precision.
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
  exp,
  gradient,
  hasRule,
  hessian,
  jacobian,
  matmul,
  mul,
  type NdArray,
  NoTangent,
  NotTraceableError,
  type Operand,
  primal,
  pushforward,
  root,
  rrule,
  type Scalar,
  sin,
  sub,
  sum,
  toNested,
  vhp,
  ZeroTangent,
  zeros,
} from "../../../lib/index.js";
import { assertClose } from "../../../lib/testing/index.js";
import { fails } from "../../helpers/fails.js";
import { refused } from "../../helpers/refused.js";

const square = (x: Operand, p: Operand): Operand => sub(mul(x, x), p);
const sqrt = (p: Scalar): Scalar => root(square as never, 1, p);

test("a square root: value and four orders of derivatives, by forward mode alone", () => {
  assert.is(root(square, 1, 2), Math.SQRT2);
  let f: (p: Scalar) => Scalar = sqrt;
  let factor = 1;
  for (let order = 1; order <= 4; order++) {
    const before = f;
    f = (p) => derivative(before, p) as unknown as Scalar;
    factor *= 1.5 - order;
    assertClose(primal(f(2)), factor * 2 ** (0.5 - order), { rtol: 1e-14 });
  }
});

test("the four pairs of modes at second order", () => {
  const expected = -0.25 * 2 ** -1.5;
  const bySlope = (p: Scalar): Scalar => derivative(sqrt, p) as unknown as Scalar;
  const byGradient = (p: Scalar): Scalar => gradient(sqrt as never, p)[0] as unknown as Scalar;
  for (const first of [bySlope, byGradient]) {
    assertClose(derivative(first, 2), expected, { rtol: 1e-14 });
    assertClose(gradient(first, 2)[0], expected, { rtol: 1e-14 });
  }
});

test("three calls of reverse mode, one inside the other", () => {
  const inside = (f: (p: Scalar) => Scalar) => (p: Scalar) => gradient(f as never, p)[0] as unknown as Scalar;
  assertClose(gradient(inside(inside(sqrt)), 2)[0], 0.375 * 2 ** -2.5, { rtol: 1e-13 });
});

test("Kepler's equation: the partials by both parameters in closed form", () => {
  const anomaly = (p: { e: Scalar; m: Scalar }): Scalar => root((x: Scalar, q: typeof p) => sub(sub(x, mul(q.e, sin(x))), q.m), 1, p);
  const e = anomaly({ e: 0.4, m: 1.2 }) as number;
  assertClose(e - 0.4 * Math.sin(e), 1.2, { rtol: 1e-15 });
  const slope = 1 / (1 - 0.4 * Math.cos(e));
  const [bar] = gradient(anomaly as never, { e: 0.4, m: 1.2 }) as unknown as [{ e: number; m: number }];
  assertClose(bar, { e: slope * Math.sin(e), m: slope }, { rtol: 1e-14 });
  assertClose(pushforward(anomaly as never, [{ e: 0.4, m: 1.2 }], [{ e: 1, m: 0 }])[1], bar.e, { rtol: 1e-14 });
});

test("a linear system: the solution's jacobian is the inverse", () => {
  const a = array([
    [3, 1, 0.5],
    [-1, 2, 0],
    [0.25, 0, 4],
  ]);
  const solution = (b: AnyArray): AnyArray => root((x: AnyArray, q: AnyArray) => sub(matmul(a, x), q), zeros(3), b);
  const inverse = jacobian(solution as never, array([1, 2, 3])) as NdArray;
  assertClose(
    toNested(matmul<NdArray>(a, inverse)),
    [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
    { rtol: 1e-13, atol: 1e-13 },
  );
  for (const mode of ["forward", "reverse"] as const) {
    assertClose(toNested(jacobian(solution as never, array([1, 2, 3]), { mode }) as NdArray), toNested(inverse), {
      rtol: 1e-13,
      atol: 1e-14,
    });
  }
});

test("a coupled system by its matrix: Hessians by forward and by reverse over reverse agree with finite differences of a closed form", () => {
  // x² + y² = r, x y = s has x + y = √(r + 2 s).
  const f = (p: AnyArray): Scalar => {
    const x = root(
      (z: AnyArray, q: AnyArray) => {
        const [a, b, r, s] = [z.get(0), z.get(1), q.get(0), q.get(1)];
        const rest = [sub(add(mul(a, a), mul(b, b)), r), sub(mul(a, b), s)];
        return add(mul(rest[0] as Scalar, array([1, 0])), mul(rest[1] as Scalar, array([0, 1])));
      },
      array([2, 0.5]),
      p,
    );
    return sum(x);
  };
  const p = array([5, 2]);
  assertClose(f(p), 3, { rtol: 1e-15 });
  assertClose(toNested(gradient(f, p)[0]), [1 / 6, 1 / 3], { rtol: 1e-13 });
  const expected = [
    [-1 / 108, -1 / 54],
    [-1 / 54, -1 / 27],
  ];
  for (const mode of ["forward", "reverse"] as const) assertClose(toNested(hessian(f, p, { mode })), expected, { rtol: 1e-12 });
  assertClose(toNested(vhp(f, array([1, 0]), p)), expected[0], { rtol: 1e-12 });
});

test("the start has no influence: its gradient is 0", () => {
  const x0 = array([1, 2]);
  const total = (start: AnyArray, p: AnyArray): Scalar => sum(root(square as never, start, p) as AnyArray);
  assert.equal(toNested(gradient(total, x0, array([4, 9]))[0]), [0, 0]);
  assert.equal(toNested(gradient((start) => total(start, array([4, 9])), x0)[0]), [0, 0]);
  assert.is(pushforward(total as never, [x0, array([4, 9])], [x0, zeros(2)])[1], 0);
});

test("nothing is unrolled: a gradient calls f on traced values once, however long the search was", () => {
  let traced = 0;
  const f = (x: Scalar, p: Scalar): Scalar => {
    if (typeof p !== "number") traced++;
    return sub(exp(x), p);
  };
  for (const start of [0, 40]) {
    traced = 0;
    assertClose(gradient((p) => root(f, start, p), 3)[0], 1 / 3, { rtol: 1e-14 });
    assert.is(traced, 1);
  }
});

test("x is what it was without derivatives, to the last bit", () => {
  const f = (x: Operand, p: Operand): Operand => sub(mul(x, exp(x)), p);
  const plain = root(f as never, 1, 2);
  const seen: number[] = [];
  const watched = (p: Scalar): Scalar => {
    const x = root(f as never, 1, p) as Scalar;
    seen.push(primal(x));
    return x;
  };
  gradient(watched, 2);
  derivative(watched, 2);
  derivative((p) => derivative(watched, p) as unknown as Scalar, 2);
  gradient(((p: Scalar) => gradient(watched as never, p)[0]) as never, 2);
  assert.equal(seen, [plain, plain, plain, plain]);
});

test("single precision: the result and the cotangents are single, the derivative is that of the solution", () => {
  const p = array([2, 9], { dtype: "float32" });
  const x = root(square as never, array([1, 1], { dtype: "float32" }), p) as unknown as NdArray;
  assert.is(x.dtype, "float32");
  assertClose(toNested(x), [Math.SQRT2, 3], { rtol: 1e-6 });
  const [bar] = gradient((q) => sum(root(square as never, array([1, 1], { dtype: "float32" }), q) as AnyArray), p);
  assert.is(bar.dtype, "float32");
  assertClose(toNested(bar), [Math.SQRT1_2 / 2, 1 / 6], { rtol: 1e-6 });
});

test("where |f| is large beside what a small step changes: x = p, x² = p, eˣ = p from 1, in both kinds of number", () => {
  type Case = readonly [f: (x: Operand, p: Operand) => Operand, solution: (p: number) => number, slope: (p: number) => number];
  const equations: readonly Case[] = [
    [sub, (p) => p, () => 1],
    [square, Math.sqrt, (p) => 0.5 / Math.sqrt(p)],
    [(x, p) => sub(exp(x), p), Math.log, (p) => 1 / p],
  ];
  for (const [f, solution, slope] of equations) {
    const of = (p: Scalar): Scalar => root(f as never, 1, p);
    for (const p of [33, 1e4, 1e8, 1e10, 1e12]) {
      assertClose(of(p), solution(p), { rtol: 4e-16, atol: 0 });
      assertClose(gradient(of, p)[0], slope(p), { rtol: 1e-14, atol: 0 });
      assertClose(derivative(of, p), slope(p), { rtol: 1e-14, atol: 0 });
    }
    const single = (p: AnyArray): Scalar => sum(root(f as never, cast(array([1]), "float32") as never, p as never) as AnyArray) as Scalar;
    for (const p of [33, 34, 100, 1e4, 1e6]) {
      const given = cast(array([p]), "float32");
      assertClose(single(given), solution(p), { rtol: 2e-7, atol: 0 });
      assertClose(gradient(single, given)[0].get(0), slope(p), { rtol: 1e-6, atol: 0 });
      assertClose(jacobian(single, given, { mode: "forward" }).get(0), slope(p), { rtol: 1e-6, atol: 0 });
    }
  }
});

test("the parameters of a callable are parameters", () => {
  const f = callable({ w: 3 }, (own: { w: Scalar }, x: Scalar, p: Scalar) => sub(mul(own.w, mul(x, x)), p));
  const solution = (g: typeof f, p: Scalar): Scalar => root(g as never, 1, p);
  const [fbar, pbar] = gradient(solution as never, f as never, 12) as unknown as [{ w: number }, number];
  assertClose([fbar.w, pbar], [-1 / 3, 1 / 12], { rtol: 1e-14 });
  assertClose(pushforward(solution as never, [f, 12] as never, [{ w: 1 }, 0])[1], -1 / 3, { rtol: 1e-14 });
});

test("the protocol: one entry for f, the start, the parameters and the options", () => {
  assert.ok(hasRule(root, square, 1, 2));
  const [y, back] = rrule(root, square, 1, 4, { tol: 1e-10 }) as [number, (ybar: number) => unknown[]];
  assertClose(y, 2, { rtol: 1e-15 });
  assert.equal(back(8), [NoTangent, NoTangent, ZeroTangent, 2, NoTangent]);
  const [, short] = rrule(root, cos, 1) as [number, (ybar: number) => unknown[]];
  assert.equal(short(1), [NoTangent, NoTangent, ZeroTangent]);
});

/** √(q / w), w closed over. */
const over = (w: Scalar) => (q: Scalar) => root(((x: Scalar, r: Scalar) => sub(mul(w, mul(x, x)), r)) as never, 1, q) as Scalar;

test("an f that closes over what an outer call traces differentiates by it, in all pairs of modes and at second order", () => {
  const expected = -0.25 * 2 ** -0.5 * 3 ** -1.5;
  const second = 0.375 * 2 ** -0.5 * 3 ** -2.5;
  for (const slope of [
    (w: Scalar): Scalar => gradient(over(w) as never, 2)[0] as unknown as Scalar,
    (w: Scalar): Scalar => derivative(over(w), 2) as unknown as Scalar,
  ]) {
    assertClose(derivative(slope, 3), expected, { rtol: 1e-13 });
    assertClose(gradient(slope, 3)[0], expected, { rtol: 1e-13 });
    assertClose(
      derivative((w) => derivative(slope, w) as unknown as Scalar, 3),
      second,
      { rtol: 1e-13 },
    );
    assertClose(gradient((w) => gradient(slope as never, w)[0] as unknown as Scalar, 3)[0], second, { rtol: 1e-13 });
  }
});

test("outer calls that meet in f and in its parameters, one inside the other", () => {
  // ∂q √(q v / w) = ½ √(v / (q w)), then by w, then by v.
  const inner = (v: Scalar, w: Scalar): Scalar => derivative((q) => over(w)(mul(q, v)), 2) as unknown as Scalar;
  const expected = -0.125 * Math.sqrt(1 / (5 * 2 * 27));
  const forward = derivative((v) => derivative((w) => inner(v, w), 3) as unknown as Scalar, 5);
  const reverse = gradient(((v: Scalar) => gradient(((w: Scalar) => inner(v, w)) as never, 3)[0]) as never, 5)[0];
  assertClose(forward, expected, { rtol: 1e-13 });
  assertClose(reverse, expected, { rtol: 1e-13 });
});

test("an f that closes over what the running call traces is an error with the cure", () => {
  const passed =
    "root: its rule, or a function it was handed, closes over a traced value of the call that is running; pass that value as an argument";
  const closed =
    "root: f closes over a traced value, by which x could not be differentiated; pass that value in params, root(f, x0, params)";
  const both = (p: Scalar): Scalar => over(p)(p);
  const alone = (p: Scalar): Scalar => over(p)(2);
  for (const [f, message] of [
    [both, passed],
    [alone, closed],
  ] as const) {
    fails(() => gradient(f, 2), NotTraceableError, message);
    fails(() => derivative(f, 2), NotTraceableError, message);
  }
});

test("where the jacobian is singular at the root, there is a value and no derivative", () => {
  const cubic = (x: Scalar, p: Scalar): Scalar => sub(mul(x, mul(x, x)), p);
  assert.is(root(cubic, 0, 0), 0);
  const message = "root: the jacobian of the equation is singular at its solution, which has no derivative there";
  fails(() => gradient((p) => root(cubic, 0, p), 0), RangeError, message);
  fails(() => derivative((p) => root(cubic, 0, p), 0), RangeError, message);
});

test("arguments are left as they are", () => {
  const x0 = array([1, 2]);
  const p = array([4, 9]);
  gradient((q) => sum(root(square as never, x0, q) as AnyArray), p);
  assert.equal([x0, p], [array([1, 2]), array([4, 9])]);
});

const loosely = root as AnyFunction;
refused([
  [() => loosely(3, 1, 2), TypeError, "root: f is a number; give a function, (x, params) => y"],
  [() => loosely(square, "1", 2), TypeError, "root: x0 is a string; a number or an array is needed"],
  [() => loosely(square, 1, 2, { tol: 0 }), RangeError, "root: tol = 0; give a number greater than 0"],
  [() => loosely(square, 1, 2, { tol: -1 }), RangeError, "root: tol = -1; give a number greater than 0"],
  [() => loosely(square, 1, 2, { tol: "x" }), RangeError, 'root: tol = the string "x"; give a number greater than 0'],
  [() => loosely(square, 1, 2, { maxIterations: 0 }), RangeError, "root: maxIterations = 0; give a number of at least 1"],
  [() => loosely(square, 1, 2, 3), TypeError, "root: the options are a number; give a record, { tol, maxIterations }"],
  [
    () => loosely(() => array([1, 2]), 1, 2),
    TypeError,
    "root: f returned an array of shape [2] where x is a number; return what x is, one equation for each unknown",
  ],
  [
    () => loosely(() => 1, array([1, 2]), 2),
    TypeError,
    "root: f returned a number where x is an array of shape [2]; return what x is, one equation for each unknown",
  ],
  [() => loosely(div, 1, 0), RangeError, "root: f is not finite at x0; start where it is"],
]);

test.run();
