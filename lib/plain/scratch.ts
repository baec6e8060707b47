import { type AnyArray, type DifferentiableStore, floatKindOf, storeOf, writable } from "../core/index.js";

/** The same array, able to hold what moves: `zeros(shape)`, `ones(shape)`, `full(shape, value)` in rewritten code. */
export function scratch(x: AnyArray): AnyArray {
  if (storeOf(x) !== undefined) return x;
  const y = writable(x.shape, floatKindOf(x));
  const store = storeOf(y) as DifferentiableStore;
  const numbers = x.data as ArrayLike<number>;
  for (let k = 0; k < numbers.length; k++) if (numbers[k] !== 0) store.set(k, numbers[k] as number);
  return y;
}
