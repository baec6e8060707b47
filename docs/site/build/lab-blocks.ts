import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { blankTypes, transform } from "../../../lib/transform/index.js";

const folder = dirname(fileURLToPath(import.meta.url));
const root = resolve(folder, "../../..");
const page = resolve(root, "docs/lab-live.md");
const prefix = "virtual:lab-block/";

/** Where the sources of the library's entries are; each of them once, so that a page and what it imports share one library. */
const entries: Readonly<Record<string, string>> = {
  cotangent: resolve(root, "lib/index.ts"),
  "cotangent/plain": resolve(root, "lib/plain/index.ts"),
  "cotangent/testing": resolve(root, "lib/testing/index.ts"),
};

/** The code block of the page of the live lab that stands in a component, as it is written there. */
export function blockText(component: string): string {
  const code = new RegExp(`<${component}>\\s*\`\`\`ts\\n([\\s\\S]*?)\`\`\``).exec(readFileSync(page, "utf8"))?.[1];
  if (code === undefined) throw new Error(`docs/lab-live.md has no block of TypeScript in <${component}>`);
  return code;
}

/** That block as a module of JavaScript: rewritten, what it prints left out, all that it declares exported. */
export function blockModule(component: string): string {
  const code = blockText(component).replace(/^console\.log\(.*\n/gm, "");
  const names = [...code.matchAll(/^const (\w+) =/gm)].map(([, name]) => name);
  const { code: script } = transform(code, { file: `${component}.ts` });
  return `${blankTypes(script, { file: `${component}.ts` })}\nexport { ${names.join(", ")} };\n`;
}

/** What rollup and esbuild need to know of the blocks: a file for the library, text for a block. */
export function resolveBlock(id: string, importer: string | undefined): { readonly file: string } | { readonly block: string } | undefined {
  if (id.startsWith(prefix)) return { block: id };
  const entry = importer?.includes(prefix) ? entries[id] : undefined;
  return entry === undefined ? undefined : { file: entry };
}

/** The module of a resolved block. */
export const loadBlock = (id: string): string => blockModule(id.slice(id.indexOf(prefix) + prefix.length));

/**
 * A Vite plugin: `virtual:lab-block/LiveF1` is the block of code that the page shows inside of `<LiveF1>`. What a reader sees and what
 * answers while nothing is edited are one text.
 */
export function labBlocks(): {
  name: string;
  resolveId(id: string, importer?: string): string | undefined;
  load(this: { addWatchFile?(file: string): void }, id: string): string | undefined;
} {
  return {
    name: "lab-blocks",
    resolveId(id, importer) {
      const found = resolveBlock(id, importer);
      if (found === undefined) return undefined;
      return "block" in found ? `\0${found.block}` : found.file;
    },
    load(id) {
      if (!id.startsWith(`\0${prefix}`)) return undefined;
      this.addWatchFile?.(page);
      return loadBlock(id);
    },
  };
}
