import type { Variable } from "./bindings.js";
import type { File } from "./file.js";
import { callingMethods } from "./names.js";
import { type Node, propertyName } from "./tree.js";

/**
 * Whether a function inside of a marked one may be called by others than that one: it is returned, stored, or handed to a function that is no
 * method of lists. Such a function must work whoever calls it.
 */
export function escapes(fn: Node, file: File): boolean {
  const { bindings } = file;
  if (fn.type === "FunctionDeclaration") {
    const variable = fn.id === null ? undefined : bindings.variableOf(fn.id);
    return variable === undefined || usedElsewhere(variable, file);
  }
  const { parent, child } = bindings.userOf(fn);
  if (parent === undefined || staysHere(parent, child, file)) return false;
  if (parent.type === "VariableDeclarator" && parent.init === child && parent.id?.type === "Identifier") {
    const variable = bindings.variableOf(parent.id);
    return variable === undefined || bindings.functionOf(variable) !== fn || usedElsewhere(variable, file);
  }
  return true;
}

/** Whether a name is used otherwise than to call it, or to hand it to a method of lists. */
function usedElsewhere(variable: Variable, file: File): boolean {
  return variable.references.some(({ identifier, init }) => {
    if (init === true) return false;
    const { parent, child } = file.bindings.userOf(identifier as unknown as Node);
    return parent === undefined || !staysHere(parent, child, file);
  });
}

/** Whether a value is only called where it stands, by the function around it or by a list. */
function staysHere(parent: Node, value: Node, file: File): boolean {
  if (parent.type !== "CallExpression") return false;
  if (parent.callee === value) return true;
  const { callee } = parent;
  if (callee.type !== "MemberExpression") return false;
  if (file.bindings.globalName(callee) === "Array.from") return true;
  const method = propertyName(callee);
  return method !== undefined && callingMethods.has(method) && file.bindings.originOf(callee)?.from !== "import";
}
