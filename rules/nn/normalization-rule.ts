import {
  type AnyArray,
  type AnyFunction,
  add,
  cast,
  cotangentOf,
  defineRule,
  fieldOf,
  floatKindOf,
  isZero,
  NoTangent,
  type Operand,
  optionsFor,
  type Scalar,
  scale,
  sumTo,
  Thunk,
  thunk,
} from "../../lib/core/index.js";
import { resultLike } from "../../lib/nd/float-array.js";
import { extentsOf, type FloatDType, type NdArray, overLines, rowMajor, sizeOf, zerosOf } from "../../lib/nd/index.js";
import { mul, square } from "../elementwise/field.js";
import { sum } from "../reductions/sums.js";
import { reshape } from "../shaping/reshape.js";
import { isPlain } from "../support/fused.js";
import { linedNumbers } from "../support/lined-numbers.js";
import { optionsCotangent } from "../support/options-cotangent.js";
import { arrayFor } from "../support/reduce-options.js";
import { epsOf, expectParameter, type NormalizationOptions, type Parameter, type Plan, type PlanOf } from "./normalization-plan.js";
import { channelsBack, Normal, normalizedForth, normalizedLines, rowsBack } from "./normalized-lines.js";
import { type Standardized, standardized, unitSlope } from "./standardize.js";

/** The kind of the result: float32 when all arrays are. */
function kindFor(arrays: readonly Parameter[]): FloatDType {
  return arrays.every((a) => a === undefined || floatKindOf(a) === "float32") ? "float32" : "float64";
}

/** y, or its tangent, in the kind of the result. */
function inResultKind(y: AnyArray, arrays: readonly Parameter[]): AnyArray {
  return kindFor(arrays) === "float32" ? cast(y, "float32") : y;
}

/** x̂ · weight + bias. */
function affine(xhat: AnyArray, [weight, bias]: readonly Parameter[], { as }: Plan): AnyArray {
  const scaled = weight === undefined ? xhat : mul(xhat, reshape(weight, as));
  return bias === undefined ? scaled : add(scaled, reshape(bias, as));
}

/** What loops over the lines of a plain array need: its parameters, and room for what is known of a line. */
function normalFor(x: AnyArray, [weight, bias]: readonly Parameter[], { axes, own, centered, eps }: Plan): Normal {
  const { count } = extentsOf(x.shape, axes);
  const [w, b] = [weight, bias].map((parameter) => (parameter === undefined ? undefined : linedNumbers(parameter as NdArray)));
  const ofEntries = axes[0] === x.dimension - axes.length;
  return new Normal(ofEntries ? 1 : 0, sizeOf(own), count, centered, eps as number, w, b);
}

/** What has the shape of x, summed to that of weight and bias. */
function summed(t: Operand, { own, as }: Plan): Operand {
  return reshape(sumTo<AnyArray>(t, as), own);
}

/** −½ r² x̂ weight: how y moves with eps. */
function epsSlope([xhat, r]: Standardized, weight: Parameter, { as }: Plan): Operand {
  const slope = mul(mul(-0.5, square(r)), xhat);
  return weight === undefined ? slope : scale(reshape(weight, as), slope);
}

/** The cotangents of x, weight and bias. */
interface Bars {
  readonly x: NdArray;
  readonly weight: NdArray;
  readonly bias: NdArray;
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

  /** y of plain arrays, and what is known of its lines. */
  const run = (x: NdArray, arrays: readonly Parameter[], plan: Plan): readonly [y: NdArray, normal: Normal] => {
    const normal = normalFor(x, arrays, plan);
    const y = zerosOf(x.shape, kindFor([x as AnyArray, ...arrays]));
    overLines(normalizedLines, normal, x.shape, plan.axes, [x], [y]);
    return [y, normal];
  };

  /** The cotangents of plain arrays, together. */
  const back = (x: NdArray, normal: Normal, ybar: NdArray, { axes, own }: Plan): Bars => {
    const xbar = resultLike(x);
    const size = sizeOf(own);
    normal.movedWeight = new Float64Array(size);
    normal.movedBias = new Float64Array(size);
    overLines(normal.step === 1 ? rowsBack : channelsBack, normal, x.shape, axes, [x, ybar], [xbar]);
    return { x: xbar, weight: rowMajor(normal.movedWeight, own), bias: rowMajor(normal.movedBias, own) };
  };

