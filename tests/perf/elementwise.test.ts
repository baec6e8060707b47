import { test } from "uvu";
import * as assert from "uvu/assert";
import { type AnyFunction, ruleOf } from "../../lib/core/index.js";
import { formulas } from "../../perf/by-hand/elementwise/index.js";
import { functionOf } from "../../perf/programs/elementwise.js";
import * as comparisons from "../../rules/elementwise/comparison.js";
import * as elementwise from "../../rules/elementwise/index.js";
import * as rules from "../../rules/index.js";
import * as special from "../../rules/special/index.js";

/** What works entry by entry and has slopes: the groups of such functions but for comparisons, and whatever else has the rule of one. */
function elementwiseFunctions(): string[] {
  const groups = { ...elementwise, ...special };
  return Object.entries({ ...rules, ...special }).flatMap(([name, f]) => {
    const rule = typeof f === "function" ? ruleOf(f as AnyFunction) : undefined;
    return rule !== undefined && ((name in groups && !(name in comparisons)) || rule.definer === "scalarRule") ? [name] : [];
  });
}

test("every elementwise function is measured against a loop by hand", () => {
  const measured = new Set(Object.keys(formulas).map(functionOf));
  const functions = elementwiseFunctions();
  assert.ok(functions.length > 70, "the catalogue has more than seventy such functions");
  assert.equal(
    functions.filter((name) => !measured.has(name)),
    [],
    "write their formulas in perf/by-hand/elementwise",
  );
  assert.equal(
    [...measured].filter((name) => !functions.includes(name)),
    [],
  );
});

test.run();
