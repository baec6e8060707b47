/**
 * A node of the syntax tree, ESTree with TypeScript. One interface names the fields of all kinds; which ones a node has, its `type` tells.
 */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly operator: string;
  readonly left: Node;
  readonly right: Node;
  readonly argument: Node;
  readonly arguments: readonly Node[];
  readonly callee: Node;
  readonly object: Node;
  readonly property: Node;
  readonly properties: readonly Node[];
  readonly elements: readonly (Node | null)[];
  readonly expression: Node;
  readonly expressions: readonly Node[];
  readonly quasi: Node;
  readonly tag: Node;
  readonly test: Node | null;
  readonly consequent: Node;
  readonly alternate: Node | null;
  readonly init: Node | null;
  readonly update: Node | null;
  readonly body: Node;
  readonly params: readonly Node[];
  readonly id: Node | null;
  readonly key: Node;
  readonly value: Node;
  readonly declarations: readonly Node[];
  readonly declaration: Node | null;
  readonly discriminant: Node;
  readonly cases: readonly Node[];
  readonly specifiers: readonly Node[];
  readonly source: Node | null;
  readonly imported: Node;
  readonly local: Node;
  readonly exported: Node;
  readonly computed: boolean;
  readonly optional: boolean;
  readonly shorthand: boolean;
  readonly prefix: boolean;
  readonly method: boolean;
  readonly generator: boolean;
  readonly async: boolean;
  readonly await: boolean;
  readonly kind: string;
  readonly directive?: string;
  readonly importKind?: string;
  readonly exportKind?: string;
  readonly typeAnnotation?: Node;
  readonly returnType?: Node;
  readonly typeParameters?: Node;
  readonly typeArguments?: Node;
  readonly typeName: Node;
  readonly elementType: Node;
  readonly elementTypes: readonly Node[];
  readonly types: readonly Node[];
  readonly members: readonly Node[];
  readonly extends?: readonly Node[] | null;
  readonly literal: Node;
  readonly declare?: boolean;
  readonly abstract?: boolean;
  readonly range?: readonly [number, number];
}

const notChildren = new Set(["type", "start", "end", "range", "loc", "parent"]);
const typeKeys = new Set(["typeAnnotation", "returnType", "typeParameters", "typeArguments", "superTypeParameters", "implements"]);

/** TypeScript nodes that stand around an expression and are gone when the program runs. */
const transparent = new Set([
  "TSAsExpression",
  "TSSatisfiesExpression",
  "TSNonNullExpression",
  "TSTypeAssertion",
  "TSInstantiationExpression",
  "ParenthesizedExpression",
]);

export const isTransparent = (node: Node): boolean => transparent.has(node.type);

export function isNode(x: unknown): x is Node {
  return typeof x === "object" && x !== null && typeof (x as Node).type === "string" && typeof (x as Node).start === "number";
}

/** Whether a node is of types alone: declarations of types, signatures without a body. */
export function isTypeNode(node: Node): boolean {
  if (node.declare === true) return true;
  if (!node.type.startsWith("TS") || isTransparent(node)) return false;
  return !/^TS(?:Enum|Module|ExportAssignment|ImportEquals|ParameterProperty)/.test(node.type);
}

/** All the nodes below a node, those of types included, in the order of the source. */
export function everyChild(node: Node): Node[] {
  const children: Node[] = [];
  const fields = node as unknown as Record<string, unknown>;
  for (const key in fields) {
    if (notChildren.has(key)) continue;
    const value = fields[key];
    if (Array.isArray(value)) for (const part of value) isNode(part) && children.push(part);
    else if (isNode(value)) children.push(value);
  }
  return children.sort((a, b) => a.start - b.start || a.end - b.end);
}

/** The nodes below a node that run, in the order of the source; the key of a shorthand property is not told apart from its value. */
export function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  const fields = node as unknown as Record<string, unknown>;
  for (const key in fields) {
    if (notChildren.has(key) || typeKeys.has(key) || (key === "key" && node.shorthand)) continue;
    const value = fields[key];
    if (Array.isArray(value)) {
      for (const part of value) if (isNode(part) && !isTypeNode(part)) children.push(part);
    } else if (isNode(value) && !isTypeNode(value)) children.push(value);
  }
  for (let k = 1; k < children.length; k++) {
    if ((children[k] as Node).start < (children[k - 1] as Node).start) return children.sort((a, b) => a.start - b.start);
  }
  return children;
}

/** Visits a node and all below it that run; where `visit` says false, what lies below is left out. */
export function walk(node: Node, visit: (node: Node, parent: Node | undefined) => unknown, parent?: Node): void {
  if (visit(node, parent) === false) return;
  for (const child of childrenOf(node)) walk(child, visit, node);
}

/** The expression inside of what types stand around it. */
export function bare(node: Node): Node {
  let inner = node;
  while (isTransparent(inner)) inner = inner.expression;
  return inner;
}

export const isFunction = (node: Node): boolean =>
  node.type === "FunctionDeclaration" || node.type === "FunctionExpression" || node.type === "ArrowFunctionExpression";

export const isIdentifier = (node: Node | null | undefined, name?: string): boolean =>
  node?.type === "Identifier" && (name === undefined || node.name === name);

/** The name of a property that is written out: `x.name`, `x["name"]`. */
export function propertyName(node: Node): string | undefined {
  if (!node.computed) return node.property.name;
  const value: unknown = node.property.type === "Literal" ? node.property.value : undefined;
  return typeof value === "string" ? value : undefined;
}

/** The statements of a function's body that begin with directives: how many there are. */
export function directivesOf(fn: Node): Node[] {
  if (fn.body.type !== "BlockStatement") return [];
  return (fn.body.body as unknown as readonly Node[]).filter((statement) => statement.directive !== undefined);
}

/** The statements of a block. */
export const statementsOf = (block: Node): readonly Node[] => block.body as unknown as readonly Node[];
