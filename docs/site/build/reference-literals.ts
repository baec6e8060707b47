import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import ts from "typescript";
import { isNdArray, type NdArray, toNested } from "../../../lib/nd/index.js";
import { root } from "./reference-links.js";

/** The words of an example's code that are imported, and where its functions are written. */
export interface Scope {
  /** Public values by what they are. */
  readonly published: ReadonlyMap<unknown, string>;
  /** All public names. */
  readonly names: ReadonlySet<string>;
  /** The file in which the example stands, from the root of the repository. */
  readonly file: string;
  readonly imports: Set<string>;
}

/** A value that has no short text. */
export class NoLiteral extends Error {}

const numberText = (x: number): string => {
  if (Number.isNaN(x)) return "Number.NaN";
  if (!Number.isFinite(x)) return x > 0 ? "Number.POSITIVE_INFINITY" : "Number.NEGATIVE_INFINITY";
  return Object.is(x, -0) ? "-0" : String(x);
};

const nestedText = (nested: unknown): string =>
  Array.isArray(nested) ? `[${nested.map(nestedText).join(", ")}]` : numberText(nested as number);

function arrayText(x: NdArray, scope: Scope): string {
  if (x.size === 0) {
    scope.imports.add("zeros");
    return `zeros([${x.shape.join(", ")}])`;
  }
  scope.imports.add("array");
  const dtype = x.dtype === "float64" || x.dtype === "array" ? "" : `, { dtype: "${x.dtype}" }`;
  return `array(${nestedText(toNested(x))}${dtype})`;
}

const files = new Map<string, ts.SourceFile>();

function sourceOf(file: string): ts.SourceFile {
  const made = files.get(file) ?? ts.createSourceFile(file, readFileSync(resolve(root, file), "utf8"), ts.ScriptTarget.ES2022, true);
  files.set(file, made);
  return made;
}

/** The text of a function that a file declares by a const of this name, and imports for the words in it. */
function functionText(f: { name: string }, scope: Scope): string {
  const { statements } = sourceOf(scope.file);
  const declared = statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => [...declarationList.declarations])
    .find(({ name }) => ts.isIdentifier(name) && name.text === f.name);
  if (declared?.initializer === undefined || !ts.isArrowFunction(declared.initializer)) throw new NoLiteral(`the function ${f.name}`);
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && scope.names.has(node.text) && !ts.isPropertyAssignment(node.parent)) scope.imports.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(declared.initializer);
  return declared.initializer.getText();
}

/** The TypeScript text of a value of an example. */
export function literal(value: unknown, scope: Scope): string {
  const published = scope.published.get(value);
  if (typeof value === "function" && published !== undefined) {
    scope.imports.add(published);
    return published;
  }
  if (typeof value === "number") return numberText(value);
  if (value === null || value === undefined || typeof value === "boolean") return String(value);
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "function") return functionText(value, scope);
  if (isNdArray(value)) return arrayText(value as NdArray, scope);
  if (Array.isArray(value)) return `[${value.map((part) => literal(part, scope)).join(", ")}]`;
  if (typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype) {
    const fields = Object.entries(value).map(([key, part]) => `${key}: ${literal(part, scope)}`);
    return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
  }
  throw new NoLiteral(String(value));
}
