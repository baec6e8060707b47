import {
  type AnyArray,
  type AnyFunction,
  add,
  basisOf,
  type Differentiator,
  defineRule,
  describe,
  expectFunction,
  handedOut,
  isDifferentiable,
  type Level,
  levelOf,
  linearRule,
  lower,
  NoTangent,
  NotTraceableError,
  type Operand,
  optionsFor,
  pin,
  primal,
  type RulePair,
  ZeroTangent,
} from "../../lib/core/index.js";
import {
  type FloatDType,
  floatDType,
  formatShape,
  isNdArray,
  type NdArray,
  packedData,
  rowMajor,
  sameShape,
  shown,
} from "../../lib/nd/index.js";
import { neg } from "../elementwise/field.js";
import { sub } from "../elementwise/index.js";
import { type DenseSolver, denseSolver } from "./dense-system.js";
import type { PlainFunction, SearchSettings } from "./newton.js";

/** When the search ends. */
export interface SearchOptions {
  /** The largest last step, relative to the larger of 1 and |x|; 1e-12 when absent, 5e-7 where x is of single precision. */
  readonly tol?: number | undefined;
  /** After how many steps the search is given up. */
  readonly maxIterations?: number | undefined;
}

/** A function of an unknown and of parameters. */
type Equation = (x: Operand, params: unknown) => Operand;

/** A function that is given by an equation for its result. */
export interface ImplicitFunction {
  readonly who: string;
  /** What is 0 at the result: of f's value there, and the result. */
  readonly residual: (y: Operand, x: Operand) => Operand;
  /** The search on plain numbers, for f itself. */
  readonly search: (who: string, f: PlainFunction, start: Float64Array, settings: SearchSettings) => Float64Array;
  readonly maxIterations: number;
}

/** How an unknown is made of its entries. */
interface Unknown {
  readonly start: Float64Array;
  readonly single: boolean;
  readonly of: (entries: Float64Array) => number | NdArray;
  /** The entries of what f returned, as plain numbers. */
  readonly entriesOf: (y: unknown) => Float64Array;
}

function unknownOf(who: string, x0: Operand): Unknown {
  if (!isDifferentiable(x0) && !isNdArray(x0)) throw new TypeError(`${who}: x0 is ${describe(x0)}; a number or an array is needed`);
  const plain = primal(x0 as AnyArray) as NdArray | number;
  const shape = isNdArray(plain) ? plain.shape : undefined;
  const dtype: FloatDType = isNdArray(plain) ? floatDType(plain.dtype) : "float64";
  return {
    start: isNdArray(plain) ? (packedData(plain, "float64") as Float64Array) : Float64Array.of(plain),
    single: dtype === "float32",
    of: (entries) => {
      if (shape === undefined) return entries[0] as number;
      return rowMajor(dtype === "float32" ? Float32Array.from(entries) : entries.slice(), shape);
    },
    entriesOf: (y) => {
      const value = isDifferentiable(y) || isNdArray(y) ? (primal(y as AnyArray) as NdArray | number) : undefined;
      if (isNdArray(value) && sameShape(value.shape, shape ?? [])) return packedData(value, "float64") as Float64Array;
      if (typeof value === "number" && shape === undefined) return Float64Array.of(value);
      const form = shape === undefined ? "a number" : `an array of shape ${formatShape(shape)}`;
      throw new TypeError(`${who}: f returned ${describe(y)} where x is ${form}; return what x is, one equation for each unknown`);
    },
  };
}

function settingsOf(who: string, options: SearchOptions | undefined, most: number, single: boolean): SearchSettings {
  const epsilon = single ? 2 ** -23 : Number.EPSILON;
  const { tol = single ? 4 * epsilon : 1e-12, maxIterations = most } = optionsFor(who, options, "tol, maxIterations");
  if (typeof tol !== "number" || !(tol > 0 && tol < Number.POSITIVE_INFINITY))
    throw new RangeError(`${who}: tol = ${shown(tol)}; give a number greater than 0`);
  if (typeof maxIterations !== "number" || !(maxIterations >= 1))
    throw new RangeError(`${who}: maxIterations = ${shown(maxIterations)}; give a number of at least 1`);
  return { tol, maxIterations, epsilon };
}

/** Solves for numbers and arrays. */
interface SolvedBy {
  (v: number | NdArray, solve: DenseSolver, transposed: boolean): number | NdArray;
  (v: Operand, solve: DenseSolver, transposed: boolean): Operand;
}

/** v ↦ a⁻¹ v for a matrix of plain numbers, or a⁻ᵀ v: linear, so it differentiates at every order. */
const solvedBy: SolvedBy = linearRule(
  (v: number | NdArray, solve: DenseSolver, transposed: boolean) => {
    if (!isNdArray(v)) return solve(Float64Array.of(v), transposed)[0] as number;
    const x = solve(packedData(v, "float64") as Float64Array, transposed);
    return rowMajor(floatDType(v.dtype) === "float32" ? Float32Array.from(x) : x, v.shape);
  },
  (xbar: Operand, _, solve: DenseSolver, transposed: boolean) => solvedBy(xbar, solve, !transposed),
  { name: "solvedBy" },
);

