import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import {
  Application,
  type Comment,
  type Context,
  Converter,
  type DeclarationReflection,
  type ProjectReflection,
  ReflectionKind,
} from "typedoc";
import ts from "typescript";
import type { Group } from "./reference-groups.js";
import { root } from "./reference-links.js";

/** A parameter of a function. */
export interface Parameter {
  readonly name: string;
  /** Whether a form of the function takes a traced value there. */
  readonly moves: boolean;
}

/** What the code says of a public name. */
export interface Described {
  /** The forms in which it can be called, as (x: number): number. */
  readonly forms: readonly string[];
  readonly parameters: readonly Parameter[];
  /** The type that it is declared with, where that has a name. */
  readonly declared: string | undefined;
  /** The text of the declaration of a type or class. */
  readonly text: string | undefined;
  /** What the docstring says; for a type and a value of one name, both say the same. */
  readonly comment: Comment | undefined;
  /** The file of the declaration, from the root of the repository, and its line. */
  readonly file: string;
  readonly line: number;
}

/** All that TypeDoc found. */
export interface Model {
  readonly app: Application;
  readonly project: ProjectReflection;
  /** By page and name. */
  readonly described: ReadonlyMap<string, Described>;
}

export const keyOf = (slug: string, name: string): string => `${slug}/${name}`;

const tracedWords = /\b(?:Scalar|AnyArray|AnyFloats|Operand|Lifted|TracedScalar)\b/;
const plainForm = (form: string): string =>
  form
    .replaceAll(/\bScalar\b/g, "number")
    .replaceAll(/\bAnyArray\b/g, "NdArray")
    .replaceAll(/(?<!Plain)\bOperand\b/g, "PlainOperand");

/** The forms that a reader needs: without those that only word a compiler's message, and those of traced values beside the same of plain ones. */
function neededForms(forms: readonly string[]): string[] {
  const real = forms.filter((form) => !form.includes("Refused<"));
  const needed = real.filter((form, k) => !real.slice(0, k).some((earlier) => plainForm(earlier) === plainForm(form)));
  const exact = needed.filter((form) => !form.includes("PlainOperand"));
  return exact.length > 0 ? exact : needed;
}

const noTruncation = ts.TypeFormatFlags.NoTruncation;

function parametersOf(signatures: readonly ts.Signature[], checker: ts.TypeChecker): Parameter[] {
  const [longest] = signatures.toSorted((a, b) => b.parameters.length - a.parameters.length);
  return (longest?.parameters ?? []).map(({ name }, k) => {
    const types = signatures.flatMap(({ parameters }) => {
      const parameter = parameters[k];
      return parameter === undefined ? [] : [checker.typeToString(checker.getTypeOfSymbol(parameter), undefined, noTruncation)];
    });
    return { name, moves: types.some((type) => tracedWords.test(type) || /^[A-Z]$/.test(type)) };
  });
}

/** The declaration of a type, without its own docstring. */
function textOf(symbol: ts.Symbol, context: Context): string | undefined {
  const declarations = symbol.declarations ?? [];
  const type = declarations.find((node) => ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node));
  if (type !== undefined) return type.getText().replace(/^export /, "");
  const made = declarations.find(ts.isClassDeclaration);
  if (made === undefined) return undefined;
  const head =
    made
      .getText()
      .replace(/^export /, "")
      .split("{")[0]
      ?.trim() ?? "";
  const makers = context.checker.getTypeOfSymbol(symbol).getConstructSignatures();
  const lines = makers.map(
    (maker) => `  constructor${context.checker.signatureToString(maker, undefined, noTruncation).replace(/\): .*$/, ")")};`,
  );
  return `${head} {\n${lines.join("\n")}\n}`;
}

