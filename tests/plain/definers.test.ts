import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  add,
  array,
  bilinearRule,
  callable,
  checkpointed,
  cos,
  defineRule,
  derivative,
  fixedPoint,
  frule,
  gradient,
  hasRule,
  linearRule,
  mul,
  NoTangent,
  nonDifferentiable,
  optOut,
  primal,
  pushforward,
  root,
  rrule,
  ruleOf,
  type Scalar,
  scalarRule,
  scan,
  sin,
  traced,
} from "../../lib/index.js";
import { assertClose, crossCheck, testFrule, testRrule, testRule, testScalar } from "../../lib/testing/index.js";
import { evaluate } from "../transform/evaluate.js";

type F = (...args: Scalar[]) => Scalar;
type Numbers = (...args: number[]) => number;

/** A marked function. */
const marked = <T = Numbers>(f: string): T =>
  evaluate<{ f: T }>(`import { differentiable } from "cotangent";\nexport const f = differentiable(${f});`).f;

const slope = (f: unknown, ...args: unknown[]): unknown[] => gradient(f as never, ...(args as [])) as unknown[];
const along = (f: unknown, x: number): unknown => (pushforward(f as never, [x], [1]) as unknown as [unknown, unknown])[1];

const definers = suite("definers on marked functions");

definers("defineRule: the rule of one's own is used in both modes, and set aside it is the marked function again", () => {
  const f = marked("(x: number) => x ** 3");
  const seen: string[] = [];
  const ruled = defineRule(f as unknown as F, {
    frule: ([, dx]: [unknown, Scalar], x: Scalar) => {
      seen.push("frule");
      return [mul(mul(x, x), x), mul(mul(3, mul(x, x)), dx)];
    },
    rrule: (x: Scalar) => {
      seen.push("rrule");
      return [mul(mul(x, x), x), (ybar: Scalar) => [NoTangent, mul(ybar, mul(3, mul(x, x)))]];
    },
  });
  assert.is((ruled as unknown as Numbers)(2), 8);
  assert.equal(seen, []);
  assert.equal(slope(ruled, 2), [12]);
  assert.is(along(ruled, 2), 12);
  assert.equal(seen, ["rrule", "frule"]);
  assert.is(ruleOf(ruled)?.primal, f);
  assert.is(traced(ruled), f as unknown as F);
  seen.length = 0;
  assert.equal(slope(traced(ruled), 2), [12]);
  assert.is(along(traced(ruled), 2), 12);
  assert.is(derivative(((x: Scalar) => derivative(traced(ruled), x)) as never, 2), 12);
  assert.equal(seen, []);
  testRule(ruled, 2);
  testFrule(ruled, 2);
  testRrule(ruled, 2);
});

definers("the raw marked function is a key of its rule", () => {
  const f = marked("(x: number) => x ** 3");
  const ruled = scalarRule(f, (_, x) => [mul(3, mul(x, x))], { name: "cube" });
  assert.ok(hasRule(f) && hasRule(ruled));
  assert.equal(frule([NoTangent, 1], f as unknown as F, 2), [8, 12]);
  const [y, back] = rrule(f as unknown as F, 2) as unknown as [number, (ybar: number) => unknown[]];
  assert.is(y, 8);
  assert.equal(back(1), [NoTangent, 12]);
  assert.throws(() => scalarRule(f, (_, x) => [x]), /has a rule already; pass \{ replace: true \}/);
  assert.equal(slope(f, 2), [12]);
});

definers("without a rule of its own there is none to ask for or to set aside", () => {
  const f = marked("(x: number) => x ** 3");
  assert.is(hasRule(f), false);
  assert.is(ruleOf(f), undefined);
  assert.is(frule([NoTangent, 1], f as unknown as F, 2), undefined);
  assert.is(rrule(f as unknown as F, 2), undefined);
  assert.throws(() => traced(f), /^traced: f has no rule; engines trace through it as it is/);
  crossCheck(f as unknown as F, 2);
});

definers("defineRule with one half derives the other", () => {
  const f = marked("(x: number, y: number) => Math.sin(x) * y");
  const byReverse = defineRule(f as unknown as F, {
    rrule: (x: Scalar, y: Scalar) => [mul(sin(x), y), (ybar: Scalar) => [NoTangent, mul(ybar, mul(cos(x), y)), mul(ybar, sin(x))]],
  });
  testRule(byReverse, 0.5, 3);
  const g = marked("(x: number, y: number) => Math.sin(x) * y");
  const byForward = defineRule(g as unknown as F, {
    frule: ([, dx, dy]: [unknown, Scalar, Scalar], x: Scalar, y: Scalar) => [mul(sin(x), y), add(mul(mul(cos(x), y), dx), mul(sin(x), dy))],
  });
  testRule(byForward, 0.5, 3);
  assertClose(slope(byForward, 0.5, 3), slope(byReverse, 0.5, 3));
});

definers("scalarRule: partials once, arrays by broadcasting", () => {
  const f = marked("(x: number, y: number) => x * x * y");
  const ruled = scalarRule(f as (x: number, y: number) => number, (_, x, y) => [mul(2, mul(x, y)), mul(x, x)], { name: "square times" });
  testRule(ruled, 1.5, -2);
  testScalar(
    scalarRule(marked("(x: number) => x * x"), (_: Scalar, x: Scalar) => [mul(2, x)], { name: "square" }),
    1.5,
  );
  const x = array([1, 2, 3]);
  testRule(ruled, x, array([[1], [2]]));
  testRule(ruled, x, 2);
});

