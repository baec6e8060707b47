import {
  type AnyArray,
  type AnyFunction,
  checkArguments,
  checksOf,
  type Differentiator,
  describe,
  endedError,
  expectDifferentiated,
  expectValue,
  finished,
  handedOut,
  handOver,
  isChecked,
  isStructure,
  type LiftedArguments,
  lower,
  type Plain,
  pin,
  project,
  type Refused,
  type Scalar,
  TangentError,
  TracedScalar,
  useFloats,
  useGround,
  type Widened,
} from "../core/index.js";
import { isNdArray } from "../nd/index.js";
import { CheckedReverseLevel } from "./checked-level.js";
import { ReverseLevel } from "./reverse-level.js";
import { Sweep } from "./sweep.js";
import { Tape } from "./tape.js";
import { returnTape, takeTape } from "./tape-pool.js";

/** The gradient of a function with respect to an argument has the argument's own structure. */
export type Gradients<A extends readonly unknown[]> = { -readonly [K in keyof A]: A[K] };

/** The operators of reverse mode. The second form of each is for the compiler: its message about a function that does not fit is the cure. */
export interface ReverseOperators {
  /**
   * The gradients of a scalar function, one for each argument, of the argument's own structure: real zeros where it does not matter,
   * `NoTangent` where it cannot move (integers, flags, strings).
   * @param f    synchronous; returns a number
   * @param args numbers, arrays, Float64Arrays and Float32Arrays, or nested records, tuples and lists of them
   * @throws {TypeError} when f returns anything but a scalar
   */
  gradient<const A extends readonly unknown[]>(f: (...args: LiftedArguments<A>) => Scalar, ...args: A): Gradients<Widened<A>>;
  gradient<F extends AnyFunction, const A extends readonly unknown[]>(
    f: Refused<F, LiftedArguments<A>, Scalar>,
    ...args: A
  ): Gradients<Widened<A>>;
  /** As `gradient`, with the value. */
  withGradient<const A extends readonly unknown[]>(
    f: (...args: LiftedArguments<A>) => Scalar,
    ...args: A
  ): { value: number; gradient: Gradients<Widened<A>> };
  withGradient<F extends AnyFunction, const A extends readonly unknown[]>(
    f: Refused<F, LiftedArguments<A>, Scalar>,
    ...args: A
  ): { value: number; gradient: Gradients<Widened<A>> };
  /**
   * [y, back]: the value, and the function from a cotangent of its own structure to the list of cotangents, one for each argument. It can
   * be called again, later, and interleaved with others.
   */
  pullback<const A extends readonly unknown[], Y>(
    f: (...args: LiftedArguments<A>) => Y,
    ...args: A
  ): [y: Plain<Y>, back: (ybar: unknown) => Gradients<Widened<A>>];
  pullback<F extends AnyFunction, const A extends readonly unknown[]>(
    f: Refused<F, LiftedArguments<A>, unknown>,
    ...args: A
  ): [y: Plain<ReturnType<F>>, back: (ybar: unknown) => Gradients<Widened<A>>];
}

/** The operators over one differentiator, which rules of higher-order functions get. */
export function reverseOperators(ad: Differentiator | undefined): ReverseOperators {
  useGround();
  useFloats();
  /** The level of a call whose arguments are in order, on a tape that is taken only then. */
  const begun = (who: string, f: AnyFunction, args: readonly unknown[], take: () => Tape): ReverseLevel => {
    expectDifferentiated(who, f);
    if (args.length === 0)
      throw new TypeError(`${who}: there is nothing to differentiate by; give the arguments of f behind it, ${who}(f, x)`);
    checkArguments(who, args);
    return isChecked() ? new CheckedReverseLevel(ad, take()) : new ReverseLevel(ad, take());
  };

  const withGradient = (who: string, f: AnyFunction, args: readonly unknown[]): { value: Scalar; gradient: unknown[] } => {
    const level = begun(who, f, args, takeTape);
    const { tape } = level;
    try {
      const lifted = args.map((arg) => level.lift(arg));
      const y = scalarResult(who, f(...lifted.map(handedOut)));
      level.ended = true;
      const sweep = new Sweep(level, tape.zeroedBars());
      sweep.receive(y, 1);
      sweep.run();
      return { value: lower(level, y) as Scalar, gradient: sweep.finish(args, lifted) };
    } finally {
      level.ended = true;
      returnTape(tape);
    }
  };

  const pullback = (f: AnyFunction, ...args: unknown[]): [unknown, (ybar: unknown) => unknown[]] => {
    const level = begun("pullback", f, args, () => new Tape());
    try {
      const lifted = args.map((arg) => level.lift(arg));
      const output = pin(level, expectValue("pullback", f(...lifted.map(handedOut))));
      const y = handOver("pullback", lower(level, output));
      const given = isChecked() ? checksOf()?.snapshot(args) : undefined;
      const back = (ybar: unknown): unknown[] => {
        const changed = given?.changed() ?? -1;
        if (changed >= 0)
          throw new TangentError(`pullback: argument ${changed + 1} was changed after the forward pass; change a copy instead`);
        checkArguments("pullback: ybar", [ybar]);
        const sweep = new Sweep(level, new Float64Array(level.tape.cotangents));
        sweep.receive(
          output,
          project(y, ybar, () => "pullback: ybar", true),
        );
        sweep.run();
        return sweep.finish(args, lifted);
      };
      return [y, back];
    } finally {
      level.ended = true;
    }
  };

  return {
    gradient: (f: AnyFunction, ...args: unknown[]) => withGradient("gradient", f, args).gradient,
    withGradient: (f: AnyFunction, ...args: unknown[]) => withGradient("withGradient", f, args),
    pullback,
  } as unknown as ReverseOperators;
}

function scalarResult(who: string, result: unknown): Scalar {
  const y = finished(who, result);
  if (typeof y === "number") return y;
  if (y instanceof TracedScalar) {
    if (y.level.ended) throw endedError();
    return y;
  }
  if (isNdArray(y) && y.dimension === 0) return (y as AnyArray).get();
  const cure = isNdArray(y) || isStructure(y) ? "; sum it, or use jacobian" : "; return a number";
  throw new TypeError(`${who}: f returned ${describe(y)}, a scalar is needed${cure}`);
}
