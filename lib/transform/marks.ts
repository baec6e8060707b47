import type { File } from "./file.js";
import { mark } from "./functions.js";
import { bare, directivesOf, isFunction, isIdentifier, type Node, walk } from "./tree.js";

/** Functions of the library that return a differentiable function. */
const definers = new Set(
  "differentiable defineRule scalarRule linearRule bilinearRule nonDifferentiable optOut callable checkpointed traced".split(" "),
);

/** What a file marks. */
export interface Marks {
  /** Calls `differentiable(f)`, with the function written there; undefined where a name stands there that is marked elsewhere. */
  readonly calls: ReadonlyMap<Node, Node | undefined>;
  /** Functions that are marked where they are declared: by the directive, or since `differentiable` gets them by name. */
  readonly functions: ReadonlySet<Node>;
}

/** Whether a function begins with the directive "use grad". */
const hasMark = (fn: Node): boolean => directivesOf(fn).some(({ directive }) => directive === mark);

/**
 * The marked functions of a file.
 * @throws {TransformError} where `differentiable` is given a function that is not written in this file
 */
export function marksOf(file: File): Marks {
  const calls = new Map<Node, Node | undefined>();
  const functions = new Set<Node>();
  walk(file.program, (node) => {
    if (isFunction(node) && hasMark(node)) {
      const parent = file.bindings.parentOf(node);
      if (parent?.type === "MethodDefinition" || (parent?.type === "Property" && (parent.method || parent.kind !== "init")))
        throw file.source.error(parent.start, "a method is not rewritten; mark a function, and have the method call it");
      functions.add(node);
    }
    if (node.type !== "CallExpression" || file.bindings.ourName(node.callee) !== "differentiable") return;
    const first = node.arguments[0];
    if (first === undefined) return;
    const fn = bare(first);
    if (isFunction(fn)) calls.set(node, fn);
    else {
      calls.set(node, undefined);
      const declared = declaredFunction(fn, file);
      if (declared !== undefined) functions.add(declared);
    }
  });
  for (const fn of functions)
    if (fn.type === "FunctionDeclaration" && fn.id === null)
      throw file.source.error(fn.start, "a marked function needs a name; write export default function name(…)");
  return { calls, functions };
}

/** The function of this file that a name stands for; undefined for one that is differentiable already. */
function declaredFunction(node: Node, file: File): Node | undefined {
  const { bindings, source } = file;
  const origin = bindings.originOf(node);
  if (bindings.ourName(node) !== undefined || origin?.from === "global") return undefined;
  if (origin?.from === "import") {
    const name = source.code.slice(node.start, node.end);
    throw source.error(
      node.start,
      `differentiable: ${name} comes from ${JSON.stringify(origin.module)}, where its operators are; mark it where it is defined: export const ${name} = differentiable(…), or begin its body with "use grad"`,
    );
  }
  if (isIdentifier(node) && origin?.from === "variable") {
    const fn = bindings.functionOf(origin.variable);
    if (fn !== undefined) return fn;
    const value = bindings.constantOf(origin.variable);
    if (value !== undefined && isMade(value, file)) return undefined;
  }
  throw source.error(
    node.start,
    "differentiable: the function is not written here, so its operators are not seen; write it into the call: differentiable((x: number) => …)",
  );
}

/** Whether an expression is a call of a function that makes differentiable functions. */
function isMade(expression: Node, file: File): boolean {
  const node = bare(expression);
  return node.type === "CallExpression" && definers.has(file.bindings.ourName(node.callee) ?? "");
}

/** Whether an expression names a function that is marked, or made by a definer. */
export function namesMarked(expression: Node, file: File, marks: Marks): boolean {
  const node = bare(expression);
  const variable = node.type === "Identifier" ? file.bindings.variableOf(node) : undefined;
  if (variable === undefined) return false;
  const fn = file.bindings.functionOf(variable);
  if (fn !== undefined) return marks.functions.has(fn);
  const value = file.bindings.constantOf(variable);
  return value !== undefined && isMade(value, file);
}
