import { type AnyFunction, describe } from "../core/index.js";
import { checkAdjoint, checkEngines } from "./both-modes.js";
import type { CheckOptions, Engines } from "./engines.js";
import { arraysIn, contiguous, strided } from "./layouts.js";
import { Numeric } from "./numeric.js";
import { checkSecondOrder } from "./second-order.js";
import { relaidSubject, type Subject, subjectOf } from "./subject.js";
import { checkFrule } from "./test-frule.js";
import { checkRrule } from "./test-rrule.js";

/** One function in the layouts that it is tested in: packed first, so that what is wrong for strided views alone is told apart. */
interface Cases {
  readonly base: Subject;
  readonly relaid: readonly Subject[];
}

function casesOf(engines: Engines, f: AnyFunction, args: readonly unknown[], options: CheckOptions): Cases {
  const given = subjectOf(engines, f, args, options);
  const base = relaidSubject(given, given.name, contiguous);
  const arrays = given.inputs.map(({ value }) => arraysIn(value));
  const relaid: Subject[] = [];
  if (arrays.some(({ views }) => views)) relaid.push({ ...given, name: `${given.name}, its arrays laid out as given` });
  if (arrays.some(({ some }) => some) && options.strided !== false)
    relaid.push(relaidSubject(given, `${given.name} on strided views`, strided));
  return { base, relaid };
}

/** Checks the forward half: its form, its value, its laws, its derivatives. */
export function testFruleWith(engines: Engines, f: AnyFunction, args: readonly unknown[], options: CheckOptions = {}): void {
  const { base, relaid } = casesOf(engines, f, args, options);
  const numeric = new Numeric(base);
  checkFrule(base, numeric, relaid);
  numeric.expectDecided();
}

/** Checks the reverse half: its form, its value, its laws, its derivatives. */
export function testRruleWith(engines: Engines, f: AnyFunction, args: readonly unknown[], options: CheckOptions = {}): void {
  const { base, relaid } = casesOf(engines, f, args, options);
  const numeric = new Numeric(base);
  checkRrule(base, numeric, relaid);
  numeric.expectDecided();
}

/** Checks both halves, that they belong together, that the engines do what they say, and second derivatives in all pairs of modes. */
export function testRuleWith(engines: Engines, f: AnyFunction, args: readonly unknown[], options: CheckOptions = {}): void {
  const { base, relaid } = casesOf(engines, f, args, options);
  const numeric = new Numeric(base);
  checkFrule(base, numeric, relaid);
  const reverse = checkRrule(base, numeric, relaid);
  if (base.moving.length === 0 || reverse.seed.length === 0) return;
  checkAdjoint(base, reverse, numeric);
  checkEngines(base, reverse);
  if ((options.order ?? 2) === 2) checkSecondOrder(base);
  numeric.expectDecided();
}

/** Checks a function of one number: `testRule`, at this point. */
export function testScalarWith(engines: Engines, f: AnyFunction, x: number, options: CheckOptions = {}): void {
  if (typeof x !== "number") throw new TypeError(`testScalar: x is ${describe(x)}; a number is needed`);
  testRuleWith(engines, f, [x], options);
}
