/**
 * Makes dist/: a module for each entry of the package with chunks for what they share, and the declarations of all sources. Entries and
 * chunks are one graph of modules, so that a rule is the same value whichever entry it comes from. Each package that the sources import stays
 * outside, behind a module of its own: a bundler that shakes out what uses it then drops its import too, also where the package may have
 * effects of its own, as CommonJS ones may.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { build, type Plugin, transform } from "esbuild";
import { buildDoors, doors } from "./doors.js";
import { entriesOf, readManifest } from "./entries.js";
import { withPureDeclarations } from "./pure.js";

const root = resolve(import.meta.dirname, "../..");
const manifest = readManifest(root);
const entries = entriesOf(root, manifest).filter(({ source }) => !(source in doors));
const packages = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }).filter(
  (name) => !name.startsWith("@types/") && name !== "unplugin",
);

/** The module of a package: all that it exports, name by name, so that a bundler need not ask a CommonJS package for its names. */
async function reexported(name: string): Promise<string> {
  const names = Object.keys((await import(name)) as object).filter((exported) => exported !== "module.exports");
  return `export { ${names.join(", ")} } from "${name}";`;
}

/** The sources of the modules that are imported for their effect. */
const acting = new Set(
  entries.filter(({ module }) => manifest.sideEffects.includes(`./${module}`)).map(({ source }) => resolve(root, source)),
);

/** Marks pure declarations in every source, and puts each package behind its module. */
const sources: Plugin = {
  name: "sources",
  setup({ onLoad, onResolve }) {
    onLoad({ filter: /\.ts$/, namespace: "file" }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, "utf8"), { loader: "ts", target: "es2022", charset: "utf8", sourcefile: path });
      return { contents: acting.has(path) ? code : withPureDeclarations(code, path), loader: "js" };
    });
    onResolve({ filter: /^[^./]/ }, ({ path, namespace }) => {
      if (namespace === "package") return { path, external: true };
      return packages.includes(path) ? { path, namespace: "package", sideEffects: false } : undefined;
    });
    onLoad({ filter: /.*/, namespace: "package" }, async ({ path }) => ({
      contents: await reexported(path),
      loader: "js",
      resolveDir: root,
    }));
  },
};

const { outputFiles, metafile } = await build({
  entryPoints: [
    ...entries.map(({ source, module }) => ({ in: resolve(root, source), out: module.replace(/^dist\/|\.js$/g, "") })),
    ...packages.map((name) => ({ in: name, out: `packages/${name}` })),
  ],
  absWorkingDir: root,
  outdir: "dist",
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  chunkNames: "chunks/[hash]",
  tsconfigRaw: {},
  metafile: true,
  write: false,
  plugins: [sources],
  logLevel: "warning",
});

rmSync(resolve(root, "dist"), { recursive: true, force: true });
for (const { path, text } of outputFiles) {
  // The chunk of a package is what others import; its own entry made it a chunk, and is of no use to anyone.
  if (metafile.outputs[relative(root, path)]?.entryPoint?.startsWith("package:")) continue;
  // What has no effect need not be imported without a name.
  const module = text.replace(/^import "\.[^"]*";\n/gm, "");
  if (module === "") continue;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, module);
}
const licences = await buildDoors(root);
writeFileSync(resolve(root, "dist/licenses.txt"), `What dist/ holds of other packages, and their licenses.\n\n${licences}`);
for (const project of ["tsconfig.build.json", "tsconfig.doors.json"])
  execFileSync(process.execPath, [resolve(root, "node_modules/typescript/bin/tsc"), "-p", project], { cwd: root, stdio: "inherit" });
