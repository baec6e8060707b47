import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { loadBlock, resolveBlock } from "../build/lab-blocks.js";
import { landLetters, landShape, type PackedOutline, packedOutlines } from "./atlas.js";
import { type F1Result, f1Result } from "./results/f1.js";
import { type MaximumResult, maximumResult } from "./results/maximum.js";
import { type OutlinesResult, outlinesResult } from "./results/outlines.js";
import { type PoolingResult, poolingResult } from "./results/pooling.js";
import { type RopeResult, ropeResult } from "./results/rope.js";
import { f1Start, landOf, maximumStart, outlinesStart, poolingStart, ropeStart, setOff, unpacked } from "./start.js";

/** What the page of the live lab shows before anything is touched: computed when the site is built, by the code blocks of the page. */
export interface FirstState {
  readonly f1: F1Result;
  readonly maximum: MaximumResult;
  readonly pooling: PoolingResult;
  readonly outlines: OutlinesResult;
  readonly rope: RopeResult;
  readonly land: string;
  readonly moving: PackedOutline;
  readonly target: PackedOutline;
  /** The names of all outlines of atlas.data.ts. */
  readonly countries: readonly string[];
}

declare const data: FirstState;

export { data };

const folder = dirname(fileURLToPath(import.meta.url));
const docs = resolve(folder, "../..");
const components = ["LiveF1", "LiveMaximum", "LivePooling", "LiveOutlines", "LiveRope"] as const;

/** The blocks of the page and one library for all of them, run here. */
async function blocks(): Promise<Record<string, Record<string, never>>> {
  const { outputFiles } = await build({
    stdin: {
      contents: [
        'export * as library from "virtual:lab-block/../library";',
        ...components.map((name) => `export * as ${name} from "virtual:lab-block/${name}";`),
      ].join("\n"),
      resolveDir: docs,
    },
    bundle: true,
    format: "esm",
    platform: "node",
    write: false,
    logLevel: "error",
    plugins: [
      {
        name: "lab-blocks",
        setup({ onLoad, onResolve }) {
          onResolve({ filter: /^virtual:lab-block\/\.\.\/library$/ }, () => ({ path: resolve(docs, "../lib/index.ts") }));
          onResolve({ filter: /.*/ }, ({ path, namespace }) => {
            const found = resolveBlock(path, namespace === "block" ? "virtual:lab-block/" : undefined);
            if (found === undefined) return undefined;
            return "block" in found ? { path: found.block, namespace: "block" } : { path: found.file };
          });
          onLoad({ filter: /.*/, namespace: "block" }, ({ path }) => ({ contents: loadBlock(path), loader: "js", resolveDir: docs }));
        },
      },
    ],
  });
  const cache = resolve(docs, ".vitepress/cache");
  mkdirSync(cache, { recursive: true });
  const file = resolve(cache, `lab-first-state-${process.pid}-${Date.now()}.mjs`);
  writeFileSync(file, outputFiles[0]?.text ?? "");
  return (await import(/* @vite-ignore */ pathToFileURL(file).href)) as Record<string, Record<string, never>>;
}

/** Plain JSON: lists for typed arrays, six digits. */
function plain<T>(value: T): T {
  return JSON.parse(
    JSON.stringify(value, (_, part: unknown) => {
      if (typeof part === "number") return Number(part.toPrecision(6));
      return ArrayBuffer.isView(part) ? Array.from(part as Float64Array) : part;
    }),
  ) as T;
}

export default {
  watch: ["../../lab-live.md", "./results/*.ts"],
  async load(): Promise<FirstState> {
    const { library, LiveF1, LiveMaximum, LivePooling, LiveOutlines, LiveRope } = (await blocks()) as Record<string, never>;
    const outlines = packedOutlines();
    const named = (name: string) => outlines.find((outline) => outline.name === name) as PackedOutline;
    const [moving, target] = [named(outlinesStart.moving), named(outlinesStart.target)];
    const land = landLetters();
    return {
      ...plain({
        f1: f1Result(library as never, LiveF1 as never, f1Start),
        maximum: maximumResult(library as never, LiveMaximum as never, { x: maximumStart }),
        pooling: poolingResult(library as never, LivePooling as never, { ...poolingStart, x: landOf(land), height: landShape[0] }),
        outlines: outlinesResult(library as never, LiveOutlines as never, {
          kind: outlinesStart.kind,
          p: setOff(unpacked(moving)),
          q: unpacked(target),
        }),
        rope: ropeResult(library as never, LiveRope as never, ropeStart),
      }),
      land,
      moving,
      target,
      countries: outlines.map(({ name }) => name),
    };
  },
};
