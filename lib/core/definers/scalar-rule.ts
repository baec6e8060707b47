import { isNdArray, type NdArray } from "../../nd/index.js";
import { type CallOptions, declare, nameOf } from "../calls/declare.js";
import {
  applyElementwise,
  type Binary,
  checkOperands,
  noOperand,
  type PlainOperand,
  type Ternary,
  type Unary,
  type Variadic,
} from "../calls/elementwise.js";
import { Entrywise, plainPasses, type Slopes } from "../calls/entrywise.js";
import { expectNoMore, withoutPlace } from "../calls/surplus.js";
import { describe, TangentError } from "../errors.js";
import { isScalar, type Operand, type Scalar, TracedNumber } from "../level.js";
import type { OfNumbers } from "../lifted.js";
import type { AnyFunction, Rule } from "../rule.js";
import { isRecord } from "../structures/record.js";
import { add, scale } from "../tangents/arithmetic.js";
import { cotangentOf } from "../tangents/broadcasting.js";
import { isZero, NoTangent } from "../tangents/tangent.js";
import { highestLevel } from "../traced/dispatch.js";

/** By number of operands whether f takes as many; open where no call has tried. */
type Takes = (boolean | undefined)[];

/** Options of `scalarRule`. */
export interface ScalarRuleOptions<F extends AnyFunction> extends Omit<CallOptions<F>, "elementwise" | "fresh"> {
  /** The same function computed a faster way on numbers, for the loops over arrays; f itself when absent. */
  readonly kernel?: ((...xs: number[]) => number) | undefined;
  /**
   * Says that the partials read nothing but their arguments, and branch on no number as `x === 0 ? a : b` does: then no call looks whether
   * the loops agree with them, which costs short arrays a tenth of their time.
   */
  readonly exact?: boolean | undefined;
}

type Partials = (y: Scalar, ...args: never[]) => readonly Scalar[];

/** The partials written for one entry; run on whole arrays too, since they are made of differentiable functions. */
interface ScalarRule {
  /**
   * The rule of an elementwise function from its partial derivatives, written in differentiable functions with the result y in hand:
   * forward, reverse, broadcasting and every higher order follow.
   * @param f        numbers first, at most one options object last
   * @param partials (y, x, …, options) => [∂y/∂x, …]
   */
  (f: (x: number) => number, partials: (y: Scalar, x: Scalar) => readonly [Scalar], options?: ScalarRuleOptions<Unary>): Unary;
  (
    f: (x: number, y: number) => number,
    partials: (out: Scalar, x: Scalar, y: Scalar) => readonly [Scalar, Scalar],
    options?: ScalarRuleOptions<Binary>,
  ): Binary;
  (
    f: (x: number, y: number, z: number) => number,
    partials: (out: Scalar, x: Scalar, y: Scalar, z: Scalar) => readonly [Scalar, Scalar, Scalar],
    options?: ScalarRuleOptions<Ternary>,
  ): Ternary;
  (
    f: (...xs: number[]) => number,
    partials: (y: Scalar, ...xs: Scalar[]) => readonly Scalar[],
    options?: ScalarRuleOptions<Variadic>,
  ): Variadic;
  <D extends AnyFunction>(
    f: (...args: OfNumbers<Parameters<D>>) => number,
    partials: (y: Scalar, ...args: never[]) => readonly Scalar[],
    options?: ScalarRuleOptions<D>,
  ): D;
}

