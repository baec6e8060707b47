export { add, broadcastTo, cast, scale, strongProduct, sumTo } from "./arithmetic.js";
export { copy, similar } from "./arrays.js";
export { callable } from "./callable.js";
export { hasRule, protocolCalls } from "./call.js";
export { ignoreDerivatives, stopGradient } from "./control.js";
export { defineRule, nonDifferentiable, optOut } from "./define.js";
export { checkedCotangents, checkedPair, resolve } from "./derive.js";
export { highestLevel, levelOf, primal } from "./dispatch.js";
export { describe, MissingRuleError, NotTraceableError, TangentError } from "./errors.js";
export { accumulate, innerProduct, subtract, times } from "./laws.js";
export { endedError, Level, TracedScalar } from "./level.js";
export { bilinearRule, linearRule } from "./linear-rule.js";
export { flatten } from "./memory.js";
export { basisOf, isDifferentiable, oneLike, project, projectTo, realize, zeroLike } from "./project.js";
export { ruleOf, traced } from "./rule.js";
export { markRange, range } from "./range.js";
export { scalarRule } from "./scalar-rule.js";
export { DifferentiableStore, ElementStore, elementsOf, fromElements, onMemory, onStore, outside, storeOf } from "./store.js";
export { isRange, isRecord, isStructure, mapStructure, mapTangents } from "./structure.js";
export { Inplaceable, inplaceable, isZero, fieldOf, NoTangent, NotImplemented, notImplemented, Tangent, Thunk, thunk, unthunk, ZeroTangent } from "./tangent.js";
import { protocolCalls } from "./call.js";
const calls = protocolCalls(undefined);
/** As the main entry's `frule`, without derived rules: undefined where f gives no frule itself. */
export const frule = calls.frule;
/** As the main entry's `rrule`, without derived rules: undefined where f gives no rrule itself. */
export const rrule = calls.rrule;