/** How many differentiation calls, one inside the other, trace a value. */
function nesting(x: unknown): number {
  let below: unknown = x;
  let depth = 0;
  let level = levelOf(below);
  while (level !== undefined && level.ad !== undefined) {
    below = lower(level, pin(level, below));
    depth++;
    const next: Level | undefined = levelOf(below);
    if (next === level) break;
    level = next;
  }
  return depth;
}

/**
 * z for which apply(z) = b, `solve` being the exact solution for the plain numbers below all tracing. Each round is right to one more order
 * of what outer calls differentiate by, so as many rounds as there are of these make it exact.
 */
function solvedFor(apply: (z: Operand) => Operand, b: Operand, solve: (b: Operand) => Operand): Operand {
  let z = solve(b);
  for (let round = 0, rounds = 1; round < rounds; round++) {
    const rest = sub(b, apply(z));
    if (round === 0) rounds = Math.max(1, nesting(rest));
    z = add(z, solve(rest));
  }
  return z;
}

/** Both halves: derivatives by the implicit function theorem, at the solution. */
function implicitPair(ad: Differentiator, { who, residual }: ImplicitFunction, find: AnyFunction): RulePair {
  /** The solution x, differentiable by what outer calls trace, and the solver of the jacobian there. */
  const solution = (f: Equation, x0: Operand, params: unknown, options?: SearchOptions): { x: Operand; solver: () => DenseSolver } => {
    const plainF = primal(f);
    const plainParams = handedOut(primal(params));
    const found = find(true, plainF, primal(x0 as AnyArray), plainParams, options) as number | NdArray;
    const unknown = unknownOf(who, found);
    const n = unknown.start.length;
    let known: DenseSolver | undefined;
    const solver = (): DenseSolver => {
      if (known !== undefined) return known;
      const jacobian = new Float64Array(n * n);
      let j = 0;
      for (const e of basisOf(found)) {
        const [, column] = ad.pushforward((x: Operand) => residual(plainF(x, plainParams), x), [found], [e]);
        unknown.entriesOf(column).forEach((entry, i) => {
          jacobian[i * n + j] = entry;
        });
        j++;
      }
      known = denseSolver(jacobian, n);
      if (known !== undefined) return known;
      throw new RangeError(`${who}: the jacobian of the equation is singular at its solution, which has no derivative there`);
    };
    const r = residual(f(found, params), found);
    const depth = nesting(r);
    const rest = primal(r as AnyArray);
    let x: Operand = found;
    for (let round = 0; round < depth; round++) {
      x = sub(x, solvedBy(sub(round === 0 ? r : residual(f(x, params), x), rest), solver(), false));
    }
    return { x, solver };
  };

  return {
    frule: ([, df, , dparams]: readonly unknown[], f: Equation, x0: Operand, params: unknown, options?: SearchOptions) => {
      const { x, solver } = solution(f, x0, params, options);
      const tangents = [df ?? NoTangent, dparams ?? NoTangent];
      const [, b] = ad.pushforward((g: Equation, p: unknown) => residual(g(x, p), x), [f, params], tangents);
      const apply = (z: Operand): Operand => ad.pushforward((at: Operand) => residual(f(at, params), at), [x], [z])[1] as Operand;
      return [x, neg(solvedFor(apply, b as Operand, (v) => solvedBy(v, solver(), false)))];
    },
    rrule: (...args: [f: Equation, x0: Operand, params: unknown, options?: SearchOptions]) => {
      const [f, x0, params] = args;
      const { x, solver } = solution(...args);
      const [, back] = ad.pullback((at: Operand, p: unknown, g: Equation) => residual(g(at, p), at), x, params, f);
      return [
        x,
        function implicitPullback(xbar: Operand) {
          const weights = solvedFor(
            (z) => back(z)[0] as Operand,
            xbar,
            (v) => solvedBy(v, solver(), true),
          );
          const [, pbar, fbar] = back(neg(weights));
          const still = isDifferentiable(x0) ? ZeroTangent : NoTangent;
          return [NoTangent, fbar, still, pbar, NoTangent].slice(0, args.length + 1);
        },
      ];
    },
  };
}

/**
 * The differentiable function (f, x0, params, options) => x of an equation for x. Nothing is unrolled: the search runs on plain numbers, and
 * x(params) is differentiated where it ends.
 */
export function implicitRule(implicit: ImplicitFunction): AnyFunction {
  const { who, search, maxIterations } = implicit;
  /** x on plain numbers. Inside a rule, f may close over what outer calls trace. */
  const find = (inside: boolean, f: Equation, x0: Operand, params: unknown, options?: SearchOptions): number | NdArray => {
    expectFunction(who, "f", f, "a function, (x, params) => y");
    const unknown = unknownOf(who, x0);
    const settings = settingsOf(who, options, maxIterations, unknown.single);
    const plain = (entries: Float64Array): Float64Array => {
      const y = f(unknown.of(entries), params);
      if (!inside && levelOf(y)?.ad !== undefined) {
        throw new NotTraceableError(
          `${who}: f closes over a traced value, by which x could not be differentiated; pass that value in params, ${who}(f, x0, params)`,
        );
      }
      return unknown.entriesOf(y);
    };
    return unknown.of(search(who, plain, unknown.start, settings));
  };
  const run = (f: Equation, x0: Operand, params: unknown, options?: SearchOptions): unknown => find(false, f, x0, params, options);
  return defineRule(run, (ad) => implicitPair(ad, implicit, find), { name: who, still: [3], zeros: "symbolic" });
}
