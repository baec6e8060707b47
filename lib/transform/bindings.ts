import { analyze, type ScopeManager, type Variable } from "eslint-scope";
import type { Parsed } from "./parse.js";
import { bare, childrenOf, isFunction, isIdentifier, isTransparent, isTypeNode, type Node, propertyName, statementsOf } from "./tree.js";

export type { Variable } from "eslint-scope";

/** Where the value of a name or of `name.property` comes from. */
export type Origin =
  | { readonly from: "import"; readonly module: string; readonly name: string }
  | { readonly from: "global"; readonly name: string }
  | { readonly from: "variable"; readonly variable: Variable };

/** Whether a module is one of this package's entries. */
const ours = (module: string): boolean => module === "cotangent" || module.startsWith("cotangent/");

/** The names of a file: which binding each identifier is, and where bindings come from. */
export class Bindings {
  private readonly variables: Map<Node, Variable> = new Map();
  private readonly parents: Map<Node, Node> = new Map();
  private readonly manager: ScopeManager;

  constructor({ program, sourceType }: Parsed) {
    this.manager = analyze(program as never, {
      ecmaVersion: 2022,
      optimistic: true,
      sourceType: sourceType === "module" ? "module" : "commonjs",
      childVisitorKeys: {},
      fallback: runningKeys as never,
    });
    for (const scope of this.manager.scopes) {
      for (const { identifier, resolved } of scope.references) if (resolved) this.variables.set(identifier as unknown as Node, resolved);
      for (const variable of scope.variables)
        for (const identifier of variable.identifiers) this.variables.set(identifier as unknown as Node, variable);
    }
    const link = (node: Node): void => {
      for (const child of childrenOf(node)) {
        this.parents.set(child, node);
        link(child);
      }
    };
    link(program);
  }

  /** The binding of an identifier; undefined for globals. */
  variableOf(node: Node): Variable | undefined {
    return this.variables.get(node);
  }

  parentOf(node: Node): Node | undefined {
    return this.parents.get(node);
  }

  /** The parent of a node, and what of types stands between left out. */
  userOf(node: Node): { parent: Node | undefined; child: Node } {
    let child = node;
    let parent = this.parents.get(child);
    while (parent !== undefined && isTransparent(parent)) {
      child = parent;
      parent = this.parents.get(child);
    }
    return { parent, child };
  }

  /** The function around a node; undefined at the top. */
  functionAround(node: Node): Node | undefined {
    for (let at = this.parents.get(node); at !== undefined; at = this.parents.get(at)) if (isFunction(at)) return at;
    return undefined;
  }

  /** Whether a binding is declared inside of a node. */
  declaredIn({ identifiers }: Variable, node: Node): boolean {
    const first = identifiers[0] as unknown as Node | undefined;
    return first !== undefined && first.start >= node.start && first.end <= node.end;
  }

  /** Whether a binding stands at the top of the file. */
  isTop(variable: Variable): boolean {
    const { type } = variable.scope;
    return type === "module" || type === "global" || (type === "function" && (variable.scope.block as { type: string }).type === "Program");
  }

  /** The function that a name is bound to for good: a declaration, or a const. */
  functionOf(variable: Variable): Node | undefined {
    const definition = variable.defs[0];
    if (definition === undefined || variable.defs.length > 1) return undefined;
    const node = definition.node as unknown as Node;
    if (definition.type === "FunctionName") return isFunction(node) ? node : undefined;
    const value = this.constantOf(variable);
    return value !== undefined && isFunction(bare(value)) ? bare(value) : undefined;
  }

  /** The function that is written into the call of `differentiable` which a const is set to. */
  markedFunctionOf(variable: Variable): Node | undefined {
    const value = this.constantOf(variable);
    const call = value === undefined ? undefined : bare(value);
    if (call?.type !== "CallExpression" || this.ourName(call.callee) !== "differentiable" || call.arguments[0] === undefined)
      return undefined;
    const fn = bare(call.arguments[0]);
    return isFunction(fn) ? fn : undefined;
  }

  /** The function of this file that a name calls, marked or not. */
  calledFunction(callee: Node): Node | undefined {
    const variable = callee.type === "Identifier" ? this.variables.get(callee) : undefined;
    return variable === undefined ? undefined : (this.functionOf(variable) ?? this.markedFunctionOf(variable));
  }

