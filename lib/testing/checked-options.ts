import { describe, optionsFor } from "../core/index.js";

/** What each option must be: how it is said, and whether a value is. */
type Forms = Readonly<Record<string, readonly [form: string, fits: (value: unknown) => boolean]>>;

const isNumber = (x: unknown): boolean => typeof x === "number" && !Number.isNaN(x);
const notNegative = (x: unknown): boolean => isNumber(x) && (x as number) >= 0;
const isInterval = (x: unknown): boolean => x === undefined || (Array.isArray(x) && x.length === 2 && x.every(isNumber));

/** The options of checks. */
export const checkForms: Forms = {
  rtol: ["a number, 0 or more", notNegative],
  atol: ["a number, 0 or more", notNegative],
  tangents: ["a list of tangents, one for each argument", Array.isArray],
  cotangent: ["a cotangent of the result", () => true],
  exclude: ["a list of positions of arguments", Array.isArray],
  domain: ["a list of intervals [lo, hi], one for each argument, or undefined", (x) => Array.isArray(x) && x.every(isInterval)],
  order: ["1 or 2", isNumber],
  strided: ["true or false", (x) => typeof x === "boolean"],
  seed: ["a number", isNumber],
  step: ["a number greater than 0", (x) => isNumber(x) && (x as number) > 0],
  entries: ["a number, 0 or more", notNegative],
};

/**
 * Options, each of which has its form.
 * @throws {TypeError} when they are not a record, or one of them has another form
 */
export function checkedOptions<O extends object>(who: string, options: O, names: readonly (keyof O & string)[]): O {
  const record = optionsFor(who, options, names.join(", "));
  for (const name of names) {
    const value: unknown = record[name];
    const [form, fits] = checkForms[name] as Forms[string];
    if (value !== undefined && !fits(value)) throw new TypeError(`${who}: the option ${name} is ${describe(value)}; give ${form}`);
  }
  return record;
}
