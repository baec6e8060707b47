// Functions that are put together from pieces; the slope at a joint is what conventions fix.
export { type Clip, clip, maximum, minimum } from "./bounds.js";
export { ceil, floor, fround, type Ldexp, ldexp, round, trunc } from "./rounding.js";
export { abs, copysign, sign } from "./signs.js";
export { type Condition, type Where, where } from "./where.js";