definers("a rule that is wrong is found", () => {
  const ruled = scalarRule(marked("(x: number) => x * x"), (_, x) => [x], { name: "half right" });
  assert.throws(() => testRule(ruled, 3), /^half right: frule against finite differences: .* the factor between them is 0\.5/);
});

definers("linearRule and bilinearRule", () => {
  const weigh = marked<(x: number[]) => number[]>("(x: number[]): number[] => x.map((each, k) => each * 3 * k)");
  const linear = linearRule(weigh as never, ((ybar: Scalar[]) => ybar.map((each, k) => mul(each, 3 * k))) as never, {
    name: "weigh",
  });
  testRule(linear, [1, -2, 0.5]);
  const first = (x: readonly number[]): Scalar => ((linear as AnyFn)(x) as Scalar[])[1] as Scalar;
  assert.equal(slope(first, [1, 2, 3])[0], [0, 3, 0]);
  const dot = marked<(a: number[], b: number[]) => number>("(a: number[], b: number[]) => a.reduce((s, each, k) => s + each * b[k], 0)");
  const bilinear = bilinearRule(
    dot as never,
    ((ybar: Scalar, _: Scalar[], b: Scalar[]) => b.map((each) => mul(ybar, each))) as never,
    ((ybar: Scalar, a: Scalar[]) => a.map((each) => mul(ybar, each))) as never,
    { name: "dot of lists" },
  );
  testRule(bilinear, [1, 2], [3, -4]);
  assert.equal(slope(bilinear, [1, 2], [3, -4]), [
    [3, -4],
    [1, 2],
  ]);
});

type AnyFn = (...args: unknown[]) => unknown;

definers("nonDifferentiable: plain values reach the function, the derivative is 0", () => {
  const f = marked("(x: number) => (x > 1 ? x * 2 : 0)");
  const still = nonDifferentiable(f as unknown as F);
  assert.is((still as unknown as Numbers)(3), 6);
  assert.equal(
    slope((x: Scalar) => mul(still(x), x), 3),
    [6],
  );
});

definers("optOut: the rule steps aside, and the marked function is traced", () => {
  const f = marked("(x: number) => x * x");
  let asked = 0;
  const ruled = defineRule(f as unknown as F, {
    rrule: (x: Scalar) => {
      asked++;
      return [mul(x, x), (ybar: Scalar) => [NoTangent, mul(ybar, mul(2, x))]];
    },
  });
  optOut(ruled, (x) => (primal(x) as number) > 10);
  assert.equal(slope(ruled, 3), [6]);
  assert.is(asked, 1);
  assert.equal(slope(ruled, 30), [60]);
  assert.is(asked, 1);
});

definers("inside of another marked function the rule is used, by the definer's function", () => {
  const { f, g } = evaluate<{ f: Numbers; g: Numbers }>(`
import { defineRule, differentiable, mul, NoTangent, type Scalar } from "cotangent";
const clipped = defineRule(differentiable((x: number) => x * x), {
  rrule: (x: Scalar) => [mul(x, x), (ybar: Scalar) => [NoTangent, mul(ybar, 100)]],
});
export const f = differentiable((x: number) => 2 * clipped(x) + [x].map(clipped)[0]);
export const g = differentiable((x: number) => 2 * clipped(3) + x);`);
  assert.is(f(3), 27);
  assert.equal(slope(f, 3), [300]);
  assert.is(along(f, 3), 300);
  assert.equal(slope(g, 1), [1]);
});

definers("higher-order functions take marked functions: fixedPoint, root, scan, checkpointed, callable", () => {
  const babylonian = marked("(x: number, a: number): number => (x + a / x) / 2");
  const square = (a: Scalar): Scalar => fixedPoint(babylonian as never, 1 as never, a as never) as Scalar;
  assertClose(slope(square, 9)[0], 1 / 6, { rtol: 1e-9 });
  assertClose(along(square, 9), 1 / 6, { rtol: 1e-9 });
  assertClose(derivative(((a: Scalar) => derivative(square, a)) as never, 9), -1 / 108, { rtol: 1e-7 });
  const miss = marked("(x: number, a: number): number => x * x - a");
  assertClose(slope((a: Scalar) => root(miss as never, 2 as never, a as never) as Scalar, 9)[0], 1 / 6, { rtol: 1e-9 });
  const step = marked<AnyFn>("(sum: number, x: number): [number, number] => [sum * x, sum + x]");
  const scanned = (x: Scalar): Scalar => (scan(step as never, x as never, [1, 2, x] as never) as unknown as [Scalar])[0];
  assert.equal(slope(scanned, 3), [12]);
  const cube = checkpointed(marked("(x: number) => x ** 3") as unknown as F);
  assert.equal(slope(cube, 2), [12]);
  assert.is(along(cube, 2), 12);
  testRule(cube, 2);
  const affine = marked<AnyFn>("({ w, b }: { w: number; b: number }, x: number) => w * x + b");
  const layer = callable({ w: 2, b: 1 }, affine as never) as unknown as (x: number) => number;
  assert.is(layer(3), 7);
  const [bar] = slope((c: (x: number) => Scalar) => c(3), layer) as [{ w: number; b: number }];
  assert.is(bar.w, 3);
  assert.is(bar.b, 1);
});

definers.run();
