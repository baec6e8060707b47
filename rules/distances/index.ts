// # Distances

export { type Cdist, type CdistOptions, cdist } from "./cdist.js";
export { type BetweenPoints, pairwiseSqdist } from "./pairwise-sqdist.js";
