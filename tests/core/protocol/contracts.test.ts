import { test } from "uvu";
import * as assert from "uvu/assert";
import { type AnyFunction, callable as makeCallable, type Unary } from "../../../lib/core/index.js";
import {
  add,
  array,
  bilinearRule,
  copy,
  defineRule,
  derivative,
  frule,
  gradient,
  linearRule,
  type NdArray,
  NoTangent,
  nonDifferentiable,
  notImplemented,
  pullback,
  pushforward,
  rrule,
  type Scalar,
  scalarRule,
  sin,
  sum,
  Tangent,
  TangentError,
  ZeroTangent,
} from "../../../lib/index.js";
import { fails } from "../../helpers/fails.js";

/** A rule for an array or number in, the same out, whose pullback returns this. */
function returning(cotangents: unknown): AnyFunction {
  return defineRule((x: unknown): unknown => x, { rrule: (x) => [x, () => cotangents as never] }, { name: "f" });
}

/** A rule whose frule returns this. */
function pushing(result: unknown): AnyFunction {
  return defineRule((x: unknown): unknown => x, { frule: () => result as never }, { name: "f" });
}

const two = array([1, 2]);

test("a definer without a function says so", () => {
  fails(() => scalarRule(undefined as never, () => [1]), TypeError, "scalarRule", "first argument", "undefined");
  fails(() => linearRule(3 as never, () => 1), TypeError, "linearRule", "first argument", "a number");
  fails(
    () =>
      bilinearRule(
        null as never,
        () => 1,
        () => 1,
      ),
    TypeError,
    "bilinearRule",
    "first argument",
  );
  fails(() => defineRule("f" as never, { frule: () => [1, 1] }), TypeError, "defineRule", "a string");
  fails(() => nonDifferentiable(undefined as never), TypeError, "nonDifferentiable", "undefined");
  fails(() => makeCallable({ w: 1 }, undefined as never), TypeError, "callable", "second argument");
});

test("a definer without its derivative says so", () => {
  const f = (x: number): number => x;
  fails(() => scalarRule(f, undefined as never), TypeError, "f", "[∂y/∂x, …]");
  fails(() => linearRule(f, undefined as never), TypeError, "f", "(ybar, ...args) => xbar");
  fails(() => bilinearRule(f, () => 1, undefined as never), TypeError, "f", "(ybar, ...args) => xbar");
  fails(() => defineRule(f, {}), TypeError, "f", "neither frule nor rrule");
  fails(() => defineRule(f, undefined as never), TypeError, "f", "neither frule nor rrule");
});

test("a function without name is called (anonymous) in messages", () => {
  const f = defineRule(
    (
      (): AnyFunction => (x: number) =>
        x
    )(),
    { rrule: (x) => [x, () => 1 as never] },
  );
  fails(() => gradient(f, 1), TangentError, "(anonymous)");
});

test("a wrong count of cotangents: too few, too many, none, no list", () => {
  for (const wrong of [[], [NoTangent], [NoTangent, 1, 1]]) {
    fails(() => gradient(returning(wrong), 1), TangentError, "f:", `${wrong.length} cotangents for 1 arguments`, "expected 2", "NoTangent");
    fails(() => rrule(returning(wrong), 1)?.[1](1), TangentError, "f:", `${wrong.length} cotangents for 1 arguments`);
  }
  for (const wrong of [1, undefined, { 0: NoTangent, 1: 1 }])
    fails(() => gradient(returning(wrong), 1), TangentError, "f:", "pullback returned", "[NoTangent, xbar, …]");
});

test("entries left out at the end are filled in for what cannot move, and for options", () => {
  const f = defineRule((x: number, n: boolean, options: { power: number }): number => (n ? x ** options.power : x), {
    rrule: (x, _n, { power }) => [x ** power, (ybar) => [NoTangent, ybar * power * x ** (power - 1)]],
  });
  assert.equal(rrule(f, 3, true, { power: 2 })?.[1](1), [NoTangent, 6, NoTangent, NoTangent]);
  assert.equal(
    gradient((x) => f(x as number, true, { power: 2 }), 3),
    [6],
  );
  const g = defineRule(
    (x: number, y: number): number => x * y,
    { rrule: (x, y) => [x * y, (ybar) => [NoTangent, y * ybar]] },
    { name: "g" },
  );
  fails(() => rrule(g, 2, 3)?.[1](1), TangentError, "g:", "2 cotangents for 2 arguments", "expected 3");
});

