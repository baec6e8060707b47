import { type Differentiator, type ProtocolCalls, protocolCalls } from "./core/index.js";
import { type ForwardOperators, forwardOperators } from "./forward/index.js";
import { type HigherOperators, hessianOf, hvpOf, jacobianOf, vhpOf } from "./higher.js";
import { type ReverseOperators, reverseOperators } from "./reverse/index.js";

/** What rules of higher-order functions differentiate with; the engines both need it and make it, so it is filled in below. */
const ad = {} as Differentiator & ForwardOperators & ReverseOperators;
Object.assign(ad, forwardOperators(ad), reverseOperators(ad));

// Reverse mode
export const gradient: ReverseOperators["gradient"] = ad.gradient;
export const withGradient: ReverseOperators["withGradient"] = ad.withGradient;
export const pullback: ReverseOperators["pullback"] = ad.pullback as ReverseOperators["pullback"];

// Forward mode
export const derivative: ForwardOperators["derivative"] = ad.derivative;
export const pushforward: ForwardOperators["pushforward"] = ad.pushforward as ForwardOperators["pushforward"];

// Both. What is marked pure is left out by bundlers where a program does not use it.
export const jacobian: HigherOperators["jacobian"] = /* @__PURE__ */ jacobianOf(ad as never);
export const hessian: HigherOperators["hessian"] = /* @__PURE__ */ hessianOf(ad as never);
export const hvp: HigherOperators["hvp"] = /* @__PURE__ */ hvpOf(ad as never);
export const vhp: HigherOperators["vhp"] = /* @__PURE__ */ vhpOf(ad as never);

// The protocol, with derived rules
export const frule: ProtocolCalls["frule"] = /* @__PURE__ */ (() => protocolCalls(ad).frule)();
export const rrule: ProtocolCalls["rrule"] = /* @__PURE__ */ (() => protocolCalls(ad).rrule)();

// Every differentiable function
export * from "../rules/index.js";
export {
  type AnyArray,
  type AnyFunction,
  accumulate,
  type Binary,
  bilinearRule,
  callable,
  checkpointed,
  configure,
  copy,
  defineRule,
  hasRule,
  hook,
  ignoreDerivatives,
  inplaceable,
  linearRule,
  MissingRuleError,
  NoTangent,
  NotTraceableError,
  nonDifferentiable,
  notImplemented,
  type Operand,
  optOut,
  type Pullback,
  primal,
  projectTo,
  type Range,
  range,
  ruleOf,
  type Scalar,
  scalarRule,
  similar,
  stopGradient,
  Tangent,
  TangentError,
  type Ternary,
  type TracedScalar,
  thunk,
  traced,
  type Unary,
  unthunk,
  type Variadic,
  ZeroTangent,
} from "./core/index.js";
// Arrays
export { type ArrayView, allClose, arange, array, type DType, eye, full, type NdArray, ones, toNested, zeros } from "./nd/index.js";
