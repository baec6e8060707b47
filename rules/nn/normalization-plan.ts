import { type AnyArray, describe, isRecord, type Scalar } from "../../lib/core/index.js";
import { formatShape, isNdArray, type NdArray, sameShape } from "../../lib/nd/index.js";
import { arrayFor, numberOf } from "../support/reduce-options.js";
import type { Standard } from "./standardize.js";

/** What keeps the division from one by 0. */
export interface NormalizationOptions {
  /** Added to the mean of squares, 0 or more. 1e-5 when absent. Differentiable too. */
  readonly eps?: Scalar | undefined;
}

/** What a normalization does with an array: over which axes, and what weight and bias look like. */
export interface Plan extends Standard {
  /** The shape of weight and bias. */
  readonly own: readonly number[];
  /** The same with axes that broadcast to the array. */
  readonly as: readonly number[];
}

/** The plan for an array of this shape; it throws where there is none. */
export type PlanOf<O> = (shape: readonly number[], options: O) => Omit<Plan, "eps">;

/** A weight or a bias; undefined where there is none. */
export type Parameter = AnyArray | undefined;

/** eps, a traced number where it is one. */
export function epsOf(who: string, options: NormalizationOptions): Scalar {
  const { eps = 1e-5 } = options;
  return numberOf(who, "eps", eps, (size) => size >= 0 && size < Number.POSITIVE_INFINITY, "give a number, 0 or more");
}

/** Throws where a weight or a bias does not fit. */
export function expectParameter(who: string, name: string, given: unknown, { own }: Plan): void {
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
