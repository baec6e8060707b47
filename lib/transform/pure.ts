import { type Node, walk } from "./tree.js";

const acting = new Set([
  "AssignmentExpression",
  "UpdateExpression",
  "CallExpression",
  "NewExpression",
  "AwaitExpression",
  "YieldExpression",
  "TaggedTemplateExpression",
  "ImportExpression",
]);

/** Whether an expression may be computed twice without a trace. */
export function isPure(node: Node): boolean {
  let pure = true;
  walk(node, ({ type }) => {
    if (acting.has(type)) pure = false;
    return pure;
  });
  return pure;
}
