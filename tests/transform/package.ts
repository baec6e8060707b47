import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { build } from "esbuild";
import { root, run } from "../support/command.js";

/** The package as programs of a folder find it, made of the sources: what the build makes, without its checks and declarations. */
const entries: Readonly<Record<string, string>> = {
  ".": "lib/index",
  "./core": "lib/core/public",
  "./rules": "rules/index",
  "./rules/math": "rules/math",
  "./testing": "lib/testing/index",
  "./plain": "lib/plain/index",
  "./transform": "lib/transform/index",
  "./unplugin": "lib/unplugin/index",
  "./register": "lib/register/index",
  "./hooks": "lib/register/hooks",
  "./command": "lib/command/index",
};

/** An empty folder with the package beside it: programs in it import `cotangent`. */
export async function emptyProject(name: string): Promise<string> {
  const folder = resolve(root, ".cache/projects", name);
  rmSync(folder, { recursive: true, force: true });
  const home = resolve(folder, "node_modules/cotangent");
  mkdirSync(home, { recursive: true });
  // Two builds: what the loader loads must share no file with what programs load.
  const doors = Object.values(entries).filter((entry) => /^lib\/(?:transform|unplugin|register|command)\//.test(entry));
  for (const part of [doors, Object.values(entries).filter((entry) => !doors.includes(entry))]) {
    await build({
      entryPoints: part.map((entry) => ({ in: resolve(root, `${entry}.ts`), out: entry })),
      outdir: resolve(home, "dist"),
      chunkNames: part === doors ? "doors/[name]-[hash]" : "[name]-[hash]",
      bundle: true,
      splitting: true,
      format: "esm",
      platform: "node",
      target: "node20",
      external: ["unplugin", "ndarray", "ndarray-ops", "@stdlib/*"],
      logLevel: "error",
    });
  }
  // A package of its own: from inside of this repository its name would be found first.
  writeFileSync(resolve(folder, "package.json"), JSON.stringify({ name, private: true }));
  const exported = Object.fromEntries(Object.entries(entries).map(([entry, path]) => [entry, `./dist/${path}.js`]));
  writeFileSync(
    resolve(home, "package.json"),
    JSON.stringify({ name: "cotangent", type: "module", sideEffects: ["./dist/rules/math.js"], exports: exported }),
  );
  return folder;
}

/** Writes files into a folder. */
export function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const path = resolve(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

/** Runs a program of a folder under the loader: what it prints. */
export async function runLoaded(folder: string, program: string): Promise<{ code: number; stdout: string; stderr: string }> {
  return run(process.execPath, ["--import", "cotangent/register", program], folder);
}
