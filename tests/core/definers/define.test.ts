import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyFunction,
  add,
  clip,
  defineRule,
  derivative,
  frule,
  gradient,
  hasRule,
  mul,
  NoTangent,
  neg,
  optOut,
  rrule,
  ruleOf,
  type Scalar,
  scalarRule,
  sin,
  traced,
  where,
} from "../../../lib/index.js";
import { fails } from "../../helpers/fails.js";

test("the name is the function's, unless the options give another one", () => {
  function halve(x: number): number {
    return x / 2;
  }
  assert.is(scalarRule(halve, () => [0.5]).name, "halve");
  const named = scalarRule(
    (x: number) => x / 2,
    () => [0.5],
    { name: "half" },
  );
  assert.is(named.name, "half");
  assert.is(ruleOf(named)?.name, "half");
  assert.is(defineRule((x: number) => x, { frule: ([, dx], x) => [x, dx] }, { name: "same" }).name, "same");
});

test("ruleOf knows the rule by the differentiable function and by the raw one", () => {
  const raw = (x: number): number => x * x;
  const square = scalarRule(raw, (_, x) => [mul(2, x)], { name: "squared" });
  assert.is(ruleOf(square), ruleOf(raw));
  assert.is(ruleOf(square)?.primal, raw);
  assert.is(ruleOf(square)?.definer, "scalarRule");
  assert.is(
    ruleOf((x: number) => x),
    undefined,
  );
  assert.is(ruleOf(undefined as never), undefined);
  assert.equal(rrule(raw, 3)?.[1](1), [NoTangent, 6]);
});

test("the built-in functions' raw functions have their rules: Math.sin", () => {
  const [y, back] = rrule(Math.sin, 1) as [number, (ybar: number) => unknown[]];
  assert.is(y, Math.sin(1));
  assert.equal(back(2), [NoTangent, 2 * Math.cos(1)]);
  assert.equal(frule([NoTangent, 2], Math.sin, 1), [Math.sin(1), 2 * Math.cos(1)]);
});

test("a function without rule has none: frule and rrule give undefined", () => {
  const f = (x: Scalar): Scalar => mul(x, x);
  assert.is(frule([NoTangent, 1], f, 1), undefined);
  assert.is(rrule(f, 1), undefined);
  assert.not(hasRule(f));
  assert.ok(hasRule(sin));
  assert.ok(hasRule(Math.sin, 1));
});

test("a second rule for one raw function throws, unless it replaces the first", () => {
  const raw = (x: number): number => 5 * x;
  const first = scalarRule(raw, () => [5], { name: "five" });
  fails(() => scalarRule(raw, () => [6], { name: "six" }), TypeError, "six", "replace: true");
  assert.equal(rrule(raw, 1)?.[1](1)[1], 5);
  const second = scalarRule(raw, () => [7], { name: "seven", replace: true });
  assert.equal(rrule(raw, 1)?.[1](1)[1], 7);
  assert.equal([gradient(first, 1), gradient(second, 1)], [[5], [7]]);
});

test("a rule for a function that has one cannot be given through the differentiable function either", () => {
  fails(() => defineRule(sin, { frule: ([, dx], x) => [x, dx] }), TypeError, "replace: true");
});

test("traced sets the rule aside: engines trace through the primal", () => {
  const wrong = defineRule((x: Scalar): Scalar => mul(x, x), { rrule: (x) => [mul(x, x), () => [NoTangent, 1000]] }, { name: "wrong" });
  assert.equal(gradient(wrong, 3), [1000]);
  assert.equal(gradient(traced(wrong), 3), [6]);
  fails(() => traced((x: number) => x), TypeError, "traced", "no rule");
});

test("optOut makes the rule step aside where the predicate says so", () => {
  const wrong = defineRule((x: Scalar): Scalar => mul(x, x), {
    frule: ([, dx], x) => [mul(x, x), mul(1000, dx)],
    rrule: (x) => [mul(x, x), () => [NoTangent, 1000]],
  });
  assert.is(
    optOut(wrong, (x) => (x as number) > 0),
    wrong,
  );
  assert.not(hasRule(wrong, 1));
  assert.ok(hasRule(wrong, -1));
  assert.ok(hasRule(wrong));
  assert.is(rrule(wrong, 1), undefined);
  assert.is(frule([NoTangent, 1], wrong, 1), undefined);
  assert.is.not(rrule(wrong, -1), undefined);
  optOut(wrong, (x) => (x as number) < -5);
  assert.not(hasRule(wrong, -6));
  assert.ok(hasRule(wrong, -1));
  fails(
    () =>
      optOut(
        (x: number) => x,
        () => true,
      ),
    TypeError,
    "optOut",
    "no rule",
  );
});

test("optOut holds for every definer, scalar rules included, in both modes", () => {
  const f = scalarRule(((x: Scalar) => mul(x, x)) as (x: number) => number, () => [1000], { name: "f" });
  const g = scalarRule(((x: Scalar, y: Scalar) => mul(x, y)) as (x: number, y: number) => number, () => [1000, 1000], { name: "g" });
  const always = (): boolean => true;
  optOut(f, always);
  optOut(g, always);
  assert.equal([gradient(f, 3), derivative(f, 3)], [[6], 6]);
  assert.equal(gradient(g, 3, 4), [4, 3]);
  assert.is(
    derivative((x) => g(x, 4) as Scalar, 3),
    4,
  );
  assert.is(f(3), 9);
});

test("optOut is refused where a function is written out and would not ask; a dispatch that takes the rule may ask", () => {
  for (const written of [add, mul, neg, sin, clip, where] as AnyFunction[]) {
    fails(() => optOut(written, () => true), TypeError, `optOut: ${written.name} is written out`, "opt out of a function around it");
    assert.ok(hasRule(written));
  }
  const asking = defineRule(
    (x: Scalar): Scalar => mul(x, x),
    { rrule: (x) => [mul(x, x), () => [NoTangent, 1000]] },
    {
      name: "asking",
      dispatch: (general, rule) => ((x: Scalar) => (rule.stepsAside === undefined && x === 0 ? 0 : general(x))) as typeof general,
    },
  );
  assert.equal(gradient(asking, 3), [1000]);
  optOut(asking, () => true);
  assert.equal(gradient(asking, 3), [6]);
});

test.run();
