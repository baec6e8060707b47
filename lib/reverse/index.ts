export { type Gradients, reverseOperators, type ReverseOperators } from "./operators.js";
