import { fieldOf, ZeroTangent } from "../core/index.js";
import { expectClose } from "./expect.js";
import { callFrule, type Forward, inLayout, tangentsIn } from "./halves.js";
import { combined, expectLinear, expectZero } from "./linearity.js";
import { expectOwnMemory } from "./memory.js";
import { alone, type Numeric, tolerances, unitDirection } from "./numeric.js";
import { randomVector } from "./random.js";
import { type Direction, directionOf, randomFor, type Subject, tangentsFor } from "./subject.js";
import { expectOwnValue, expectSameValue } from "./values.js";
import { magnitude } from "./vectors.js";
import { Watch } from "./watch.js";

/** The frule in one direction: its value the function's own, its tangent of the right kind, nothing written to, nothing aliased. */
function runFrule(subject: Subject, direction: Direction): Forward {
  const { name, inputs } = subject;
  const tangents = tangentsIn(subject, direction);
  const given = inputs.map(({ label, value }) => [label, value] as const);
  const moving = inputs.map(({ label, slot }) => [`the tangent of ${label}`, tangents[slot]] as const);
  const watch = new Watch([...given, ...moving]);
  const forward = callFrule(subject, tangents, (y) => {
    watch.check(`${name}: its frule`);
    expectOwnValue(subject, y, "frule");
  });
  watch.check(`${name}: a thunk of its frule`);
  expectOwnMemory(`${name}: frule: ẏ`, forward.dy, [...given, ["y", forward.y]]);
  return forward;
}

/** Throws where the forward half is wrong: laws first, then against finite differences, then on strided views. */
export function checkFrule(subject: Subject, numeric: Numeric, relaid: readonly Subject[]): void {
  const { name } = subject;
  const direction = directionOf(subject);
  const forward = runFrule(subject, direction);
  expectZeros(subject, forward);
  expectLinearly(subject, direction, forward);
  againstDifferences(subject, direction, forward, numeric);
  for (const other of relaid) {
    const got = inLayout(other, () => runFrule(other, direction));
    const tolerance = tolerances(other).exact;
    const hint = `${name} is right for contiguous arrays and wrong for strided views`;
    expectSameValue(`${other.name}: value`, got.y, forward.y, tolerance, hint);
    expectClose({
      who: `${other.name}: frule`,
      path: "ẏ",
      primal: forward.y,
      got: got.vector,
      expected: forward.vector,
      rtol: tolerance,
      atol: tolerance * magnitude(forward.vector),
      hint,
    });
  }
}

function expectZeros(subject: Subject, { y }: Forward): void {
  const cure = "no movement in, no movement out; a zero times an infinite partial is 0: use scale(partial, dx)";
  const still = callFrule(
    subject,
    tangentsIn(
      subject,
      subject.moving.map(({ size }) => new Float64Array(size)),
    ),
  );
  expectZero(still.vector, `${subject.name}: frule: ẏ for zero tangents`, cure);
  const symbolic = callFrule(
    subject,
    tangentsFor(
      subject,
      subject.moving.map(() => ZeroTangent),
    ),
  );
  expectZero(symbolic.vector, `${subject.name}: frule: ẏ for ZeroTangent in every place`, cure);
  expectSameValue(`${subject.name}: value of the frule for zero tangents`, still.y, y, 0, "it must not depend on the tangents");
}

function expectLinearly(subject: Subject, direction: Direction, { y, vector }: Forward): void {
  const words = {
    who: `${subject.name}: frule of 2u − 3v against 2 frule(u) − 3 frule(v)`,
    path: "ẏ",
    hint: "the frule is not linear in the tangents",
  };
  const random = randomFor(subject, 4);
  const other = subject.moving.map(({ size }) => randomVector(size, random));
  const second = callFrule(subject, tangentsIn(subject, other)).vector;
  const both = callFrule(
    subject,
    tangentsIn(
      subject,
      direction.map((u, k) => combined(u, other[k] as Float64Array)),
    ),
  ).vector;
  expectLinear(subject, y, vector, second, both, words);
  if (subject.moving.length < 2) return;
  const total = new Float64Array(vector.length);
  const all = tangentsIn(subject, direction);
  for (const { slot } of subject.moving) {
    const tangents = tangentsFor(
      subject,
      subject.moving.map((input) => (input.slot === slot ? fieldOf(all, slot) : ZeroTangent)),
    );
    callFrule(subject, tangents).vector.forEach((entry, n) => {
      (total[n] as number) += entry;
    });
  }
  const { exact } = tolerances(subject);
  expectClose({
    who: `${subject.name}: frule with one tangent after the other, ZeroTangent in the other places, summed, against all at once`,
    path: "ẏ",
    primal: y,
    got: total,
    expected: vector,
    errors: total.map((entry) => (Number.isFinite(entry) ? 0 : Number.POSITIVE_INFINITY)),
    rtol: 10 * exact,
    atol: 100 * exact * magnitude(vector),
    hint: "the frule is not linear in the tangents, or takes ZeroTangent for something else",
  });
}

function againstDifferences(subject: Subject, direction: Direction, { y, vector }: Forward, numeric: Numeric): void {
  const { rtol, scaled } = tolerances(subject);
  const compare = (along: Direction, got: Float64Array, which: string): void => {
    const { values, slack } = numeric.along(along);
    expectClose({
      who: `${subject.name}: frule${which} against finite differences`,
      path: "ẏ",
      primal: y,
      got,
      expected: values,
      errors: slack,
      rtol,
      atol: scaled(magnitude(values)),
    });
  };
  compare(direction, vector, "");
  const columns = numeric.jacobian(y);
  if (columns === undefined) {
    if (subject.moving.length < 2) return;
    subject.moving.forEach(({ label }, k) => {
      const along = alone(direction, k);
      compare(along, callFrule(subject, tangentsIn(subject, along)).vector, `, ${label} alone,`);
    });
    return;
  }
  columns.forEach(({ values, slack }, n) => {
    const got = callFrule(subject, tangentsIn(subject, unitDirection(subject, n))).vector;
    expectClose({
      who: `${subject.name}: frule along input entry ${n + 1} of ${columns.length} against finite differences`,
      path: "ẏ",
      primal: y,
      got,
      expected: values,
      errors: slack,
      rtol,
      atol: scaled(magnitude(values)),
    });
  });
}
