import { test } from "uvu";
import * as assert from "uvu/assert";
import { add, derivative, div, gradient, mul, pushforward, type Scalar, sub } from "../../lib/index.js";

// Gradients of numbers below a call in forward mode: cotangents that are 0 and move, partials that are infinite and do not.

type Of = (x: Scalar) => Scalar;
const slope = (f: Of, at: number): Scalar => derivative(f as never, at) as Scalar;
const grad = (f: Of, at: number): Scalar => (gradient(f as never, at) as Scalar[])[0] as Scalar;

test("a cotangent of 0 that moves goes on into numbers of another call", () => {
  // f = t s x + t x: by x, then by t, then by s.
  const byT = (s: Scalar): Scalar =>
    slope(
      (t) =>
        grad((x) => {
          const first = mul(t, x);
          const second = mul(s, x);
          return add(mul(t, second), first);
        }, 2),
      0,
    );
  assert.is(byT(5), 6);
  assert.is(slope(byT, 5), 1);
});

test("a cotangent of 0 that moves goes on through both operands", () => {
  // f = t (x / (1 + x) − x x): by x at 1, ¼ − 2, times t.
  const f = (t: Scalar): Scalar => grad((x) => mul(t, sub(div(x, add(1, x)), mul(x, x))), 1);
  assert.is(slope(f, 0), 0.25 - 2);
});

test("an infinite partial does not spoil what does not move: of either operand", () => {
  for (const turned of [false, true]) {
    const f = (a: Scalar, b: Scalar, c: Scalar): Scalar => add(turned ? mul(b, div(1, b)) : div(a, b), mul(c, c));
    const slopes = (...at: Scalar[]): Scalar[] => gradient(f as never, ...(at as never[])) as Scalar[];
    const [, dy] = pushforward(slopes as never, [1, 1e-200, 3] as never, [0, 0, 1] as never) as unknown as [unknown, number[]];
    assert.equal(
      dy.map((entry) => entry + 0),
      [0, 0, 2],
    );
  }
});

test.run();
