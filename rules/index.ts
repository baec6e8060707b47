// Every differentiable function by name.
export * from "./arithmetic.js";
export * from "./comparison.js";
export * from "./elementary.js";
export * from "./piecewise.js";
export * from "./reductions.js";
