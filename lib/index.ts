import { type Differentiator, type ProtocolCalls, protocolCalls } from "./core/index.js";
import { type ForwardOperators, forwardOperators } from "./forward/index.js";
import { type HigherOperators, higherOperators } from "./higher.js";
import { type ReverseOperators, reverseOperators } from "./reverse/index.js";

/** What rules of higher-order functions differentiate with; the engines both need it and make it, so it is filled in below. */
const ad = {} as Differentiator & ForwardOperators & ReverseOperators;
Object.assign(ad, forwardOperators(ad), reverseOperators(ad));
const higher: HigherOperators = higherOperators(ad as never);
const calls: ProtocolCalls = protocolCalls(ad);

// Reverse mode
export const gradient: ReverseOperators["gradient"] = ad.gradient;
export const withGradient: ReverseOperators["withGradient"] = ad.withGradient;
export const pullback: ReverseOperators["pullback"] = ad.pullback as ReverseOperators["pullback"];

// Forward mode
export const derivative: ForwardOperators["derivative"] = ad.derivative;
export const pushforward: ForwardOperators["pushforward"] = ad.pushforward as ForwardOperators["pushforward"];

// Both
export const jacobian: HigherOperators["jacobian"] = higher.jacobian;
export const hessian: HigherOperators["hessian"] = higher.hessian;
export const hvp: HigherOperators["hvp"] = higher.hvp;
export const vhp: HigherOperators["vhp"] = higher.vhp;

// The protocol, with derived rules
export const frule: ProtocolCalls["frule"] = calls.frule;
export const rrule: ProtocolCalls["rrule"] = calls.rrule;

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