test("a cotangent of the wrong shape or kind names the rule, the argument, what came and what was expected", () => {
  fails(
    () => gradient((x) => sum(returning([NoTangent, array([1, 2, 3])])(x)), two),
    TangentError,
    "f: cotangent of argument 1",
    "shape [3]",
    "shape [2]",
  );
  fails(() => gradient((x) => sum(returning([NoTangent, 1])(x)), two), TangentError, "f: cotangent of argument 1", "a number", "shape [2]");
  fails(() => gradient(returning([NoTangent, "s"]), 1), TangentError, "f: cotangent of argument 1", "a string", "a number");
  fails(() => gradient(returning([NoTangent, undefined]), 1), TangentError, "f: cotangent of argument 1", "undefined");
  fails(() => gradient(returning([NoTangent, null]), 1), TangentError, "f: cotangent of argument 1", "null");
});

test("the argument is counted from 1, and a cotangent for a constant is not looked at", () => {
  const f = defineRule(
    (_s: string, a: number, b: number): number => a * b,
    { rrule: (_s, a, b) => [a * b, () => [NoTangent, "junk", "junk", {}]] },
    { name: "f" },
  );
  fails(() => gradient((x) => f("s", 2, x as number), 3), TangentError, "f: cotangent of argument 3", "a record", "a number");
});

test("a half that returns no pair says what it must return", () => {
  for (const wrong of [1, undefined, [1], [1, 2, 3]]) {
    fails(() => derivative(pushing(wrong), 1), TangentError, "f:", "frule returned", "[y, dy]");
    fails(() => frule([NoTangent, 1], pushing(wrong), 1), TangentError, "f:", "frule returned");
  }
  const f = defineRule((x: number): number => x, { rrule: (x) => x as never }, { name: "f" });
  fails(() => gradient(f, 1), TangentError, "f:", "rrule returned a number", "[y, pullback]");
  const g = defineRule((x: number): number => x, { rrule: (x) => [x, 5] as never }, { name: "g" });
  fails(() => gradient(g, 1), TangentError, "g:", "pullback's place", "(ybar) =>");
  fails(() => rrule(g, 1), TangentError, "g:", "pullback's place");
});

test("a tangent of the wrong shape or kind is refused", () => {
  fails(
    () => pushforward(pushing([two, array([1, 2, 3])]), [two], [two]),
    TangentError,
    "f: tangent of the result",
    "shape [3]",
    "shape [2]",
  );
  fails(() => pushforward(pushing([two, "s"]), [two], [two]), TangentError, "f: tangent of the result", "a string");
  fails(() => derivative(pushing([1, array([1, 2])]), 1), TangentError, "f: tangent of the result", "shape [2]", "a number");
  fails(() => derivative(pushing([1, undefined]), 1), TangentError, "f: tangent of the result", "undefined");
  fails(() => derivative(pushing([{ a: 1 }, 1]), 1), TangentError, "f: tangent of the result", "a number", "a record");
  fails(() => derivative(pushing([[1, 2], [1]]), 1), TangentError, "f: tangent of the result", "length 1", "length 2");
});

test("a tangent of a result of several parts may name some of them", () => {
  const f = pushing([{ a: 1, deep: { b: 2 }, c: [3, 4] }, new Tangent({ deep: new Tangent({ b: 5 }), c: [ZeroTangent, 6] })]);
  assert.equal(derivative(f, 1), { a: 0, deep: { b: 5 }, c: [0, 6] });
});

