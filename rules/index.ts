// Every differentiable function by name.
export * from "./arithmetic.js";
export * from "./comparison.js";
export * from "./elementary.js";
export * from "./indexing.js";
export * from "./lab/index.js";
export * from "./piecewise.js";
export * from "./products.js";
export * from "./reductions.js";
export * from "./shaping.js";
