import type { NdArray } from "../../lib/index.js";
import type { Run } from "../answer.js";
import type { Program } from "../program.js";

/** A reduction, product or function of nn: at most three times the loop by hand. */
export function arrayProgram(name: string, hand: Run, rule: Run): Program {
  return { name, variants: { hand, rule }, limit: 3, binds: true };
}

/** The store of a row-major float64 array. */
export function floats(x: NdArray): Float64Array {
  return x.data as Float64Array;
}
