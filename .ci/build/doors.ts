/**
 * Bundles the transform with its parser, and the ways into it, so that a user installs none of that: a graph of modules of its own, which shares
 * nothing with what programs load. Node cannot `require` a module that its loader loaded before.
 */
import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { build } from "esbuild";
import { spared } from "./spared.js";

/** Sources to the modules that are shipped. */
export const doors: Readonly<Record<string, string>> = {
  "lib/transform/index.ts": "transform",
  "lib/unplugin/index.ts": "unplugin",
  "lib/register/index.ts": "register/index",
  "lib/register/hooks.ts": "register/hooks",
  "lib/command/index.ts": "command",
};

/** The licence of a package: a file of its own, or the end of its readme. */
function licenceOf(folder: string): string {
  const names = readdirSync(folder);
  const own = names.find((name) => /^licen[cs]e/i.test(name));
  if (own !== undefined) return readFileSync(resolve(folder, own), "utf8");
  const readme = names.find((name) => /^readme/i.test(name));
  const said = readme === undefined ? undefined : /^#+ *licen[cs]e\n([\s\S]*)/im.exec(readFileSync(resolve(folder, readme), "utf8"))?.[1];
  if (said === undefined) throw new Error(`${folder} has no licence to be shipped with it`);
  return said;
}

/** The licences of the packages that files came from. */
function licencesOf(root: string, inputs: readonly string[]): string {
  const folders = inputs.map((path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]).filter((path) => path !== undefined);
  return [...new Set(folders)]
    .sort()
    .map((path) => `${path.replace(/^.*node_modules\//, "")}\n\n${licenceOf(resolve(root, path)).trim()}\n`)
    .join(`\n${"-".repeat(80)}\n\n`);
}

/** Writes the doors into dist/, and tells the licences of what they hold. */
export async function buildDoors(root: string): Promise<string> {
  const { metafile } = await build({
    entryPoints: Object.entries(doors).map(([source, out]) => ({ in: resolve(root, source), out })),
    absWorkingDir: root,
    outdir: "dist",
    chunkNames: "chunks/transform-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    platform: "neutral",
    mainFields: ["module", "main"],
    external: ["unplugin", "node:*"],
    minify: true,
    plugins: [spared],
    legalComments: "none",
    tsconfigRaw: {},
    metafile: true,
    logLevel: "warning",
  });
  return licencesOf(root, Object.keys(metafile.inputs));
}
