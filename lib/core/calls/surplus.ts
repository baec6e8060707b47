import { describe } from "../errors.js";

/**
 * The arguments without the index and the list that list methods put behind an element, as in `xs.map(sin)` and `xs.reduce(add)`: they are
 * told by list[index], which is the argument before them. An index alone, as `Array.from(xs, sin)` passes it, might be an operand.
 */
export function withoutPlace(args: readonly unknown[]): readonly unknown[] {
  const last = args.length - 1;
  const list = args[last];
  const index = args[last - 1];
  if (last < 2 || typeof index !== "number" || !(Array.isArray(list) || ArrayBuffer.isView(list))) return args;
  return Object.is((list as ArrayLike<unknown>)[index], args[last - 2]) ? args.slice(0, -2) : args;
}

/** Of the arguments of a call at most so many; what is too much may be a place in a list, or absent. */
export function atMost(who: string, most: number): (args: readonly unknown[]) => readonly unknown[] {
  return (args) => {
    if (args.length <= most) return args;
    const kept = withoutPlace(args);
    if (kept.length <= most) return kept;
    expectNoMore(who, kept, most);
    return kept.slice(0, most);
  };
}

/**
 * JavaScript would drop what is too much without a word, and its derivative with it.
 * @throws {TypeError} when there are more than so many arguments that are not absent
 */
export function expectNoMore(who: string, args: readonly unknown[], most: number): void {
  for (let k = most; k < args.length; k++) {
    if (args[k] === undefined) continue;
    const names = ["x", "y", "z"].slice(0, most).join(", ");
    throw new TypeError(
      `${who}: argument ${k + 1} is ${describe(args[k])}, but it takes ${most}; leave out what is too much, in a callback by (${names}) => ${who}(${names})`,
    );
  }
}
