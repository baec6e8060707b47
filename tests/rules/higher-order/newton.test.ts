import { test } from "uvu";
import * as assert from "uvu/assert";
import { iterated, newton, type SearchSettings } from "../../../rules/higher-order/newton.js";

const settings: SearchSettings = { tol: 1e-12, maxIterations: 100, epsilon: Number.EPSILON };
const at = (...entries: number[]): Float64Array => Float64Array.from(entries);

/** The root of a function of one number. */
const rootOf = (f: (x: number) => number, start: number): number =>
  newton("root", (x) => at(f(x[0] as number)), at(start), settings)[0] as number;

const close = (got: number, expected: number, rtol = 4e-16): void => {
  assert.ok(Math.abs(got - expected) <= rtol * Math.abs(expected), `${got}, expected ${expected}`);
};

test("roots of one number, to the last digits: far starts, steep and flat functions", () => {
  close(
    rootOf((x) => x * x - 2, 1),
    Math.SQRT2,
  );
  close(
    rootOf((x) => x - Math.cos(x), 1),
    0.7390851332151607,
  );
  assert.is(rootOf(Math.atan, 3), 0);
  close(
    rootOf((x) => Math.tanh(x) - 0.999, 0),
    Math.atanh(0.999),
    1e-13,
  );
  assert.is(
    rootOf((x) => Math.sqrt(x) - 2, 1e-4),
    4,
  );
});

test("the scale of x is not taken for 1: tiny roots have their digits too", () => {
  close(
    rootOf((x) => Math.log(x) + 30, 1e-12),
    Math.exp(-30),
    1e-14,
  );
  close(
    rootOf((x) => Math.sin(x / 1e-10) - 0.5, 1e-11),
    1e-10 * Math.asin(0.5),
    1e-14,
  );
  assert.is(
    rootOf((x) => x - 1e-9, 5),
    1e-9,
  );
});

test("a difference that drowns in the rounding of f is taken over a larger step", () => {
  for (const p of [1e8, 1e12, 1e15]) {
    assert.is(
      rootOf((x) => x - p, 1),
      p,
    );
    close(
      rootOf((x) => x * x - p, 1),
      Math.sqrt(p),
    );
  }
  assert.equal(
    newton("root", ([a, b]: Float64Array) => at((a as number) - 1e12, 3 * (b as number) - (a as number)), at(1, 1), settings),
    at(1e12, 1e12 / 3),
  );
  // Of a function that does not move there is no direction, at whatever step.
  assert.throws(() => rootOf((x) => 1e12 + 0 * x, 1), /singular after 0 steps/);
});

test("systems: Rosenbrock's, Powell's badly scaled one, and a helical valley", () => {
  const rosenbrock = ([a, b]: Float64Array): Float64Array => at(1 - (a as number), 10 * ((b as number) - (a as number) ** 2));
  assert.equal(newton("root", rosenbrock, at(-1.2, 1), settings), at(1, 1));
  const powell = ([a, b]: Float64Array): Float64Array =>
    at(1e4 * (a as number) * (b as number) - 1, Math.exp(-(a as number)) + Math.exp(-(b as number)) - 1.0001);
  const [a, b] = newton("root", powell, at(0, 1), settings) as unknown as [number, number];
  close(a, 1.0981593296999222e-5, 1e-10);
  close(b, 9.106146739866608, 1e-10);
  const helical = ([p, q, r]: Float64Array): Float64Array => {
    const turn = Math.atan2(q as number, p as number) / (2 * Math.PI);
    return at(10 * ((r as number) - 10 * turn), 10 * (Math.hypot(p as number, q as number) - 1), r as number);
  };
  const x = newton("root", helical, at(-1, 1e-4, 0), settings);
  assert.ok(Math.max(...helical(x).map(Math.abs)) < 1e-14);
});

test("a double root and a triple one are found as far as they can be", () => {
  assert.ok(Math.abs(rootOf((x) => (x - 1) ** 2, 3) - 1) < 1e-7);
  assert.ok(Math.abs(rootOf((x) => x ** 3, 1)) < 1e-11);
});

test("no root: an error that says where it ended", () => {
  for (const start of [0.7, 0, 3, -20]) {
    assert.throws(
      () => rootOf((x) => x * x + 1, start),
      (e: Error) =>
        e instanceof RangeError && /^root: (the jacobian of f is singular|stuck) after \d+ steps, where \|f\| = \d/.test(e.message),
    );
  }
  assert.throws(() => rootOf(() => Number.NaN, 1), /^root: f is not finite at x0; start where it is$/);
  assert.throws(() => rootOf(() => 1, 1), /the jacobian of f is singular after 0 steps, where \|f\| = 1; start elsewhere/);
  assert.throws(
    () => newton("root", (x) => x.map((e) => e ** 9), at(1), { ...settings, maxIterations: 5 }),
    /^root: not converged after 5 steps: \|f\| = \S+, the last step was \S+; start nearer, or raise tol or maxIterations$/,
  );
});

test("nothing unknown is solved at once", () => {
  assert.equal(
    newton("root", (x) => x, at(), settings),
    at(),
  );
});

/** The fixed point of a function of one number. */
const fixedPointOf = (f: (x: number) => number, start: number, tol = 1e-12): number =>
  iterated("fixedPoint", (x) => at(f(x[0] as number)), at(start), { tol, maxIterations: 10_000, epsilon: Number.EPSILON })[0] as number;

test("fixed points: fast and slow contractions, within the tolerance of the solution and not of the last step", () => {
  close(fixedPointOf(Math.cos, 1), 0.7390851332151607, 1e-12);
  close(
    fixedPointOf((x) => 0.5 * (x + 2 / x), 1),
    Math.SQRT2,
  );
  for (const rate of [0.9, 0.99, -0.99]) {
    close(
      fixedPointOf((x) => 1 + rate * (x - 1), 5, 1e-8),
      1,
      1.5e-8,
    );
  }
  assert.is(
    fixedPointOf(() => 3, 1),
    3,
  );
});

test("steps within the tolerance that shrink no more are rounding", () => {
  let turn = 0;
  const noisy = (x: number): number => 0.5 * x + 1 + 1e-9 * (turn++ % 2);
  close(fixedPointOf(noisy, 5, 1e-8), 2, 1e-8);
});

test("an iteration that leaves the numbers, or does not settle, is an error", () => {
  assert.throws(
    () => fixedPointOf((x) => 2 * x, 1),
    /^fixedPoint: the iteration is not finite after 1024 steps; f must contract: start nearer, or use root$/,
  );
  assert.throws(
    () => fixedPointOf((x) => 1 - x, 0.3),
    /^fixedPoint: not settled after 10000 steps, the last of which was 0\.3\d*; f must contract: start nearer, raise tol or maxIterations, or use root$/,
  );
});

test.run();
