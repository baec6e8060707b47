import { test } from "uvu";
import * as assert from "uvu/assert";
import { add, type AnyArray, array, defineRule, exp, mul, NoTangent, type Operand, scalarRule, sin, square, sum, ZeroTangent } from "../../lib/index.js";
import { assertClose, centralDifference, crossCheck, randTangent, relativeDifference, seededRandom, testFrule, testKit, testRrule, testRule, testScalar } from "../../lib/testing/index.js";
import type { AnyFunction } from "../../lib/core/index.js";

const x = array([
  [1, 2, 3],
  [4, 5, 6],
]);

/** What a check says of a rule; empty when it has nothing to say. */
function complaint(check: () => void): string {
  try {
    check();
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

test("centralDifference: ten digits of a smooth function, with an honest error estimate", () => {
  const { derivative, error } = centralDifference(Math.sin, [0.7], [1]);
  assert.ok(Math.abs((derivative as number) - Math.cos(0.7)) < 1e-10);
  assert.ok(error < 1e-9);
  assert.ok(Math.abs((derivative as number) - Math.cos(0.7)) <= 10 * error);
});

test("centralDifference: structures in, structures out", () => {
  const f = (p: { a: number; b: number[] }) => ({ u: p.a * (p.b[0] as number), v: [p.b[1]] });
  const { derivative } = centralDifference(f, [{ a: 2, b: [3, 4] }], [{ a: 1, b: [10, 100] }]);
  assertClose(derivative, { u: 23, v: [100] }, { rtol: 1e-9 });
});

test("centralDifference: at a kink the estimate says that there is no derivative", () => {
  assert.ok(centralDifference(Math.abs, [0], [1]).error < 1e-6, "the two sides cancel at |x|");
  assert.ok(centralDifference((t: number) => (t > 0 ? 1 : 0), [0], [1]).error > 1);
});

test("randTangent: short decimals of the value's structure, the same for the same seed", () => {
  const value = { w: x, n: [1, "label"], k: array([1, 2], { dtype: "int32" }) };
  const t = randTangent(value, seededRandom(3)) as { w: typeof x; n: unknown[]; k: unknown };
  assert.equal(t.w.shape, [2, 3]);
  for (let k = 0; k < 6; k++) {
    const entry = t.w.data[k] as number;
    assert.ok(entry !== 0 && Math.abs(entry) <= 9 && Math.abs(entry * 100 - Math.round(entry * 100)) < 1e-9);
  }
  assert.is(t.n[1], NoTangent);
  assert.is(t.k, NoTangent);
  assertClose(randTangent(value, seededRandom(3)), t, { rtol: 0, atol: 0 });
});

test("assertClose: names the path of the first difference", () => {
  const message = complaint(() => assertClose({ weights: [1, 2, array([[1, 2]])] }, { weights: [1, 2, array([[1, 2.5]])] }, {}, "x̄"));
  assert.is(message, "x̄.weights[2][0, 1]: got 2, expected 2.5, 0.500 apart");
  assert.match(complaint(() => assertClose(array([1]), array([1, 2]))), "value: got shape [1], expected shape [2]");
  assert.match(complaint(() => assertClose(ZeroTangent, NoTangent)), "got ZeroTangent, expected NoTangent");
  assert.match(complaint(() => assertClose(array([1], { dtype: "float32" }), array([1]))), "an array of float32, expected one of float64");
  assertClose([Number.NaN, Number.POSITIVE_INFINITY], [Number.NaN, Number.POSITIVE_INFINITY]);
});

test("relativeDifference: relative to the largest number, infinite where one is not finite", () => {
  assert.is(relativeDifference([1, 100], [2, 100]), 0.01);
  assert.is(relativeDifference([1], [Number.NaN]), Number.POSITIVE_INFINITY);
  assert.throws(() => relativeDifference([1], [1, 2]), /1 numbers meet 2/);
});

test("the kit passes right rules: scalar, linear, elementwise with broadcasting", () => {
  testScalar(sin, 0.7);
  testScalar(exp, -2);
  testRule(sum as AnyFunction, x);
  testRule(mul, x, array([1, -2, 3]));
  testRule(add, x.transpose(1, 0), 2);
  testRule(square, array([0.5, -1.5], { dtype: "float32" }));
});

test("crossCheck: a report that prints as a table", () => {
  const report = crossCheck(function program(a: AnyArray) {
    return sum(mul(a, sin(a)));
  }, x);
  assert.ok(report.agrees);
  assert.is(report.entries, 6);
  assert.ok(report.forwardReverse < 1e-14 && report.adjoint < 1e-14 && report.finiteDifference < 1e-8);
  const lines = String(report).split("\n");
  assert.is(lines[0], "program: agrees");
  assert.match(lines[1] as string, /forward against reverse\s+\d\.\de-\d+ \(6 entries\)/);
  assert.is(lines.length, 4);
});

/** x² with a fault in its rule. */
function faulty(frule: (x: Operand, dx: Operand) => unknown, rrule: (x: Operand, ybar: Operand) => readonly unknown[], y: (x: Operand) => unknown = (a) => mul(a, a)): AnyFunction {
  return defineRule((a: Operand) => mul(a, a), {
    frule: ([, dx], a) => [y(a), frule(a, dx)],
    rrule: (a) => [y(a), (ybar) => rrule(a, ybar)],
  });
}
const forward = (a: Operand, dx: Operand): unknown => mul(mul(2, a), dx);
const reverse = (a: Operand, ybar: Operand): readonly unknown[] => [NoTangent, mul(mul(2, a), ybar)];

const faults: Record<string, readonly [AnyFunction, RegExp]> = {
  "a factor of 1.001 forward": [faulty((a, dx) => mul(1.001, forward(a, dx) as Operand), reverse), /ẏ against finite differences/],
  "a factor of 1.001 in reverse": [faulty(forward, (a, ybar) => [NoTangent, mul(mul(2.002, a), ybar)]), /⟨x̄, ẋ⟩ of argument 1 against finite differences/],
  "the wrong sign": [faulty(forward, (a, ybar) => [NoTangent, mul(mul(-2, a), ybar)]), /⟨x̄, ẋ⟩ of argument 1/],
  "a missing self slot": [faulty(forward, (a, ybar) => [mul(mul(2, a), ybar)]), /returned 1 cotangents for 1 arguments; expected 2/],
  "one cotangent too many": [faulty(forward, (a, ybar) => [...reverse(a, ybar), NoTangent]), /returned 3 cotangents for 1 arguments/],
  "the wrong shape": [faulty(forward, () => [NoTangent, array([1, 2])]), /got an array of shape \[2\], expected an array of shape \[2, 3\]/],
  "the wrong primal": [faulty(forward, reverse, (a) => mul(mul(a, a), 1.000001)), /primal of the frule/],
  "NoTangent for an array that can move": [faulty(forward, () => [NoTangent, NoTangent]), /got NoTangent for an array that can move/],
  "a pullback that works once": [
    (() => {
      let calls = 0;
      return faulty(forward, (a, ybar) => (calls++ % 2 === 0 ? reverse(a, ybar) : [NoTangent, mul(0, a)]));
    })(),
    /at the second call/,
  ],
  "a cotangent written to": [
    faulty(forward, (a, ybar) => {
      const result = reverse(a, ybar);
      if (typeof ybar === "object" && "data" in ybar) (ybar as { data: Float64Array }).data[0] = 7;
      return result;
    }),
    /(second call|ȳ after the pullback)/,
  ],
  "right at first order and wrong at second": [
    defineRule((a: Operand) => mul(a, a), {
      frule: ([, dx], a) => [mul(a, a), mul(slope(a), dx)],
      rrule: (a) => [mul(a, a), (ybar) => [NoTangent, mul(slope(a), ybar)]],
    }),
    /second derivative/,
  ],
};
const slope = scalarRule(
  (a: number): number => 2 * a,
  () => [1.9],
  { name: "slope" },
);

for (const [fault, [f, message]] of Object.entries(faults)) {
  test(`testRule catches ${fault}`, () => assert.match(complaint(() => testRule(f, x)), message));
}

test("testRule catches ZeroTangent where there is no tangent space", () => {
  const f = defineRule((a: Operand, _label: string) => mul(a, a), {
    frule: ([, dx], a) => [mul(a, a), forward(a, dx)],
    rrule: (a) => [mul(a, a), (ybar) => [NoTangent, mul(mul(2, a), ybar), ZeroTangent]],
  });
  assert.match(complaint(() => testRule(f, x, "label")), /cotangent of argument 2: got ZeroTangent, expected NoTangent: a string has no tangent space/);
});

test("testFrule and testRrule say when there is no rule, and what to write", () => {
  function plain(a: Operand): Operand {
    return a;
  }
  assert.match(complaint(() => testFrule(plain, 1)), /plain: it has no frule; give it one with defineRule\(plain, \{ frule \}\)/);
  assert.match(complaint(() => testRrule(plain, 1)), /plain: it has no rrule/);
});

test("testKit: options reach the checks", () => {
  const loose = testKit({ rtol: 0.1 });
  const slightlyOff = faulty((a, dx) => mul(1.001, forward(a, dx) as Operand), reverse);
  loose.testFrule(slightlyOff, 3);
  assert.throws(() => testFrule(slightlyOff, 3));
});

test.run();