/** The symbol whose docstring stands for a value that has none: the member, or the type, that it is declared to be. */
function lenderOf(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol | undefined {
  const node = symbol.declarations?.find(ts.isVariableDeclaration)?.type;
  if (
    node !== undefined &&
    ts.isIndexedAccessTypeNode(node) &&
    ts.isLiteralTypeNode(node.indexType) &&
    ts.isStringLiteral(node.indexType.literal)
  ) {
    return checker.getTypeFromTypeNode(node.objectType).getProperty(node.indexType.literal.text);
  }
  if (node !== undefined && ts.isTypeReferenceNode(node)) {
    const type = checker.getTypeFromTypeNode(node);
    return type.aliasSymbol ?? type.symbol;
  }
  return undefined;
}

/** The docstring of a symbol, be it above a name, a member or a function. */
function commentOf(symbol: ts.Symbol, context: Context): Comment | undefined {
  const { Variable, Interface, TypeAlias, Class, Method, Property } = ReflectionKind;
  for (const kind of [Variable, Interface, TypeAlias, Class, Method, Property]) {
    const comment = context.getComment(symbol, kind);
    if (comment !== undefined) return comment;
  }
  return undefined;
}

/** The docstring above a function, a method or the first form of a type that can be called. */
function commentOfForms(symbol: ts.Symbol, context: Context): Comment | undefined {
  const nodes = (symbol.declarations ?? []).flatMap((node) =>
    ts.isInterfaceDeclaration(node) ? node.members.filter(ts.isCallSignatureDeclaration) : [node],
  );
  for (const node of nodes) {
    const signed = ts.isFunctionDeclaration(node) || ts.isMethodSignature(node) || ts.isCallSignatureDeclaration(node);
    const comment = signed ? context.getSignatureComment(node) : undefined;
    if (comment !== undefined) return comment;
  }
  return undefined;
}

function describe(context: Context, given: ts.Symbol): Described | undefined {
  const symbol = context.resolveAliasedSymbol(given);
  const [declaration] = symbol.declarations ?? [];
  if (declaration === undefined) return undefined;
  const { checker } = context;
  const isValue = (symbol.flags & (ts.SymbolFlags.Variable | ts.SymbolFlags.Function)) !== 0;
  const signatures = isValue ? checker.getTypeOfSymbol(symbol).getCallSignatures() : [];
  const lender = lenderOf(symbol, checker);
  const lent = lender === undefined ? undefined : (commentOfForms(lender, context) ?? commentOf(lender, context));
  const comment = commentOf(symbol, context) ?? (isValue ? commentOfForms(symbol, context) : undefined) ?? lent;
  const node = declaration as ts.Declaration;
  const told = lender?.declarations?.[0];
  const place =
    told !== undefined && commentOf(symbol, context) === undefined && told.getSourceFile().fileName.startsWith(root) ? told : node;
  const source = place.getSourceFile();
  const typeNode = ts.isVariableDeclaration(node) ? node.type : undefined;
  return {
    forms: neededForms(signatures.map((each) => checker.signatureToString(each, undefined, noTruncation))),
    parameters: parametersOf(signatures, checker),
    declared: typeNode !== undefined && ts.isTypeReferenceNode(typeNode) ? typeNode.getText() : undefined,
    text: isValue ? undefined : textOf(symbol, context),
    comment,
    file: source.fileName.replace(`${root}/`, ""),
    line: source.getLineAndCharacterOfPosition(place.getStart()).line + 1,
  };
}

/** Modules that export what the pages show, one for each page, for TypeDoc to read. */
function writeModules(groups: readonly Group[]): string {
  const folder = resolve(root, ".cache/api");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { slug, module, names } of groups) {
    const list = names.map(({ name, type }) => (type ? `type ${name}` : name));
    writeFileSync(resolve(folder, `${slug}.ts`), `export { ${list.join(", ")} } from "../../${module.replace(/\.ts$/, ".js")}";\n`);
  }
  const options = { rootDir: root, noUnusedLocals: false };
  writeFileSync(
    resolve(folder, "tsconfig.json"),
    JSON.stringify({ extends: "../../tsconfig.json", compilerOptions: options, include: ["*.ts"], exclude: [] }),
  );
  return folder;
}

/**
 * Reads the code of the public names by TypeDoc.
 * @throws {Error} when TypeDoc fails
 */
export async function readModel(groups: readonly Group[], out: string): Promise<Model> {
  const folder = writeModules(groups);
  const app = await Application.bootstrapWithPlugins({
    options: resolve(import.meta.dirname, "../../typedoc.json"),
    entryPoints: groups.map(({ slug }) => resolve(folder, `${slug}.ts`)),
    tsconfig: resolve(folder, "tsconfig.json"),
    basePath: folder,
    out,
  });
  const described = new Map<string, Described>();
  app.converter.on(Converter.EVENT_CREATE_DECLARATION, (context: Context, reflection: DeclarationReflection) => {
    if (reflection.parent?.kind !== ReflectionKind.Module) return;
    const key = keyOf(reflection.parent.name, reflection.name);
    const symbol = context.getSymbolFromReflection(reflection);
    const found = symbol === undefined ? undefined : describe(context, symbol);
    if (found !== undefined) described.set(key, found);
  });
  const project = await app.convert();
  if (project === undefined) throw new Error("TypeDoc could not read the public names");
  return { app, project, described };
}
