import { type AnyFunction, NoTangent, project, realize, ZeroTangent } from "../core/index.js";
import { callableParts } from "../core/structures/callable.js";
import type { CheckOptions, Domain, Engines } from "./engines.js";
import { type Random, randomVector, seededRandom } from "./random.js";
import { standingStill } from "./standing-still.js";
import { canMove, dimensionOf, holdsSingles, toVector } from "./vectors.js";

/** An argument, or f itself where it is a callable with parameters. */
export interface Input {
  readonly value: unknown;
  /** "argument 2", "its parameters". */
  readonly label: string;
  /** Its place among the tangents and cotangents; f's own is 0. */
  readonly slot: number;
  /** Whether it is tested: it can move, and is not held fixed. */
  readonly moves: boolean;
  /** Why it is not tested though it could move, in words. */
  readonly held: string | undefined;
  /** How many numbers can move. */
  readonly size: number;
  readonly domain: Domain | undefined;
}

/** A function under test at one point. */
export interface Subject {
  readonly engines: Engines;
  readonly options: CheckOptions;
  readonly name: string;
  readonly f: AnyFunction;
  readonly args: readonly unknown[];
  readonly inputs: readonly Input[];
  /** Those inputs that are tested. */
  readonly moving: readonly Input[];
  /** Whether an array among the inputs, or of the result, is of single precision. */
  readonly single: boolean;
  /** How arrays that are handed to the rule are laid out. */
  readonly layout: Layout;
}

/** The same value with its arrays in another layout. */
export type Layout = <T>(value: T) => T;

/** Directions, one for each moving input, as numbers in order. */
export type Direction = readonly Float64Array[];

/** The function at its arguments, after a look at the options. */
export function subjectOf(engines: Engines, f: AnyFunction, args: readonly unknown[], options: CheckOptions): Subject {
  const name = f.name || "f";
  const { exclude = [], domain = [], order } = options;
  for (const position of exclude) {
    if (!Number.isInteger(position) || position < 0 || position >= args.length) {
      throw new RangeError(`${name}: exclude names position ${position}, but there are ${args.length} arguments; positions count from 0`);
    }
  }
  if (order !== undefined && order !== 1 && order !== 2) throw new RangeError(`${name}: order = ${String(order)}; give 1 or 2`);
  domain.forEach((interval, k) => {
    if (interval !== undefined && !(interval[0] < interval[1]))
      throw new RangeError(`${name}: the domain of argument ${k + 1} is [${interval.join(", ")}]; give [lo, hi] with lo < hi`);
  });
  const still = new Map([...standingStill(engines, f, args), ...exclude.map((position) => [position, "held fixed"] as const)]);
  const inputs = args.map((value, k): Input => {
    const held = canMove(value) ? still.get(k) : undefined;
    const moves = held === undefined && canMove(value);
    return { value, label: `argument ${k + 1}`, slot: k + 1, moves, held, size: moves ? dimensionOf(value) : 0, domain: domain[k] };
  });
  const self: Input = {
    value: f,
    label: "its parameters",
    slot: 0,
    moves: canMove(f),
    held: undefined,
    size: dimensionOf(f),
    domain: undefined,
  };
  return assembled(
    { engines, options, name, f, args, layout: (value) => value, single: isSingle(f, args) },
    callableParts(f) === undefined ? inputs : [self, ...inputs],
  );
}

type Heading = Pick<Subject, "engines" | "options" | "name" | "f" | "args" | "layout" | "single">;

function assembled(heading: Heading, inputs: readonly Input[]): Subject {
  const { engines, options, name, f, args, layout, single } = heading;
  return { engines, options, name, f, args, layout, single, inputs, moving: inputs.filter(({ moves }) => moves) };
}

/** Whether single precision is at work. */
function isSingle(f: AnyFunction, args: readonly unknown[]): boolean {
  return [...args, f, f(...args)].some(holdsSingles);
}

/** The same function at the same point, all arrays in another layout, those of tangents and cotangents too. */
export function relaidSubject(subject: Subject, name: string, layout: Layout): Subject {
  const inputs = subject.inputs.map((input) => ({ ...input, value: layout(input.value) }));
  const self = inputs[0]?.slot === 0;
  const args = (self ? inputs.slice(1) : inputs).map(({ value }) => value);
  return assembled({ ...subject, name, layout, f: self ? (inputs[0]?.value as AnyFunction) : subject.f, args }, inputs);
}

/** f with its moving inputs as arguments, the others held fixed. */
export function ofMoving({ f, inputs }: Subject): AnyFunction {
  return (...values: unknown[]) => {
    let n = 0;
    const all = inputs.map(({ value, moves }) => (moves ? values[n++] : value));
    return inputs[0]?.slot === 0 ? (all[0] as AnyFunction)(...all.slice(1)) : f(...all);
  };
}

/** f's own value at the subject's point, or at other values of its moving inputs. */
export function valueAt(subject: Subject, values: readonly unknown[] = subject.moving.map(({ value }) => value)): unknown {
  return ofMoving(subject)(...values);
}

/** One tangent for f itself and one for each argument, from those of the moving inputs: what does not move has a symbolic zero. */
export function tangentsFor({ args, inputs }: Subject, tangents: readonly unknown[]): unknown[] {
  const all: unknown[] = [NoTangent, ...args.map((arg) => (canMove(arg) ? ZeroTangent : NoTangent))];
  let n = 0;
  for (const { slot, moves } of inputs) if (moves) all[slot] = tangents[n++];
  return all;
}

/** Where the random numbers of one check come from: the same for the same subject, so that each layout meets the same ones. */
export function randomFor({ options }: Subject, check: number): Random {
  return seededRandom((options.seed ?? 1) + 1000 * check);
}

/** The direction to test in: given by hand, or drawn. */
export function directionOf(subject: Subject): Direction {
  const { options, name, args, moving } = subject;
  const random = randomFor(subject, 0);
  const { tangents } = options;
  if (tangents !== undefined && tangents.length !== args.length) {
    throw new RangeError(
      `${name}: the option tangents has ${tangents.length} entries for ${args.length} arguments; give one for each, undefined where it may be drawn`,
    );
  }
  return moving.map(({ value, slot, label, size }) => {
    const given = slot === 0 ? undefined : tangents?.[slot - 1];
    return given === undefined
      ? randomVector(size, random)
      : toVector(
          value,
          realize(
            value,
            project(value, given, () => `${name}: tangent of ${label}`, true),
          ),
        );
  });
}

/** The cotangent to test with: given by hand, or drawn. */
export function seedOf(subject: Subject, y: unknown): Float64Array {
  const { cotangent } = subject.options;
  if (cotangent === undefined) return randomVector(dimensionOf(y), randomFor(subject, 1));
  return toVector(
    y,
    realize(
      y,
      project(y, cotangent, () => `${subject.name}: the option cotangent`, true),
    ),
  );
}
