/** What values of this package bear, on their prototypes: every copy of the package knows the key, each has marks of its own. */
const key: unique symbol = /* @__PURE__ */ Symbol.for("cotangent.brand") as never;

/** The mark of a value: which copy of the package made it, and what it is. */
interface Mark {
  readonly copy: object;
  readonly what: string;
}

const thisCopy = {};

/**
 * Marks a prototype or a single value as made by this copy of the package. The mark is there to name what comes from another copy, which no
 * `instanceof` and no symbol of ours knows; nothing is accepted for it.
 * @param what with its article, for messages
 */
export function brand<T extends object>(owner: T, what: string): T {
  return Object.defineProperty(owner, key, { value: { copy: thisCopy, what } satisfies Mark });
}

interface Marked {
  readonly [key]?: Mark;
  /** A view is what its store is. */
  readonly pick?: unknown;
  readonly data?: Marked | null;
}

/** A class to derive from, which marks its instances; bundlers drop it with the classes that nobody uses. */
export function marked(what: string): new () => object {
  class Marked {}
  brand(Marked.prototype, what);
  return Marked;
}

function markOf(x: unknown): Mark | undefined {
  if ((typeof x !== "object" && typeof x !== "function") || x === null) return undefined;
  const marked = x as Marked;
  return typeof marked.pick === "function" ? marked.data?.[key] : marked[key];
}

/** What a marked value is, for messages, its copy named when it is another one; undefined for values without a mark. */
export function branded(x: unknown): string | undefined {
  const mark = markOf(x);
  return mark === undefined || mark.copy === thisCopy ? mark?.what : `${mark.what} of another copy of cotangent`;
}

/** Whether x is a number that an engine of this copy traces, or an array that does: for messages that name the cure. */
export function isTraced(x: unknown): boolean {
  const what = branded(x);
  return what === tracedNumber || what === tracedArray || what === tracedFloats;
}

export const tracedNumber = "a traced number";
export const tracedArray = "a traced array";
export const tracedFloats = "a float array that moves";

/** Whether another copy of the package made x: a traced number or array, a tangent, a callable. */
export function isForeign(x: unknown): boolean {
  const mark = markOf(x);
  return mark !== undefined && mark.copy !== thisCopy;
}

/** The error for a value that another copy of the package made. */
export function foreignError(x: unknown): TypeError {
  return new TypeError(
    `cotangent: got ${branded(x)}: this program has loaded the package more than once, and the copies do not know each other's values; ` +
      "let all imports lead to one copy (npm ls cotangent, npm dedupe)",
  );
}
