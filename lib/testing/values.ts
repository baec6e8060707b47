import { describe } from "../core/index.js";
import { formatShape, isFloating, isNdArray, type NdArray, packedData, sameShape, shown } from "../nd/index.js";
import { expectClose } from "./expect.js";
import { type Subject, valueAt } from "./subject.js";
import { forEachPart, magnitude, toVector } from "./vectors.js";

/**
 * Throws where a half's value is not the function's own: of the same structure, shapes and kinds, and equal to 1e-12 of its largest entry
 * (1e-6 in single precision); a rule may compute it another way, so it need not be equal to the last bit.
 */
export function expectOwnValue(subject: Subject, y: unknown, half: "frule" | "rrule"): void {
  expectSameValue(
    `${subject.name}: value of the ${half} against the function's own`,
    y,
    valueAt(subject),
    subject.single ? 1e-6 : 1e-12,
    "return the function's own value",
  );
}

/** Throws where two results differ in form, or in a number by more than this part of the largest one. */
export function expectSameValue(who: string, y: unknown, expected: unknown, tolerance: number, hint: string): void {
  forEachPart(expected, y, "y", (leaf, part, path) => expectSameForm(`${who}: ${path}`, part, leaf, hint));
  const own = toVector(expected, expected);
  expectClose({
    who,
    path: "y",
    primal: expected,
    got: toVector(expected, y),
    expected: own,
    rtol: tolerance,
    atol: tolerance * magnitude(own),
    hint,
  });
}

function expectSameForm(who: string, part: unknown, leaf: unknown, hint: string): void {
  if (isNdArray(leaf)) {
    if (!isNdArray(part)) throw new Error(`${who}: got ${describe(part)}, expected ${describe(leaf)}; ${hint}`);
    if (!sameShape(part.shape, leaf.shape))
      throw new Error(`${who}: got shape ${formatShape(part.shape)}, expected shape ${formatShape(leaf.shape)}; ${hint}`);
    if (part.dtype !== leaf.dtype) throw new Error(`${who}: got an array of ${part.dtype}, expected one of ${leaf.dtype}; ${hint}`);
    if (isFloating(leaf.dtype)) return;
    const entries = packedData(leaf as NdArray, "float64");
    if (!packedData(part as NdArray, "float64").every((entry, n) => entry === entries[n]))
      throw new Error(`${who}: an array of ${leaf.dtype} holds other entries; ${hint}`);
  } else if (typeof leaf === "number") {
    if (typeof part !== "number") throw new Error(`${who}: got ${describe(part)}, expected a number; ${hint}`);
  } else if (typeof leaf !== "function" && !Object.is(part, leaf)) {
    throw new Error(`${who}: got ${shown(part)}, expected ${shown(leaf)}; ${hint}`);
  }
}
