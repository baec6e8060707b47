export { type ArgExtremeOf, type ArgOptions, argmax, argmin, type ExtremeOf, max, min } from "./extremes.js";
export type { Axes, ReduceOptions, Reduction } from "./reduce-options.js";
export { mean, sum } from "./sums.js";
