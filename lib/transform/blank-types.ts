import { Bindings } from "./bindings.js";
import { Source } from "./errors.js";
import { parse } from "./parse.js";
import { everyChild, isFunction, isTransparent, isTypeNode, type Node, walk } from "./tree.js";

/**
 * TypeScript with its types blanked: spaces stand in their places, so that every line and column stays. Names that are imported and used as types
 * alone are blanked too, as the TypeScript compiler leaves them out.
 * @param code    a module in TypeScript
 * @param options the file's name, for messages
 * @throws {TransformError} for syntax that is no type but makes code: enums, namespaces, parameter properties, import = and export =
 */
export function blankTypes(code: string, options: { readonly file: string }): string {
  const source = new Source(code, options.file);
  const parsed = parse(source);
  const eraser = new Eraser(source, new Bindings(parsed));
  eraser.visit(parsed.program, undefined);
  return eraser.result();
}

/** Whether a text is an ES module: whether it imports, exports, or awaits at the top. */
export function isModule(code: string, options: { readonly file: string }): boolean {
  const { program, sourceType } = parse(new Source(code, options.file));
  if (sourceType !== "module") return false;
  let found = false;
  walk(program, (node) => {
    if (/^(?:Import|Export)\w*Declaration$|^AwaitExpression$|^MetaProperty$/.test(node.type)) found = true;
    return !found && !isFunction(node);
  });
  return found;
}

const refused: Readonly<Record<string, string>> = {
  TSEnumDeclaration: "an enum",
  TSModuleDeclaration: "a namespace",
  TSParameterProperty: "a parameter property",
  TSImportEqualsDeclaration: "import = ",
  TSExportAssignment: "export = ",
};

class Eraser {
  private readonly source: Source;
  private readonly bindings: Bindings;
  private readonly blanks: { start: number; end: number; first: string }[] = [];

  constructor(source: Source, bindings: Bindings) {
    this.source = source;
    this.bindings = bindings;
  }

  result(): string {
    const { code } = this.source;
    let text = "";
    let at = 0;
    for (const { start, end, first } of this.blanks.sort((a, b) => a.start - b.start)) {
      if (end <= at) continue;
      const from = Math.max(start, at);
      text += code.slice(at, from) + first + code.slice(from + first.length, end).replaceAll(/[^\r\n]/g, " ");
      at = end;
    }
    return text + code.slice(at);
  }

  private blank(start: number, end: number, first = ""): void {
    this.blanks.push({ start, end, first });
  }

  visit(node: Node, parent: Node | undefined): void {
    const what = refused[node.type];
    if (what !== undefined && node.declare !== true)
      throw this.source.error(
        node.start,
        `${what} is no type that can be left out, it makes code; write it in plain JavaScript, or run the program by tsx with the plugin of a bundler`,
      );
    if (isTypeNode(node)) {
      const statement = parent === undefined || /^(?:Program|BlockStatement|SwitchCase|StaticBlock)$/.test(parent.type);
      this.blank(node.start, node.end, statement ? ";" : "");
      return;
    }
    switch (node.type) {
      case "ImportDeclaration":
        this.importDeclaration(node);
        return;
      case "ExportNamedDeclaration":
        if (node.exportKind === "type" || (node.declaration && isTypeNode(node.declaration))) {
          this.blank(node.start, node.end, ";");
          return;
        }
        this.listed(node.specifiers.filter((part) => part.exportKind === "type"));
        break;
      case "ExportDefaultDeclaration":
        if (node.declaration && isTypeNode(node.declaration)) {
          this.blank(node.start, node.end, ";");
          return;
        }
        break;
      case "Identifier":
        if (node.optional) this.mark(node.start + node.name.length, "?");
        break;
      case "ObjectPattern":
      case "ArrayPattern":
        if (node.optional) this.mark((node.typeAnnotation?.start ?? node.end) - 1, "?");
        break;
      case "VariableDeclarator":
        if ((node as unknown as { definite?: boolean }).definite && node.id) this.mark(node.id.start, "!");
        break;
      case "PropertyDefinition":
      case "MethodDefinition":
      case "AccessorProperty":
        if (this.member(node)) return;
        break;
      case "ClassDeclaration":
      case "ClassExpression":
        this.classHead(node);
        break;
      default:
        if (isTransparent(node)) {
          this.around(node);
          this.visit(node.expression, node);
          return;
        }
    }
    this.children(node);
  }

