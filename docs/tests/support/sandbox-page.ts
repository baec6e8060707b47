/** A page with nothing but the sandbox: `run(code, options)` of its window runs a program, and gives its outputs and its result. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { build } from "esbuild";
import type { Page } from "playwright-core";
import { buildSandbox } from "../../site/build/sandbox.js";
import type { Input, Output, RunResult } from "../../site/sandbox/index.js";
import { browser } from "./browser.js";
import { type StaticServer, serve } from "./static-server.js";

const docs = resolve(import.meta.dirname, "../..");

export interface Ran {
  readonly outputs: Output[];
  readonly result: RunResult;
  /** How long the run took as the page saw it, in ms. */
  readonly took: number;
}

export interface SandboxPage {
  readonly page: Page;
  /** Requests that left, and console errors. */
  readonly faults: string[];
  run(code: string, options?: { limit?: number; file?: string; stopAfter?: number; inputs?: Record<string, Input> }): Promise<Ran>;
  close(): Promise<void>;
}

const script = `
import { createSandbox } from ${JSON.stringify(resolve(docs, "site/sandbox/index.ts"))};
const sandbox = createSandbox();
globalThis.run = async (code, { stopAfter, ...options } = {}) => {
  const outputs = [];
  const from = performance.now();
  const run = sandbox.run({ code, ...options, onOutput: (item) => outputs.push(item) });
  if (stopAfter !== undefined) setTimeout(() => run.stop(), stopAfter);
  const result = await run.finished;
  return { outputs, result, took: performance.now() - from };
};
`;

async function site(): Promise<StaticServer> {
  const folder = resolve(docs, "../.cache/sandbox-page");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { frame, library, special } = await buildSandbox();
  const { outputFiles } = await build({
    stdin: { contents: script, resolveDir: docs, loader: "ts" },
    bundle: true,
    format: "iife",
    write: false,
    plugins: [
      {
        name: "sandbox",
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^virtual:sandbox/ }, ({ path }) => ({ path, namespace: "virtual" }));
          onLoad({ filter: /.*/, namespace: "virtual" }, ({ path }) => ({
            contents: path.endsWith("frame")
              ? `export const script = ${JSON.stringify(frame)}`
              : `export const address = ${JSON.stringify(`${path.split("/").at(-1)}.js`)}`,
          }));
        },
      },
    ],
  });
  writeFileSync(resolve(folder, "index.html"), '<!doctype html><title>sandbox</title><body><script src="page.js"></script>');
  writeFileSync(resolve(folder, "page.js"), outputFiles[0]?.text ?? "");
  writeFileSync(resolve(folder, "library.js"), library);
  writeFileSync(resolve(folder, "special.js"), special);
  return serve(folder);
}

export async function sandboxPage(): Promise<SandboxPage> {
  const server = await site();
  const context = await (await browser()).newContext();
  const faults: string[] = [];
  context.on("request", (request) => {
    if (!/^(?:blob|data|about):/.test(request.url()) && !request.url().startsWith(`${server.origin}/`))
      faults.push(`request: ${request.url()}`);
  });
  const page = await context.newPage();
  page.on("pageerror", (error) => faults.push(`thrown: ${error.message}`));
  await page.goto(`${server.origin}/index.html`);
  return {
    page,
    faults,
    run: (code, options = {}) =>
      page.evaluate(
        ([code, options]) => (globalThis as unknown as { run(code: string, options: object): Promise<Ran> }).run(code, options),
        [code, options] as const,
      ),
    async close() {
      await context.close();
      await server.close();
    },
  };
}
