// Every differentiable function by name; scale, sumTo and cast are what rules are written with.
export { cast, scale, sumTo } from "../lib/core/index.js";
export * from "./distances/index.js";
export * from "./elementwise/index.js";
export * from "./higher-order/index.js";
export * from "./indexing/index.js";
export * from "./lab/index.js";
export * from "./linalg/index.js";
export * from "./nn/index.js";
export * from "./products/index.js";
export * from "./reductions/index.js";
export * from "./shaping/index.js";
