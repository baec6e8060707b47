import { existsSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

/** An entry of the package: the source that it is made of, and the module that is shipped, both from the root folder. */
export interface Entry {
  readonly source: string;
  readonly module: string;
}

/** The package's own description of itself, as far as the build reads it. */
export interface Manifest {
  readonly exports: Record<string, string | { readonly types: string; readonly default: string }>;
  readonly sideEffects: readonly string[];
  readonly dependencies: Record<string, string>;
  readonly peerDependencies: Record<string, string>;
}

export function readManifest(root: string): Manifest {
  return JSON.parse(readFileSync(resolve(root, "package.json"), "utf8")) as Manifest;
}

/** Every entry that `exports` of package.json names; a pattern stands for each folder whose index it finds. Each module comes once. */
export function entriesOf(root: string, { exports }: Manifest): Entry[] {
  const entries = new Map<string, Entry>();
  const add = (types: string, module: string): void => {
    entries.set(module, { source: sourceOf(types), module: module.replace("./", "") });
  };
  for (const target of Object.values(exports)) {
    if (typeof target === "string") continue;
    const [folder, index, ...more] = sourceOf(target.types).split("*");
    if (folder === undefined || more.length > 0) throw new Error(`package.json: exports has ${target.types}; one * at most is known`);
    if (index === undefined) add(target.types, target.default);
    else
      for (const name of readdirSync(resolve(root, folder)))
        if (existsSync(resolve(root, `${folder}${name}${index}`))) add(target.types.replace("*", name), target.default.replace("*", name));
  }
  return [...entries.values()];
}

/** The source of a file of declarations. */
function sourceOf(types: string): string {
  const [, path] = /^\.\/dist\/types\/(.*)\.d\.ts$/.exec(types) ?? [];
  if (path === undefined) throw new Error(`package.json: types ${types} do not lie in ./dist/types`);
  return `${path}.ts`;
}
