import { type Differentiator, uncloneable } from "./core/index.js";
import { type ForwardOperators, forwardOperators } from "./forward/index.js";
import { type ReverseOperators, reverseOperators } from "./reverse/index.js";

/** The operators of both engines; rules of higher-order functions differentiate with them. */
export interface EnginePair extends ForwardOperators, ReverseOperators {
  readonly pushforward: ForwardOperators["pushforward"] & Differentiator["pushforward"];
  readonly pullback: ReverseOperators["pullback"] & Differentiator["pullback"];
}

/** The one pair of engines: each is handed both, so that rules which differentiate find them whoever calls. */
export const engines: EnginePair = tied();

function tied(): EnginePair {
  const ad = { copied: uncloneable } as unknown as EnginePair;
  return Object.assign(ad, forwardOperators(ad), reverseOperators(ad));
}
