import { max, min } from "../../rules/index.js";
import type { Scalar, Unary } from "../core/index.js";
import { scalarRule } from "../core/index.js";

export {
  abs as math_abs,
  acos as math_acos,
  acosh as math_acosh,
  asin as math_asin,
  asinh as math_asinh,
  atan as math_atan,
  atan2 as math_atan2,
  atanh as math_atanh,
  cbrt as math_cbrt,
  ceil as math_ceil,
  cos as math_cos,
  cosh as math_cosh,
  exp as math_exp,
  expm1 as math_expm1,
  floor as math_floor,
  fround as math_fround,
  log as math_log,
  log1p as math_log1p,
  log2 as math_log2,
  log10 as math_log10,
  pow as math_pow,
  sign as math_sign,
  sin as math_sin,
  sinh as math_sinh,
  sqrt as math_sqrt,
  tan as math_tan,
  tanh as math_tanh,
  trunc as math_trunc,
} from "../../rules/index.js";

import { hypot } from "../../rules/index.js";

type OfNumbers = (...xs: Scalar[]) => Scalar;

/** `Math.round`: halves go upwards, where the library's own `round` takes the even one. */
export const math_round: Unary = /* @__PURE__ */ scalarRule(
  (x: number) => Math.round(x),
  () => [0],
  { name: "Math.round" },
);

/** `Math.max`: of nothing −∞. */
export const math_max = (...xs: Scalar[]): Scalar => (xs.length === 0 ? Number.NEGATIVE_INFINITY : (max as OfNumbers)(...xs));

/** `Math.min`: of nothing ∞. */
export const math_min = (...xs: Scalar[]): Scalar => (xs.length === 0 ? Number.POSITIVE_INFINITY : (min as OfNumbers)(...xs));

/** `Math.hypot`: of nothing 0. */
export const math_hypot = (...xs: Scalar[]): Scalar => (xs.length === 0 ? 0 : (hypot as OfNumbers)(...xs));
