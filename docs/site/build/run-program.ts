import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { transform } from "../../../lib/transform/index.js";

const root = process.cwd().endsWith("docs") ? resolve(process.cwd(), "..") : process.cwd();

/** What console.log prints is kept, and not mixed into what the build says. */
const banner = `import { format } from "node:util"; export const printed = []; const console = { log: (...xs) => printed.push(format(...xs)) };`;

/** A program of a page, run when the site is built. */
export interface Ran {
  readonly rewritten: string;
  /** What it exports, and as `printed` the lines that it prints. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** Rewrites a TypeScript program, runs it on the library's sources, and gives what it exports. */
export async function runProgram(code: string, name: string): Promise<Ran> {
  const rewritten = transform(code, { file: `${name}.ts` }).code;
  const folder = resolve(root, ".cache/site");
  const made = resolve(folder, `${name}-${process.pid}.mjs`);
  mkdirSync(folder, { recursive: true });
  const { outputFiles } = await build({
    stdin: { contents: rewritten, sourcefile: `${name}.ts`, loader: "ts", resolveDir: folder },
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    tsconfig: resolve(root, "tsconfig.json"),
    banner: { js: banner },
    write: false,
    logLevel: "warning",
  });
  writeFileSync(made, outputFiles[0]?.text ?? "");
  try {
    return { rewritten, values: { ...((await import(pathToFileURL(made).href)) as Record<string, unknown>) } };
  } finally {
    rmSync(made);
  }
}
