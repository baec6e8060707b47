// Every differentiable function by name; scale, sumTo and cast are what rules are written with.
export { cast, scale, sumTo } from "../lib/core/index.js";
export * from "./activations.js";
export * from "./arithmetic.js";
export * from "./comparison.js";
export * from "./distances.js";
export * from "./elementary.js";
export * from "./higher-order.js";
export * from "./indexing.js";
export * from "./lab/index.js";
export * from "./linalg.js";
export * from "./nn.js";
export * from "./piecewise.js";
export * from "./products.js";
export * from "./reductions.js";
export * from "./shaping.js";
