import { type AnyArray, type DifferentiableStore, type Level, type Scalar, similar, storeOf, TracedScalar } from "../core/index.js";

/** Stands for any number that moves, where an array is to be able to hold it. */
class Anything extends TracedScalar {
  override readonly level: Level = {} as Level;
  override readonly primal: Scalar = 0;
}

/** The same array, able to hold what moves: `zeros(shape)`, `ones(shape)`, `full(shape, value)` in rewritten code. */
export function scratch(x: AnyArray): AnyArray {
  if (storeOf(x) !== undefined) return x;
  const y = similar(x, undefined, { holds: [new Anything()] });
  const store = storeOf(y) as DifferentiableStore;
  const numbers = x.data as ArrayLike<number>;
  for (let k = 0; k < numbers.length; k++) if (numbers[k] !== 0) store.set(k, numbers[k] as number);
  return y;
}
