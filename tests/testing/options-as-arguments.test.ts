import { test } from "uvu";
import * as assert from "uvu/assert";
import { type AnyArray, array, defineRule, NoTangent, type Operand, type Scalar, sin, sum } from "../../lib/index.js";
import { crossCheck, testFrule, testRrule, testRule, testScalar } from "../../lib/testing/index.js";
import { complaint } from "./complaint.js";
import { matrix, slopeTimes, squareOf } from "./squares.js";

test("options that stand among the arguments are told where they go", () => {
  assert.is(
    complaint(() => testRule(sin, 1, { order: 1 })),
    "sin: { order: 1 } stands among its arguments, and it does not take that; options of the check go to the kit: testKit({ order: 1 }).testRule(sin, …)",
  );
  assert.match(
    complaint(() => testRule(sum, matrix, { order: 1 })),
    /testKit\(\{ order: 1 \}\)\.testRule\(sum, …\)/,
  );
  assert.match(
    complaint(() => testFrule(sin, matrix, { exclude: [0], rtol: 1e-3 })),
    /testKit\(\{ exclude: \[0\], rtol: 0\.001 \}\)\.testFrule\(sin, …\)/,
  );
  assert.match(
    complaint(() => (testScalar as (...args: unknown[]) => void)(sin, 1, { seed: 2 })),
    /testKit\(\{ seed: 2 \}\)\.testScalar\(sin, …\)/,
  );
  assert.match(
    complaint(() => crossCheck((x: AnyArray): Scalar => sum(sin(x)), matrix, { order: 1 })),
    /testKit\(\{ order: 1 \}\)\.crossCheck\(f, …\)/,
  );
});

test("so are those that a rule drops", () => {
  const dropping = defineRule(
    (x: Operand): Operand => squareOf(x),
    { frule: ([, dx], x) => [squareOf(x), slopeTimes(x, dx)], rrule: (x) => [squareOf(x), (ybar) => [NoTangent, slopeTimes(x, ybar)]] },
    { name: "dropping" },
  );
  for (const check of [testRrule, testRule]) {
    assert.match(
      complaint(() => check(dropping, matrix, { order: 1 })),
      /dropping: \{ order: 1 \} stands among its arguments, .* testKit\(\{ order: 1 \}\)\.testR/,
    );
  }
});

test("where the check fails though the function reads them, both are said", () => {
  const wrong = defineRule(
    (x: Operand, options: { step: number }): Operand => (options.step > 0 ? squareOf(x) : x),
    {
      frule: ([, dx], x) => [squareOf(x), dx],
      rrule: (x) => [squareOf(x), (ybar) => [NoTangent, ybar, NoTangent]],
    },
    { name: "wrong" },
  );
  assert.match(
    complaint(() => testRule(wrong, matrix, { step: 0.5 })),
    /^wrong: frule against finite differences: .*; should \{ step: 0\.5 \} be no argument of wrong: options of the check go to the kit/,
  );
});

test("a function's own options of the same name are left alone", () => {
  const stretched = defineRule(
    (x: Operand, options?: { step: number }): Operand => (options?.step === 0 ? x : squareOf(x)),
    {
      frule: ([, dx], x) => [squareOf(x), slopeTimes(x, dx)],
      rrule: (x) => [squareOf(x), (ybar) => [NoTangent, slopeTimes(x, ybar), NoTangent]],
    },
    { name: "stretched" },
  );
  testRule(stretched, array([1, 2]), { step: 0.5 });
});

test.run();
