/**
 * What is known of a value when the program is built: whether it can move, and what it is made of.
 *
 * - `none`: nothing has been put there yet
 * - `still`: holds nothing that moves; `number` where it is a number
 * - `number`: a number that may move
 * - `array`: an NdArray, `floats`: a float array; both may move
 * - `list`, `record`: whose parts are known; a pair [index, entry] is a record with the fields 0 and 1
 * - `unknown`: anything; it may move
 */
export type Kind =
  | { readonly is: "none" | "number" | "array" | "floats" | "unknown" }
  | { readonly is: "still"; readonly number: boolean }
  | { readonly is: "list"; readonly of: Kind }
  | { readonly is: "record"; readonly fields: ReadonlyMap<string, Kind> };

export const none: Kind = { is: "none" };
export const stillNumber: Kind = { is: "still", number: true };
export const still: Kind = { is: "still", number: false };
export const number: Kind = { is: "number" };
export const array: Kind = { is: "array" };
export const floats: Kind = { is: "floats" };
export const unknown: Kind = { is: "unknown" };

/** No kind is deeper: what lies below is unknown. */
const deepest = 5;

export const listOf = (of: Kind): Kind => (depthOf(of) < deepest ? { is: "list", of } : unknown);

export function recordOf(fields: ReadonlyMap<string, Kind>): Kind {
  return [...fields.values()].every((kind) => depthOf(kind) < deepest) ? { is: "record", fields } : unknown;
}

function depthOf(kind: Kind): number {
  if (kind.is === "list") return 1 + depthOf(kind.of);
  if (kind.is === "record") return 1 + Math.max(0, ...[...kind.fields.values()].map(depthOf));
  return 0;
}

/** Whether a value of this kind can hold anything that moves. */
export function moves(kind: Kind): boolean {
  switch (kind.is) {
    case "none":
    case "still":
      return false;
    case "list":
      return moves(kind.of);
    case "record":
      for (const field of kind.fields.values()) if (moves(field)) return true;
      return false;
    default:
      return true;
  }
}

/** Whether it is a number, moving or not. */
export const isNumber = (kind: Kind): boolean => kind.is === "number" || (kind.is === "still" && kind.number);

/** The kind of a value that is one or the other. */
export function either(a: Kind, b: Kind): Kind {
  if (a === b || b.is === "none") return a;
  if (a.is === "none") return b;
  if (isNumber(a) && isNumber(b)) return a.is === "number" || b.is === "number" ? number : stillNumber;
  if (a.is === "still" && b.is === "still") return still;
  if (a.is === "list" && b.is === "list") return listOf(either(a.of, b.of));
  if (a.is === "record" && b.is === "record") {
    const fields = new Map(a.fields);
    for (const [name, kind] of b.fields) fields.set(name, either(fields.get(name) ?? none, kind));
    return recordOf(fields);
  }
  return a.is === b.is ? a : moves(a) || moves(b) ? unknown : still;
}

/** What is left of a kind where a type says more: what is unknown is what the type says. */
export function within(kind: Kind, said: Kind): Kind {
  if (kind.is === "unknown" || said.is === "still") return said;
  if (kind.is === "list" && said.is === "list") return listOf(within(kind.of, said.of));
  if (kind.is !== "record" || said.is !== "record") return kind;
  return recordOf(new Map([...kind.fields].map(([name, field]) => [name, within(field, said.fields.get(name) ?? unknown)])));
}

/** The same shape with nothing in it that moves. */
export function stilled(kind: Kind): Kind {
  if (isNumber(kind)) return stillNumber;
  if (kind.is === "list") return listOf(stilled(kind.of));
  return kind.is === "record" ? recordOf(new Map([...kind.fields].map(([name, field]) => [name, stilled(field)]))) : still;
}

/** The same shape where every part may have been replaced by something that moves. */
export function loosened(kind: Kind): Kind {
  if (kind.is === "list") return listOf(loosened(kind.of));
  if (kind.is === "record" && kind.fields.size > 0)
    return recordOf(new Map([...kind.fields].map(([name, field]) => [name, loosened(field)])));
  return moves(kind) ? kind : unknown;
}

/** The kind of the derivative by a value of this kind, which may move though the value does not. */
export function derivativeOf(kind: Kind): Kind {
  if (isNumber(kind)) return number;
  if (kind.is === "array") return array;
  if (kind.is === "list") return listOf(derivativeOf(kind.of));
  return kind.is === "record" ? recordOf(new Map([...kind.fields].map(([name, field]) => [name, derivativeOf(field)]))) : unknown;
}

/** Whether two kinds are alike. */
export function sameKind(a: Kind, b: Kind): boolean {
  if (a === b) return true;
  if (a.is !== b.is) return false;
  if (a.is === "still") return a.number === (b as typeof a).number;
  if (a.is === "list") return sameKind(a.of, (b as typeof a).of);
  if (a.is === "record") {
    const other = (b as typeof a).fields;
    return a.fields.size === other.size && [...a.fields].every(([name, kind]) => sameKind(kind, other.get(name) ?? unknown));
  }
  return true;
}

/** What a container is once a value of kind `part` was put into it. */
export function holding(container: Kind, part: Kind, name: string | undefined): Kind {
  switch (container.is) {
    case "list":
      return name === undefined ? listOf(either(container.of, part)) : moves(part) ? unknown : container;
    case "record":
      if (name === undefined) return moves(part) ? unknown : container;
      return recordOf(new Map([...container.fields, [name, either(container.fields.get(name) ?? none, part)]]));
    case "array":
    case "floats":
    case "number":
    case "unknown":
      return container;
    default:
      if (isNumber(container)) return container;
      return moves(part) ? unknown : container;
  }
}

/** The kind of what a list gives in turn. */
export function elementOf(kind: Kind): Kind {
  if (kind.is === "list") return kind.of;
  if (kind.is === "floats") return number;
  return kind.is === "array" || kind.is === "record" ? unknown : kind;
}

/** The kind of a field. */
export function fieldOf(kind: Kind, name: string | undefined): Kind {
  if (kind.is === "record") return (name === undefined ? undefined : kind.fields.get(name)) ?? (moves(kind) ? unknown : still);
  return moves(kind) ? unknown : kind.is === "none" ? none : still;
}
