import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { build, type Plugin } from "esbuild";

/** A module, and the licenses of the packages that it holds. */
export interface LateModule {
  readonly code: string;
  readonly licenses: string;
}

/**
 * A module whose code is evaluated at the first call of one of its functions, with that of all that it imports: what takes long to evaluate,
 * and few programs need, costs others nothing but the reading. The call waits for nothing, so that it may come from anywhere.
 * @param path  an ES module that exports functions alone
 * @param alias modules by what they are imported as, and the files that stand for them
 */
export async function evaluatedLate(root: string, path: string, alias: Record<string, string>): Promise<LateModule> {
  const { outputFiles, metafile } = await build({
    entryPoints: [path],
    absWorkingDir: root,
    plugins: [standIns(alias)],
    bundle: true,
    format: "esm",
    target: "es2022",
    charset: "utf8",
    tsconfigRaw: {},
    metafile: true,
    write: false,
    outfile: "late.js",
    logLevel: "warning",
  });
  const [{ exports } = { exports: [] }] = Object.values(metafile.outputs);
  const body = (outputFiles[0]?.text ?? "").replace(/^export \{[^}]*\};\n/m, "");
  const code = `
let late;
function evaluated() {
${body}
return { ${exports.join(", ")} };
}
${exports.map((name) => `export function ${name}(...args) { late ??= evaluated(); return late.${name}(...args); }`).join("\n")}
`;
  return { code, licenses: licensesOf(root, Object.keys(metafile.inputs)) };
}

/** Takes files for the modules that they stand for. */
function standIns(alias: Record<string, string>): Plugin {
  return {
    name: "stand-ins",
    setup({ onResolve, onEnd }) {
      const open = new Set(Object.keys(alias));
      onResolve({ filter: /.*/ }, ({ path }) => {
        const file = alias[path];
        if (file === undefined) return undefined;
        open.delete(path);
        return { path: file };
      });
      onEnd(() => {
        if (open.size > 0) throw new Error(`nothing imports ${[...open].join(", ")}`);
      });
    },
  };
}

/** The licenses of the packages that these files are of, which ask to be told where their code goes. */
function licensesOf(root: string, files: readonly string[]): string {
  const names = new Set(files.map((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1]).filter((name) => name !== undefined));
  return [...names]
    .sort()
    .map((name) => {
      const license = resolve(root, "node_modules", name, "LICENSE");
      if (!existsSync(license)) throw new Error(`${name} has no license to ship with its code`);
      return `${name}\n\n${readFileSync(license, "utf8").trim()}\n`;
    })
    .join("\n\n");
}
