/**
 * What the sandbox runs: the script of its frame, and the worker with the whole library in one text. Both are made from the sources of the
 * package, so that the page runs what the repository holds.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { build, type Plugin } from "esbuild";

const docs = resolve(import.meta.dirname, "../..");
const root = resolve(docs, "..");

/** Entries of the package that need Node or a bundler. */
const elsewhere = new Set(["./unplugin", "./register", "./package.json"]);

/** The modules that a program in the page may import: the entries of the package, and what its examples use besides. */
export function moduleNames(): string[] {
  const { exports } = JSON.parse(readFileSync(resolve(root, "package.json"), "utf8")) as {
    exports: Record<string, string | { types: string }>;
  };
  const names = Object.keys(exports)
    .filter((name) => !elsewhere.has(name))
    .flatMap((name) => {
      if (!name.endsWith("/*")) return [name.replace(/^\./, "cotangent")];
      const groups = readdirSync(resolve(root, "rules")).filter((folder) => existsSync(resolve(root, "rules", folder, "index.ts")));
      return groups.map((group) => `cotangent/rules/${group}`);
    });
  return [...names, "ndarray", "uvu", "uvu/assert"];
}

/** The modules of programs as one table, and uvu in a process of its own. */
const modules: Plugin = {
  name: "modules",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^virtual:sandbox\/modules$/ }, ({ path }) => ({ path, namespace: "virtual" }));
    onLoad({ filter: /.*/, namespace: "virtual" }, () => {
      const names = moduleNames();
      const imports = names.map((name, k) => `import * as m${k} from ${JSON.stringify(name)};`);
      const table = names.map((name, k) => `${JSON.stringify(name)}: m${k}`);
      return {
        contents: `${imports.join("\n")}\nexport const modules = { ${table.join(", ")} };`,
        loader: "js",
        resolveDir: import.meta.dirname,
      };
    });
    onLoad({ filter: /node_modules[\\/](?:uvu[\\/]dist|kleur)[\\/]index\.mjs$/ }, ({ path }) => ({
      contents: `import { process } from ${JSON.stringify(resolve(docs, "site/sandbox/worker/uvu-process.ts"))};\n${readFileSync(path, "utf8")}`,
      loader: "js",
    }));
  },
};

/** The two scripts as texts. */
export async function buildSandbox(): Promise<{ frame: string; library: string }> {
  const common = {
    bundle: true,
    format: "iife",
    target: "es2022",
    platform: "browser",
    minify: true,
    legalComments: "none",
    charset: "utf8",
    write: false,
    logLevel: "warning",
    absWorkingDir: root,
    tsconfig: resolve(root, "tsconfig.json"),
  } as const;
  const [frame, library] = await Promise.all([
    build({ ...common, entryPoints: [resolve(docs, "site/sandbox/frame/main.ts")] }),
    build({
      ...common,
      entryPoints: [resolve(docs, "site/sandbox/worker/main.ts")],
      mainFields: ["module", "browser", "main"],
      // One parser for both: the transform's.
      alias: { acorn: resolve(root, "node_modules/acorn") },
      banner: { js: '"use strict";' },
      plugins: [modules],
    }),
  ]);
  const textOf = ({ outputFiles }: { outputFiles: { text: string }[] }): string => outputFiles[0]?.text ?? "";
  return { frame: textOf(frame), library: textOf(library) };
}
