import { isNdArray, type NdArray, packed } from "../nd/index.js";
import { dot, fromVector, magnitude, toVector } from "./vectors.js";

/** What a comparison can be explained with. */
export interface Evidence {
  readonly got: Float64Array;
  readonly expected: Float64Array;
  /** Whether two numbers at this place count as equal. */
  readonly same: (got: number, expected: number, n: number) => boolean;
  /** The value that both are tangents of. */
  readonly primal: unknown;
  /** What others should have been, by name: one of them may have come instead. */
  readonly others?: readonly (readonly [label: string, expected: Float64Array])[] | undefined;
}

/** A known fault that explains all differences between two lists of numbers, in words; empty when none does. */
export function diagnose({ got, expected, same, primal, others = [] }: Evidence): string {
  const matches = (candidate: Float64Array): boolean =>
    candidate.length === got.length && got.every((x, n) => same(x, candidate[n] as number, n));
  if (got.some(Number.isNaN)) return "NaN came out";
  if (got.every((x) => x === 0)) return "it is zero: its derivative was dropped";
  if (matches(expected.map((x) => -x))) return "the sign is wrong";
  for (const [label, other] of others) if (magnitude(other) > 0 && matches(other)) return `it is that of ${label}: the two are swapped`;
  const array = primal as NdArray;
  if (isNdArray(primal) && array.dimension === 2) {
    const flipped = packed((fromVector(primal, expected) as NdArray).transpose(1, 0));
    if (flipped.shape[0] === array.shape[0] && matches(toVector(flipped, flipped))) return "it is transposed";
  }
  const factor = dot(got, expected).sum / dot(expected, expected).sum;
  if (Number.isFinite(factor) && got.length > 1 && matches(expected.map((x) => factor * x)))
    return `it is off by a factor of ${inDigits(factor)}`;
  if (got.length === 1 && Number.isFinite(factor)) return `the factor between them is ${inDigits(factor)}`;
  return signsOf({ got, expected, same, primal });
}

/** A factor in four digits, or in as many as tell it from 1. */
function inDigits(factor: number): number {
  return Number(factor.toPrecision(Math.abs(factor - 1) < 1e-3 ? 12 : 4));
}

/** Whether all faults lie where the argument is negative, or all where it is positive. */
function signsOf({ got, expected, same, primal }: Evidence): string {
  const x = toVector(primal, primal);
  if (x.length !== got.length) return "";
  const wrong: number[] = [];
  const right: number[] = [];
  got.forEach((entry, n) => {
    const bucket = same(entry, expected[n] as number, n) ? right : wrong;
    bucket.push(Math.sign(x[n] as number));
  });
  for (const [sign, word] of [
    [-1, "negative"],
    [1, "positive"],
  ] as const) {
    if (wrong.every((s) => s === sign) && right.length > 0 && right.every((s) => s !== sign))
      return `it is wrong exactly where ${word} numbers stand`;
  }
  return "";
}
