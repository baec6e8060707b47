import { expectClose } from "./expect.js";
import { callFrule, tangentsIn } from "./halves.js";
import { alone, type Numeric, tolerances, unitDirection } from "./numeric.js";
import { directionOf, ofMoving, type Subject } from "./subject.js";
import type { Reverse } from "./test-rrule.js";
import { dimensionOf, dot, fromVector, magnitude, toVector, unitVector } from "./vectors.js";

/** |a − b| relative to these terms: 0 where both are the same, infinities and NaN included; ∞ where one is not a number. */
export function relativeTo(a: number, b: number, terms: number): number {
  if (Object.is(a, b) || a === b) return 0;
  const apart = Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b), terms);
  return Number.isNaN(apart) ? Number.POSITIVE_INFINITY : apart;
}

/**
 * Throws where frule and rrule are not each other's transposes: ⟨ȳ, J ẋ⟩ = ⟨Jᵀ ȳ, ẋ⟩ to rounding, and for small Jacobians entry by entry. No
 * finite differences are needed, so it holds at ties and kinks too: there it shows that both halves break them the same way.
 */
export function checkAdjoint(subject: Subject, { y, seed, xbars, pull }: Reverse, numeric: Numeric): void {
  const { name, moving } = subject;
  const direction = directionOf(subject);
  const forward = dot(seed, callFrule(subject, tangentsIn(subject, direction)).vector);
  let sum = 0;
  let { terms } = forward;
  moving.forEach((_, k) => {
    const part = dot(xbars[k] as Float64Array, direction[k] as Float64Array);
    sum += part.sum;
    terms += part.terms;
  });
  const bound = 10 * tolerances(subject).exact;
  const apart = relativeTo(forward.sum, sum, terms);
  const kinks = (): string =>
    numeric.along(direction).kinks > 0 ? ": its arguments stand at a tie or a kink, which the two halves break differently" : "";
  if (apart > bound) {
    throw new Error(
      `${name}: adjoint identity: ⟨ȳ, J ẋ⟩ = ${forward.sum} by the frule and ⟨Jᵀ ȳ, ẋ⟩ = ${sum} by the rrule, ${apart.toExponential(1)} apart: they do not belong together${kinks()}`,
    );
  }
  const columns = numeric.jacobian(y);
  if (columns === undefined) return;
  const outputs = dimensionOf(y);
  const forwardColumns = columns.map((_, n) => callFrule(subject, tangentsIn(subject, unitDirection(subject, n))).vector);
  const largest = Math.max(0, ...forwardColumns.map(magnitude));
  for (let row = 0; row < outputs; row++) {
    const reverseRow = pull(unitVector(outputs, row));
    let n = 0;
    moving.forEach(({ label, value, size }, k) => {
      const expected = Float64Array.from({ length: size }, () => forwardColumns[n++]?.[row] ?? 0);
      const who = `${name}: adjoint identity: row ${row + 1} of ${outputs} of the Jacobian for ${label}, by the rrule against the frule`;
      expectClose({
        who,
        path: "x̄",
        primal: value,
        got: reverseRow[k] as Float64Array,
        expected,
        rtol: bound,
        atol: bound * largest,
        hint: `the two halves do not belong together${kinks()}`,
      });
    });
  }
}

/**
 * Throws where the engines, which may go another way (a fast lane for numbers, fusion), get something else than the rule: all inputs moving,
 * and each alone.
 */
export function checkEngines(subject: Subject, { y, seed, xbars }: Reverse): void {
  const { engines, name, moving } = subject;
  const { exact } = tolerances(subject);
  const direction = directionOf(subject);
  const values = moving.map(({ value }) => value);
  const ybar = fromVector(y, seed);
  const compare = (which: readonly number[]): void => {
    const f = (...xs: unknown[]): unknown =>
      ofMoving(subject)(...values.map((value, k) => (which.includes(k) ? xs[which.indexOf(k)] : value)));
    const only = which.map((k) => values[k]);
    const hint = "the differentiable function does not do what its rule says; look at its dispatch";
    const by = which.length === moving.length ? "" : `, ${moving[which[0] as number]?.label} alone`;
    const along = which.length === moving.length ? direction : alone(direction, which[0] as number);
    const expected = callFrule(subject, tangentsIn(subject, along)).vector;
    const dy = engines.pushforward(
      f,
      only,
      which.map((k) => fromVector(values[k], direction[k] as Float64Array)),
    )[1];
    const bound = 10 * exact * magnitude(expected);
    expectClose({
      who: `${name}: pushforward by the engine${by} against the frule`,
      path: "ẏ",
      primal: y,
      got: toVector(y, dy),
      expected,
      rtol: 10 * exact,
      atol: bound,
      hint,
    });
    const bars = engines.pullback(f, ...only)[1](ybar);
    which.forEach((k, n) => {
      const own = xbars[k] as Float64Array;
      const who = `${name}: pullback by the engine${by} against the rrule, ${moving[k]?.label}`;
      expectClose({
        who,
        path: "x̄",
        primal: values[k],
        got: toVector(values[k], bars[n]),
        expected: own,
        rtol: 10 * exact,
        atol: 10 * exact * magnitude(own),
        hint,
      });
    });
  };
  const all = moving.map((_, k) => k);
  compare(all);
  if (all.length > 1) for (const k of all) compare([k]);
}
