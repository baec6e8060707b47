import { readdirSync, readFileSync } from "node:fs";
import { posix, relative, resolve, sep } from "node:path";

/** One import of a file: a path from the root of the repository, or the name of a package. */
export interface Import {
  readonly to: string;
  /** Written `import type` or `export type`: gone when the program runs. */
  readonly typeOnly: boolean;
}

/** Paths from the root of the repository (with `/`) to source text. */
export type Sources = ReadonlyMap<string, string>;

/** Paths to what each file imports. */
export type ImportGraph = ReadonlyMap<string, readonly Import[]>;

const commentOrString = /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;
const blank = (text: string) => text.replace(/[^\n]/g, " ");

/** The code with its comments blanked; positions and lines stay. */
export function withoutComments(code: string): string {
  return code.replace(commentOrString, (match, string?: string) => string ?? blank(match));
}

/** The code with its comments and the insides of its strings blanked. */
export function withoutText(code: string): string {
  return code.replace(commentOrString, (match, string?: string) => (string === undefined ? blank(match) : `"${blank(match.slice(2))}"`));
}

const fromClause = /^[ \t]*(?:import|export)\b(\s+type\b(?!\s*(?:,|from\b)))?[^;'"`=()]*?\bfrom\s*["']([^"']+)["']/gm;
const bareImport = /^[ \t]*import\s*["']([^"']+)["']/gm;
const importCall = /\bimport\s*\(\s*["'`]([^"'`]+)["'`]\s*[,)]/g;

/** The specifiers that a file imports: statically, by `export … from`, for its side effects, dynamically or in a type. */
export function importsOf(code: string): { specifier: string; typeOnly: boolean }[] {
  const text = withoutComments(code);
  return [
    ...[...text.matchAll(fromClause)].map(([, type, specifier]) => ({ specifier: specifier as string, typeOnly: type !== undefined })),
    ...[...text.matchAll(bareImport)].map(([, specifier]) => ({ specifier: specifier as string, typeOnly: false })),
    ...[...text.matchAll(importCall)].map(([, specifier]) => ({ specifier: specifier as string, typeOnly: false })),
  ];
}

/** Resolves every import of every file; "./view.js" of lib/nd/loops.ts is lib/nd/view.ts, whether or not it is there. */
export function importGraph(sources: Sources): ImportGraph {
  const graph = new Map<string, Import[]>();
  for (const [path, code] of sources) {
    const imports = importsOf(code).map(({ specifier, typeOnly }) => {
      const to = specifier.startsWith(".") ? posix.join(posix.dirname(path), specifier).replace(/\.js$/, ".ts") : specifier;
      return { to, typeOnly };
    });
    graph.set(path, imports);
  }
  return graph;
}

/** All that a program loads which starts at these files, packages included: type-only imports are not followed. */
export function reachable(graph: ImportGraph, entries: readonly string[]): Set<string> {
  const seen = new Set<string>();
  const open = [...entries];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    for (const { to, typeOnly } of graph.get(path) ?? []) if (!typeOnly) open.push(to);
  }
  return seen;
}

/** Reads every .ts file of some folders of the repository. */
export function readSources(root: string, folders: readonly string[]): Sources {
  const sources = new Map<string, string>();
  for (const folder of folders) {
    for (const entry of readdirSync(resolve(root, folder), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !entry.name.endsWith(".ts")) continue;
      const file = resolve(entry.parentPath, entry.name);
      sources.set(relative(root, file).split(sep).join("/"), readFileSync(file, "utf8"));
    }
  }
  return sources;
}
