import { type Differentiator, type ProtocolCalls, protocolCalls } from "./core/index.js";
import { type ForwardOperators, forwardOperators } from "./forward/index.js";
import { type HigherOperators, higherOperators } from "./higher.js";
import { type ReverseOperators, reverseOperators } from "./reverse/index.js";

/** What rules of higher-order functions differentiate with; filled in below, since the engines need it and make it. */
const ad = {} as Differentiator & ForwardOperators & ReverseOperators;
Object.assign(ad, forwardOperators(ad), reverseOperators(ad));
const higher: HigherOperators = higherOperators(ad as never);
const calls: ProtocolCalls = protocolCalls(ad);

export const gradient: ReverseOperators["gradient"] = ad.gradient;
export const withGradient: ReverseOperators["withGradient"] = ad.withGradient;
export const pullback: ReverseOperators["pullback"] = ad.pullback as ReverseOperators["pullback"];
export const derivative: ForwardOperators["derivative"] = ad.derivative;
export const pushforward: ForwardOperators["pushforward"] = ad.pushforward as ForwardOperators["pushforward"];
export const jacobian: HigherOperators["jacobian"] = higher.jacobian;
export const hessian: HigherOperators["hessian"] = higher.hessian;
export const hvp: HigherOperators["hvp"] = higher.hvp;
export const vhp: HigherOperators["vhp"] = higher.vhp;
export const frule: ProtocolCalls["frule"] = calls.frule;
export const rrule: ProtocolCalls["rrule"] = calls.rrule;
export { primal, similar, copy } from "./core/index.js";
