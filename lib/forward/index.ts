export { forwardOperators, type ForwardOperators } from "./operators.js";
