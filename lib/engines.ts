import { type Differentiator, pushforwardFrom, uncloneable } from "./core/index.js";
import { type ForwardOperators, forwardOperators } from "./forward/index.js";
import { carrySpeeds, type ReverseOperators, reverseOperators } from "./reverse/index.js";

/** The operators of both engines; rules of higher-order functions differentiate with them. */
export interface EnginePair extends ForwardOperators, ReverseOperators {
  readonly pushforward: ForwardOperators["pushforward"] & Differentiator["pushforward"];
  readonly pullback: ReverseOperators["pullback"] & Differentiator["pullback"];
}

/**
 * Reverse mode, and what rules that differentiate find whoever calls them. A program that asks for no forward derivative ends here, without
 * the forward engine: its pushforwards are made of pullbacks.
 */
export const reverse: Omit<EnginePair, "derivative"> = alone();

/** The one pair of engines: the same object, forward mode in its place. */
export const engines: EnginePair = paired();

function alone(): typeof reverse {
  const ad = { copied: uncloneable } as unknown as EnginePair;
  return Object.assign(ad, reverseOperators(ad), { pushforward: pushforwardFrom(ad) });
}

function paired(): EnginePair {
  carrySpeeds();
  return Object.assign(reverse, forwardOperators(reverse));
}
