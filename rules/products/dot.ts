import { formatShape } from "../../lib/nd/index.js";
import { type Contraction, contractionRule, type Product } from "./contraction-rule.js";
import { dotShortcuts } from "./product-shortcuts.js";

/** Names for `count` axes, from `first` on. */
export function namesFrom(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, k) => first + k);
}

/** The sum over one axis of each; nothing broadcasts. */
function overOneAxis(who: string, a: readonly number[], b: readonly number[], axisOfB: number): Contraction {
  const refuse = (why: string): never => {
    throw new RangeError(`${who}: shapes ${formatShape(a)} and ${formatShape(b)} do not fit: ${why}`);
  };
  if (a.length === 0 || b.length === 0) return refuse("both need at least one axis; multiply by a scalar with mul");
  const last = a.length - 1;
  if (a[last] !== b[axisOfB]) {
    return refuse(`axis ${last} of the first has ${a[last]} entries, axis ${axisOfB} of the second has ${b[axisOfB]}; make them equal`);
  }
  const left = namesFrom(0, a.length);
  const right = namesFrom(a.length, b.length).with(axisOfB, last);
  return {
    left,
    right,
    out: [...left.slice(0, -1), ...right.filter((label) => label !== last)],
    shape: [...a.slice(0, -1), ...b.filter((_, k) => k !== axisOfB)],
  };
}

/**
 * The inner product of two vectors, a number; in general the sum over the last axis of a and the second-last of b (its only one, for a
 * vector), as NumPy's `dot`: y[…, i, …, j] = Σ a[…, i, p] b[…, p, j]. Nothing broadcasts.
 *   ẏ = dot(ȧ, b) + dot(a, ḃ)           ā = Σ ȳ b,  b̄ = Σ ȳ a, over the axes of the other one
 * @throws {RangeError} when an operand has no axes, or the summed extents differ
 */
export const dot: Product = contractionRule("dot", (a, b) => overOneAxis("dot", a, b, Math.max(0, b.length - 2)), {
  shortcuts: dotShortcuts,
});

/**
 * The sum over the last axes of both, as NumPy's `inner`: y[…, i, …, j] = Σ a[…, i, p] b[…, j, p]; of two vectors a number. Nothing
 * broadcasts.
 *   ẏ = inner(ȧ, b) + inner(a, ḃ)       ā = Σ ȳ b,  b̄ = Σ ȳ a, over the axes of the other one
 * @throws {RangeError} when an operand has no axes, or the last extents differ
 */
export const inner: Product = contractionRule("inner", (a, b) => overOneAxis("inner", a, b, b.length - 1), {
  shortcuts: dotShortcuts,
});
