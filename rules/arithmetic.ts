// The arithmetic of numbers and arrays; scale, sumTo and cast are what rules are written with.
export { cast, scale, sumTo } from "../lib/core/index.js";
export { add, div, fma, mul, neg, reciprocal, square, sub } from "./field.js";
export { pow } from "./power.js";
export { mod, rem } from "./remainder.js";