export const scalarRule: ScalarRule = (
  f: AnyFunction,
  partialsOf: AnyFunction,
  options: ScalarRuleOptions<AnyFunction> = {},
): AnyFunction => {
  const name = nameOf("scalarRule", f, options, "name, replace, kernel, exact, dispatch");
  if (typeof partialsOf !== "function")
    throw new TypeError(`scalarRule: the partials of ${name} are ${describe(partialsOf)}; give (y, x, …) => [∂y/∂x, …]`);
  const partials = partialsOf as (y: Operand, ...args: unknown[]) => readonly Operand[];
  const { kernel = f } = options;

  const checked = (slopes: readonly number[], count: number): readonly number[] =>
    slopes?.length === count ? slopes : counted(name, slopes, count);
  const slopesOf: Slopes = { of: partials as unknown as Slopes["of"], checked };

  const takes: Takes = [false, f.length < 2 || undefined, f.length === 2 || f.length === 0 || undefined];
  /** Whether f takes that many; its partials tell whether it has operands that may be left out. */
  const takesOperands = (count: number, hasOptions: boolean, rest: readonly unknown[] = []): boolean => {
    if (takes[count] ?? (f.length === 0 || f.length === count || f.length === count + (hasOptions ? 1 : 0))) return true;
    const ones = new Array<number>(count).fill(1);
    try {
      takes[count] = partials(f(...ones, ...rest) as number, ...ones, ...rest).length === count;
    } catch {
      takes[count] = false;
    }
    return takes[count] ?? false;
  };
  const expectCount = (operands: readonly unknown[], rest: readonly unknown[]): void => {
    const count = operands.length;
    if (takesOperands(count, rest.length > 0, rest)) return;
    expectNoMore(name, operands, f.length);
    checkOperands(name, operands);
    throw new TypeError(`${name}: got ${count} ${count === 1 ? "operand" : "operands"}; it takes ${f.length}`);
  };
  const taken = (args: readonly unknown[]): readonly unknown[] => {
    if (args.length <= f.length) return args;
    const kept = withoutPlace(args);
    expectCount(...split(f, kept));
    return kept;
  };

  const plain = (...args: unknown[]): unknown => {
    const x = args[0];
    if (args.length === 1 && typeof x === "number" && takes[1]) return f(x) as number;
    const [operands, rest] = split(f, args);
    expectCount(operands, rest);
    const guarded = rest.map((options) => inert(name, operands.length, options));
    return applyElementwise(name, rest.length === 0 ? f : (...xs) => f(...xs, ...guarded) as number, operands as PlainOperand[]);
  };

  const differentiable: AnyFunction = declare(
    {
      primal: f,
      plain,
      elementwise: new Entrywise(name, { f: kernel, partials: partialsOf, exact: options.exact }, takesOperands),
      taken,
      definer: "scalarRule",
      standing: (k, args) => k > 0 && isRecord(args[k]),
      zeros: "symbolic",
      pair: () => ({
        frule: (tangents: readonly unknown[], ...args: unknown[]) => {
          const y = differentiable(...args) as Operand;
          const [operands, rest] = split(f, args);
          expectOperands(name, operands);
          const moving = operands.map((_, k) => (isZero(tangents[k + 1]) ? undefined : (tangents[k + 1] as Operand)));
          if (moving.every((t) => t === undefined)) return [y, 0];
          const passes = isNdArray(y) ? plainPasses() : undefined;
          if (passes !== undefined && highestLevel([y, ...operands, ...moving]) === undefined) {
            const call = { slopes: slopesOf, y: y as NdArray, operands: operands as PlainOperand[], rest };
            return [y, passes.tangent(call, moving as (PlainOperand | undefined)[])];
          }
          const slopes = counted(name, partials(y, ...args), operands.length);
          const terms = moving.flatMap((t, k) => (t === undefined ? [] : [scale(slopes[k] as Operand, t)]));
          return [y, terms.reduce((a, b) => add(a, b))];
        },
        rrule: (...args: unknown[]) => {
          const y = differentiable(...args) as Operand;
          const [operands, rest] = split(f, args);
          expectOperands(name, operands);
          return [
            y,
            (ybar: Operand) => {
              const passes = isNdArray(y) ? plainPasses() : undefined;
              if (passes !== undefined && highestLevel([y, ybar, ...operands]) === undefined) {
                const call = { slopes: slopesOf, y: y as NdArray, operands: operands as PlainOperand[], rest };
                return [NoTangent, ...passes.cotangents(call, ybar as PlainOperand)];
              }
              const slopes = counted(name, partials(y, ...args), operands.length);
              return [NoTangent, ...operands.map((operand, k) => cotangentOf(operand as Operand, scale(slopes[k] as Operand, ybar)))];
            },
          ];
        },
      }),
    },
    {
      ...options,
      name,
      dispatch: options.dispatch ?? ((general, rule) => fastLane(rule, partials as unknown as Partials, general, takes)),
    },
  );
  return differentiable;
};

