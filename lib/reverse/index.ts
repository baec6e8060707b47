export { type Gradients, type ReverseOperators, reverseOperators } from "./operators.js";
