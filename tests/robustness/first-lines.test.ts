import ndarray from "ndarray";
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  array,
  gradient,
  hvp,
  mul,
  type NdArray,
  NotTraceableError,
  pullback,
  pushforward,
  rrule,
  type Scalar,
  sin,
  sum,
  TangentError,
  vhp,
  withGradient,
  zeros,
} from "../../lib/index.js";
import { loosely } from "./bad.js";

const v = array([1, 2, 3]);
const said = (f: () => unknown, kind: typeof TypeError | typeof TangentError, message: string): void =>
  assert.throws(f, (error: unknown) => error instanceof kind && error.message === message);

test("an operator without arguments says that there is nothing to differentiate by", () => {
  const f = (): number => 1;
  for (const [name, operator] of Object.entries({ gradient, withGradient, pullback }))
    said(
      () => loosely(operator as never)(f),
      TypeError,
      `${name}: there is nothing to differentiate by; give the arguments of f behind it, ${name}(f, x)`,
    );
  said(
    () => pushforward(f, [], []),
    TypeError,
    "pushforward: there is nothing to differentiate by; give the arguments of f and their tangents, pushforward(f, [x], [dx])",
  );
  for (const [name, operator] of Object.entries({ hvp, vhp })) {
    said(
      () => loosely(operator as never)(f),
      TypeError,
      `${name}: x is undefined; give what f is differentiated by, a number, an array or a structure of them`,
    );
  }
  assert.equal(
    gradient(() => 1, 2),
    [0],
  );
});

test("an ndarray over a list of traced numbers names stack, in both modes", () => {
  const list = (x: AnyArray): AnyArray => ndarray([x.get(0), 1] as never, [2]) as unknown as AnyArray;
  for (const f of [(x: AnyArray): Scalar => sum(list(x)), (x: AnyArray): Scalar => mul(2, list(x)).get(0)]) {
    const message = /array that has a traced number as an entry; array\(\[…\]\) and stack\(\[…\]\) make one of traced numbers$/;
    assert.throws(() => gradient(f, v), message);
    assert.throws(() => pushforward(f, [v], [v]), message);
  }
});

test("operators of JavaScript on traced values end in an error that is a TypeError too", () => {
  for (const f of [(a: never) => a * (2 as never), (a: never) => (a < 1 ? 1 : 0), (a: never) => `${a}`, (a: never) => Math.sin(a)]) {
    assert.throws(
      () => loosely(gradient as never)(f, 2),
      (error: unknown) => error instanceof NotTraceableError && error instanceof TypeError && error.name === "NotTraceableError",
    );
  }
});

test("a seed or tangent is of the value's own shape: one that would only be summed down, or repeated, is refused", () => {
  const down = zeros([2, 3]);
  const backs: Record<string, (ybar: unknown) => unknown> = {
    "pullback of an array": pullback((x) => mul(x, 2), v)[1],
    "pullback of a number": pullback((x) => sum(x), v)[1],
    "pullback of a list": (ybar) => pullback((x: AnyArray) => [mul(x, 2)], v)[1]([ybar]),
    "rrule of an array": (ybar) => rrule(sin, v)?.[1](ybar),
    "rrule of a number": (ybar) => rrule(sum, v)?.[1](ybar),
    pushforward: (dx) => pushforward((x) => x, [v], [dx]),
    hvp: (dx) => hvp((x) => sum(x), v, dx as NdArray),
  };
  for (const [title, back] of Object.entries(backs)) {
    for (const ybar of [down, zeros([1, 3]), zeros(1), zeros([1, 1])])
      assert.throws(
        () => back(ybar),
        (error: unknown) => error instanceof TangentError && /got an array of shape .* expected a/.test(error.message),
        title,
      );
  }
});

test.run();
