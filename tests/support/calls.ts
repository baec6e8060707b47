import { array, isNdArray, type NdArray } from "../../lib/nd/index.js";
import type { Example } from "./examples.js";

/** A call that is right: what each parameter is, and an argument for it. The kinds are those of the table in bad-input-sweep.test.ts. */
export type Call = readonly [kinds: string, ...args: unknown[]];

/** Right calls by the name of the function. */
export type Calls = Readonly<Record<string, Call>>;

/** Arguments that fit most functions of arrays. */
export const aVector: NdArray = array([0.5, 0.25, 0.75]);
export const aMatrix: NdArray = array([
  [1, 2],
  [3, 4],
]);

/** The same call of several functions. */
export const alike = (names: string, ...call: Call): Calls => Object.fromEntries(names.split(" ").map((name) => [name, call]));

const isFloatArray = (arg: unknown): boolean => isNdArray(arg) && !/^u?int/.test((arg as NdArray).dtype);
const isOptions = (arg: unknown): boolean => typeof arg === "object" && arg !== null && Object.getPrototypeOf(arg) === Object.prototype;

/** What a parameter takes that was given these arguments; undefined where they do not tell. */
function kindOf(given: readonly unknown[], isLast: boolean): string | undefined {
  if (isLast && given.every(isOptions)) return "options";
  if (!given.some(isFloatArray) || !given.every((arg) => typeof arg === "number" || isNdArray(arg))) return undefined;
  return given.some((arg) => typeof arg === "number") ? "operand" : "array";
}

/**
 * A right call, as the examples of a function have it: its parameters are operands (numbers and arrays), arrays, and options at the end. Undefined
 * where a parameter is something else, since a number among examples may stand for any number, a whole one or an axis.
 */
export function callIn(examples: readonly Example[]): Call | undefined {
  const count = Math.max(0, ...examples.map(({ args }) => args.length));
  const arraysIn = (args: readonly unknown[]): number => args.filter((arg) => isNdArray(arg)).length;
  const complete = examples.map(({ args }) => args).filter((args) => args.length === count);
  const most = Math.max(...complete.map(arraysIn));
  const args = complete.find((each) => arraysIn(each) === most);
  if (args === undefined || count === 0) return undefined;
  const kinds = args.map((_, k) => {
    const given = examples.flatMap((each) => (each.args.length > k ? [each.args[k]] : []));
    return kindOf(given, k > 0 && k === count - 1);
  });
  return kinds.every((kind) => kind !== undefined) ? [kinds.join(" "), ...args] : undefined;
}
