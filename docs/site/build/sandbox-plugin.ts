import type { Plugin } from "vite";
import { buildNames } from "./names.js";
import { buildSandbox } from "./sandbox.js";

const prefix = "virtual:sandbox/";
const served = "@sandbox/";
/** Texts that are files of their own. */
const files = ["library", "special"] as const;

/**
 * The sandbox's scripts for Vite: `virtual:sandbox/frame` is the text of the frame's script, `virtual:sandbox/library` and
 * `virtual:sandbox/special` are the addresses of texts that workers run, files of their own among the assets;
 * `virtual:sandbox/names` is what the editor completes.
 */
export function sandboxPlugin(): Plugin {
  let made: ReturnType<typeof buildSandbox> | undefined;
  let names: string | undefined;
  let base = "/";
  let serving = false;
  const scripts = () => {
    made ??= buildSandbox();
    return made;
  };
  return {
    name: "sandbox",
    configResolved(config) {
      base = config.base;
      serving = config.command === "serve";
    },
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : undefined),
    async load(id) {
      if (id === `\0${prefix}frame`) return `export const script = ${JSON.stringify((await scripts()).frame)};`;
      if (id === `\0${prefix}names`) {
        names ??= JSON.stringify(buildNames());
        return `export const names = JSON.parse(${JSON.stringify(names)});`;
      }
      const name = files.find((name) => id === `\0${prefix}${name}`);
      if (name === undefined) return undefined;
      if (serving) return `export const address = ${JSON.stringify(`${base}${served}${name}.js`)};`;
      const file = this.emitFile({ type: "asset", name: `${name}.js`, source: (await scripts())[name] });
      return `export const address = import.meta.ROLLUP_FILE_URL_${file};`;
    },
    configureServer(server) {
      for (const name of files)
        server.middlewares.use(`/${served}${name}.js`, (_, response) => {
          response.setHeader("content-type", "text/javascript");
          void scripts().then((texts) => response.end(texts[name]));
        });
    },
  };
}
