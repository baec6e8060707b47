// The door of the house: what engines, rules and the kit take from core. What cotangent/core publishes stands in public.ts.

export type { CallOptions, DefineRuleOptions } from "./calls/declare.js";
export type { Binary, PlainOperand, Ternary, Unary, Variadic } from "./calls/elementwise.js";
export { broadcastStride, entryOperands } from "./calls/entry-call.js";
export type { ElementwiseOptions } from "./calls/entrywise.js";
export { entryPullbacks, entryRecords, summedViews } from "./calls/entrywise.js";
export { droppedError, standsStill, takenStill } from "./calls/standing.js";
export type { AppliedRule, CotangentTarget, EntryPullback, EntryRecords, SummedViews, WalkBack } from "./calls/ways-back.js";
export { type BilinearRuleOptions, bilinearRule } from "./definers/bilinear-rule.js";
export { defineRule, nonDifferentiable, optOut } from "./definers/define.js";
export { type LinearRuleOptions, linearRule, type OtherForm } from "./definers/linear-rule.js";
export { useLoops } from "./definers/loops.js";
export { type Place, placed } from "./definers/parts.js";
export { type ScalarRuleOptions, scalarRule } from "./definers/scalar-rule.js";
export { strongly } from "./definers/strong-image.js";
export type { EntryCall, EntryFunction, EntryLoops } from "./entry-function.js";
export { describe, expectFunction, MissingRuleError, NotTraceableError, TangentError } from "./errors.js";
export {
  type AnyArray,
  type AnyFloats,
  below,
  closureError,
  type Entries,
  endedError,
  inheriting,
  isOperand,
  isScalar,
  KeptNumber,
  Level,
  type Operand,
  type Scalar,
  TracedNumber,
  TracedScalar,
  uncloneable,
} from "./level.js";
export type { ByAxes, Differentiable, Lifted, LiftedArguments, OfArray, OfTwoArrays, Plain, Refused, Widened } from "./lifted.js";
export { arange, array, full, type TracedSource } from "./makers/create.js";
export { configure, type Settings } from "./protocol/checked.js";
export { type Checks, checksOf, isChecked } from "./protocol/checks.js";
export { expectCotangents, expectPair } from "./protocol/contracts.js";
export { checkpointed, hook, ignoreDerivatives, stopGradient } from "./protocol/control.js";
export { fruleOf, pushforwardFrom, rruleOf } from "./protocol/derive.js";
export { frule, hasRule, type ProtocolCalls, protocolCalls, rrule } from "./protocol/protocol-calls.js";
export { expectDifferentiated, expectValue, finished, handedOut, handOver } from "./protocol/result.js";
export { byFrule, byRrule } from "./protocol/rule-calls.js";
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
export { callable } from "./structures/callable.js";
export { inFloats, isTracedFloats, onFloats, type TracedFloats } from "./structures/floats.js";
export { optionsFor } from "./structures/options-for.js";
export { markRange, type Range, range } from "./structures/range.js";
export { isRecord, partNames } from "./structures/record.js";
export { asItStands } from "./structures/standing.js";
export { hasParts, isRange, isStructure, mapStructure, mapTangents, partsOf, pathTo, type Structure } from "./structures/structure.js";
export { addedTo } from "./tangents/added-to.js";
export { add, multiplyAdd, scale, strongProduct } from "./tangents/arithmetic.js";
export { broadcastTo, cast, cotangentOf, type SumTo, sumTo } from "./tangents/broadcasting.js";
export { flatten } from "./tangents/flatten.js";
export { accumulate, innerProduct, subtract, times } from "./tangents/laws.js";
export { basisOf, checkParts, fitTangent, oneLike, project, projectTo, realize, zeroLike } from "./tangents/project.js";
export {
  fieldOf,
  Inplaceable,
  inplaceable,
  isZero,
  NoTangent,
  NotImplemented,
  needed,
  notImplemented,
  Tangent,
  Thunk,
  thunk,
  unthunk,
  ZeroTangent,
} from "./tangents/tangent.js";
export { isDifferentiable } from "./tangents/tangent-space.js";
export { type Leaves, treeMap } from "./tangents/tree-map.js";
export { copy, similar } from "./traced/arrays.js";
export { highestLevel, levelOf } from "./traced/dispatch.js";
export { BoxedEntries, OverlaidEntries } from "./traced/entries.js";
export { useFloats } from "./traced/floats.js";
export { checkArguments, primal, useGround } from "./traced/ground.js";
export { lower } from "./traced/lower.js";
export { outside, readOnlyInput } from "./traced/outside.js";
export { pin } from "./traced/pin.js";
export { Recomputed } from "./traced/recomputed.js";
export {
  DifferentiableStore,
  elementsOf,
  floatKindOf,
  fromElements,
  holding,
  type Memory,
  onMemory,
  onStore,
  storeOf,
  writable,
} from "./traced/store.js";
