import type { Kind } from "./kinds.js";
import { around, flatten, join, type Pieces, stretch } from "./pieces.js";
import type { Rewriting } from "./rewriting.js";
import { formOf, settledInto } from "./settling.js";
import { bare, childrenOf, directivesOf, isIdentifier, type Node } from "./tree.js";

/** The directive that marks a function. */
export const mark = "use grad";

/**
 * A function, rewritten: its parameters' defaults, its body, and at its beginning what makes plain the parameters that are declared still.
 * @param name what stands for its name; its own when absent
 */
export function rewrittenFunction(fn: Node, r: Rewriting, name?: string): Pieces {
  refuseKind(fn, r);
  const settle = settled(fn, r);
  return around(
    fn,
    (child) => {
      if (child === fn.id && name !== undefined) return join(child.start, name);
      if (child === fn.body) return bodyOf(fn, settle, r);
      return r.value(child);
    },
    childrenOf(fn),
  );
}

function refuseKind(fn: Node, r: Rewriting): void {
  if (fn.async) r.refuse(fn, "a differentiable function is synchronous; move async and await out of it");
  if (fn.generator) r.refuse(fn, "a differentiable function is no generator; fill a list and return it");
}

function bodyOf(fn: Node, settle: readonly string[], r: Rewriting): Pieces {
  const { body } = fn;
  const value = body.type === "BlockStatement" ? r.value(body) : resultOf(fn, body, r);
  if (settle.length === 0) return value;
  if (body.type !== "BlockStatement") return join(body.start, `(${settle.join(", ")}, `, value, ")");
  const after = directivesOf(fn).at(-1)?.end ?? body.start + 1;
  return insertAt(value, after, ` ${settle.join("; ")};`);
}

/** What a function gives: plain where its type says so. */
export function resultOf(fn: Node, value: Node, r: Rewriting): Pieces {
  return settledInto(r.file.types.result(fn), r.kindOf(value), value.start, [r.value(value)], r);
}

/** New text at a position of the source. */
export function insertAt(nested: Pieces, at: number, words: string): Pieces {
  const pieces = flatten(nested);
  const added = { text: words, at };
  const k = pieces.findIndex((piece) => !("text" in piece) && piece.end >= at);
  const piece = pieces[k];
  if (piece === undefined || "text" in piece) return [...pieces, added];
  if (piece.start >= at) return [...pieces.slice(0, k), added, ...pieces.slice(k)];
  return [...pieces.slice(0, k), ...stretch(piece.start, at), added, ...stretch(at, piece.end), ...pieces.slice(k + 1)];
}

/** Statements that make plain what is declared still: an engine traces all numbers that it is given. */
function settled(fn: Node, r: Rewriting): string[] {
  return fn.params.flatMap((param) =>
    param.type === "RestElement" ? settle(param.argument, annotated(param, r), r) : settle(param, undefined, r),
  );
}

const annotated = (node: Node, r: Rewriting): Kind | undefined => r.file.types.annotated(node);

function settle(pattern: Node, around: Kind | undefined, r: Rewriting): string[] {
  const inner = bare(pattern);
  const kind = annotated(inner, r) ?? around;
  switch (inner.type) {
    case "AssignmentPattern":
      return settle(inner.left, around, r);
    case "Identifier": {
      if (kind === undefined || inner.name === "this") return [];
      if (kind.is === "still") return [`${inner.name} = ${r.use("primal")}(${inner.name})`];
      const form = formOf(kind);
      return form === undefined ? [] : [`${r.use("settle")}(${inner.name}, ${form})`];
    }
    case "ObjectPattern":
      return inner.properties.flatMap((part) => {
        if (part.type === "RestElement") return [];
        const field = kind?.is === "record" && !part.computed ? kind.fields.get(part.key.name) : kind?.is === "still" ? kind : undefined;
        return settle(part.value, field, r);
      });
    case "ArrayPattern":
      return inner.elements.flatMap((part) =>
        part && part.type !== "RestElement" ? settle(part, kind?.is === "list" ? kind.of : kind?.is === "still" ? kind : undefined, r) : [],
      );
    default:
      return [];
  }
}

/** The names that a pattern binds. */
export function namesIn(pattern: Node): Node[] {
  const inner = bare(pattern);
  if (isIdentifier(inner)) return [inner];
  return childrenOf(inner).flatMap((child) => {
    if (inner.type === "Property") return child === inner.value ? namesIn(child) : [];
    if (inner.type === "AssignmentPattern") return child === inner.left ? namesIn(child) : [];
    return namesIn(child);
  });
}
