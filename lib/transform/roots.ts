import type { Variable } from "./bindings.js";
import type { Known } from "./known.js";
import { bare, isFunction, type Node, walk } from "./tree.js";

/** The variables whose objects an expression may give: itself, or a part of it. `asked` are functions whose results are being looked for. */
export function rootsOf(expression: Node, known: Known, asked: Set<Node> = new Set()): Variable[] {
  const roots = (part: Node): Variable[] => rootsOf(part, known, asked);
  const node = bare(expression);
  switch (node.type) {
    case "Identifier": {
      const variable = known.file.bindings.variableOf(node);
      return variable === undefined ? [] : [variable];
    }
    case "MemberExpression":
      return roots(node.object);
    case "ConditionalExpression":
      return [...roots(node.consequent), ...roots(node.alternate as Node)];
    case "LogicalExpression":
      return [...roots(node.left), ...roots(node.right)];
    case "ArrayExpression":
      return node.elements.flatMap((part) => (part ? roots(part.type === "SpreadElement" ? part.argument : part) : []));
    case "ObjectExpression":
      return node.properties.flatMap((part) => roots(part.type === "SpreadElement" ? part.argument : part.value));
    case "CallExpression":
    case "NewExpression":
      return [
        ...(node.callee.type === "MemberExpression" ? roots(node.callee.object) : rootsOfResult(node.callee, known, asked)),
        ...node.arguments.flatMap((arg) => roots(arg.type === "SpreadElement" ? arg.argument : arg)),
      ];
    case "AssignmentExpression":
      return [...roots(node.left), ...roots(node.right)];
    case "SequenceExpression":
      return roots(node.expressions[node.expressions.length - 1] as Node);
    case "ChainExpression":
      return roots(node.expression);
    default:
      return [];
  }
}

/** The variables whose objects a function inside may return. */
function rootsOfResult(callee: Node, known: Known, asked: Set<Node>): Variable[] {
  const fn = isFunction(bare(callee)) ? bare(callee) : known.file.bindings.calledFunction(callee);
  if (fn === undefined || !known.isInside(fn) || asked.has(fn)) return [];
  asked.add(fn);
  const roots: Variable[] = [];
  if (fn.body.type !== "BlockStatement") roots.push(...rootsOf(fn.body, known, asked));
  walk(fn.body, (node) => {
    if (isFunction(node)) return false;
    if (node.type === "ReturnStatement" && node.argument) roots.push(...rootsOf(node.argument, known, asked));
    return true;
  });
  asked.delete(fn);
  return roots;
}
