import { allClose } from "../lib/index.js";
import { isNdArray, type NdArray, packedData } from "../lib/nd/index.js";
import type { Answer } from "./answer.js";
import { type Program, variantNames } from "./program.js";

/** A gradient as numbers and flat arrays, lists and records taken apart. */
function flat(gradient: readonly unknown[]): unknown[] {
  return gradient.flatMap((part) => {
    if (isNdArray(part)) return [packedData(part as NdArray)];
    return typeof part !== "object" || part === null || ArrayBuffer.isView(part) ? [part] : flat(Object.values(part));
  });
}

/** How far two gradients lie apart, in words. */
function difference(a: readonly unknown[], b: readonly unknown[]): string {
  const numbers = (gradient: readonly unknown[]): number[] =>
    flat(gradient).flatMap((part) => (typeof part === "number" ? part : [...(part as Float64Array)]));
  const left = numbers(a);
  const right = numbers(b);
  if (left.length !== right.length) return `has ${left.length} entries, the hand-written one ${right.length}`;
  let size = 0;
  let gap = 0;
  for (let k = 0; k < left.length; k++) {
    size = Math.max(size, Math.abs(left[k] as number), Math.abs(right[k] as number));
    gap = Math.max(gap, Math.abs((left[k] as number) - (right[k] as number)));
  }
  return `differs from the hand-written one by ${gap / size} of its largest entry`;
}

/** The largest entry of a gradient. */
function largest(gradient: readonly unknown[]): number {
  return flat(gradient).reduce<number>(
    (most, part) =>
      typeof part === "number"
        ? Math.max(most, Math.abs(part))
        : (part as Float64Array).reduce((m, entry) => Math.max(m, Math.abs(entry)), most),
    0,
  );
}

/** Two ways to compute the same thing gave different answers. */
export class DisagreementError extends Error {
  override readonly name = "DisagreementError";
}

/** What tells the variants of a program apart from its hand-written loop; empty when all agree to 1e-12. */
export function disagreements({ name, variants, tolerance, valueOnly = false }: Program): string[] {
  const expected: Answer = variants.hand();
  const wrong: string[] = [];
  for (const variant of variantNames) {
    const run = variants[variant];
    if (run === undefined || variant === "hand") continue;
    const answer = run();
    const close = tolerance ?? 1e-12;
    if (!allClose(answer.value, expected.value, { rtol: close, atol: close })) {
      wrong.push(`${name}: ${variant} gives ${answer.value}, the hand-written loop ${expected.value}`);
    } else if (
      !valueOnly &&
      !allClose(flat(answer.gradient), flat(expected.gradient), {
        rtol: close,
        atol: tolerance === undefined ? close : close * largest(expected.gradient),
      })
    ) {
      wrong.push(`${name}: the gradient by ${variant} ${difference(answer.gradient, expected.gradient)}`);
    }
  }
  return wrong;
}