  const moving = (
    x: NdArray,
    dx: NdArray,
    arrays: readonly Parameter[],
    tangents: readonly unknown[],
    plan: Plan,
  ): readonly [NdArray, NdArray] => {
    const normal = normalFor(x, arrays, plan);
    const movedOf = (k: number): Float64Array =>
      arrays[k] === undefined ? new Float64Array(sizeOf(plan.own)) : linedNumbers(tangents[k] as NdArray);
    normal.movedWeight = movedOf(0);
    normal.movedBias = movedOf(1);
    const kind = kindFor([x as AnyArray, ...arrays]);
    const y = zerosOf(x.shape, kind);
    const dy = zerosOf(x.shape, kind);
    overLines(normalizedForth, normal, x.shape, plan.axes, [x, dx], [y, dy]);
    return [y, dy];
  };

  return defineRule(
    (x: AnyArray, ...rest: readonly unknown[]) => run(x as NdArray, arraysOf(rest), planFor(x, rest))[0],
    {
      frule: ([, dx, ...drest]: readonly unknown[], x: AnyArray, ...rest: readonly unknown[]) => {
        const plan = planFor(x, rest);
        const [weight, bias] = arraysOf(rest);
        const [dweight, dbias] = drest as AnyArray[] as [AnyArray, AnyArray];
        const deps = fieldOf(drest[parameters.length] ?? NoTangent, "eps");
        const still = isZero(deps) || deps === 0;
        if (still && isPlain(x, weight, bias) && isPlain(dx, dweight, dbias) && isPlain(plan.eps))
          return moving(x as NdArray, dx as NdArray, [weight, bias], [dweight, dbias], plan);
        const standard = standardized(x, plan);
        const [xhat, r] = standard;
        const moved = unitSlope(xhat, r, dx as AnyArray, plan, shareOf(x, plan));
        let dy = weight === undefined ? moved : scale(reshape(weight, plan.as), moved);
        if (weight !== undefined) dy = add(dy, scale(xhat, reshape(dweight, plan.as)));
        if (bias !== undefined) dy = add(dy, reshape(dbias, plan.as));
        if (!still) dy = add(dy, scale(epsSlope(standard, weight, plan), deps as Scalar));
        const arrays = [x, weight, bias];
        return [inResultKind(affine(xhat, [weight, bias], plan), arrays), inResultKind(dy, arrays)];
      },
      rrule: (x: AnyArray, ...rest: readonly unknown[]) => {
        const plan = planFor(x, rest);
        const [weight, bias] = arraysOf(rest);
        const done = isPlain(x, weight, bias) && isPlain(plan.eps) ? run(x as NdArray, [weight, bias], plan) : undefined;
        let known: Standardized | undefined;
        const standard = (): Standardized => {
          known ??= standardized(x, plan);
          return known;
        };
        return [
          done === undefined ? inResultKind(affine(standard()[0], [weight, bias], plan), [x, weight, bias]) : done[0],
          function normalizationPullback(ybar: AnyArray) {
            const eps = thunk(() => sum(scale(epsSlope(standard(), weight, plan), ybar) as AnyArray));
            const bars =
              done !== undefined && isPlain(ybar) ? new Thunk(() => back(x as NdArray, done[1], ybar as NdArray, plan)) : undefined;
            /** One of those made together, or what differentiable functions make of it. */
            const barOf = (key: keyof Bars, composed: () => Operand): Operand =>
              bars === undefined ? composed() : ((bars.value() as Bars)[key] as AnyArray);
            const xbar = (): Operand => {
              const [xhat, r] = standard();
              const through = weight === undefined ? ybar : (scale(reshape(weight, plan.as), ybar) as AnyArray);
              return unitSlope(xhat, r, through, plan, shareOf(x, plan));
            };
            const all = [
              NoTangent,
              thunk(() => cotangentOf(x, barOf("x", xbar))),
              parameterBar(weight, () => barOf("weight", () => summed(scale(standard()[0], ybar), plan))),
              parameterBar(bias, () => barOf("bias", () => summed(ybar, plan))),
            ];
            return [
              ...all.slice(0, 2 + Math.min(rest.length, parameters.length)),
              ...optionsCotangent(rest[parameters.length] as O | undefined, { eps }),
            ];
          },
        ];
      },
    },
    { name, fresh: true },
  );
}

/** 1 / n, n the size of what is brought to unit size together. */
function shareOf(x: AnyArray, { axes }: Plan): number {
  return 1 / sizeOf(axes.map((axis) => x.shape[axis] as number));
}
