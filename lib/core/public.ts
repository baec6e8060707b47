// What cotangent/core publishes: the protocol, for those who write rules for a library of their own.

// # Definers

export type { DefineRuleOptions } from "./calls/declare.js";
export type { ElementwiseOptions } from "./calls/entrywise.js";
export { bilinearRule } from "./definers/bilinear-rule.js";
export { defineRule, nonDifferentiable, optOut } from "./definers/define.js";
export { type LinearRuleOptions, linearRule } from "./definers/linear-rule.js";
export { type ScalarRuleOptions, scalarRule } from "./definers/scalar-rule.js";
export { strongly } from "./definers/strong-image.js";
export { callable } from "./structures/callable.js";

// # The protocol, without derived rules

export { frule, hasRule, type ProtocolCalls, rrule } from "./protocol/protocol-calls.js";
export {
  type AnyFunction,
  type Differentiator,
  type Frule,
  type Pullback,
  type Rrule,
  type Rule,
  type RuleOptions,
  type RulePair,
  ruleOf,
  traced,
  type Zeros,
} from "./rule.js";

// # Tangents, their laws, projection

export { type AddedToOptions, addedTo } from "./tangents/added-to.js";
export { add, scale } from "./tangents/arithmetic.js";
export { broadcastTo, cast, cotangentOf, type SumTo, sumTo } from "./tangents/broadcasting.js";
export { accumulate, innerProduct, subtract, times } from "./tangents/laws.js";
export { projectTo, zeroLike } from "./tangents/project.js";
export {
  fieldOf,
  inplaceable,
  isZero,
  NoTangent,
  notImplemented,
  Tangent,
  thunk,
  unthunk,
  ZeroTangent,
} from "./tangents/tangent.js";
export { isDifferentiable } from "./tangents/tangent-space.js";
export { type Leaves, treeMap } from "./tangents/tree-map.js";

// # Values, plain and traced

export type { Binary, PlainOperand, Ternary, Unary, Variadic } from "./calls/elementwise.js";
export type { AnyArray, AnyFloats, Operand, Scalar, TracedScalar } from "./level.js";
export type { Differentiable, Lifted, LiftedArguments, Plain, Widened } from "./lifted.js";
export { type Range, range } from "./structures/range.js";
export { copy, similar } from "./traced/arrays.js";
export { primal } from "./traced/ground.js";

// # Control

export { configure, type Settings } from "./protocol/checked.js";
export { checkpointed, hook, ignoreDerivatives, stopGradient } from "./protocol/control.js";

// # Errors

export { MissingRuleError, NotTraceableError, TangentError } from "./errors.js";
