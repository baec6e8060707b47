import { protocolCalls } from "./core/index.js";
import { forwardOperators } from "./forward/index.js";
import { higherOperators } from "./higher.js";
import { reverseOperators } from "./reverse/index.js";
/** What rules of higher-order functions differentiate with; the engines both need it and make it, so it is filled in below. */
const ad = {};
Object.assign(ad, forwardOperators(ad), reverseOperators(ad));
const higher = higherOperators(ad);
const calls = protocolCalls(ad);
// Reverse mode
export const gradient = ad.gradient;
export const withGradient = ad.withGradient;
export const pullback = ad.pullback;
// Forward mode
export const derivative = ad.derivative;
export const pushforward = ad.pushforward;
// Both
export const jacobian = higher.jacobian;
export const hessian = higher.hessian;
export const hvp = higher.hvp;
export const vhp = higher.vhp;
// The protocol, with derived rules
export const frule = calls.frule;
export const rrule = calls.rrule;
export { accumulate, bilinearRule, callable, copy, defineRule, hasRule, ignoreDerivatives, inplaceable, linearRule, MissingRuleError, nonDifferentiable, NoTangent, notImplemented, NotTraceableError, optOut, primal, projectTo, range, ruleOf, scalarRule, similar, stopGradient, Tangent, TangentError, thunk, traced, unthunk, ZeroTangent, } from "./core/index.js";
// Arrays
export { allClose, arange, array, eye, full, ones, toNested, zeros } from "./nd/index.js";
// Every differentiable function
export * from "../rules/index.js";
