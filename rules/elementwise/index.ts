// Functions that work entry by entry, on numbers and arrays alike. The slope at the joint of a piecewise one is what conventions fix.

// # Arithmetic

export { add, div, fma, mul, neg, reciprocal, square, sub } from "./field.js";
export { pow } from "./power.js";
export { mod, rem } from "./remainder.js";

// # Elementary functions

export { exp, exp2, exp10, expm1, log, log1p, log2, log10 } from "./exponential.js";
export { acosh, asinh, atanh, cosh, sinh, tanh } from "./hyperbolic.js";
export { cbrt, hypot, sqrt } from "./roots.js";
export { sinc } from "./sinc.js";
export { acos, asin, atan, atan2, cos, cospi, cot, csc, deg2rad, rad2deg, sec, sin, sinpi, tan } from "./trigonometric.js";

// # Piecewise functions

export { type Clip, clip, maximum, minimum } from "./bounds.js";
export { ceil, floor, fround, type Ldexp, ldexp, round, trunc } from "./rounding.js";
export { abs, copysign, sign } from "./signs.js";
export { type Condition, type Where, where } from "./where.js";

// # Activations and stable forms

export { type GeluOptions, gelu, mish, silu } from "./gated-units.js";
export { type EluOptions, elu, type LeakyReluOptions, leakyRelu, relu, softsign, type UnaryWith } from "./rectifiers.js";
export { logit, logSigmoid, sigmoid, softplus } from "./sigmoid.js";
export { log1mexp, logsubexp, xlog1py } from "./stable-log1p.js";
export { logaddexp, xlogx, xlogy } from "./stable-logs.js";

// # Comparisons

export { type Comparison, equal, greater, greaterEqual, less, lessEqual } from "./comparison.js";
