/**
 * A module as the body of a function: its imports become parameters, its exports a call at the end. All else keeps its line and column.
 */
import { type ImportDeclaration, type ModuleDeclaration, type Node, type Pattern, type Program, parse, type Statement } from "acorn";
import { nearest } from "./nearest.js";
import { ProgramError } from "./program-error.js";

export type Modules = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A program ready to run: the text of a function's body, and what its parameters are. */
export interface Linked {
  readonly body: string;
  readonly names: readonly string[];
  readonly values: readonly unknown[];
}

/** The parameter that takes what is exported, and the one that dynamic imports call. */
const exporting = "$exported";
const importing = "$import";
/** With `const` and `=` as long as "export default", so that no column moves. */
const theDefault = "__dflt";

/**
 * @param code    a module in plain JavaScript
 * @param modules what it may import
 * @param exported gets the exported values at the end
 * @throws {ProgramError} for syntax, and for imports of what is not there
 */
export function link(code: string, modules: Modules, exported: (values: Record<string, unknown>) => void): Linked {
  const program = parsed(code);
  const edits: { start: number; end: number; text: string }[] = [];
  const names: string[] = [exporting, importing];
  const values: unknown[] = [exported, async (name: string) => moduleNamed(name, modules, program.start, code)];
  const out: string[] = [];
  const blank = (start: number, end: number): void => {
    edits.push({ start, end, text: code.slice(start, end).replaceAll(/[^\n]/g, " ") });
  };
  for (const statement of program.body) {
    switch (statement.type) {
      case "ImportDeclaration":
        blank(statement.start, statement.end);
        for (const [local, value] of importsOf(statement, modules, code)) {
          names.push(local);
          values.push(value);
        }
        break;
      case "ExportAllDeclaration":
        throw at(code, statement, "export * is not known here; export the names you mean");
      case "ExportDefaultDeclaration": {
        const { declaration } = statement;
        const named = /^(?:Function|Class)Declaration$/.test(declaration.type) && "id" in declaration && declaration.id;
        if (named) blank(statement.start, declaration.start);
        else {
          const gap = code.slice(statement.start, declaration.start).replace(/^export\s+default/, `const ${theDefault} =`);
          edits.push({ start: statement.start, end: declaration.start, text: gap });
        }
        out.push(`default: ${named ? named.name : theDefault}`);
        break;
      }
      case "ExportNamedDeclaration":
        if (statement.declaration) {
          blank(statement.start, statement.declaration.start);
          out.push(...declaredBy(statement.declaration).map((name) => `${name}`));
        } else {
          blank(statement.start, statement.end);
          const module = statement.source ? moduleNamed(String(statement.source.value), modules, statement.start, code) : undefined;
          for (const { local, exported } of statement.specifiers) {
            const from = nameOf(local);
            if (module === undefined) out.push(`${JSON.stringify(nameOf(exported))}: ${from}`);
            else if (!(from in module)) throw missing(code, local, from, String(statement.source?.value), module);
          }
        }
    }
  }
  walk(program, (node) => {
    if (node.type === "ImportExpression") edits.push({ start: node.start, end: node.start + "import".length, text: importing });
    if (node.type === "MetaProperty" && code.startsWith("import", node.start))
      throw at(code, node, "import.meta is not known here: the program is no file");
  });
  const body = applied(code, edits);
  return { body: `${body}\n;${exporting}({ ${out.join(", ")} });`, names, values };
}

/** Every node of a tree. */
function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const part of Object.values(node) as unknown[])
    for (const child of Array.isArray(part) ? (part as unknown[]) : [part])
      if (typeof child === "object" && child !== null && typeof (child as Partial<Node>).type === "string") walk(child as Node, visit);
}

function parsed(code: string): Program {
  try {
    return parse(code, { ecmaVersion: "latest", sourceType: "module", allowHashBang: true });
  } catch (error) {
    const { message, loc } = error as Error & { loc?: { line: number; column: number } };
    if (loc === undefined) throw error;
    throw new ProgramError(`SyntaxError: ${message.replace(/ \(\d+:\d+\)$/, "")}`, loc.line, loc.column + 1);
  }
}

/** The error at a node's place. */
function at(code: string, { start }: { readonly start: number }, message: string): ProgramError {
  const before = code.slice(0, start).split("\n");
  return new ProgramError(message, before.length, (before.at(-1) as string).length + 1);
}

function moduleNamed(name: string, modules: Modules, start: number, code: string): Readonly<Record<string, unknown>> {
  const module = Object.hasOwn(modules, name) ? modules[name] : undefined;
  if (module !== undefined) return module;
  const groups = "cotangent/rules/";
  const known = [...Object.keys(modules).filter((key) => !key.startsWith(groups)), `${groups}…`];
  const node = /^node:/.test(name) ? "; what needs Node runs at the command line only" : "";
  throw at(code, { start }, `There is no module ${JSON.stringify(name)} in this page; there are ${known.join(", ")}${node}`);
}

function missing(code: string, node: { readonly start: number }, name: string, from: string, module: Readonly<Record<string, unknown>>) {
  const known = Object.keys(module).filter((key) => key !== "default");
  const near = nearest(name, known);
  const help = near.length > 0 ? `; did you mean ${near.join(" or ")}?` : known.length <= 30 ? `; it exports ${known.join(", ")}` : "";
  return at(code, node, `${JSON.stringify(from)} exports no ${name}${help}`);
}

const nameOf = (node: { readonly type: string }): string =>
  node.type === "Literal" ? String((node as unknown as { value: unknown }).value) : (node as unknown as { name: string }).name;

function* importsOf(statement: ImportDeclaration, modules: Modules, code: string): Generator<[string, unknown]> {
  const from = String(statement.source.value);
  const module = moduleNamed(from, modules, statement.source.start, code);
  for (const part of statement.specifiers) {
    if (part.type === "ImportNamespaceSpecifier") yield [part.local.name, module];
    else {
      const name = part.type === "ImportDefaultSpecifier" ? "default" : nameOf(part.imported);
      if (!Object.hasOwn(module, name)) throw missing(code, part, name, from, module);
      yield [part.local.name, module[name]];
    }
  }
}

function declaredBy(declaration: Statement | ModuleDeclaration): string[] {
  if (declaration.type !== "VariableDeclaration")
    return "id" in declaration && declaration.id ? [(declaration.id as { name: string }).name] : [];
  return declaration.declarations.flatMap(({ id }) => boundBy(id));
}

function boundBy(pattern: Pattern | Node | null): string[] {
  const node = pattern as Pattern | null;
  switch (node?.type) {
    case "Identifier":
      return [node.name];
    case "ObjectPattern":
      return node.properties.flatMap((part) => boundBy(part.type === "Property" ? part.value : part.argument));
    case "ArrayPattern":
      return node.elements.flatMap(boundBy);
    case "AssignmentPattern":
      return boundBy(node.left);
    case "RestElement":
      return boundBy(node.argument);
    default:
      return [];
  }
}

function applied(code: string, edits: { start: number; end: number; text: string }[]): string {
  let text = "";
  let from = 0;
  for (const { start, end, text: put } of edits.sort((a, b) => a.start - b.start)) {
    text += code.slice(from, start) + put;
    from = end;
  }
  return text + code.slice(from);
}