  private children(node: Node): void {
    for (const child of everyChild(node)) {
      if (child.type === "TSTypeAnnotation" || child.type.startsWith("TSTypeParameter")) this.annotation(child, node);
      else if (!(node.shorthand && child === node.key)) this.visit(child, node);
    }
    const first = node.params?.[0];
    if (first?.type === "Identifier" && first.name === "this") {
      const second = node.params[1];
      this.blank(first.start, second?.start ?? this.after(first.end, ","));
    }
  }

  /** A type with its colon; a return type on several lines keeps its arrow on the line of the bracket. */
  private annotation(type: Node, owner: Node): void {
    this.blank(type.start, type.end);
    const { code } = this.source;
    if (owner.type !== "ArrowFunctionExpression" || owner.returnType !== type || !code.slice(type.start, type.end).includes("\n")) return;
    const bracket = code.lastIndexOf(")", type.start);
    const arrow = code.indexOf("=>", type.end);
    this.blank(bracket, bracket + 1, " ");
    this.blank(type.end - 1, type.end, ")");
    if (code.slice(type.end, arrow).includes("\n"))
      throw this.source.error(arrow, "the arrow stands on a line after its type; put both on one line");
  }

  /** `x as T`, `x satisfies T`, `x!`, `<T>x`, `f<T>` */
  private around(node: Node): void {
    const { expression } = node;
    const { code } = this.source;
    let end = expression.end;
    // Brackets around the expression stay.
    for (let depth = code.slice(node.start, expression.start).split("(").length - 1; depth > 0; depth--) end = code.indexOf(")", end) + 1;
    if (node.type === "TSTypeAssertion") {
      const start = code.indexOf(">", node.typeAnnotation?.end ?? node.start) + 1;
      this.blank(node.start, start);
      return;
    }
    // Where the statement ends with the type, what follows must not be taken for more of the expression.
    const next = code.slice(node.end).match(/^[^\S\n]*\n\s*([([`+\-/])/);
    this.blank(end, node.end, next && node.end - end > 0 ? ";" : "");
  }

  private mark(from: number, sign: string): void {
    const at = this.source.code.indexOf(sign, from);
    if (at >= 0) this.blank(at, at + 1);
  }

  private after(from: number, sign: string): number {
    const { code } = this.source;
    const rest = code.slice(from).match(/^\s*,/);
    return rest ? from + rest[0].length : from + 0 * sign.length;
  }

  private importDeclaration(node: Node): void {
    if (node.importKind === "type") {
      this.blank(node.start, node.end, ";");
      return;
    }
    const gone = node.specifiers.filter((part) => part.importKind === "type" || this.isTypeAlone(part));
    if (gone.length > 0 && gone.length === node.specifiers.length && gone.every((part) => part.importKind !== "type")) {
      this.blank(node.start, node.end, ";");
      return;
    }
    this.listed(gone);
  }

  /** Whether an imported name is never used as a value, but as a type. */
  private isTypeAlone(specifier: Node): boolean {
    const variable = this.bindings.variableOf(specifier.local);
    if (variable === undefined || variable.references.length > 0) return false;
    const { name } = specifier.local;
    const rest = this.source.code.slice(0, specifier.start) + this.source.code.slice(specifier.end);
    return new RegExp(`(?<![\\w$])${name.replaceAll("$", "\\$")}(?![\\w$])`).test(rest);
  }

  /** Names in braces, each with the comma behind it. */
  private listed(parts: readonly Node[]): void {
    for (const part of parts) this.blank(part.start, this.after(part.end, ","));
  }

  /** A member of a class; true where it is of types alone. */
  private member(node: Node): boolean {
    const bodiless =
      (node.value as Node | null)?.type === "TSDeclareMethod" || (node.value as Node | null)?.type === "TSEmptyBodyFunctionExpression";
    if (node.abstract || node.declare || bodiless) {
      this.blank(node.start, node.end, ";");
      return true;
    }
    this.words(node.start, node.key.start, /\b(?:public|private|protected|readonly|override|declare|abstract)\b/g);
    const behind = node.typeAnnotation?.start ?? (node.value as Node | null)?.start ?? node.end;
    const signs = this.source.code.slice(node.key.end, behind).match(/^\s*\]?\s*[?!]/);
    if (signs) this.blank(node.key.end + signs[0].length - 1, node.key.end + signs[0].length);
    return false;
  }

  private classHead(node: Node): void {
    const head = this.source.code.slice(node.start, node.body.start);
    if (node.abstract) this.words(node.start, node.body.start, /^abstract\b/g);
    const at = head.search(/\bimplements\b/);
    if (at >= 0) this.blank(node.start + at, node.body.start);
  }

  private words(start: number, end: number, pattern: RegExp): void {
    for (const found of this.source.code.slice(start, end).matchAll(pattern))
      this.blank(start + found.index, start + found.index + found[0].length);
  }
}
