import { existsSync, readFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { blankTypes, isModule, mayBeMarked, transform } from "../transform/index.js";

/** A file as Node is to run it. */
export interface Loaded {
  readonly format: "module" | "commonjs";
  readonly source: string;
}

const languages = /\.[cm]?[jt]sx?$/;

/**
 * The text of a file as Node is to run it: rewritten where it has marked functions, without its types where it is TypeScript. Undefined for
 * files that Node loads as they are: packages, JavaScript without marks, all else.
 */
export function load(url: string): Loaded | undefined {
  if (!url.startsWith("file:")) return undefined;
  const file = fileURLToPath(url.replace(/[?#].*$/, ""));
  if (!languages.test(file) || file.includes("/node_modules/") || file.includes("\\node_modules\\")) return undefined;
  const typed = /\.[cm]?tsx?$/.test(file);
  const code = readFileSync(file, "utf8");
  if (!typed && !mayBeMarked(code)) return undefined;
  const { code: written, map, notes } = transform(code, { file });
  for (const { line, column, message } of notes) process.emitWarning(`${file}:${line}:${column}: ${message}`, "CotangentWarning");
  if (!typed && map === undefined) return undefined;
  const plain = typed ? blankTypes(written, { file }) : written;
  const format = formatOf(file, plain);
  const link =
    map === undefined ? "" : `\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(map.toString()).toString("base64")}`;
  return { format, source: plain + link };
}

/**
 * What a load hook answers for a file; undefined where Node is to load it as it is. CommonJS comes without a source: Node then asks its own
 * loader, which is patched, since what a hook gives could not require ES modules (Node 20 and 22).
 */
export function hooked(url: string): { format: string; source: string; shortCircuit: true } | undefined {
  const loaded = load(url);
  if (loaded === undefined) return undefined;
  return { format: loaded.format, source: loaded.format === "module" ? loaded.source : (null as never), shortCircuit: true };
}

/**
 * ES module or CommonJS: by the file's ending, by its package, by its text. A package's "commonjs" does not make CommonJS of a file that
 * imports and exports: nothing could run it as such, and `npm init -y` writes that field for everyone.
 */
function formatOf(file: string, code: string): Loaded["format"] {
  const ending = extname(file);
  if (ending === ".mts" || ending === ".mjs") return "module";
  if (ending === ".cts" || ending === ".cjs") return "commonjs";
  if (typeOfPackage(dirname(file)) === "module") return "module";
  return isModule(code, { file }) ? "module" : "commonjs";
}

/** What the nearest package.json says of its files. */
function typeOfPackage(folder: string): unknown {
  for (let at = folder; ; at = dirname(at)) {
    const path = join(at, "package.json");
    if (existsSync(path)) return (JSON.parse(readFileSync(path, "utf8")) as { type?: unknown }).type;
    if (dirname(at) === at) return undefined;
  }
}

/** The TypeScript file that a specifier with the ending of JavaScript means, `./model.js` for `./model.ts`; undefined where there is none. */
export function typedFile(specifier: string, parent: string | undefined): string | undefined {
  const match = /^((?:\.{0,2}\/|file:).*)\.([cm]?)js$/.exec(specifier);
  if (match === null || parent === undefined) return undefined;
  const [, stem, kind] = match;
  for (const ending of [`.${kind}ts`, ...(kind === "" ? [".tsx"] : [])]) {
    const url = new URL(`${stem}${ending}`, parent);
    if (existsSync(fileURLToPath(url))) return url.href;
  }
  return undefined;
}
