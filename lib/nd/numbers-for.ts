import { isList } from "./is-list.js";
import { shown } from "./shown.js";

/**
 * One number or several, as a list.
 * @param x a number, a list or a typed array of numbers
 * @throws {TypeError} when it is anything else
 */
export function numbersFor(who: string, name: string, x: unknown): number[] {
  if (typeof x === "number") return [x];
  if (!isList(x)) {
    throw new TypeError(`${who}: ${name} is ${shown(x)}; give a number or a list of numbers`);
  }
  const numbers: number[] = [];
  for (let k = 0; k < x.length; k++) {
    const entry = x[k];
    if (typeof entry !== "number") throw new TypeError(`${who}: ${name}[${k}] is ${shown(entry)}; give a number`);
    numbers.push(entry);
  }
  return numbers;
}
