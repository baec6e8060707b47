import {
  type AnyArray,
  type AnyFunction,
  type Differentiator,
  defineRule,
  describe,
  isScalar,
  NoTangent,
  type RulePair,
  type Scalar,
  ZeroTangent,
} from "../../lib/core/index.js";
import { isNdArray } from "../../lib/nd/index.js";

/**
 * Both halves for a function that runs functions it is handed: all of a run is differentiated in one call of the engine, by the arguments,
 * those functions' own parameters among them. Time and memory are those of the run, traced.
 * @param count how many of the first arguments can move; all of them when absent
 */
export function runPair(ad: Differentiator, run: AnyFunction, count?: number): RulePair {
  const held = (args: readonly unknown[]): AnyFunction => (count === undefined ? run : (...moving) => run(...moving, ...args.slice(count)));
  return {
    frule: ([, ...dargs]: readonly unknown[], ...args: unknown[]) => {
      const moving = args.slice(0, count);
      const tangents = moving.map((_, k) => dargs[k] ?? ZeroTangent);
      return ad.pushforward(held(args), moving, tangents);
    },
    rrule: (...args: unknown[]) => {
      const [y, back] = ad.pullback(held(args), ...args.slice(0, count));
      return [
        y,
        function runPullback(ybar: unknown) {
          return [NoTangent, ...back(ybar)];
        },
      ];
    },
  };
}

/** Such a function with its rule. */
export function runRule(name: string, run: AnyFunction): AnyFunction {
  return defineRule(run, (ad) => runPair(ad, run), { name, zeros: "symbolic" });
}

/**
 * What f returned, when it is a number.
 * @param where names what f was given
 */
export function scalarFrom(who: string, y: unknown, where: () => string): Scalar {
  if (isScalar(y)) return y;
  if (isNdArray(y) && y.dimension === 0) return (y as AnyArray).get();
  throw new TypeError(`${who}: f returned ${describe(y)} for ${where()}; a number is needed`);
}
