export { carrySpeeds } from "./moving-sweep.js";
export { type Gradients, type ReverseOperators, reverseOperators } from "./operators.js";
