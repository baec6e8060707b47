import {
  type AnyArray,
  type AnyFunction,
  add,
  cast,
  cotangentOf,
  defineRule,
  describe,
  floatKindOf,
  highestLevel,
  isRecord,
  NoTangent,
  type Operand,
  optionsFor,
  scale,
  sumTo,
  Thunk,
  thunk,
} from "../lib/core/index.js";
import { formatShape, isNdArray, type NdArray, sameShape, sizeOf } from "../lib/nd/index.js";
import { mul } from "./field.js";
import { channelCotangents, weighted } from "./normalized-channels.js";
import { rowCotangents } from "./normalized-rows.js";
import { arrayFor } from "./reduce-options.js";
import { reshape } from "./reshape.js";
import { overChannels, type Standard, standardized, unitSlope } from "./standardize.js";

/** What keeps the division from one by 0. */
export interface NormalizationOptions {
  /** Added to the mean of squares, 0 or more. 1e-5 when absent. */
  readonly eps?: number | undefined;
}

/** What a normalization does with an array: over which axes, and what weight and bias look like. */
export interface Plan extends Standard {
  /** The shape of weight and bias. */
  readonly own: readonly number[];
  /** The same with axes that broadcast to the array. */
  readonly as: readonly number[];
}

/** The plan for an array of this shape; it throws where there is none. */
type PlanOf<O> = (shape: readonly number[], options: O) => Omit<Plan, "eps">;

type Parameter = AnyArray | undefined;

function epsOf(who: string, options: NormalizationOptions): number {
  const { eps = 1e-5 } = options;
  if (typeof eps !== "number") throw new TypeError(`${who}: eps is ${describe(eps)}; give a number`);
  if (!(eps >= 0 && eps < Number.POSITIVE_INFINITY)) throw new RangeError(`${who}: eps = ${eps}; give a number, 0 or more`);
  return eps;
}

/** Throws where a weight or a bias does not fit. */
function expectParameter(who: string, name: string, given: unknown, { own }: Plan): void {
  if (given === undefined) return;
  if (!isNdArray(given)) {
    const cure = isRecord(given)
      ? "; options come last: give undefined where there is none"
      : `; an array of shape ${formatShape(own)}, or undefined, is needed`;
    throw new TypeError(`${who}: ${name} is ${describe(given)}${cure}`);
  }
  arrayFor(`${who}: ${name}`, given as NdArray);
  if (!sameShape(given.shape, own))
    throw new RangeError(`${who}: ${name} has shape ${formatShape(given.shape)}; one of shape ${formatShape(own)} is needed`);
}

/** y, or its tangent, in the kind of the result: float32 when all arrays are. */
function fitted(y: AnyArray, arrays: readonly Parameter[]): AnyArray {
  const single = arrays.every((a) => a === undefined || floatKindOf(a) === "float32");
  return single ? cast(y, "float32") : y;
}

/** x̂ · weight + bias. */
function affine(xhat: AnyArray, [weight, bias]: readonly Parameter[], { as, own }: Plan): AnyArray {
  if (weight === undefined && bias === undefined) return xhat;
  if (highestLevel([xhat, weight, bias]) === undefined) {
    const inner = sizeOf(xhat.shape.slice(xhat.dimension - as.length + own.length));
    return weighted(xhat as NdArray, weight as NdArray | undefined, bias as NdArray | undefined, inner);
  }
  const scaled = weight === undefined ? xhat : mul(xhat, reshape(weight, as));
  return bias === undefined ? scaled : add(scaled, reshape(bias, as));
}

/** What has the shape of x, summed to that of weight and bias. */
function summed(t: Operand, { own, as }: Plan): Operand {
  return reshape(sumTo(t, as), own);
}

/** The cotangent of a weight or a bias. */
function parameterBar(parameter: Parameter, bar: () => Operand): unknown {
  return parameter === undefined ? NoTangent : thunk(() => cotangentOf(parameter, bar()));
}