  /** What a const is set to. */
  constantOf(variable: Variable): Node | undefined {
    const definition = variable.defs[0];
    if (definition?.type !== "Variable" || variable.defs.length > 1) return undefined;
    const declarator = definition.node as unknown as Node;
    const constant = (definition.parent as { kind?: string } | undefined)?.kind === "const";
    return constant && isIdentifier(declarator.id) && declarator.init !== null ? declarator.init : undefined;
  }

  /** Where the function of a call, or any value named in one or two words, comes from. */
  originOf(expression: Node): Origin | undefined {
    const node = bare(expression);
    if (node.type === "Identifier") return this.originOfName(node);
    if (node.type !== "MemberExpression") return undefined;
    const name = propertyName(node);
    const owner = this.originOf(node.object);
    if (name === undefined || owner === undefined) return undefined;
    if (owner.from === "import" && owner.name === "*") return { from: "import", module: owner.module, name };
    if (owner.from === "global") return { from: "global", name: owner.name === "globalThis" ? name : `${owner.name}.${name}` };
    return undefined;
  }

  private originOfName(node: Node): Origin {
    const variable = this.variables.get(node);
    if (variable === undefined || variable.defs.length === 0) return { from: "global", name: node.name };
    const definition = variable.defs[0] as { type: string; node: unknown; parent?: unknown };
    const declared = definition.node as Node;
    if (definition.type === "ImportBinding") {
      const module = String((definition.parent as Node).source?.value);
      const name =
        declared.type === "ImportNamespaceSpecifier"
          ? "*"
          : declared.type === "ImportDefaultSpecifier"
            ? "default"
            : (declared.imported.name ?? String(declared.imported.value));
      return { from: "import", module, name };
    }
    return this.takenApart(variable, definition) ?? { from: "variable", variable };
  }

  /** `const { sin } = Math`, `const { add } = require("cotangent")`, `const c = require("cotangent")`. */
  private takenApart(variable: Variable, definition: { type: string; node: unknown; parent?: unknown }): Origin | undefined {
    const { id, init } = definition.node as Node;
    if (definition.type !== "Variable" || (definition.parent as Node).kind !== "const" || init == null) return undefined;
    const value = bare(init);
    const module = this.required(value);
    if (module === undefined && !(isIdentifier(value, "Math") && this.variables.get(value) === undefined)) return undefined;
    if (isIdentifier(id)) return module === undefined ? { from: "global", name: "Math" } : { from: "import", module, name: "*" };
    if (id?.type !== "ObjectPattern") return undefined;
    for (const property of id.properties) {
      if (property.type !== "Property" || property.computed || !isIdentifier(property.value)) continue;
      if (this.variables.get(property.value) !== variable) continue;
      const { name } = property.key;
      return module === undefined ? { from: "global", name: `Math.${name}` } : { from: "import", module, name };
    }
    return undefined;
  }

  private required(value: Node): string | undefined {
    if (value.type !== "CallExpression" || !isIdentifier(value.callee, "require")) return undefined;
    if (this.variables.get(value.callee)?.defs.length) return undefined;
    const module: unknown = value.arguments[0]?.value;
    return typeof module === "string" ? module : undefined;
  }

  /** The name under which an expression comes from this package; undefined when it does not. */
  ourName(expression: Node): string | undefined {
    const origin = this.originOf(expression);
    return origin?.from === "import" && ours(origin.module) && origin.name !== "*" ? origin.name : undefined;
  }

  /** The dotted name of a global, `Math.sin`; undefined for what is none. */
  globalName(expression: Node): string | undefined {
    const origin = this.originOf(expression);
    return origin?.from === "global" ? origin.name : undefined;
  }

  /** The scopes of a file hold all its names: whether one of them is this. */
  uses(name: string): boolean {
    return this.manager.scopes.some(
      (scope) => scope.set.has(name) || scope.through.some(({ identifier }) => (identifier as { name?: string }).name === name),
    );
  }
}

/** The keys of a node's children that run, for nodes that eslint-scope has no method for. */
function runningKeys(node: Node): string[] {
  if (isTypeNode(node)) return [];
  if (isTransparent(node)) return ["expression"];
  return Object.keys(node).filter(
    (key) =>
      !/^(?:type|start|end|range|loc|typeAnnotation|returnType|typeParameters|typeArguments|superTypeParameters|implements)$/.test(key),
  );
}

/** The import declarations at the top of a file. */
export const importsOf = (program: Node): Node[] => statementsOf(program).filter(({ type }) => type === "ImportDeclaration");
