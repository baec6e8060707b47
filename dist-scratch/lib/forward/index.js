export { forwardOperators } from "./operators.js";
