import { elementOf, fieldOf, type Kind, moves, none } from "./kinds.js";
import { join, type Pieces } from "./pieces.js";
import type { Rewriting } from "./rewriting.js";
import { bare, isIdentifier, type Node, propertyName } from "./tree.js";

/** What the declaration of a name, a pattern, or a part of a name says of movement. */
export function saidOf(target: Node, r: Rewriting): Kind | undefined {
  const node = bare(target);
  const own = r.file.types.annotated(node);
  if (own !== undefined) return own;
  if (isIdentifier(node)) {
    const variable = r.file.bindings.variableOf(node);
    return variable === undefined ? undefined : r.movement.annotation(variable);
  }
  if (node.type !== "MemberExpression") return undefined;
  const container = saidOf(node.object, r);
  if (container === undefined) return undefined;
  return partOf(container, node.computed ? propertyName(node) : node.property.name);
}

/** What is said of a field, or of an entry. */
function partOf(container: Kind, name: string | undefined): Kind | undefined {
  if (container.is === "record") return name === undefined ? undefined : container.fields.get(name);
  return name === undefined ? elementOf(container) : fieldOf(container, name);
}

/** What is said of the entries of a list. */
export function saidOfEntries(list: Node, r: Rewriting): Kind | undefined {
  const said = saidOf(list, r);
  return said?.is === "list" || said?.is === "still" ? elementOf(said) : undefined;
}

/** A value on its way to where less may move than in it: what is declared still is made plain. */
export function settledInto(said: Kind | undefined, kind: Kind, at: number, value: readonly (string | Pieces)[], r: Rewriting): Pieces {
  if (said === undefined || !lacks(said, kind)) return join(at, ...value);
  if (!moves(said)) return join(at, `${r.use("primal")}(`, ...value, ")");
  return join(at, `${r.use("settled")}(`, ...value, `, ${formOf(said) as string})`);
}

/** Whether something may move in a value that is declared still. */
function lacks(said: Kind, kind: Kind): boolean {
  if (!moves(kind)) return false;
  if (said.is === "still") return true;
  if (said.is === "list") return kind.is === "list" ? lacks(said.of, kind.of) : kind.is === "unknown" && formOf(said) !== undefined;
  if (said.is !== "record") return false;
  if (kind.is !== "record") return kind.is === "unknown" && formOf(said) !== undefined;
  return [...said.fields].some(([name, field]) => lacks(field, kind.fields.get(name) ?? none));
}

/** Which parts of a structure are declared still, as the run time reads it; undefined where none is. */
export function formOf(kind: Kind): string | undefined {
  if (kind.is === "still") return "0";
  if (!moves(kind)) return undefined;
  if (kind.is === "list") {
    const form = formOf(kind.of);
    return form === undefined ? undefined : `[${form}]`;
  }
  if (kind.is !== "record") return undefined;
  const parts = [...kind.fields].flatMap(([name, field]) => {
    const form = formOf(field);
    return form === undefined ? [] : [`${JSON.stringify(name)}: ${form}`];
  });
  return parts.length === 0 ? undefined : `{ ${parts.join(", ")} }`;
}