test("a scalar rule with a wrong count of partials says so, in both modes, on numbers and arrays", () => {
  const one = scalarRule((x: number): number => x, (() => 5) as never, { name: "one" }) as Unary;
  const pair = scalarRule((x: number, y: number): number => x * y, (() => [5]) as never, { name: "pair" });
  const runs: (() => unknown)[] = [
    () => gradient(pair, 1, 2),
    () => derivative((x) => pair(x, 2), 1),
    () => derivative((x) => pair(2, x), 1),
  ];
  for (const run of runs) fails(run, TangentError, "pair:", "1 partials for 2 operands");
  fails(() => gradient((x) => sum(pair(x, x)), two), TangentError, "pair:", "1 partials for 2 operands");
  fails(() => pushforward((x) => pair(x, x), [two], [two]), TangentError, "pair:");
  fails(() => gradient(one, 1), TangentError, "one:", "a number for 1 operands");
});

test("elementwise functions refuse what is neither number nor array", () => {
  for (const wrong of [undefined, "2", true, [1, 2]]) {
    fails(() => sin(wrong as never), TypeError, "sin", "argument 1", "a number or an array is needed");
    fails(() => add(1, wrong as never), TypeError, "add", "argument 2");
    fails(() => gradient((x) => add(x, wrong as never) as Scalar, 1), TypeError, "add", "argument 2");
    fails(() => derivative((x) => add(wrong as never, x), 1), TypeError, "add", "argument 1");
  }
});

test("operators refuse what they cannot differentiate, and say what to write", () => {
  fails(() => gradient(3 as never, 1), TypeError, "gradient", "first argument is a number");
  fails(() => derivative(undefined as never, 1), TypeError, "derivative", "first argument");
  fails(() => derivative(sin, two as never), TypeError, "derivative", "shape [2]", "jacobian");
  fails(() => pushforward(sin, [1, 2], [1]), TangentError, "2 arguments and 1 tangents", "one tangent for each argument");
  fails(() => pushforward(sin, 1 as never, [1]), TangentError, "two lists");
  fails(() => pushforward(sin, [1], [undefined]), TangentError, "tangent 1", "undefined");
  fails(() => pushforward((x) => x, [two], [array([1])]), TangentError, "tangent 1", "shape [1]", "shape [2]");
  fails(() => pushforward((x) => x, [two], [array([[1, 1]])]), TangentError, "tangent 1", "shape [1, 2]", "shape [2]");
  fails(() => pullback(sin, 1)[1](two), TangentError, "ybar", "shape [2]", "a number");
  fails(() => pullback((x: NdArray) => copy(x), two as never)[1](1), TangentError, "ybar", "a number", "shape [2]");
  fails(() => pullback((x) => [x, x], 1)[1]([1]), TangentError, "ybar", "length 1", "length 2");
  fails(() => frule([NoTangent, 1, 2], sin, 1), TangentError, "3 tangents for 1 arguments of sin", "[dself, ...dargs]");
});

test("a derivative that is not implemented throws when it is needed, and only then", () => {
  const f = defineRule((x: number, n: number): number => x ** n, {
    frule: ([, dx, dn], x, n) => [x ** n, dn === 0 ? dx * n * x ** (n - 1) : notImplemented("∂f/∂n")],
    rrule: (x, n) => [x ** n, (ybar) => [NoTangent, ybar * n * x ** (n - 1), notImplemented("∂f/∂n")]],
  });
  assert.equal([gradient((x) => f(x as number, 2), 3), derivative((x) => f(x as number, 2), 3)], [[6], 6]);
  fails(() => gradient((n) => f(2, n as number), 3), TangentError, "∂f/∂n");
  fails(() => derivative((n) => f(2, n as number), 3), TangentError, "∂f/∂n");
});

test("an empty list of cotangents is refused where no argument could move, too: there is none for f itself", () => {
  const named = defineRule((name: string): number => name.length, { rrule: (name) => [name.length, () => [] as never] }, { name: "named" });
  fails(() => rrule(named, "abc")?.[1](1), TangentError, "named:", "0 cotangents for 1 arguments", "expected 2");
});

test.run();
