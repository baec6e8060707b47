import { NoTangent, type Pullback, ruleOf } from "../core/index.js";
import { callableParts } from "../core/structures/callable.js";
import { expectCotangentKind, expectTangentKind, kindOf } from "./kinds.js";
import { type Direction, type Subject, tangentsFor } from "./subject.js";
import { canMove, fromVector, toVector } from "./vectors.js";

/** The result of a pushforward by a rule. */
export interface Forward {
  readonly y: unknown;
  readonly dy: unknown;
  /** ẏ as numbers in order. */
  readonly vector: Float64Array;
}

/** The tangents of a direction as the frule gets them. */
export function tangentsIn(subject: Subject, direction: Direction): unknown[] {
  return tangentsFor(
    subject,
    subject.moving.map(({ value }, k) => subject.layout(fromVector(value, direction[k] as Float64Array))),
  );
}

/** Calls the frule with these tangents; its value is looked at before its tangent. */
export function callFrule(subject: Subject, tangents: readonly unknown[], look: (y: unknown) => void = () => undefined): Forward {
  const { engines, f, args, name } = subject;
  const result = engines.frule(tangents, f, ...args);
  if (result === undefined) throw missing(subject, "frule");
  const [y, dy] = result;
  look(y);
  expectTangentKind(y, dy, `${name}: frule: ẏ`);
  return { y, dy, vector: toVector(y, dy) };
}

/** Calls the rrule. */
export function callRrule(subject: Subject): { readonly y: unknown; readonly pullback: Pullback } {
  const { engines, f, args } = subject;
  const result = engines.rrule(f, ...args);
  if (result === undefined) throw missing(subject, "rrule");
  return { y: result[0], pullback: result[1] };
}

function missing({ name, f, args }: Subject, half: "frule" | "rrule"): Error {
  const rule = ruleOf(callableParts(f)?.apply ?? f);
  if (rule?.stepsAside?.(...args))
    return new Error(`${name}: its rule steps aside for these arguments, there is no ${half} to test; test traced(${name}) by crossCheck`);
  return new Error(`${name}: it has no ${half}; give it one with defineRule(${name}, { ${half} })`);
}

/**
 * Throws where raw cotangents break the protocol: one entry for f itself (`NoTangent`, or its parameters' cotangent), one for each argument,
 * each of its argument's own kind.
 */
export function expectCotangentKinds(subject: Subject, raw: readonly unknown[]): void {
  const { name, args, inputs } = subject;
  if (raw.length !== args.length + 1)
    throw new Error(
      `${name}: the pullback gave ${raw.length} cotangents, expected ${args.length + 1}: one for ${name} itself, then one for each argument`,
    );
  if (inputs[0]?.slot !== 0 && raw[0] !== NoTangent) {
    throw new Error(
      `${name}: the self slot, entry 0 of the cotangents: got ${kindOf(raw[0])}, expected NoTangent: ${name} has no parameters; one entry for ${name} itself stands before those of the arguments`,
    );
  }
  for (const { value, slot, label, moves } of inputs) {
    if (!moves && canMove(value)) continue;
    expectCotangentKind(value, raw[slot], `${name}: cotangent of ${label}: x̄`);
  }
}

/** The cotangents of the moving inputs as numbers in order. */
export function cotangentVectors({ moving }: Subject, raw: readonly unknown[]): Float64Array[] {
  return moving.map(({ value, slot }) => toVector(value, raw[slot]));
}

/** Runs a check of a subject in another layout; what the rule itself throws there is told with the layout. */
export function inLayout<T>(subject: Subject, check: () => T): T {
  try {
    return check();
  } catch (cause) {
    const { message } = cause as Error;
    if (message.startsWith(subject.name)) throw cause;
    throw new Error(`${subject.name}: it threw, though it does not for contiguous arrays: ${message}`, { cause });
  }
}
