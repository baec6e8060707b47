import {
  type AnyFunction,
  checkArguments,
  type Differentiator,
  describe,
  expectDifferentiated,
  expectValue,
  handedOut,
  handOver,
  isChecked,
  isScalar,
  type LiftedArguments,
  lower,
  type Plain,
  pin,
  project,
  type Refused,
  readOnlyInput,
  realize,
  type Scalar,
  TangentError,
  useFloats,
  useGround,
} from "../core/index.js";
import { packed } from "../nd/index.js";
import { CheckedForwardLevel } from "./checked-level.js";
import { viewsOf } from "./dual.js";
import { ForwardLevel } from "./forward-level.js";

/** The operators of forward mode. The second form of each is for the compiler: its message about a function that does not fit is the cure. */
export interface ForwardOperators {
  /**
   * [y, ẏ]: the value of f at args and its movement when each argument moves along its tangent.
   * @param args     numbers, arrays, Float64Arrays and Float32Arrays, or nested records, tuples and lists of them
   * @param tangents one for each argument, of its own structure; `ZeroTangent` for one that does not move
   * @throws {TangentError} when a tangent does not fit its argument
   */
  pushforward<const A extends readonly unknown[], Y>(
    f: (...args: LiftedArguments<A>) => Y,
    args: A,
    tangents: readonly unknown[],
  ): [y: Plain<Y>, dy: Plain<Y>];
  pushforward<F extends AnyFunction, const A extends readonly unknown[]>(
    f: Refused<F, LiftedArguments<A>, unknown>,
    args: A,
    tangents: readonly unknown[],
  ): [y: Plain<ReturnType<F>>, dy: Plain<ReturnType<F>>];
  /** dy/dx of a function of one number, which may return any structure. */
  derivative<Y>(f: (x: Scalar) => Y, x: Scalar): Plain<Y>;
  derivative<F extends AnyFunction>(f: Refused<F, [x: Scalar], unknown>, x: Scalar): Plain<ReturnType<F>>;
}

/** The operators over one differentiator, which rules of higher-order functions get. */
export function forwardOperators(ad: Differentiator | undefined): ForwardOperators {
  useGround();
  useFloats();
  const push = (who: string, f: AnyFunction, args: readonly unknown[], tangents: readonly unknown[]): [unknown, unknown] => {
    expectDifferentiated(who, f);
    if (!Array.isArray(args) || !Array.isArray(tangents) || args.length !== tangents.length) {
      throw new TangentError(
        `${who}: ${Array.isArray(args) ? args.length : describe(args)} arguments and ${Array.isArray(tangents) ? tangents.length : describe(tangents)} tangents; give two lists of one length, one tangent for each argument`,
      );
    }
    if (args.length === 0)
      throw new TypeError(`${who}: there is nothing to differentiate by; give the arguments of f and their tangents, ${who}(f, [x], [dx])`);
    checkArguments(who, args);
    checkArguments(who, tangents);
    const level = isChecked() ? new CheckedForwardLevel(ad) : new ForwardLevel(ad);
    try {
      const raised = args.map((arg, k) =>
        level.raise(
          arg,
          project(arg, tangents[k], () => `${who}: tangent ${k + 1}`, true),
          () => `${who}: tangent ${k + 1}`,
          readOnlyInput,
        ),
      );
      const y = pin(level, expectValue(who, f(...raised.map(handedOut))));
      // What is copied for the caller need not be kept from being used again.
      const [primal, tangent] = viewsOf(level, y) ?? [];
      if (primal !== undefined && tangent !== undefined) return [packed(primal), packed(tangent)];
      const value = lower(level, y);
      return [handOver(who, value), handOver(who, realize(value, level.tangentOf(y)))];
    } finally {
      level.end();
    }
  };
  return {
    pushforward: (f: AnyFunction, args: readonly unknown[], tangents: readonly unknown[]) => push("pushforward", f, args, tangents),
    derivative: (f: AnyFunction, x: Scalar) => {
      if (!isScalar(x)) {
        throw new TypeError(`derivative: x is ${describe(x)}, a number is needed; use jacobian, or gradient`);
      }
      return push("derivative", f, [x], [1])[1];
    },
  } as unknown as ForwardOperators;
}
