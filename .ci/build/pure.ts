import { type AnyNode, parse } from "acorn";

/**
 * A module whose declarations bundlers leave out of programs that do not use them. A call that the top of the module makes to find the value
 * of a name is marked as pure, and so is the finding of a value as a whole where it reads a property or computes: both might have effects,
 * for all that bundlers know. What stands inside a function runs later and stays as it is.
 * @param code an ES module in plain JavaScript
 * @throws {Error} when the module has a statement at its top that nothing can mark: one that is there for its effect, or that takes values apart
 */
export function withPureDeclarations(code: string, path: string): string {
  const marks = new Map<number, string>();
  for (const statement of parse(code, { ecmaVersion: "latest", sourceType: "module" }).body) {
    const declared = statement.type === "ExportNamedDeclaration" ? (statement.declaration ?? statement) : statement;
    switch (declared.type) {
      case "VariableDeclaration":
        for (const { id, init } of declared.declarations) {
          if (id.type !== "Identifier") throw unmarkable(path, code, statement);
          markValue(init, marks);
        }
        break;
      case "ClassDeclaration":
        markCalls(declared, marks);
        break;
      case "FunctionDeclaration":
      case "ImportDeclaration":
      case "ExportNamedDeclaration":
      case "ExportAllDeclaration":
        break;
      default:
        throw unmarkable(path, code, statement);
    }
  }
  return inserted(code, marks);
}

function unmarkable(path: string, code: string, { start, end }: AnyNode): Error {
  return new Error(`${path}: a bundler must keep this statement, whatever a program uses; declare what it does\n${code.slice(start, end)}`);
}

/** Marks what a declaration finds the value of a name by. */
function markValue(value: AnyNode | null | undefined, marks: Map<number, string>): void {
  if (value === null || value === undefined) return;
  if (!mayAct(value)) {
    markCalls(value, marks);
    return;
  }
  marks.set(value.start, "/* @__PURE__ */ (() => (");
  marks.set(value.end, "))()");
}

function markCalls(node: AnyNode, marks: Map<number, string>): void {
  if (isLater(node)) return;
  if (node.type === "CallExpression" || node.type === "NewExpression") marks.set(node.start, "/* @__PURE__ */ ");
  for (const part of partsOf(node)) markCalls(part, marks);
}

/** Whether an expression does more than to call, name and put together: a bundler cannot know whether that has an effect. */
function mayAct(node: AnyNode): boolean {
  if (isLater(node)) return false;
  switch (node.type) {
    case "Literal":
    case "Identifier":
      return false;
    case "CallExpression":
    case "NewExpression":
      return !isPath(node.callee) || node.arguments.some(mayAct);
    case "MemberExpression":
      return !isMath(node);
    case "UnaryExpression":
      return node.argument.type !== "Literal";
    case "ArrayExpression":
    case "ObjectExpression":
    case "Property":
    case "TemplateLiteral":
    case "TemplateElement":
    case "ClassExpression":
    case "ClassBody":
      return partsOf(node).some(mayAct);
    default:
      return true;
  }
}

/** A name, or a property of one, that is called: where the call is pure, so is finding what to call. */
function isPath(node: AnyNode): boolean {
  if (node.type === "MemberExpression") return !node.computed && isPath(node.object);
  return node.type === "Identifier" || node.type === "ArrowFunctionExpression";
}

/** A member of Math, of which bundlers know that reading it does nothing. */
function isMath(node: AnyNode): boolean {
  return node.type === "MemberExpression" && !node.computed && node.object.type === "Identifier" && node.object.name === "Math";
}

/** Whether a node is evaluated by a call only: a function's body, the first value of an instance's field. */
function isLater(node: AnyNode): boolean {
  if (node.type === "PropertyDefinition") return !node.static;
  return node.type === "ArrowFunctionExpression" || node.type === "FunctionExpression" || node.type === "FunctionDeclaration";
}

function partsOf(node: AnyNode): AnyNode[] {
  return Object.values(node).flat().filter(isNode);
}

function isNode(x: unknown): x is AnyNode {
  return typeof x === "object" && x !== null && typeof (x as { type?: unknown }).type === "string";
}

function inserted(code: string, marks: ReadonlyMap<number, string>): string {
  let marked = "";
  let from = 0;
  for (const [start, mark] of [...marks].sort(([a], [b]) => a - b)) {
    marked += code.slice(from, start) + mark;
    from = start;
  }
  return marked + code.slice(from);
}
