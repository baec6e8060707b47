// # Reductions

export type { Axes, ReduceOptions, Reduction } from "../support/reduce-options.js";
export { argsort } from "./argsort.js";
export { type Cumulative, cumprod, cumsum } from "./cumulative.js";
export { type DiffOptions, diff, trapz } from "./differences.js";
export { type FindExtreme, type FindOptions, findmax, findmin } from "./extreme-positions.js";
export { type ArgExtremeOf, type ArgOptions, argmax, argmin, type ExtremeOf, max, min } from "./extremes.js";
export { logcumsumexp } from "./logcumsumexp.js";
export { logsumexp } from "./logsumexp.js";
export type { MaskedOptions } from "./masked.js";
export { type NormOptions, norm } from "./norms.js";
export { median, type Quantile, quantile } from "./order-statistics.js";
export { prod } from "./prod.js";
export { cummax, cummin } from "./running-extremes.js";
export { mean, type Sum, sum } from "./sums.js";
export { type SpreadOptions, std, variance } from "./variance.js";
