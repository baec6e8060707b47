// The elementary functions.
export { exp, exp2, exp10, expm1, log, log1p, log2, log10 } from "./exponential.js";
export { acosh, asinh, atanh, cosh, sinh, tanh } from "./hyperbolic.js";
export { cbrt, hypot, sqrt } from "./roots.js";
export { sinc } from "./sinc.js";
export { acos, asin, atan, atan2, cos, cospi, cot, csc, deg2rad, rad2deg, sec, sin, sinpi, tan } from "./trigonometric.js";
