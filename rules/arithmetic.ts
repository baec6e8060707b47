// The arithmetic of numbers and arrays.
export { add, div, fma, mul, neg, reciprocal, square, sub } from "./field.js";
export { pow } from "./power.js";
export { mod, rem } from "./remainder.js";
