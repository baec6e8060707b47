export { type Gradients, type LiftedArguments, reverseOperators, type ReverseOperators, type Widened } from "./operators.js";
