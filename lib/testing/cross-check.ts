import { type AnyFunction, describe, isDifferentiable, ruleOf } from "../core/index.js";
import { callableParts } from "../core/structures/callable.js";
import { isNdArray } from "../nd/index.js";
import { relativeTo } from "./both-modes.js";
import { alongLine } from "./central-difference.js";
import type { CheckOptions, Engines } from "./engines.js";
import { type Numeric, tolerances, unitDirection } from "./numeric.js";
import type { Random } from "./random.js";
import { type CrossCheckReport, table } from "./report.js";
import { type Direction, directionOf, ofMoving, randomFor, type Subject, seedOf, subjectOf } from "./subject.js";
import { dot, forEachPart, fromVector, magnitude, toVector } from "./vectors.js";

/** Forward against reverse against finite differences, for any function. */
export function crossCheckWith(engines: Engines, f: AnyFunction, args: readonly unknown[], options: CheckOptions = {}): CrossCheckReport {
  const subject = subjectOf(engines, f, args, options);
  const { name, moving } = subject;
  const run = ofMoving(subject);
  const values = moving.map(({ value }) => value);
  const push = (direction: Direction): readonly [unknown, unknown] =>
    engines.pushforward(
      run,
      values,
      values.map((value, k) => fromVector(value, direction[k] as Float64Array)),
    );

  const direction = directionOf(subject);
  const [value, dy] = push(direction);
  const forward = toVector(value, dy);
  const seed = seedOf(subject, value);
  const bars = engines.pullback(run, ...values)[1](fromVector(value, seed));
  const xbars = values.map((input, k) => toVector(input, bars[k]));

  const forwardSum = dot(seed, forward);
  const reverseSum = xbars.map((xbar, k) => dot(xbar, direction[k] as Float64Array).sum).reduce((a, b) => a + b, 0);
  const adjoint = relativeTo(forwardSum.sum, reverseSum, forwardSum.terms);

  const picked = pickEntries(subject, randomFor(subject, 7), options.entries ?? 16);
  const largest = Math.max(0, ...xbars.map(magnitude));
  let forwardReverse = 0;
  for (const entry of picked) {
    const along = unitDirection(subject, entry);
    const reverse = xbars.reduce((sum, xbar, k) => sum + dot(xbar, along[k] as Float64Array).sum, 0);
    forwardReverse = Math.max(forwardReverse, relativeTo(dot(seed, toVector(value, push(along)[1])).sum, reverse, largest));
  }

  const numeric = alongLine({
    name,
    f: run,
    args: values,
    directions: direction,
    step: options.step,
    domains: moving.map(({ domain }) => domain),
  });
  const found = againstDifferences(subject, forward, numeric);
  const exact = 10 * tolerances(subject).exact;
  const report = {
    name,
    value,
    forwardReverse,
    adjoint,
    ...found,
    entries: picked.length,
    kinks: numeric.kinks,
    undecided: numeric.rough,
    noTangent: untested(subject),
    derived: ruleOf(callableParts(f)?.apply ?? f)?.derived ?? [],
    agrees: forwardReverse <= exact && adjoint <= exact && found.near,
  };
  return { ...withoutNear(report), toString: () => table(report, forward.length) };
}

type Found = Pick<CrossCheckReport, "finiteDifference" | "finiteDifferenceError" | "withinError" | "zeros"> & { near: boolean };

function withoutNear<R extends { near: boolean }>({ near: _, ...report }: R): Omit<R, "near"> {
  return report;
}

/** How far ẏ is from finite differences, relative to its largest entry, and what of that they explain themselves. */
function againstDifferences(subject: Subject, forward: Float64Array, { values, errors, slack }: ReturnType<Numeric["along"]>): Found {
  const { rtol, scaled } = tolerances(subject);
  const size = Math.max(magnitude(forward), magnitude(values));
  const allowed = scaled(size) + rtol * size;
  let apart = 0;
  let error = 0;
  let withinError = false;
  let zeros = 0;
  let near = true;
  forward.forEach((entry, n) => {
    const own = errors[n] as number;
    if (!(own < Number.POSITIVE_INFINITY)) return;
    const distance = Object.is(entry, values[n]) ? 0 : Math.abs(entry - (values[n] as number));
    error = Math.max(error, own);
    apart = Math.max(apart, Number.isNaN(distance) ? Number.POSITIVE_INFINITY : distance);
    if (distance <= allowed) return;
    if (distance <= allowed + (slack[n] as number)) withinError = true;
    else {
      near = false;
      if (entry === 0) zeros++;
    }
  });
  const relative = (x: number): number => (x === 0 ? 0 : x / (size || 1));
  return { finiteDifference: relative(apart), finiteDifferenceError: relative(error), withinError: withinError && near, zeros, near };
}

/** Some of the numbers that can move, all of them where they are few. */
function pickEntries({ moving }: Subject, random: Random, count: number): number[] {
  const total = moving.reduce((sum, { size }) => sum + size, 0);
  if (total <= count) return Array.from({ length: total }, (_, n) => n);
  const wanted = new Set<number>();
  while (wanted.size < count) wanted.add(Math.floor(random() * total));
  return [...wanted];
}

/** What has no tangent, or is held fixed, in words. */
function untested({ inputs, f }: Subject): string[] {
  const found: string[] = [];
  for (const { value, label, held } of inputs) {
    if (value === f) continue;
    if (held !== undefined) {
      found.push(`${label}: ${held}`);
      continue;
    }
    forEachPart(value, undefined, label, (leaf, _, path) => {
      if (!isDifferentiable(leaf))
        found.push(`${path}: no tangent (${isNdArray(leaf) ? `${describe(leaf)} of ${leaf.dtype}` : describe(leaf)})`);
    });
  }
  return found;
}
