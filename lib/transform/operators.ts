import { isNumber, moves } from "./kinds.js";
import { around, join, type Pieces } from "./pieces.js";
import { isPure } from "./pure.js";
import type { Rewriting } from "./rewriting.js";
import { bare, type Node } from "./tree.js";

/** Operators of numbers, and the functions that they become. */
export const arithmetic: Readonly<Record<string, string>> = { "+": "add", "-": "sub", "*": "mul", "/": "div", "%": "rem", "**": "pow" };

const comparisons = new Set(["<", ">", "<=", ">=", "==", "===", "!=", "!=="]);
const bitwise = new Set(["&", "|", "^", "<<", ">>", ">>>"]);

const isComparison = (node: Node): boolean => node.type === "BinaryExpression" && comparisons.has(node.operator);

/** The run-time function of an operator: that of numbers where both sides are known to be numbers, else one that looks at them. */
export function functionOf(operator: string, left: Node, right: Node | undefined, r: Rewriting): string {
  const name = arithmetic[operator] as string;
  const numbers = isNumber(r.kindOf(left)) && (right === undefined || isNumber(r.kindOf(right)));
  return r.use(numbers ? name : `${name}Values`);
}

/** `a + b`, `a < b`, `a in b`, … */
export function binary(node: Node, r: Rewriting): Pieces {
  const { operator, left, right } = node;
  if (comparisons.has(operator)) return around(node, (child) => r.plain(child));
  const moving = r.moves(left) || r.moves(right);
  if (bitwise.has(operator) && moving) return around(node, (child) => whole(child, operator, r));
  if (!moving || arithmetic[operator] === undefined)
    return around(node, (child) => (arithmetic[operator] ? r.value(child) : r.plain(child)));
  return join(node.start, `${functionOf(operator, left, right, r)}(`, r.value(left), ", ", r.value(right), ")");
}

/** An operand of a bitwise operator: refused where it is known to move, else looked at when it runs. */
export function whole(node: Node, operator: string, r: Rewriting): Pieces {
  const kind = r.kindOf(node);
  if (!moves(kind)) return r.value(node);
  if (isNumber(kind)) {
    r.refuse(
      node,
      `the operator ${operator} has no derivative; declare the number as int where it does not move, or write primal(x), Math.trunc(x)`,
    );
  }
  return join(node.start, `${r.use("whole")}(`, r.value(node), `, ${JSON.stringify(operator)}, ${r.where(node)})`);
}

/** `-x`, `+x`, `!x`, `typeof x`, `void x`, `~x` */
export function unary(node: Node, r: Rewriting): Pieces {
  const { operator, argument } = node;
  switch (operator) {
    case "!":
      return around(node, (child) => r.test(child));
    case "typeof":
      return around(node, (child) =>
        bare(child).type === "Identifier" && r.file.bindings.variableOf(bare(child)) === undefined ? r.value(child) : r.plain(child),
      );
    case "delete":
      return r.refuse(node, "delete is not rewritten; make a record without the field: const { field, ...rest } = record");
    case "~":
      return around(node, (child) => whole(child, operator, r));
    case "-":
      if (!r.moves(argument)) break;
      return join(node.start, `${r.use(isNumber(r.kindOf(argument)) ? "neg" : "negValues")}(`, r.value(argument), ")");
    case "+":
      if (!r.moves(argument)) break;
      return join(node.start, `${r.use("toNumber")}(`, r.value(argument), ")");
  }
  return around(node, (child) => r.value(child));
}

/** `a && b`, `a || b`, `a ?? b` where the value is used. */
export function logical(node: Node, r: Rewriting): Pieces {
  const { operator, left, right } = node;
  if (operator === "??" || !r.moves(left)) return around(node, (child) => r.value(child));
  const simple = bare(left).type === "Identifier" && isPure(left);
  if (!simple) return join(node.start, `${r.use(operator === "&&" ? "and" : "or")}(`, r.value(left), ", () => (", r.value(right), "))");
  const [yes, no] = operator === "&&" ? [r.value(right), r.value(left)] : [r.value(left), r.value(right)];
  return join(node.start, "(", r.plain(left), " ? ", yes, " : ", no, ")");
}

/** An expression whose truth is asked for. */
export function test(node: Node, r: Rewriting): Pieces {
  const inner = bare(node);
  if (inner.type === "LogicalExpression" && inner.operator !== "??" && inner === node) return around(node, (child) => r.test(child));
  if ((inner.type === "UnaryExpression" && inner.operator === "!") || isComparison(inner)) return r.value(node);
  return r.plain(node);
}
