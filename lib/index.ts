import { type ProtocolCalls, protocolCalls } from "./core/index.js";
import { engines, reverse } from "./engines.js";
import type { ForwardOperators } from "./forward/index.js";
import type { ReverseOperators } from "./reverse/index.js";

// Reverse mode
export const gradient: ReverseOperators["gradient"] = reverse.gradient;
export const withGradient: ReverseOperators["withGradient"] = reverse.withGradient;
export const pullback: ReverseOperators["pullback"] = reverse.pullback;

// Forward mode
export const derivative: ForwardOperators["derivative"] = engines.derivative;
export const pushforward: ForwardOperators["pushforward"] = engines.pushforward;

// Both
export { hessian, hvp, jacobian, type Mode, type ModeOptions, vhp } from "./higher.js";

// The protocol, with derived rules
export const frule: ProtocolCalls["frule"] = protocolCalls(engines).frule;
export const rrule: ProtocolCalls["rrule"] = protocolCalls(engines).rrule;

// Every differentiable function
export * from "../rules/index.js";
export {
  type AnyArray,
  type AnyFloats,
  type AnyFunction,
  accumulate,
  arange,
  array,
  type Binary,
  bilinearRule,
  callable,
  checkpointed,
  configure,
  copy,
  type Differentiable,
  defineRule,
  full,
  hasRule,
  hook,
  ignoreDerivatives,
  inplaceable,
  type Leaves,
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
  treeMap,
  type Unary,
  unthunk,
  type Variadic,
  ZeroTangent,
} from "./core/index.js";
// Arrays
export { type ArrayView, allClose, type DType, eye, type NdArray, ones, toNested, zeros } from "./nd/index.js";
// Ordinary TypeScript
export { differentiable, type int } from "./plain/differentiable.js";
