export { columns } from "./columns.js";
export { OuterValue } from "./columns-level.js";
export { type ForwardOperators, forwardOperators } from "./operators.js";
