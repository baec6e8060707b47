// # Products

export type { Product } from "./contraction-rule.js";
export { type ConvolveOptions, convolve } from "./convolve.js";
export { cross } from "./cross.js";
export { dot, inner } from "./dot.js";
export { type Einsum, einsum } from "./einsum.js";
export { kron } from "./kron.js";
export { matmul } from "./matmul.js";
export { outer } from "./outer.js";
export { polyval } from "./polyval.js";
export { type TensordotAxes, tensordot } from "./tensordot.js";
