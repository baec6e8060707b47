export { columns } from "./columns.js";
export { OuterValue } from "./columns-store.js";
export { type ForwardOperators, forwardOperators } from "./operators.js";
