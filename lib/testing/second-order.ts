import { innerProduct } from "../core/index.js";
import { relativeTo } from "./both-modes.js";
import { alongLine } from "./central-difference.js";
import { expectClose } from "./expect.js";
import { tolerances } from "./numeric.js";
import { randomVector } from "./random.js";
import { type Direction, directionOf, ofMoving, randomFor, type Subject, seedOf, valueAt } from "./subject.js";
import { dot, fromVector, magnitude, toVector } from "./vectors.js";

/** What to say where second derivatives are exactly 0 and should not be. */
const ZERO =
  "wrong at second order, or 0 by convention where a zero meets an infinite partial: both modes say so, and it is not the limit from beside";

/**
 * Second derivatives of φ(x) = ⟨ȳ, f(x)⟩ in two random directions, by all four pairs of modes: H ż as a vector by forward over reverse,
 * reverse over forward and reverse over reverse, ⟨ẋ, H ż⟩ by forward over forward. They must agree with each other to rounding, and with
 * finite differences of the gradient.
 */
export function checkSecondOrder(subject: Subject): void {
  const { engines, name, moving } = subject;
  const values = moving.map(({ value }) => value);
  const y = valueAt(subject);
  const ybar = fromVector(y, seedOf(subject, y));
  const f = ofMoving(subject);
  const phi = (...xs: unknown[]): unknown => innerProduct(ybar, f(...xs));
  const gradient = (...xs: unknown[]): unknown[] => engines.pullback(phi, ...xs)[1](1);
  const random = randomFor(subject, 6);
  const dx = directionOf(subject);
  const dz: Direction = moving.map(({ size }) => randomVector(size, random));
  const tangents = (direction: Direction): unknown[] => values.map((value, k) => fromVector(value, direction[k] as Float64Array));
  const along =
    (direction: Direction) =>
    (...xs: unknown[]): unknown =>
      engines.pushforward(phi, xs, tangents(direction))[1];
  const vectors = (parts: readonly unknown[]): Float64Array[] => values.map((value, k) => toVector(value, parts[k]));

  const { exact, rtol, scaled } = tolerances(subject);
  const bound = 100 * exact;
  const numeric = alongLine({
    name,
    f: (...xs: unknown[]) => gradient(...xs),
    args: values,
    directions: dz,
    step: subject.options.step,
    domains: moving.map(({ domain }) => domain),
  });
  const parts = splitLike(
    numeric,
    moving.map(({ size }) => size),
  );
  const reference = run(subject, "forward over reverse", () =>
    vectors(engines.pushforward(gradient, values, tangents(dz))[1] as unknown[]),
  );
  const size = Math.max(0, ...reference.map(magnitude));
  const compare = (pair: string, got: readonly Float64Array[]): void => {
    moving.forEach(({ label, value }, k) => {
      const own = got[k] as Float64Array;
      const { values: expected, slack } = parts[k] as { values: Float64Array; slack: Float64Array };
      const who = `${name}: second derivative, ${pair}, ${label}`;
      const atol = Math.max(scaled(magnitude(expected)), 1e-9 * magnitude(toVector(y, ybar)));
      expectClose({
        who: `${who} against finite differences of the gradient`,
        path: "H ż",
        primal: value,
        got: own,
        expected,
        errors: slack,
        rtol: 10 * rtol,
        atol: 10 * atol,
        hint: own.every((entry) => entry === 0)
          ? ZERO
          : "wrong at second order: the derivatives that the rule is made of are wrong themselves",
      });
      expectClose({
        who: `${who} against forward over reverse`,
        path: "H ż",
        primal: value,
        got: own,
        expected: reference[k] as Float64Array,
        rtol: bound,
        atol: bound * Math.max(size, magnitude(toVector(y, ybar))),
        hint: "the modes disagree at second order",
      });
    });
  };
  compare("forward over reverse", reference);
  compare(
    "reverse over forward",
    run(subject, "reverse over forward", () => vectors(engines.pullback(along(dz), ...values)[1](1))),
  );
  compare(
    "reverse over reverse",
    run(subject, "reverse over reverse", () =>
      vectors(engines.pullback((...xs: unknown[]) => innerProduct(gradient(...xs), tangents(dz)), ...values)[1](1)),
    ),
  );

  const expected = total(reference, dx);
  const got = run(subject, "forward over forward", () => engines.pushforward(along(dz), values, tangents(dx))[1]);
  const number = got === undefined || typeof got === "object" ? 0 : (got as number);
  if (relativeTo(number, expected.sum, Math.max(expected.terms, magnitude(toVector(y, ybar)))) > bound) {
    throw new Error(
      `${name}: second derivative, forward over forward: got ${number}, expected ${expected.sum} as by forward over reverse; the modes disagree at second order`,
    );
  }
}

/** Runs one pair of modes; what it throws is told with the pair's name and the way out. */
function run<T>({ name }: Subject, pair: string, compute: () => T): T {
  try {
    return compute();
  } catch (cause) {
    throw new Error(
      `${name}: second derivative, ${pair}: ${(cause as Error).message}; write the rule in differentiable functions, or leave second order out with the option order: 1`,
      { cause },
    );
  }
}

function splitLike(
  { values, slack }: { values: Float64Array; slack: Float64Array },
  sizes: readonly number[],
): { values: Float64Array; slack: Float64Array }[] {
  let at = 0;
  return sizes.map((size) => {
    const part = { values: values.slice(at, at + size), slack: slack.slice(at, at + size) };
    at += size;
    return part;
  });
}

function total(parts: readonly Float64Array[], direction: Direction): { sum: number; terms: number } {
  let sum = 0;
  let terms = 0;
  parts.forEach((part, k) => {
    const product = dot(part, direction[k] as Float64Array);
    sum += product.sum;
    terms += product.terms;
  });
  return { sum, terms };
}
