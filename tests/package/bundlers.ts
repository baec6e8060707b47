/**
 * Builds programs in plain TypeScript as their users do, each in an empty folder with what the registry has: by Vite (the pages are opened in
 * Chromium, built and from the development server), Rollup, Rolldown, webpack, Rspack and esbuild, and runs one by the loader.
 *
 *   npm run check:bundlers [-- NAME … --built]
 *
 * --built takes dist/ as it is. All that the bundlers need is installed once, in the folder around theirs; the loader gets a folder with nothing
 * but this package. Where the registry is not reached, it says so and exits with 0.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { root, run } from "../support/command.js";
import { type Project, projects, succeed } from "./bundler-projects.js";

const { values, positionals } = parseArgs({ options: { built: { type: "boolean", default: false } }, allowPositionals: true });
const chosen = projects.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const work = mkdtempSync(join(tmpdir(), "cotangent-bundlers-"));
const start = performance.now();
const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(0)} s`;
let failures = 0;

const manifest = (name: string): string => JSON.stringify({ name, private: true, type: "module" });

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

const install = (folder: string, packages: readonly string[]): Promise<string> =>
  succeed("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", ...packages], folder);

async function tried({ name, files, run: use, prints, packages }: Project, tarball: string): Promise<void> {
  // What needs nothing is not to find anything either.
  const folder = packages.length === 0 ? join(work, name) : join(work, "bundlers", name);
  const since = performance.now();
  try {
    write(folder, { ...files, "package.json": manifest(name) });
    if (packages.length === 0) await install(folder, [tarball]);
    const printed = (await use(folder)).trim().split("\n").at(-1);
    if (printed !== prints) throw new Error(`prints ${printed}`);
    console.log(`ok    ${name} (${seconds(since)})`);
  } catch (error) {
    failures++;
    console.log(`FAIL  ${name}\n${error instanceof Error ? error.message : String(error)}`);
  }
}

async function all(): Promise<void> {
  if (!values.built) await succeed("npm", ["run", "--silent", "build"], root);
  await succeed("npm", ["pack", "--ignore-scripts", "--pack-destination", work], root);
  const tarball = resolve(work, readdirSync(work).find((name) => basename(name).endsWith(".tgz")) as string);
  const packages = [...new Set(chosen.flatMap((project) => project.packages))];
  if (packages.length > 0) {
    write(join(work, "bundlers"), { "package.json": manifest("bundlers") });
    await install(join(work, "bundlers"), [tarball, ...packages]);
    console.log(`ok    install (${seconds(start)} with what came before)`);
  }
  for (const project of chosen) await tried(project, tarball);
}

try {
  const registry = await run("npm", ["ping", "--fetch-retries=0", "--fetch-timeout=10000"], root);
  if (registry.code === 0) await all();
  else console.log(`skipped: the registry is not reached, and bundlers come from there\n${registry.stderr.trim()}`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
process.exitCode = failures > 0 ? 1 : 0;
