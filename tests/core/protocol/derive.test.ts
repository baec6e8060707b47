import { test } from "uvu";
import * as assert from "uvu/assert";
import { type AnyFunction, frule as coreFrule, rrule as coreRrule } from "../../../lib/core/index.js";
import { forwardOperators } from "../../../lib/forward/index.js";
import {
  type AnyArray,
  add,
  array,
  cos,
  defineRule,
  derivative,
  frule,
  gradient,
  hessian,
  jacobian,
  MissingRuleError,
  mul,
  type NdArray,
  NoTangent,
  notImplemented,
  pullback,
  pushforward,
  rrule,
  ruleOf,
  type Scalar,
  sin,
  sum,
  Tangent,
  TangentError,
  toNested,
} from "../../../lib/index.js";
import { reverseOperators } from "../../../lib/reverse/index.js";
import { fails } from "../../helpers/fails.js";
import { warnings } from "../../helpers/warnings.js";

const nested = (x: unknown): unknown => toNested(x as NdArray);

/** x² sin x with one half of a rule, or both. */
const value = (x: Scalar): Scalar => mul(mul(x, x), sin(x));
const slope = (x: Scalar): Scalar => add(mul(mul(2, x), sin(x)), mul(mul(x, x), cos(x)));
const onlyReverse = defineRule(
  (x: Scalar): Scalar => value(x),
  { rrule: (x) => [value(x), (ybar) => [NoTangent, mul(ybar, slope(x))]] },
  { name: "onlyReverse" },
);
const onlyForward = defineRule(
  (x: Scalar): Scalar => value(x),
  { frule: ([, dx], x) => [value(x), mul(dx, slope(x))] },
  { name: "onlyForward" },
);

test("rules say which half is derived", () => {
  assert.equal(ruleOf(onlyReverse)?.derived, ["frule"]);
  assert.equal(ruleOf(onlyForward)?.derived, ["rrule"]);
  assert.equal(ruleOf(sin)?.derived, []);
});

for (const f of [onlyReverse, onlyForward]) {
  test(`${f.name}: both modes give the exact slope`, () => {
    const x = 0.7;
    const exact = slope(x) as number;
    assert.is(derivative(f, x), exact);
    assert.equal(gradient(f, x), [exact]);
    assert.equal(frule([NoTangent, 2], f, x), [value(x), 2 * exact]);
    assert.equal(rrule(f, x)?.[1](2), [NoTangent, 2 * exact]);
  });

  test(`${f.name}: second and third order agree in all modes`, () => {
    const x = 0.7;
    const [s, c] = [Math.sin(x), Math.cos(x)];
    const second = 2 * s + 4 * x * c - x * x * s;
    const third = 6 * c - 6 * x * s - x * x * c;
    const d =
      (g: (y: Scalar) => Scalar) =>
      (y: Scalar): Scalar =>
        derivative(g, y);
    const g =
      (h: (y: Scalar) => Scalar) =>
      (y: Scalar): Scalar =>
        gradient(h, y)[0] as Scalar;
    for (const outer of [d, g]) {
      for (const inner of [d, g]) {
        assert.ok(Math.abs((outer(inner(f))(x) as number) - second) < 1e-13);
        for (const innermost of [d, g]) assert.ok(Math.abs((outer(inner(innermost(f)))(x) as number) - third) < 1e-12);
      }
    }
  });

  test(`${f.name}: deriving one half warns of nothing`, () => {
    assert.equal(
      warnings(() => [derivative(f, 1), gradient(f, 1)]),
      [],
    );
  });
}

test("core's frule and rrule use what is given and derive nothing", () => {
  assert.is(coreFrule([NoTangent, 1], onlyReverse, 1), undefined);
  assert.is(coreRrule(onlyForward, 1), undefined);
  assert.equal(coreRrule(onlyReverse, 2)?.[1](1), [NoTangent, slope(2)]);
  assert.equal(coreFrule([NoTangent, 1], onlyForward, 2), [value(2), slope(2)]);
});

test("an engine used alone differentiates with the halves that are given, and names the one that is missing", () => {
  const forward = forwardOperators(undefined);
  const reverse = reverseOperators(undefined);
  assert.is(forward.derivative(onlyForward, 2), slope(2));
  assert.equal(reverse.gradient(onlyReverse, 2), [slope(2)]);
  assert.equal(reverse.gradient(onlyForward, 2), [slope(2)]);
  fails(() => forward.derivative(onlyReverse, 2), MissingRuleError, "onlyReverse has no frule", "defineRule(onlyReverse, { frule })");
});

test("a derived frule needs no cotangent of an argument that does not move", () => {
  const f = defineRule((x: Scalar, n: Scalar): Scalar => mul(x, n), {
    rrule: (x, n) => [mul(x, n), (ybar) => [NoTangent, mul(ybar, n), notImplemented("∂/∂n")]],
  });
  assert.is(
    derivative((x) => f(x, 3), 2),
    3,
  );
  assert.equal(frule([NoTangent, 1], f, 2, 3), [6, 3]);
  fails(() => derivative((n) => f(2, n), 3), TangentError, "∂/∂n");
});

