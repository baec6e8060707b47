import type { Variable } from "./bindings.js";
import type { File } from "./file.js";
import { either, type Kind, listOf, none, recordOf, still, stilled, stillNumber, unknown } from "./kinds.js";
import { writingMethods } from "./names.js";
import { bare, isFunction, isTransparent, type Node, propertyName } from "./tree.js";

/**
 * The kind of a binding outside of a marked function. Imports, functions and classes stand still, and so does a const at the top of the file
 * that nothing in the file writes into; what an enclosing function has may move.
 */
export function outerKind(variable: Variable, file: File): Kind {
  const definition = variable.defs[0] as { type: string; node: unknown } | undefined;
  if (definition === undefined || definition.type === "ImportBinding" || definition.type === "ClassName") return still;
  if (file.bindings.functionOf(variable) !== undefined) return still;
  const identifier = variable.identifiers[0] as unknown as Node;
  const said = file.types.annotated(identifier);
  const value = file.bindings.constantOf(variable);
  if (value !== undefined) {
    const plain = literalKind(bare(value), file);
    if (plain !== undefined) return plain;
  }
  const { parent } = { parent: definition.node as Node };
  const constant = (variable.defs[0] as { parent?: { kind?: string } } | undefined)?.parent?.kind === "const";
  if (file.bindings.isTop(variable) && constant && parent.type === "VariableDeclarator" && !isWrittenInto(variable, file))
    return said === undefined ? (value === undefined ? still : shapeOf(value)) : stilled(said);
  return said ?? unknown;
}

/** The shape of what is written out in lists and records; what is not is still, and no more is known. */
function shapeOf(value: Node): Kind {
  const node = bare(value);
  switch (node.type) {
    case "Literal":
      return typeof (node.value as unknown) === "number" ? stillNumber : still;
    case "UnaryExpression":
      return node.operator === "-" && node.argument.type === "Literal" ? shapeOf(node.argument) : still;
    case "ArrayExpression":
      return listOf(
        node.elements.map((part) => (part === null || part.type === "SpreadElement" ? still : shapeOf(part))).reduce(either, none),
      );
    case "ObjectExpression": {
      const named = node.properties.every((part) => part.type === "Property" && !part.computed && part.key.type === "Identifier");
      return named ? recordOf(new Map(node.properties.map((part) => [part.key.name, shapeOf(part.value)]))) : still;
    }
    default:
      return still;
  }
}

/** The kind of what can be told from its text: numbers, texts, functions, marked ones included. */
function literalKind(value: Node, file: File): Kind | undefined {
  if (value.type === "Literal") return typeof (value.value as unknown) === "number" ? stillNumber : still;
  if (value.type === "UnaryExpression" && value.argument.type === "Literal") return stillNumber;
  if (isFunction(value)) return still;
  if (value.type === "CallExpression" && file.bindings.ourName(value.callee) === "differentiable") return still;
  return undefined;
}

/** Whether the file writes into what a name holds: `name.part = …`, `name[i] = …`, `name.push(…)`. */
function isWrittenInto(variable: Variable, file: File): boolean {
  return variable.references.some(({ identifier }) => {
    let { parent, child } = file.bindings.userOf(identifier as unknown as Node);
    let inside = false;
    let method: string | undefined;
    while (parent !== undefined && ((parent.type === "MemberExpression" && parent.object === child) || isTransparent(parent))) {
      if (parent.type === "MemberExpression") method = propertyName(parent);
      inside = true;
      ({ parent, child } = file.bindings.userOf(parent));
    }
    if (!inside || parent === undefined) return false;
    if (parent.type === "AssignmentExpression") return parent.left === child;
    if (parent.type === "UpdateExpression") return true;
    return parent.type === "CallExpression" && parent.callee === child && method !== undefined && writingMethods.test(method);
  });
}
