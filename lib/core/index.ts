export { add, multiplyAdd, scale, strongProduct } from "./arithmetic.js";
export { copy, similar } from "./arrays.js";
export { broadcastTo, cast, cotangentOf, type SumTo, sumTo } from "./broadcasting.js";
export { hasRule, type ProtocolCalls, protocolCalls } from "./call.js";
export { callable } from "./callable.js";
export { configure, isChecked, type Settings, Snapshot, sameLoops } from "./checked.js";
export { expectCotangents, expectPair } from "./contracts.js";
export { checkpointed, hook, ignoreDerivatives, stopGradient } from "./control.js";
export type { DefineRuleOptions, OtherForm } from "./declare.js";
export { defineRule, nonDifferentiable, optOut } from "./define.js";
export { resolve } from "./derive.js";
export { checkArguments, highestLevel, levelOf, primal } from "./dispatch.js";
export type { Binary, PlainOperand, Ternary, Unary, Variadic } from "./elementwise.js";
export { BoxedEntries, OverlaidEntries } from "./entries.js";
export { broadcastStride, entryOperands } from "./entry-call.js";
export { type EntryCall, type EntryFunction, type EntryLoops, intoTarget } from "./entry-function.js";
export type { ElementwiseOptions } from "./entrywise.js";
export { type EntryPullback, entryPullbacks } from "./entrywise.js";
export { describe, MissingRuleError, NotTraceableError, TangentError } from "./errors.js";
export { accumulate, innerProduct, subtract, times } from "./laws.js";
export {
  type AnyArray,
  below,
  closureError,
  type Entries,
  endedError,
  KeptNumber,
  Level,
  type Operand,
  type Scalar,
  TracedScalar,
} from "./level.js";
export type { Differentiable, Lifted, LiftedArguments, Plain, Widened } from "./lifted.js";
export { bilinearRule, type LinearRuleOptions, linearRule } from "./linear-rule.js";
export { useLoops } from "./loops.js";
export { lower } from "./lower.js";
export { flatten } from "./memory.js";
export { optionsFor } from "./options-for.js";
export { type Place, placed } from "./parts.js";
export { pin } from "./pin.js";
export { basisOf, checkParts, fitTangent, oneLike, project, projectTo, realize, zeroLike } from "./project.js";
export { markRange, type Range, range } from "./range.js";
export { Recomputed } from "./recomputed.js";
export { isRecord, partNames } from "./record.js";
export { expectValue, finished, handedOut, handOver } from "./result.js";
export {
  type AnyFunction,
  type Differentiator,
  type Frule,
  type Pullback,
  type ResolvedRule,
  type Rrule,
  type Rule,
  type RuleOptions,
  type RulePair,
  ruleOf,
  traced,
  type Zeros,
} from "./rule.js";
export { type ScalarRuleOptions, scalarRule } from "./scalar-rule.js";
export {
  DifferentiableStore,
  elementsOf,
  floatKindOf,
  fromElements,
  holding,
  type Memory,
  onMemory,
  onStore,
  outside,
  readOnlyInput,
  storeOf,
} from "./store.js";
export { isRange, isStructure, mapStructure, mapTangents } from "./structure.js";
export {
  fieldOf,
  Inplaceable,
  inplaceable,
  isZero,
  NoTangent,
  NotImplemented,
  notImplemented,
  Tangent,
  Thunk,
  thunk,
  unthunk,
  ZeroTangent,
} from "./tangent.js";
export { isDifferentiable } from "./tangent-space.js";

import { type ProtocolCalls, protocolCalls } from "./call.js";

/** As the main entry's `frule`, without derived rules: undefined where f gives no frule itself. */
export const frule: ProtocolCalls["frule"] = /* @__PURE__ */ (() => protocolCalls(undefined).frule)();
/** As the main entry's `rrule`, without derived rules: undefined where f gives no rrule itself. */
export const rrule: ProtocolCalls["rrule"] = /* @__PURE__ */ (() => protocolCalls(undefined).rrule)();
