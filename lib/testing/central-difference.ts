import { type AnyFunction, describe, project, realize } from "../core/index.js";
import { checkedOptions } from "./checked-options.js";
import { type Differences, differences } from "./differences.js";
import type { Domain } from "./engines.js";
import type { Ladder, Probe } from "./rungs.js";
import { dimensionOf, fromVector, holdsSingles, magnitude, shifted, toVector } from "./vectors.js";

/** A derivative by finite differences, and how far it may be off. */
export interface FiniteDifference {
  /** ẏ, of the structure of f's result. */
  readonly derivative: unknown;
  /** The estimated error of each of its entries, absolute and of the same structure; half the distance of the two slopes at a kink. */
  readonly errors: unknown;
  /** The largest of them. */
  readonly error: number;
  /** How many entries stand at a kink or a jump. */
  readonly kinks: number;
}

/** Options of `centralDifference`. */
export interface DifferenceOptions {
  /** The largest step, in units of the arguments; 1e-3 times the largest number that moves when absent. */
  readonly step?: number | undefined;
  /** For each argument the interval that all of its numbers stay inside, ends left out. */
  readonly domain?: readonly (Domain | undefined)[] | undefined;
}

/** A point and a direction, for finite differences. */
export interface Line {
  readonly name: string;
  readonly f: AnyFunction;
  readonly args: readonly unknown[];
  /** One for each argument, as numbers in order. */
  readonly directions: readonly Float64Array[];
  readonly step: number | undefined;
  readonly domains: readonly (Domain | undefined)[];
}

/**
 * The derivative of f at args in the direction of tangents, from values of f alone, with steps that adapt. Single precision is raised to
 * double where f takes that.
 * @param args     numbers, arrays, or structures of them
 * @param tangents one for each argument, of its own structure
 * @throws {RangeError} when an argument does not stand inside its domain
 */
export function centralDifference(
  f: AnyFunction,
  args: readonly unknown[],
  tangents: readonly unknown[],
  options: DifferenceOptions = {},
): FiniteDifference {
  if (typeof f !== "function")
    throw new TypeError(`centralDifference: the first argument is ${describe(f)}; give the function to differentiate`);
  if (!Array.isArray(args) || !Array.isArray(tangents) || args.length !== tangents.length) {
    throw new TypeError("centralDifference: give two lists of one length, the arguments and one tangent for each");
  }
  const { step, domain = [] } = checkedOptions("centralDifference", options, ["step", "domain"]);
  const directions = args.map((arg, k) =>
    toVector(
      arg,
      realize(
        arg,
        project(arg, tangents[k], () => `centralDifference: tangent ${k + 1}`, true),
      ),
    ),
  );
  const { y, values, errors, kinks } = alongLine({
    name: f.name || "f",
    f,
    args,
    directions,
    step,
    domains: domain,
  });
  let error = 0;
  for (const entry of errors) error = Math.max(error, entry);
  return { derivative: fromVector(y, values), errors: fromVector(y, errors), error, kinks };
}

/** f's value, and its derivative along a line. */
export function alongLine(line: Line): Differences & { readonly y: unknown } {
  const { name, f, args, directions } = line;
  const y = f(...args);
  const size = dimensionOf(y);
  const own = toVector(y, y);
  const singles = args.some(holdsSingles);
  const doubles = singles ? valueAtDoubles(line, own) : undefined;
  const rounding = (singles && doubles === undefined) || holdsSingles(doubles?.y ?? y) ? 1.2e-7 : 2.3e-16;
  const coarse = rounding > 1e-10;
  const { ladder, alone } = ladderOf(line, rounding);
  const probe: Probe = (t) => {
    const moved = args.map((arg, k) => shifted(arg, directions[k] as Float64Array, t, coarse));
    let near: unknown;
    try {
      near = f(...moved);
    } catch (cause) {
      if (Math.abs(t) > (ladder.steps[ladder.wide] as number)) return { vector: new Float64Array(size).fill(Number.NaN), at: t };
      throw new Error(
        `${name}: it threw next to its arguments, where finite differences look (${(cause as Error).message}); give the option domain, hold what does not move fixed with exclude, or choose another point`,
        { cause },
      );
    }
    const vector = toVector(near, near);
    if (vector.length !== size)
      throw new Error(
        `${name}: it returned ${size} numbers at its arguments and ${vector.length} next to them; finite differences need results of one shape`,
      );
    return { vector, at: alone === undefined ? t : reached(alone, args, moved, directions) };
  };
  return { y, ...differences(probe, (coarse ? undefined : doubles?.vector) ?? own, ladder, rounding) };
}

