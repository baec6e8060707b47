export { reverseOperators } from "./operators.js";
