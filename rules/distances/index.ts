// # Distances

export { cdist } from "./cdist.js";
export { type BetweenPoints, pairwiseSqdist } from "./pairwise-sqdist.js";
