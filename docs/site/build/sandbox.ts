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
/** What else is in the worker's bundle. */
const bundled = ["ndarray", "uvu", "uvu/assert"];

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
  return [...names, ...bundled, "page"];
}

/** The modules of programs as one table, and uvu in a process of its own. */
const modules: Plugin = {
  name: "modules",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^virtual:sandbox\/modules$/ }, ({ path }) => ({ path, namespace: "virtual" }));
    onLoad({ filter: /.*/, namespace: "virtual" }, () => {
      const names = moduleNames().filter((name) => name !== "page");
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

/** The scripts as texts. */
export interface SandboxScripts {
  readonly frame: string;
  /** The worker: library, transform, test kit. */
  readonly library: string;
  /** The values of the special functions, which few programs need. */
  readonly special: string;
}

/** The packages behind the special functions. */
const specialPackages = (): string[] => {
  const { peerDependencies } = JSON.parse(readFileSync(resolve(root, "package.json"), "utf8")) as { peerDependencies: object };
  return Object.keys(peerDependencies).filter((name) => name.startsWith("@stdlib/"));
};

/** Calls of those packages go to a text of its own, which is there when a program imports special functions. */
const specialElsewhere: Plugin = {
  name: "special",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^@stdlib\// }, ({ path }) => ({ path, namespace: "special" }));
    onLoad({ filter: /.*/, namespace: "special" }, ({ path }) => ({
      contents: `export default (...x) => globalThis.$special[${JSON.stringify(path)}](...x);`,
    }));
  },
};

export async function buildSandbox(): Promise<SandboxScripts> {
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
  const packages = specialPackages();
  const [frame, library, special] = await Promise.all([
    build({ ...common, entryPoints: [resolve(docs, "site/sandbox/frame/main.ts")] }),
    build({
      ...common,
      entryPoints: [resolve(docs, "site/sandbox/worker/main.ts")],
      mainFields: ["module", "browser", "main"],
      // One parser for both: the transform's.
      alias: { acorn: resolve(root, "node_modules/acorn") },
      banner: { js: '"use strict";' },
      plugins: [modules, specialElsewhere],
    }),
    build({
      ...common,
      stdin: {
        contents: `${packages.map((name, k) => `import f${k} from ${JSON.stringify(name)};`).join("\n")}
globalThis.$special = { ${packages.map((name, k) => `${JSON.stringify(name)}: f${k}`).join(", ")} };`,
        resolveDir: root,
      },
      mainFields: ["module", "browser", "main"],
    }),
  ]);
  const textOf = ({ outputFiles }: { outputFiles: { text: string }[] }): string => outputFiles[0]?.text ?? "";
  return { frame: textOf(frame), library: textOf(library), special: textOf(special) };
}
