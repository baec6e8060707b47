import { test } from "uvu";
import * as assert from "uvu/assert";
import { type AnyFunction, ruleOf } from "../../lib/core/index.js";
import { disagreements } from "../../perf/agreement.js";
import { formulas } from "../../perf/by-hand/elementwise/index.js";
import { derivedFormula } from "../../perf/derived-formula.js";
import { derivedProgram, elementwiseFunctions, elementwisePrograms, functionOf } from "../../perf/programs/elementwise.js";
import * as rules from "../../rules/index.js";
import * as special from "../../rules/special/index.js";

const functions = elementwiseFunctions();
const byHand = new Set(Object.keys(formulas).map(functionOf));

test("every elementwise function is measured", () => {
  const measured = new Set(elementwisePrograms(20).map(({ name }) => functionOf(name)));
  assert.equal(
    functions.filter((name) => !measured.has(name)),
    [],
  );
  assert.equal(
    [...measured].filter((name) => !functions.includes(name)),
    [],
  );
});

test("none that was measured against a loop by hand lost it", () => {
  assert.ok(byHand.size >= 85 && Object.keys(formulas).length >= 99, `${byHand.size} functions have formulas in perf/by-hand/elementwise`);
});

test("a function without a formula is measured against the loop of its partials: it would do for all of them", () => {
  const catalogue = { ...rules, ...special } as unknown as Readonly<Record<string, AnyFunction>>;
  for (const name of functions) {
    const rule = ruleOf(catalogue[name] as AnyFunction);
    if (rule?.byPrimal === undefined && rule?.standing?.(0, []) === true) continue; // its first argument is no operand
    const formula = derivedFormula(catalogue[name] as AnyFunction);
    assert.ok(formula, `${name}: no loop can be made of its partials`);
    assert.equal(disagreements(derivedProgram(name, formula, 20)), []);
  }
});

test.run();
