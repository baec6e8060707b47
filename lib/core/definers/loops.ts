import { sumToShape } from "../../nd/index.js";
import { arrayCall, arrayValue } from "../calls/entry-call.js";
import { type LoopMaker, provideLoops } from "../calls/entrywise.js";
import { writtenPullbacks } from "./entry-pullbacks.js";
import { EntryRecord } from "./entry-record.js";
import { NestedRecord } from "./nested-record.js";
import { plainCotangents, plainTangent } from "./plain-cotangents.js";
import { Totals } from "./totals.js";
import { variantFor } from "./variants.js";

const maker: LoopMaker = {
  loops: variantFor,
  pullbacks: writtenPullbacks,
  call: arrayCall,
  value: arrayValue,
  passes: { tangent: plainTangent, cotangents: plainCotangents },
  sumTo: sumToShape,
  totals: () => new Totals(),
  records: { entry: (...of) => new EntryRecord(...of), nested: (...of) => new NestedRecord(...of) },
};

/**
 * Lets elementwise functions of arrays run in loops. Whoever works on whole arrays calls it, linear rules and jacobians among them, so that
 * every program of arrays has the loops, and a program on numbers does not carry 9 kB for nothing. Without them arrays take the slower way,
 * to the same results.
 */
export function useLoops(): void {
  provideLoops(maker);
}
