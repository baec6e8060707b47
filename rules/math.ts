// Keeps the rules that are keyed by functions of Math: after `import "cotangent/rules/math"` no bundler shakes them out, and
// `rrule(Math.sin, x)` finds them.
import { type AnyFunction, MissingRuleError, ruleOf } from "../lib/core/index.js";
import {
  abs,
  acos,
  acosh,
  asin,
  asinh,
  atan,
  atan2,
  atanh,
  cbrt,
  ceil,
  cos,
  cosh,
  exp,
  expm1,
  floor,
  fround,
  hypot,
  log,
  log1p,
  log2,
  log10,
  pow,
  sign,
  sin,
  sinh,
  sqrt,
  tan,
  tanh,
  trunc,
} from "./elementwise/index.js";
import { roundUp } from "./elementwise/rounding.js";

/** Each has the name of its function of Math. */
const keyed: readonly AnyFunction[] = [
  ...[abs, acos, acosh, asin, asinh, atan, atan2, atanh, cbrt, ceil, cos, cosh, exp, expm1, floor, fround, hypot],
  ...[log, log10, log1p, log2, pow, roundUp, sign, sin, sinh, sqrt, tan, tanh, trunc],
];

for (const { name } of keyed) {
  const raw = Reflect.get(Math, name) as AnyFunction;
  if (ruleOf(raw) === undefined) throw new MissingRuleError(`Math.${name} has no rule; import it from cotangent's own rules`);
}
