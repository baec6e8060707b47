import {
  type AnyArray,
  type ByAxes,
  byFrule,
  byRrule,
  defineRule,
  isZero,
  NoTangent,
  type Operand,
  type Pullback,
  type Scalar,
  ZeroTangent,
} from "../../lib/core/index.js";
import type { NdArray } from "../../lib/nd/index.js";
import { operandsFor } from "./contraction-rule.js";
import { type Step, stepsOf } from "./einsum-steps.js";

/**
 * `einsum`: a number where the subscripts end with "->", an array where letters stand after it. Without it, or with the axes of the ellipsis
 * alone, say which where it matters: `einsum<number>("i,i", a, b)`.
 */
export interface Einsum extends ByAxes<[spec: string, ...xs: (NdArray | number)[]], [spec: string, ...xs: Operand[]]> {
  (spec: `${string}->`, ...xs: (NdArray | number)[]): number;
  (spec: `${string}->`, ...xs: Operand[]): Scalar;
  (spec: `${string}->...`, ...xs: (NdArray | number)[]): number | NdArray;
  (spec: `${string}->...`, ...xs: Operand[]): Operand;
  (spec: `${string}->${string}`, ...xs: (NdArray | number)[]): NdArray;
  (spec: `${string}->${string}`, ...xs: Operand[]): AnyArray;
}

function planned(spec: string, xs: readonly unknown[]): readonly Step[] {
  operandsFor("einsum", xs, true);
  return stepsOf(spec, xs);
}

/** The arguments of a step's map. */
function argumentsOf({ from, plan }: Step, values: readonly unknown[]): unknown[] {
  return [...from.map((at) => values[at]), plan];
}

/**
 * Sums of products over named axes, as NumPy's `einsum`: y[result] = Σ x₁[…] x₂[…] … over the axes that the result lacks. A letter that
 * stands twice in one operand takes its diagonal; "..." stands for axes that broadcast, and so does an extent of 1. Without "->" the result
 * has the axes of the ellipsis, then the letters that stand once, in the order of the alphabet, capitals first. Operands are multiplied two
 * by two, the cheapest pair first, by the matrix product. Numbers count as arrays without axes.
 *   ẏ = Σₖ einsum(x₁, …, ẋₖ, …)      x̄ₖ = Σ ȳ Πⱼ xⱼ (j ≠ k) over the axes that xₖ lacks
 * @param spec subscripts such as "ij,jk->ik"; static
 * @returns an array, or a number when the result has no axes
 * @throws {RangeError} when the subscripts cannot be read, or do not fit the shapes
 */
export const einsum: Einsum = defineRule(
  (spec: string, ...xs: (number | NdArray)[]): number | NdArray => {
    const values: unknown[] = [...xs];
    for (const step of planned(spec, xs)) values.push(step.map(...argumentsOf(step, values)));
    return values.at(-1) as number | NdArray;
  },
  {
    frule: ([, , ...dxs]: readonly unknown[], spec: string, ...xs: unknown[]) => {
      const values = [...xs];
      const tangents = [...dxs];
      for (const step of planned(spec, xs)) {
        const args = argumentsOf(step, values);
        const moving = step.from.map((at) => tangents[at] ?? ZeroTangent);
        const [y, dy] = moving.every(isZero)
          ? [step.map(...args), ZeroTangent]
          : byFrule([NoTangent, ...moving, NoTangent], step.map, ...args);
        values.push(y);
        tangents.push(dy);
      }
      return [values.at(-1), tangents.at(-1)];
    },
    rrule: (spec: string, ...xs: unknown[]) => {
      const values = [...xs];
      const steps = planned(spec, xs);
      const backs = steps.map((step) => {
        const [y, back] = byRrule(step.map, ...argumentsOf(step, values));
        values.push(y);
        return back;
      });
      return [
        values.at(-1),
        function einsumPullback(ybar: unknown) {
          const cotangents = new Array<unknown>(values.length).fill(ZeroTangent);
          cotangents[values.length - 1] = ybar;
          for (let k = steps.length - 1; k >= 0; k--) {
            const [, ...parts] = (backs[k] as Pullback)(cotangents[xs.length + k]);
            (steps[k] as Step).from.forEach((at, j) => {
              cotangents[at] = parts[j];
            });
          }
          return [NoTangent, NoTangent, ...cotangents.slice(0, xs.length)];
        },
      ];
    },
  },
  { name: "einsum", still: [0], zeros: "symbolic", fresh: true },
);
