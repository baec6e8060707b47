import { accumulate, Inplaceable, unthunk } from "../core/index.js";
import { floatDType, forEachPosition, isNdArray, type NdArray, packed } from "../nd/index.js";
import { expectClose } from "./expect.js";
import { strided } from "./layouts.js";
import { randomVector } from "./random.js";
import { randomFor, type Subject } from "./subject.js";
import { expectUnused } from "./thunks.js";
import { dimensionOf, forEachPart, fromVector, magnitude, toVector } from "./vectors.js";

/**
 * Throws where adding a cotangent to an accumulator that is not zero gives another sum than adding its value does: by the law of
 * accumulation, and in place for those that can, into an array of its own and into a strided view of a larger one, around which nothing may
 * change.
 * @param raw    what the pullback gave, no thunk of it evaluated
 * @param values the same cotangents as arrays and numbers, from another call
 */
export function expectAdds(subject: Subject, raw: readonly unknown[], values: readonly unknown[]): void {
  for (const { value, slot, label, moves } of subject.inputs) {
    if (!moves) continue;
    const parts = new Map<string, unknown>();
    forEachPart(value, values[slot], "x̄", (_, part, path) => parts.set(path, unthunk(part)));
    forEachPart(value, raw[slot], "x̄", (leaf, part, path) => {
      if (isNdArray(leaf) && part instanceof Inplaceable)
        expectAddsInPlace(subject, leaf as NdArray, part, parts.get(path) as NdArray, `${subject.name}: cotangent of ${label}: ${path}`);
    });
    expectLawful(subject, value, raw[slot], values[slot], `${subject.name}: cotangent of ${label}`);
  }
}

/** By the law of accumulation it adds what its value is. */
function expectLawful(subject: Subject, primal: unknown, cotangent: unknown, value: unknown, who: string): void {
  const before = randomVector(dimensionOf(primal), randomFor(subject, 2));
  const start = fromVector(primal, before);
  const total = toVector(primal, accumulate(start, cotangent));
  const added = toVector(primal, value);
  const expected = before.map((entry, n) => entry + (added[n] as number));
  const atol = (subject.single ? 1e-5 : 1e-12) * (magnitude(before) + magnitude(added));
  expectClose({
    who: `${who}: added to another one`,
    path: "x̄",
    primal,
    got: total,
    expected,
    rtol: 0,
    atol,
    hint: "adding it must add what its value is",
  });
}

function expectAddsInPlace(subject: Subject, leaf: NdArray, cotangent: Inplaceable, value: NdArray, who: string): void {
  const dtype = floatDType(leaf.dtype);
  const start = fromVector(leaf, randomVector(leaf.size, randomFor(subject, 3))) as NdArray;
  const before = toVector(leaf, start);
  const added = toVector(leaf, value);
  const sum = before.map((entry, n) => entry + (added[n] as number));
  const tolerance = (dtype === "float32" ? 1e-5 : 1e-12) * (magnitude(before) + magnitude(added));

  const compare = (acc: NdArray, hint: string): void => {
    const got = toVector(leaf, acc);
    const overwritten = got.every((entry, n) => Math.abs(entry - (added[n] as number)) <= tolerance);
    if (overwritten && magnitude(before) > tolerance)
      throw new Error(`${who}: addTo overwrites the accumulator instead of adding to it; write acc += x̄, entry by entry`);
    expectClose({
      who: `${who}: addTo onto an accumulator that is not zero`,
      path: "acc",
      primal: leaf,
      got,
      expected: sum,
      rtol: 0,
      atol: tolerance,
      hint,
    });
  };

  const whole = packed(start, dtype);
  cotangent.addTo(whole);
  compare(whole, "addTo must add what the thunk's value is");
  const view = strided(start);
  const store = view.data.slice();
  cotangent.addTo(view);
  const inside = new Set<number>();
  forEachPosition(view, (at) => inside.add(at));
  for (let at = 0; at < store.length; at++) {
    if (inside.has(at) || Object.is(store[at], view.data[at])) continue;
    throw new Error(
      `${who}: addTo ignores the strides or the offset of its accumulator: it wrote at position ${at} of the store, outside of the view; use acc.get and acc.set, or acc.stride and acc.offset`,
    );
  }
  compare(view, "addTo is right for a contiguous accumulator and wrong for a strided one: it ignores strides or offset");
  expectUnused([[who, cotangent]], "addTo asked for its value");
}