test("any other error of a pullback passes through: nothing else is tried, nothing is warned of", () => {
  let calls = 0;
  const f = defineRule((x: number): number => x, {
    rrule: (x) => [
      x,
      () => {
        calls++;
        throw new RangeError("the table is empty");
      },
    ],
  });
  assert.equal(
    warnings(() => fails(() => derivative((x) => f(x as number), 1), RangeError, "the table is empty")),
    [],
  );
  assert.is(calls, 1);
});

test("derived halves serve arrays, structures in and out, and arguments that cannot move", () => {
  const parts = (p: { w: AnyArray; b: Scalar }, n: number, name: string): { y: AnyArray; z: Scalar; name: string } => ({
    y: add(mul(p.w, mul(p.w, n)), p.b),
    z: mul(sum(p.w), p.b),
    name,
  });
  const push = (tangents: readonly unknown[], p: never, n: number, name: string): [unknown, unknown] =>
    pushforward((q: never) => parts(q, n, name), [p], [tangents[1]]) as [unknown, unknown];
  const pull = (p: never, n: number, name: string): [unknown, (ybar: unknown) => unknown[]] => {
    const [y, back] = pullback((q: never) => parts(q, n, name), p);
    return [y, (ybar) => [NoTangent, ...(back(ybar) as unknown[]), NoTangent, NoTangent]];
  };
  const byForward = defineRule(parts as AnyFunction, { frule: push as never }, { name: "byForward", replace: true });
  const byReverse = defineRule(parts as AnyFunction, { rrule: pull as never }, { name: "byReverse", replace: true });
  const p = { w: array([1, 2]), b: 3 };
  const dp = new Tangent({ w: array([1, 10]) });
  const ybar = { y: array([1, 10]), z: 100, name: NoTangent };
  for (const f of [byForward, byReverse, traceable(parts)]) {
    const g = (q: typeof p): { y: NdArray; z: Scalar; name: string } => f(q, 2, "s");
    const [, dy] = pushforward(g as never, [p], [dp]) as [unknown, { y: NdArray; z: number; name: unknown }];
    assert.equal([nested(dy.y), dy.z, dy.name], [[4, 80], 33, NoTangent]);
    const [pbar] = pullback(g as never, p)[1](ybar) as unknown as [{ w: NdArray; b: number }];
    assert.equal([nested(pbar.w), pbar.b], [[304, 380], 311]);
  }
});

function traceable(f: AnyFunction): AnyFunction {
  return (...args: unknown[]): unknown => f(...args);
}

test("derived halves give jacobians and Hessians", () => {
  const square = defineRule((x: AnyArray): AnyArray => mul(x, x), {
    rrule: (x) => [mul(x, x), (ybar) => [NoTangent, mul(ybar, mul(2, x))]],
  });
  const x = array([1, 2]);
  const diagonal = [
    [2, 0],
    [0, 4],
  ];
  for (const mode of ["forward", "reverse"] as const) assert.equal(nested(jacobian((a: AnyArray) => square(a), x, { mode })), diagonal);
  for (const mode of ["forward", "reverse"] as const)
    assert.equal(nested(hessian((a: AnyArray) => sum(mul(a, square(a))), x, { mode })), [
      [6, 0],
      [0, 12],
    ]);
});

test("an frule of several results, some of which cannot move, gives an rrule", () => {
  const parts = defineRule(
    (x: AnyArray) => ({ twice: mul(x, 2), both: [sum(x), array([1, 2], { dtype: "int32" }), "word"] as const }),
    {
      frule: ([, dx], x) => [
        { twice: mul(x, 2), both: [sum(x), array([1, 2], { dtype: "int32" }), "word"] },
        { twice: mul(dx, 2), both: [sum(dx), NoTangent, NoTangent] },
      ],
    },
    { name: "parts" },
  );
  const f = (x: AnyArray): Scalar => {
    const { twice, both } = parts(x);
    return add(sum(mul(twice, array([1, 10]))), mul(100, both[0]));
  };
  assert.equal(nested(gradient(f, array([3, 4]))[0]), [102, 120]);
  assert.is(pushforward(f, [array([3, 4])], [array([1, 2])])[1], 342);
  const wrong = defineRule((x: Scalar) => ({ y: mul(x, 2) }), { frule: ([, dx], x) => [{ y: mul(x, 2) }, { z: dx }] }, { name: "wrong" });
  fails(() => gradient((x: Scalar) => wrong(x).y, 1), TangentError, "wrong: tangent of the result", "a part named z");
});

test("one half may close over outer traced values at derived orders: the slope of a slope", () => {
  const at = (c: Scalar, x: number): Scalar => derivative((t) => mul(c, onlyReverse(t)), x);
  assert.equal(
    gradient((c) => at(c, 0.3), 2),
    [slope(0.3)],
  );
});

test.run();
