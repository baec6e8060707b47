import type { AnyFunction, Differentiator } from "../core/index.js";
import { protocolCalls } from "../core/index.js";
import { forwardOperators } from "../forward/index.js";
import { reverseOperators } from "../reverse/index.js";
import { crossCheckWith } from "./cross-check.js";
import type { CheckOptions, Engines } from "./engines.js";
import type { CrossCheckReport } from "./report.js";
import { testFruleWith, testRruleWith, testRuleWith, testScalarWith } from "./test-rules.js";

export { centralDifference, type DifferenceOptions, type FiniteDifference } from "./central-difference.js";
export { assertClose, relativeDifference, type Tolerance } from "./compare.js";
export type { CheckOptions, Domain, Engines } from "./engines.js";
export { type Random, randTangent, seededRandom } from "./random.js";
export type { CrossCheckReport } from "./report.js";

/** The checks over one pair of engines, with these options. */
export interface TestKit {
  /** Throws unless f's forward half agrees with f and with finite differences. */
  testFrule(f: AnyFunction, ...args: readonly unknown[]): void;
  /** Throws unless f's reverse half agrees with f and with finite differences. */
  testRrule(f: AnyFunction, ...args: readonly unknown[]): void;
  /** Throws unless both halves do, belong together (the adjoint identity), and differentiate again. */
  testRule(f: AnyFunction, ...args: readonly unknown[]): void;
  /** `testRule` for a function of one number. */
  testScalar(f: AnyFunction, x: number): void;
  /** Forward against reverse against finite differences, for any function: a report that prints as a table. */
  crossCheck(f: AnyFunction, ...args: readonly unknown[]): CrossCheckReport;
}

const ad = {} as Differentiator;
Object.assign(ad, forwardOperators(ad), reverseOperators(ad));
const defaults: Engines = { ...ad, ...protocolCalls(ad) };

/** The kit with other options, or over other engines. */
export function testKit(options: CheckOptions = {}, engines: Engines = defaults): TestKit {
  return {
    testFrule: (f, ...args) => testFruleWith(engines, f, args, options),
    testRrule: (f, ...args) => testRruleWith(engines, f, args, options),
    testRule: (f, ...args) => testRuleWith(engines, f, args, options),
    testScalar: (f, x) => testScalarWith(engines, f, x, options),
    crossCheck: (f, ...args) => crossCheckWith(engines, f, args, options),
  };
}

const kit: TestKit = testKit();

export const testFrule: TestKit["testFrule"] = kit.testFrule;
export const testRrule: TestKit["testRrule"] = kit.testRrule;
export const testRule: TestKit["testRule"] = kit.testRule;
export const testScalar: TestKit["testScalar"] = kit.testScalar;
export const crossCheck: TestKit["crossCheck"] = kit.crossCheck;
