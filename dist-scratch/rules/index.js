// Every differentiable function by name.
export * from "./arithmetic.js";
export * from "./reductions.js";