/** The operands of a call and the options after them: a record, or undefined where f has a default for it. */
function split(f: AnyFunction, args: readonly unknown[]): readonly [operands: readonly unknown[], rest: readonly unknown[]] {
  const last = args[args.length - 1];
  const hasOptions = args.length > 1 && (isRecord(last) || (last === undefined && args.length > f.length));
  return hasOptions ? [args.slice(0, -1), args.slice(-1)] : [args, []];
}

/** A function whose dispatch looks at some of its arguments takes others without a word; its pullback would not. */
function expectOperands(name: string, operands: readonly unknown[]): void {
  for (let k = 0; k < operands.length; k++) {
    const operand = operands[k];
    if (!isScalar(operand) && !isNdArray(operand)) throw noOperand(name, k, operand);
  }
}

/** A copy of the options that throws where f takes it for a number. */
function inert(name: string, before: number, options: unknown): unknown {
  if (typeof options !== "object" || options === null) return options;
  const refuse = (): never => {
    throw noOperand(name, before, options);
  };
  const prototype = Object.getPrototypeOf(options) as object | null;
  if (prototype === Object.prototype) return { ...options, [Symbol.toPrimitive]: refuse };
  return Object.create(prototype, { ...Object.getOwnPropertyDescriptors(options), [Symbol.toPrimitive]: { value: refuse } });
}

/** The partials, one for each operand. */
function counted<P>(name: string, slopes: readonly P[], count: number): readonly P[] {
  if (slopes?.length !== count) {
    const came = Array.isArray(slopes) ? `${slopes.length} partials` : describe(slopes);
    throw new TangentError(`${name}: its scalarRule gave ${came} for ${count} operands; return a list, one partial for each operand`);
  }
  return slopes;
}

/** Plain numbers run f; one or two numbers of one level go straight onto it; everything else goes the general way. */
function fastLane(rule: Rule, partials: Partials, general: AnyFunction, takes: Takes): AnyFunction {
  const { name, primal: f } = rule;
  const slope = partials as unknown as (y: number, ...xs: number[]) => readonly number[];
  return (...args: unknown[]): unknown => {
    const x = args[0];
    const z = args[1];
    if (args.length === 1 && takes[1]) {
      if (typeof x === "number") return f(x);
      if (x instanceof TracedNumber && !x.level.ended && rule.stepsAside === undefined) {
        const y = f(x.primal) as number;
        return x.level.unary(y, x, counted(name, slope(y, x.primal), 1)[0] as number);
      }
    } else if (args.length === 2 && takes[2]) {
      const a = typeof x === "number" ? x : x instanceof TracedNumber ? x.primal : undefined;
      const b = typeof z === "number" ? z : z instanceof TracedNumber ? z.primal : undefined;
      if (a !== undefined && b !== undefined && rule.stepsAside === undefined) {
        const y = f(a, b) as number;
        if (x instanceof TracedNumber) {
          if (typeof z === "number") return x.level.unary(y, x, counted(name, slope(y, a, b), 2)[0] as number);
          const other = z as TracedNumber;
          if (other.level === x.level) {
            const [pa, pb] = counted(name, slope(y, a, b), 2);
            return x.level.binary(y, x, pa as number, other, pb as number);
          }
        } else if (z instanceof TracedNumber) return z.level.unary(y, z, counted(name, slope(y, a, b), 2)[1] as number);
        else return y;
      }
    }
    return general(...args);
  };
}
