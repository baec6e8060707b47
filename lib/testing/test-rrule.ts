import { unthunk } from "../core/index.js";
import { expectClose } from "./expect.js";
import { callRrule, cotangentVectors, expectCotangentKinds, inLayout } from "./halves.js";
import { expectAdds } from "./in-place.js";
import { combined, expectLinear, expectZero } from "./linearity.js";
import { expectOwnMemory } from "./memory.js";
import { alone, type Numeric, tolerances, weigh } from "./numeric.js";
import { randomVector } from "./random.js";
import { type Direction, directionOf, randomFor, type Subject, seedOf } from "./subject.js";
import { expectComputedOnce, expectUnused, thunksIn } from "./thunks.js";
import { expectOwnValue, expectSameValue } from "./values.js";
import { dimensionOf, dot, fromVector, magnitude, unitVector } from "./vectors.js";
import { Watch } from "./watch.js";

/** A pullback that was looked at, and what it gave for the seed. */
export interface Reverse {
  readonly y: unknown;
  readonly seed: Float64Array;
  /** The cotangents of the moving inputs for the seed. */
  readonly xbars: readonly Float64Array[];
  /** Those for any ȳ, their kinds checked. */
  readonly pull: (ybar: Float64Array) => Float64Array[];
}

/** The rrule, with its pullback called several times: kinds, writes, memory, thunks, accumulation. */
function runRrule(subject: Subject): Reverse {
  const { name, inputs, layout } = subject;
  const given = inputs.map(({ label, value }) => [label, value] as const);
  const watch = new Watch(given);
  const { y, pullback } = callRrule(subject);
  watch.check(`${name}: its rrule`);
  expectOwnValue(subject, y, "rrule");

  const seed = seedOf(subject, y);
  const ybar = layout(fromVector(y, seed));
  const watches = [
    watch,
    new Watch([
      ["ȳ", ybar],
      ["y", y],
    ]),
  ];
  const unwritten = (who: string): void => {
    for (const each of watches) each.check(`${name}: ${who}`);
  };
  const call = (which: string): readonly unknown[] => {
    try {
      return pullback(ybar);
    } catch (cause) {
      if (which === "") throw cause;
      throw new Error(
        `${name}: the pullback works once and fails when called again (${(cause as Error).message}); it must not use up what it closes over`,
        { cause },
      );
    }
  };

  const raw = call("");
  unwritten("its pullback");
  const thunks = thunksIn(raw.slice(1), `${name}: x̄`);
  expectUnused(thunks, "the pullback asked for its value");
  expectCotangentKinds(subject, raw);
  unwritten("a thunk of its pullback");
  for (const { label, slot, moves } of inputs) {
    if (moves) expectOwnMemory(`${name}: cotangent of ${label}`, raw[slot], [...given, ["y", y]]);
  }
  const xbars = cotangentVectors(subject, raw);

  const again = call("again");
  expectComputedOnce(thunksIn(again.slice(1), `${name}: x̄`));
  expectSameAsBefore(
    subject,
    cotangentVectors(subject, again),
    xbars,
    "the pullback called again gives something else: it must not change what it closes over",
  );
  expectAdds(subject, call("again"), raw.map(unthunk));
  unwritten("adding its cotangents");

  const pull = (other: Float64Array): Float64Array[] => {
    const list = pullback(layout(fromVector(y, other)));
    expectCotangentKinds(subject, list);
    return cotangentVectors(subject, list);
  };
  pull(seed.map((entry) => 0.5 - entry));
  expectSameAsBefore(
    subject,
    cotangentVectors(subject, raw),
    xbars,
    "a later call changed an earlier result: the pullback must give new memory each time",
  );
  return { y, seed, xbars, pull };
}

function expectSameAsBefore(
  { name, moving }: Subject,
  got: readonly Float64Array[],
  expected: readonly Float64Array[],
  hint: string,
): void {
  moving.forEach(({ label, value }, k) => {
    expectClose({
      who: `${name}: cotangent of ${label} at the second call`,
      path: "x̄",
      primal: value,
      got: got[k] as Float64Array,
      expected: expected[k] as Float64Array,
      rtol: 0,
      atol: 0,
      hint,
    });
  });
}