/** How far the one number that moves has got, in units of its direction. */
function reached({ k, n }: Place, args: readonly unknown[], moved: readonly unknown[], directions: readonly Float64Array[]): number {
  const from = toVector(args[k], args[k])[n] as number;
  const to = toVector(moved[k], moved[k])[n] as number;
  return (to - from) / ((directions[k] as Float64Array)[n] as number);
}

/** A number among the arguments. */
interface Place {
  readonly k: number;
  readonly n: number;
}

/** The value at the same arguments in double precision, where f takes them and agrees with itself. */
function valueAtDoubles({ f, args, directions }: Line, own: Float64Array): { y: unknown; vector: Float64Array } | undefined {
  try {
    const y = f(...args.map((arg, k) => shifted(arg, directions[k] as Float64Array, 0)));
    const vector = toVector(y, y);
    const tolerance = 1e-4 * magnitude(own);
    const alike = (entry: number, n: number): boolean => Object.is(entry, own[n]) || Math.abs(entry - (own[n] as number)) <= tolerance;
    return vector.length === own.length && vector.every(alike) ? { y, vector } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * How many steps there are, each a quarter of the one before: more where one number moves alone, whose rounding is known; and how many wide
 * ones at most before them.
 */
const STEPS = 16;
const STEPS_ALONE = 20;
const WIDE = 8;
const SHRINK = 4;
/** The first of them, as a part of what moves: no round number, so that no function is met at whole periods. */
const SMALL = 9.37e-4;

/**
 * The steps, per unit of the direction: from a thousandth of what moves on, strictly inside the domains. Where what moves is small against 1,
 * wide ones come before them: a function that cancels there, such as (1 − cos x)/x, has lost its digits at steps that are small against x.
 */
function ladderOf({ name, args, directions, step, domains }: Line, rounding: number): { ladder: Ladder; alone: Place | undefined } {
  let reach = 0;
  let speed = 0;
  let room = Number.POSITIVE_INFINITY;
  let alone: Place | undefined;
  let count = 0;
  args.forEach((arg, k) => {
    const x = toVector(arg, arg);
    const direction = directions[k] as Float64Array;
    const domain = domains[k];
    for (let n = 0; n < x.length; n++) {
      const size = Math.abs(direction[n] as number);
      if (size === 0) continue;
      alone = { k, n };
      count++;
      const at = x[n] as number;
      speed = Math.max(speed, size);
      if (Math.abs(at) < Number.POSITIVE_INFINITY) reach = Math.max(reach, Math.abs(at));
      if (domain === undefined) continue;
      const left = Math.min(at - domain[0], domain[1] - at);
      if (!(left > 0))
        throw new RangeError(
          `${name}: argument ${k + 1} has ${at}, which is not strictly inside its domain [${domain.join(", ")}]; finite differences need room on both sides`,
        );
      room = Math.min(room, left / size);
    }
  });
  const single = count === 1 ? alone : undefined;
  if (speed === 0) return { ladder: { steps: shrinking(1, STEPS), wide: 0, blur: 0 }, alone: undefined };
  const coarse = rounding > 1e-10;
  let first = Math.min((step ?? (coarse ? 4e-2 : SMALL) * (reach || 1)) / speed, 0.9 * room);
  const wide: number[] = [];
  if (step === undefined && reach < 0.1) {
    let h = Math.min((coarse ? 0.25 : 16 * SMALL) / speed, 0.9 * room);
    for (; h > first && wide.length < WIDE; h /= SHRINK) wide.push(h);
    if (h < first && wide.length > 0) first = h;
  }
  const steps = [...wide, ...shrinking(first, single === undefined ? STEPS : STEPS_ALONE)];
  return { ladder: { steps, wide: wide.length, blur: single === undefined ? (rounding * reach) / speed : 0 }, alone: single };
}

function shrinking(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, k) => first / SHRINK ** k);
}
