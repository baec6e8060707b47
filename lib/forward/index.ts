export { type ForwardOperators, forwardOperators } from "./operators.js";
