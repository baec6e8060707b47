import type { Bindings } from "./bindings.js";
import { answeringMethods, callingMethods, listMethods, viewMethods, writingMethods } from "./names.js";
import { bare, childrenOf, isFunction, type Node, propertyName, walk } from "./tree.js";

/** What was found of functions before: a tree does not change. */
const found = new WeakMap<Node, boolean>();

/**
 * Whether a function of this file may write into what it was given: it assigns to a field or an entry, calls a method that writes, or a function
 * of which that is not known.
 */
export function mayWrite(fn: Node, bindings: Bindings): boolean {
  const before = found.get(fn);
  if (before !== undefined) return before;
  // Recursion adds nothing.
  found.set(fn, false);
  let writes = false;
  walk(fn, (node) => {
    if (writes) return false;
    if (node.type === "AssignmentExpression") writes = holdsMember(node.left);
    else if (node.type === "UpdateExpression") writes = holdsMember(node.argument);
    else if (/^For(?:Of|In)Statement$/.test(node.type)) writes = node.left.type !== "VariableDeclaration" && holdsMember(node.left);
    else if (node.type === "CallExpression") writes = callWrites(node, bindings);
    return !writes;
  });
  found.set(fn, writes);
  return writes;
}

const holdsMember = (pattern: Node): boolean => {
  const target = bare(pattern);
  return (
    target.type === "MemberExpression" || (/Pattern$|^Property$|^RestElement$/.test(target.type) && childrenOf(target).some(holdsMember))
  );
};

function callWrites(call: Node, bindings: Bindings): boolean {
  const callee = bare(call.callee);
  if (bindings.ourName(callee) !== undefined || bindings.globalName(callee) !== undefined) return false;
  if (callee.type === "MemberExpression") return methodWrites(call, propertyName(callee) ?? "", bindings);
  return functionWrites(callee, bindings);
}

function methodWrites({ arguments: [first] }: Node, name: string, bindings: Bindings): boolean {
  if (writingMethods.test(name)) return true;
  if (callingMethods.has(name)) return first !== undefined && functionWrites(bare(first), bindings);
  return !(listMethods.has(name) || viewMethods.has(name) || answeringMethods.has(name) || name === "get");
}

/** Whether a function that is named, or written in place, may write into what it is given. */
export function functionWrites(named: Node, bindings: Bindings): boolean {
  // What a function that is written here does is seen with what is around it.
  if (isFunction(named) || bindings.ourName(named) !== undefined || bindings.globalName(named) !== undefined) return false;
  const fn = bindings.calledFunction(named);
  return fn === undefined || mayWrite(fn, bindings);
}
