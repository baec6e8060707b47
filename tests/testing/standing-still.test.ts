import { test } from "uvu";
import * as assert from "uvu/assert";
import { array, defineRule, mul, NoTangent, type Operand, poolSum, reshape, take } from "../../lib/index.js";
import { crossCheck, testRule } from "../../lib/testing/index.js";
import { complaint } from "./complaint.js";
import { matrix } from "./squares.js";

const pairs = [
  [0, 1],
  [0, 2],
] as const;

test("integers that a rule says stand still, and that its function refuses to have moved, do", () => {
  testRule(poolSum, matrix, pairs, [[1, 3]]);
  testRule(take, matrix, [1, 0]);
  testRule(take, matrix, 1);
  testRule(reshape, matrix, [3, 2]);
});

test("and the report says so", () => {
  const report = crossCheck(poolSum, matrix, pairs, [[1, 3]]);
  assert.ok(report.agrees);
  assert.equal(report.noTangent, [
    "argument 2: stands still (its rule says NoTangent, and poolSum refuses to have it moved)",
    "argument 3: stands still (its rule says NoTangent, and poolSum refuses to have it moved)",
  ]);
});

test("a NoTangent for integers that may be moved, or for numbers that are none, is a fault as before", () => {
  const weighted = (refuses: boolean) =>
    defineRule(
      (x: Operand, weights: readonly number[]): Operand => {
        if (refuses && !weights.every(Number.isInteger)) throw new RangeError("weighted: give integers");
        return mul(x, weights[0] as number);
      },
      {
        frule: ([, dx], x, weights) => [mul(x, weights[0] as number), mul(dx, weights[0] as number)],
        rrule: (x, weights) => [mul(x, weights[0] as number), (ybar) => [NoTangent, mul(ybar, weights[0] as number), NoTangent]],
      },
      { name: "weighted" },
    );
  testRule(weighted(true), array([1, 2]), [3]);
  assert.match(
    complaint(() => testRule(weighted(false), array([1, 2]), [3])),
    /weighted: frule against finite differences/,
  );
  assert.match(
    complaint(() => testRule(weighted(false), array([1, 2]), [2.5])),
    /weighted: frule against finite differences/,
  );
});

test.run();