/** Throws where the reverse half is wrong: laws first, then against finite differences, then on strided views. */
export function checkRrule(subject: Subject, numeric: Numeric, relaid: readonly Subject[]): Reverse {
  const { name, moving } = subject;
  const reverse = runRrule(subject);
  const { y, seed, xbars, pull } = reverse;
  pull(new Float64Array(seed.length)).forEach((xbar, k) => {
    expectZero(
      xbar,
      `${name}: cotangent of ${moving[k]?.label} for ȳ = 0`,
      "a zero times an infinite partial is 0: use scale(partial, ybar)",
    );
  });
  const other = randomVector(seed.length, randomFor(subject, 5));
  const second = pull(other);
  pull(combined(seed, other)).forEach((both, k) => {
    const words = {
      who: `${name}: pullback of 2u − 3v against 2 pullback(u) − 3 pullback(v), ${moving[k]?.label}`,
      path: "x̄",
      hint: "the pullback is not linear in ȳ",
    };
    expectLinear(subject, moving[k]?.value, xbars[k] as Float64Array, second[k] as Float64Array, both, words);
  });
  if (moving.length > 0) againstDifferences(subject, reverse, numeric);
  for (const each of relaid) {
    const got = inLayout(each, () => runRrule(each));
    const tolerance = tolerances(each).exact;
    const hint = `${name} is right for contiguous arrays and wrong for strided views`;
    expectSameValue(`${each.name}: value`, got.y, y, tolerance, hint);
    moving.forEach(({ label, value }, k) => {
      const expected = xbars[k] as Float64Array;
      expectClose({
        who: `${each.name}: cotangent of ${label}`,
        path: "x̄",
        primal: value,
        got: got.xbars[k] as Float64Array,
        expected,
        rtol: tolerance,
        atol: tolerance * magnitude(expected),
        hint,
      });
    });
  }
  return reverse;
}

function againstDifferences(subject: Subject, { y, seed, xbars, pull }: Reverse, numeric: Numeric): void {
  const { name, moving } = subject;
  const { rtol, scaled } = tolerances(subject);
  const columns = numeric.jacobian(y);
  if (columns === undefined) {
    projections(subject, directionOf(subject), seed, xbars, numeric);
    return;
  }
  const compare = (ybar: Float64Array, got: readonly Float64Array[], which: string): void => {
    const expected = numeric.transposed(columns, ybar);
    moving.forEach(({ label, value }, k) => {
      const { values, slack } = expected[k] as { values: Float64Array; slack: Float64Array };
      const others = moving.flatMap((input, j) => (j === k ? [] : [[input.label, expected[j]?.values ?? values] as const]));
      expectClose({
        who: `${name}: cotangent of ${label}${which} against finite differences`,
        path: "x̄",
        primal: value,
        got: got[k] as Float64Array,
        expected: values,
        errors: slack,
        rtol,
        atol: scaled(magnitude(values)),
        others,
      });
    });
  };
  compare(seed, xbars, "");
  const outputs = dimensionOf(y);
  if (outputs < 2) return;
  for (let n = 0; n < outputs; n++) {
    const unit = unitVector(outputs, n);
    compare(unit, pull(unit), ` for output entry ${n + 1} of ${outputs} alone`);
  }
}

/** ⟨x̄, ẋ⟩ against ⟨ȳ, ẏ⟩ with ẏ by finite differences, each input moving alone: what it costs does not depend on the size of x. */
function projections(subject: Subject, direction: Direction, seed: Float64Array, xbars: readonly Float64Array[], numeric: Numeric): void {
  const { rtol, scaled } = tolerances(subject);
  const expected = subject.moving.map((_, k) => {
    const { values, slack } = numeric.along(alone(direction, k));
    return weigh(seed, values, slack);
  });
  subject.moving.forEach(({ label }, k) => {
    const { sum, terms } = dot(xbars[k] as Float64Array, direction[k] as Float64Array);
    const { value, slack } = expected[k] as { value: number; slack: number };
    expectClose({
      who: `${subject.name}: cotangent of ${label} against finite differences in a random direction`,
      path: "⟨x̄, ẋ⟩",
      primal: 0,
      got: Float64Array.of(sum),
      expected: Float64Array.of(value),
      errors: Float64Array.of(slack),
      rtol,
      atol: scaled(terms),
    });
  });
}
