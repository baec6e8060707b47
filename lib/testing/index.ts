import { type AnyFunction, describe, protocolCalls } from "../core/index.js";
import { engines } from "../engines.js";
import { checkedOptions, checkForms } from "./checked-options.js";
import { crossCheckWith } from "./cross-check.js";
import type { CheckOptions, Engines } from "./engines.js";
import { told } from "./misplaced-options.js";
import type { CrossCheckReport } from "./report.js";
import { testFruleWith, testRruleWith, testRuleWith, testScalarWith } from "./test-rules.js";

export { centralDifference, type DifferenceOptions, type FiniteDifference } from "./central-difference.js";
export { assertClose, relativeDifference, type Tolerance } from "./compare.js";
export type { CheckOptions, Domain, Engines } from "./engines.js";
export { type Random, randTangent, seededRandom } from "./random.js";
export type { CrossCheckReport } from "./report.js";

/** The checks over one pair of engines, with these options. All but `crossCheck` throw a plain Error that names the fault. */
export interface TestKit {
  /**
   * Checks f's forward half: its value is f's own, ẏ is of y's kind, nothing is written to or shared, zero gives zero, it is linear, agrees
   * with finite differences, and does the same on strided views.
   */
  testFrule(f: AnyFunction, ...args: readonly unknown[]): void;
  /**
   * Checks f's reverse half: its value is f's own, there is one cotangent of the right kind for f and for each argument, nothing is written
   * to or shared, thunks are computed once and only when used, adding in place adds, it can be called again, zero gives zero, it is linear,
   * agrees with finite differences, and does the same on strided views.
   */
  testRrule(f: AnyFunction, ...args: readonly unknown[]): void;
  /**
   * All that `testFrule` and `testRrule` check; that the two halves are each other's transposes (at ties and kinks too), that the engines
   * do what the rule says, and second derivatives in all four pairs of modes.
   */
  testRule(f: AnyFunction, ...args: readonly unknown[]): void;
  /** `testRule` for a function of one number. */
  testScalar(f: AnyFunction, x: number): void;
  /** Forward against reverse against finite differences, for any function: a report that prints as a table. */
  crossCheck(f: AnyFunction, ...args: readonly unknown[]): CrossCheckReport;
}

const defaults: Engines = { ...engines, ...protocolCalls(engines) };

/** The kit with other options, or over other engines. */
export function testKit(options: CheckOptions = {}, engines: Engines = defaults): TestKit {
  checkedOptions("testKit", options, Object.keys(checkForms) as (keyof CheckOptions)[]);
  return {
    testFrule: (f, ...args) => told("testFrule", f, args, () => testFruleWith(engines, tested("testFrule", f), args, options)),
    testRrule: (f, ...args) => told("testRrule", f, args, () => testRruleWith(engines, tested("testRrule", f), args, options)),
    testRule: (f, ...args) => told("testRule", f, args, () => testRuleWith(engines, tested("testRule", f), args, options)),
    testScalar: (f, x, ...more: unknown[]) =>
      told("testScalar", f, [x, ...more], () => testScalarWith(engines, tested("testScalar", f), x, options)),
    crossCheck: (f, ...args) => told("crossCheck", f, args, () => crossCheckWith(engines, tested("crossCheck", f), args, options)),
  };
}

function tested(who: string, f: AnyFunction): AnyFunction {
  if (typeof f === "function") return f;
  throw new TypeError(`${who}: the function to test is ${describe(f)}; give a function, then its arguments`);
}

const kit: TestKit = testKit();

export const testFrule: TestKit["testFrule"] = kit.testFrule;
export const testRrule: TestKit["testRrule"] = kit.testRrule;
export const testRule: TestKit["testRule"] = kit.testRule;
export const testScalar: TestKit["testScalar"] = kit.testScalar;
export const crossCheck: TestKit["crossCheck"] = kit.crossCheck;
