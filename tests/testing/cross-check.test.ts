import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  abs,
  array,
  defineRule,
  mul,
  NoTangent,
  type Operand,
  type Scalar,
  scalarRule,
  sin,
  sqrt,
  sum,
} from "../../lib/index.js";
import { crossCheck, testKit } from "../../lib/testing/index.js";
import { matrix, slopeTimes, squared, squareOf } from "./squares.js";

test("a report that prints as a table, for any function", () => {
  const report = crossCheck(function program(a: AnyArray): Scalar {
    return sum(mul(a, sin(a)));
  }, matrix);
  assert.is(report.name, "program");
  assert.ok(report.agrees);
  assert.is(report.entries, 6);
  assert.is(report.kinks, 0);
  assert.equal(report.noTangent, []);
  assert.equal(report.derived, []);
  assert.ok(Math.abs((report.value as number) - matrixSum()) < 1e-12);
  assert.ok(report.forwardReverse < 1e-14 && report.adjoint < 1e-14 && report.finiteDifference < 1e-8);
  const lines = String(report).split("\n");
  assert.is(lines[0], "program: agrees");
  assert.match(lines[1] as string, /^ {2}forward against reverse\s+\d\.\de[+-]\d+ \(6 entries\)$/);
  assert.match(lines[2] as string, /^ {2}against finite differences\s+\d\.\de-\d+ \(their own error \d\.\de-\d+\)$/);
  assert.match(lines[3] as string, /^ {2}adjoint identity\s+\d\.\de[+-]\d+$/);
  assert.is(lines.length, 4);
});

function matrixSum(): number {
  let total = 0;
  for (const entry of matrix.data as Float64Array) total += entry * Math.sin(entry);
  return total;
}

test("what has no tangent, and what is held fixed, is named", () => {
  const f = (x: AnyArray, _name: string, k: Operand, s: Scalar, p: { w: Scalar; on: boolean }): Operand => mul(mul(x, k), mul(s, p.w));
  const args = [array([1, 2]), "a name", array([3, 4], { dtype: "int32" }), 2, { w: 3, on: true }] as const;
  const report = testKit({ exclude: [3] }).crossCheck(f, ...args);
  assert.ok(report.agrees);
  assert.equal(report.noTangent, [
    "argument 2: no tangent (a string)",
    "argument 3: no tangent (an array of shape [2] of int32)",
    "argument 4: held fixed",
    "argument 5.on: no tangent (true)",
  ]);
  assert.match(String(report), /not tested\s+argument 2: no tangent \(a string\); argument 3/);
});

test("settings that stand last are held fixed, and said so", () => {
  assert.equal(crossCheck(sum, matrix, { axis: 0 }).noTangent, ["argument 2: held fixed"]);
});

test("a wrong rule disagrees: with finite differences, or between the modes", () => {
  const both = crossCheck(
    squared({ dy: (x, dx) => mul(1.001, slopeTimes(x, dx)), xbar: (x, ybar) => mul(1.001, slopeTimes(x, ybar)) }),
    matrix,
  );
  assert.not(both.agrees);
  assert.ok(both.forwardReverse < 1e-12 && both.finiteDifference > 9e-4 && both.finiteDifference < 1.1e-3);
  assert.match(String(both), /^squared: DISAGREES\n/);
  const one = crossCheck(squared({ xbar: (x, ybar) => mul(1.001, slopeTimes(x, ybar)) }), matrix);
  assert.not(one.agrees);
  assert.ok(one.adjoint > 1e-4 && one.forwardReverse > 1e-4 && one.finiteDifference < 1e-8);
});

test("a kink: the derivative lies between the slopes on both sides, and the report says so", () => {
  const report = crossCheck(abs, array([0, 1]));
  assert.ok(report.agrees);
  assert.is(report.kinks, 1);
  assert.match(String(report), /1 at a kink, between the slopes on both sides/);
  const outside = scalarRule(
    (x: number): number => Math.abs(x),
    () => [1.5],
    { name: "outside" },
  );
  assert.not(crossCheck(outside, 0).agrees);
});

test("a difference that the finite differences' own error explains is said to be so", () => {
  /** Noise of 1e-10, the same at the same place. */
  const noisy = defineRule(
    (x: number): number => x * x + 1e-10 * (Math.abs(Math.sin(1e9 * x)) % 1),
    { frule: ([, dx], x) => [noisyValue(x), 2 * x * dx], rrule: (x) => [noisyValue(x), (ybar) => [NoTangent, 2 * x * ybar]] },
    { name: "noisy" },
  );
  const report = testKit({ rtol: 1e-13, atol: 0 }).crossCheck(noisy, 1.5);
  assert.ok(report.agrees);
  assert.ok(report.withinError);
  assert.match(String(report), /their own error .*; the difference is within it/);
});

function noisyValue(x: number): number {
  return x * x + 1e-10 * (Math.abs(Math.sin(1e9 * x)) % 1);
}

test("halves that are derived are named", () => {
  const onlyReverse = defineRule(
    (x: Operand): Operand => squareOf(x),
    { rrule: (x) => [squareOf(x), (ybar) => [NoTangent, slopeTimes(x, ybar)]] },
    { name: "squared" },
  );
  const report = crossCheck(onlyReverse, matrix);
  assert.equal(report.derived, ["frule"]);
  assert.match(String(report), /derived, not given\s+frule/);
});

test("large arguments are compared at some entries, as many as one likes", () => {
  const x = array(Array.from({ length: 500 }, (_, n) => n / 10));
  assert.is(crossCheck(sin, x).entries, 16);
  assert.is(testKit({ entries: 5 }).crossCheck(sin, x).entries, 5);
});

test("single precision agrees without other options", () => {
  const report = crossCheck(sin, array([0.5, -1.25, 3], { dtype: "float32" }));
  assert.ok(report.agrees, String(report));
});

test("an infinite slope agrees with itself", () => {
  assert.ok(crossCheck(sqrt, array([0, 1])).agrees);
});

test.run();
