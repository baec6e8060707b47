// # Indexing

export { gather } from "./gather.js";
export type { Indices } from "./indices.js";
export { type Interp, interp } from "./interp.js";
export { maskFill, maskSelect } from "./masks.js";
export { type Scatter, scatterAdd, scatterSet, segmentSum } from "./scatter.js";
export { type Slice, type SliceEntry, slice } from "./slice.js";
export { type SortOptions, sort, type TopkOptions, topk } from "./sorting.js";
export { type Take, take, takeAlongAxis } from "./take.js";
