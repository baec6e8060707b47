// What rewritten code imports when it runs ("cotangent/plain"). Nobody writes these names by hand: cotangent/transform does.
export { call, callMethod, guard, ofOne } from "./calls.js";
export { isStillList, settled } from "./declared.js";
export type { int } from "./differentiable.js";
export { at, entry, index, put } from "./entries.js";
export {
  arrayFrom,
  float32,
  float32From,
  float32Of,
  float64,
  float64From,
  float64Of,
} from "./float-list.js";
export { dual, mark, marked, rewritten } from "./marked.js";
export * from "./math.js";
export {
  add,
  addValues,
  and,
  chain,
  div,
  divValues,
  first,
  mul,
  mulValues,
  neg,
  negValues,
  or,
  pow,
  powValues,
  rem,
  remValues,
  sub,
  subValues,
  toNumber,
  whole,
} from "./operators.js";
export { scratch } from "./scratch.js";
export { areStill, isStill, plain, primal, settle } from "./still.js";
