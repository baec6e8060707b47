import { type File, readFile } from "./file.js";
import { insertAt } from "./functions.js";
import { type Marks, marksOf } from "./marks.js";
import { around, print, type SourceMap, stretch } from "./pieces.js";
import { type Node, statementsOf } from "./tree.js";
import { Writer } from "./writer.js";

/** What rewritten code imports. */
const runtime = "cotangent/plain";

/** Options of `transform`. */
export interface TransformOptions {
  /** The name of the file: it stands in messages and in the map, and its ending tells the language. */
  readonly file: string;
}

/** Something that is no error, but worth to be told. */
export interface Note {
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  readonly message: string;
}

/** A file written anew. */
export interface Transformed {
  readonly code: string;
  /** The way back to the source; undefined where nothing was changed. */
  readonly map: SourceMap | undefined;
  readonly notes: readonly Note[];
}

/** Whether a text may hold marked functions; all others are left as they are, without being parsed. */
export const mayBeMarked = (code: string): boolean =>
  code.includes("use grad") || (code.includes("differentiable") && code.includes("cotangent"));

/**
 * Rewrites the operators of marked functions into differentiable functions: those given to `differentiable`, and those that begin with the
 * directive "use grad". The original stands beside the rewritten form and runs where all is plain. TypeScript stays TypeScript.
 * @param code    a module in TypeScript or JavaScript
 * @param options the file's name
 * @throws {TransformError} with file, line, column and the cure, for what cannot be rewritten
 */
export function transform(code: string, options: TransformOptions): Transformed {
  if (typeof code !== "string" || typeof options?.file !== "string")
    throw new TypeError('transform: give the text of a file and its name, transform(code, { file: "model.ts" })');
  const unchanged: Transformed = { code, map: undefined, notes: [] };
  if (!mayBeMarked(code)) return unchanged;
  const file = readFile(code, options.file);
  const marks = marksOf(file);
  if (marks.calls.size === 0 && marks.functions.size === 0) return unchanged;
  const writer = new Writer(file, marks);
  const { program, source } = file;
  const start = beginningOf(file);
  const body = around(program, (child) => writer.outside(child));
  const whole = [...stretch(0, program.start), ...body, ...stretch(program.end, code.length)];
  const header = headerOf(writer, file);
  const { code: written, map } = print(start === 0 ? [{ text: header, at: 0 }, ...whole] : insertAt(whole, start, header), source);
  return { code: written, map, notes: notesOf(file, marks) };
}

/** Where statements may stand: behind the first line of a script and behind directives. */
function beginningOf({ program, source: { code } }: File): number {
  let at = code.startsWith("#!") ? code.indexOf("\n") + 1 : 0;
  for (const statement of statementsOf(program)) {
    if (statement.directive === undefined) break;
    at = statement.end;
  }
  return at;
}

/** Whether a file is CommonJS: by its ending, or since it neither imports nor exports as a module does, but as CommonJS does. */
function isCommonJs({ program, source, sourceType, bindings }: File): boolean {
  if (sourceType === "script" || /\.c[jt]s$/.test(source.file)) return true;
  if (/\.m[jt]s$/.test(source.file) || statementsOf(program).some(({ type }) => /^(?:Import|Export)\w*Declaration$/.test(type)))
    return false;
  return ["require", "module", "exports"].some((name) => bindings.uses(name));
}

/** The imports of what is used, and what is to run first; all on one line, so that no other line moves. */
function headerOf(writer: Writer, file: File): string {
  const { program } = file;
  const names = [...writer.used].sort();
  const esm = !isCommonJs(file);
  const bind = esm ? " as " : ": ";
  const list = names.map((name) => `${name}${bind}${writer.local(name)}`).join(", ");
  const load = esm ? `import { ${list} } from "${runtime}"` : `const { ${list} } = require("${runtime}")`;
  const first = statementsOf(program)[0]?.directive === undefined ? "" : " ";
  return `${first}${names.length === 0 ? "" : `${load}; `}${writer.beginning.map((statement) => `${statement}; `).join("")}`;
}

/** A TypeScript file whose marked functions have no types any more was stripped before. */
function notesOf({ source, types }: File, { calls, functions }: Marks): Note[] {
  if (!/\.[mc]?tsx?$/.test(source.file)) return [];
  const marked = [...calls.values(), ...functions].filter((fn) => fn !== undefined);
  const params = marked.flatMap((fn) => fn.params);
  if (params.length === 0 || params.some((param) => types.annotated(param.type === "AssignmentPattern" ? param.left : param) !== undefined))
    return [];
  const { line, column } = source.placeOf((params[0] as Node).start);
  return [{ line, column, message }];
}

const message =
  "no parameter of a marked function has a type: if the types were stripped before the transform, let it run first (enforce: pre); " +
  "without them every number counts as one that moves";
