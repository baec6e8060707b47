import { protocolCalls } from "../core/index.js";
import { forwardOperators } from "../forward/index.js";
import { reverseOperators } from "../reverse/index.js";
import { crossCheckWith } from "./cross-check.js";
import { testFruleWith, testRruleWith, testRuleWith, testScalarWith } from "./test-rules.js";
export { centralDifference } from "./central-difference.js";
export { assertClose, relativeDifference } from "./compare.js";
export { randTangent, seededRandom } from "./random.js";
const ad = {};
Object.assign(ad, forwardOperators(ad), reverseOperators(ad));
const defaults = { ...ad, ...protocolCalls(ad) };
/** The kit with other options, or over other engines. */
export function testKit(options = {}, engines = defaults) {
    return {
        testFrule: (f, ...args) => testFruleWith(engines, { f, args }, options),
        testRrule: (f, ...args) => testRruleWith(engines, { f, args }, options),
        testRule: (f, ...args) => testRuleWith(engines, { f, args }, options),
        testScalar: (f, x) => testScalarWith(engines, f, x, options),
        crossCheck: (f, ...args) => crossCheckWith(engines, { f, args }, options),
    };
}
const kit = testKit();
export const testFrule = kit.testFrule;
export const testRrule = kit.testRrule;
export const testRule = kit.testRule;
export const testScalar = kit.testScalar;
export const crossCheck = kit.crossCheck;