/**
 * The rule of a normalization.
 * @param parameters the names of the arrays after x: weight, or weight and bias
 * @param names      of the options, for messages
 */
export function normalizationRule<O extends NormalizationOptions>(
  name: string,
  parameters: readonly string[],
  planOf: PlanOf<O>,
  names = "eps",
): AnyFunction {
  /** The plan of a call, after a look at its arguments. */
  const planFor = (x: AnyArray, rest: readonly unknown[]): Plan => {
    arrayFor(name, x as NdArray);
    const options = optionsFor(name, rest[parameters.length] as O | undefined, names);
    const plan = { ...planOf(x.shape, options), eps: epsOf(name, options) };
    parameters.forEach((parameter, k) => {
      expectParameter(name, parameter, rest[k], plan);
    });
    return plan;
  };
  const arraysOf = (rest: readonly unknown[]): Parameter[] => rest.slice(0, parameters.length) as Parameter[];

  return defineRule(
    (x: AnyArray, ...rest: readonly unknown[]) => {
      const plan = planFor(x, rest);
      return fitted(affine(standardized(x, plan)[0], arraysOf(rest), plan), [x, ...arraysOf(rest)]);
    },
    {
      frule: ([, dx, ...drest]: readonly unknown[], x: AnyArray, ...rest: readonly unknown[]) => {
        const plan = planFor(x, rest);
        const [xhat, r] = standardized(x, plan);
        const [weight, bias] = arraysOf(rest);
        const [dweight, dbias] = drest as AnyArray[] as [AnyArray, AnyArray];
        const moved = unitSlope(xhat, r, dx as AnyArray, plan, shareOf(x, plan));
        let dy = weight === undefined ? moved : scale(reshape(weight, plan.as), moved);
        if (weight !== undefined) dy = add(dy, scale(xhat, reshape(dweight, plan.as)));
        if (bias !== undefined) dy = add(dy, reshape(dbias, plan.as));
        const arrays = [x, weight, bias];
        return [fitted(affine(xhat, [weight, bias], plan), arrays), fitted(dy, arrays)];
      },
      rrule: (x: AnyArray, ...rest: readonly unknown[]) => {
        const plan = planFor(x, rest);
        const [xhat, r] = standardized(x, plan);
        const [weight, bias] = arraysOf(rest);
        return [
          fitted(affine(xhat, [weight, bias], plan), [x, weight, bias]),
          function normalizationPullback(ybar: AnyArray) {
            const plainly = highestLevel([xhat, weight, bias, ybar]) === undefined;
            const together = new Thunk(() => {
              const arrays = [xhat, r, weight, ybar] as [NdArray, NdArray, NdArray | undefined, NdArray];
              return overChannels(xhat, plan) ? channelCotangents(...arrays) : rowCotangents(...arrays, plan);
            });
            const fromAll = (key: "x" | "weight" | "bias"): Operand => (together.value() as ReturnType<typeof rowCotangents>)[key];
            const xbar = (): Operand => {
              if (plainly) return fromAll("x");
              const through = weight === undefined ? ybar : (scale(reshape(weight, plan.as), ybar) as AnyArray);
              return unitSlope(xhat, r, through, plan, shareOf(x, plan));
            };
            return [
              NoTangent,
              thunk(() => cotangentOf(x, xbar())),
              parameterBar(weight, () => (plainly ? fromAll("weight") : summed(scale(xhat, ybar), plan))),
              parameterBar(bias, () => (plainly ? fromAll("bias") : summed(ybar, plan))),
            ].slice(0, rest.length + 2);
          },
        ];
      },
    },
    { name },
  ) as unknown as AnyFunction;
}

/** 1 / n, n the size of what is brought to unit size together. */
function shareOf(x: AnyArray, { axes }: Plan): number {
  return 1 / sizeOf(axes.map((axis) => x.shape[axis] as number));
}
