/** The names that programs in the page can import, each with its signature and the first sentence of its docstring, read from the sources. */
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import ts from "typescript";
import type { KnownModules, KnownName } from "../editor/names.js";
import { moduleNames } from "./sandbox.js";

const docs = resolve(import.meta.dirname, "../..");
const root = resolve(docs, "..");

/** The sources of the package's modules, by their names. */
function sources(): Record<string, string> {
  const { paths } = (
    JSON.parse(readFileSync(resolve(root, "tsconfig.json"), "utf8")) as { compilerOptions: { paths: Record<string, [string]> } }
  ).compilerOptions;
  const files: Record<string, string> = {};
  for (const name of moduleNames()) {
    const [pattern, target] =
      Object.entries(paths).find(([pattern]) => pattern === name) ??
      Object.entries(paths).find(([pattern]) => pattern.endsWith("/*") && name.startsWith(pattern.slice(0, -1))) ??
      [];
    const file = target && pattern && resolve(root, target[0].replace("*", name.slice(pattern.length - 1)));
    if (file !== undefined && existsSync(file)) files[name] = file;
  }
  return files;
}

/** What other modules export: few names, told here. */
const others: KnownModules = {
  page: [
    {
      name: "plot",
      kind: "function",
      signature: "plot({ title?, x: { label, unit? }, y: { label, unit? }, series: [{ label, x, y, points? }] })",
      says: "Draws lines and points over common axes.",
    },
    { name: "picture", kind: "function", signature: "picture(x, { title?, scale? })", says: "Draws an array of two axes as a picture." },
    { name: "table", kind: "function", signature: "table({ columns, rows })", says: "Shows rows under named columns." },
    {
      name: "progress",
      kind: "function",
      signature: "progress(fraction)",
      says: "Tells how much of a long computation is done, from 0 to 1.",
    },
  ],
  uvu: [
    { name: "test", kind: "function", signature: "test(name, () => void)", says: "Names a test; test.run() at the end runs them all." },
    { name: "suite", kind: "function", signature: "suite(name)", says: "A group of tests." },
  ],
  "uvu/assert": ["ok", "is", "equal", "throws", "not", "type", "instance", "match", "unreachable"].map((name) => ({
    name,
    kind: "function",
    signature: `${name}(…)`,
    says: "",
  })),
  ndarray: [],
};

export function buildNames(): KnownModules {
  const files = sources();
  const program = ts.createProgram(Object.values(files), {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ["lib.es2023.d.ts"],
    types: [],
    typeRoots: [],
    skipLibCheck: true,
    noEmit: true,
  });
  const checker = program.getTypeChecker();
  const namesOf = (file: string): KnownName[] => {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    if (module === undefined) return [];
    return checker
      .getExportsOfModule(module)
      .map((symbol) => nameOf(checker, symbol))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  };
  // The groups of rules export what the main entry does; what rewritten code imports, nobody writes.
  const again = /^cotangent\/(?:rules|plain)\b/;
  return { ...Object.fromEntries(Object.entries(files).map(([name, file]) => [name, again.test(name) ? [] : namesOf(file)])), ...others };
}

const flags =
  ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.WriteArrowStyleSignature | ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope;

function nameOf(checker: ts.TypeChecker, exported: ts.Symbol): KnownName {
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
  const { name } = exported;
  const declaration = symbol.declarations?.[0];
  const documented = [symbol, exported, memberOf(checker, declaration)].map((one) => one?.getDocumentationComment(checker) ?? []);
  const says = firstSentence(ts.displayPartsToString(documented.find((parts) => parts.length > 0)));
  if (symbol.flags & ts.SymbolFlags.Class) return { name, kind: "class", signature: `class ${name}`, says };
  if (!(symbol.flags & ts.SymbolFlags.Value) || declaration === undefined) return { name, kind: "type", signature: `type ${name}`, says };
  const type = checker.getTypeOfSymbolAtLocation(symbol, declaration);
  const [call] = type.getCallSignatures();
  const written =
    call === undefined ? `: ${checker.typeToString(type, undefined, flags)}` : checker.signatureToString(call, undefined, flags);
  const short = written.length > 300 ? `${written.slice(0, 297)}…` : written;
  return {
    name,
    kind: call === undefined ? "constant" : "function",
    signature: `${name}${short.replaceAll(/import\("[^"]*"\)\./g, "")}`,
    says,
  };
}

/** The member of an interface that a constant is declared to be, `const gradient: ReverseOperators["gradient"]`: its docstring stands there. */
function memberOf(checker: ts.TypeChecker, declaration: ts.Declaration | undefined): ts.Symbol | undefined {
  const type = declaration !== undefined && ts.isVariableDeclaration(declaration) ? declaration.type : undefined;
  if (type === undefined || !ts.isIndexedAccessTypeNode(type) || !ts.isLiteralTypeNode(type.indexType)) return undefined;
  const { literal } = type.indexType;
  return ts.isStringLiteral(literal) ? checker.getTypeFromTypeNode(type.objectType).getProperty(literal.text) : undefined;
}

/** The first sentence of a docstring; formulas and tables end it too. */
function firstSentence(text: string): string {
  const [paragraph = ""] = text.split(/\n\s*\n|\n {2,}/);
  const line = paragraph.replaceAll(/\s+/g, " ").trim();
  return /^.*?[.](?= [A-Z]|$)/.exec(line)?.[0] ?? line.slice(0, 200);
}
