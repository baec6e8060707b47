import type { Plugin } from "vite";
import { buildSandbox } from "./sandbox.js";

const prefix = "virtual:sandbox/";
const served = "@sandbox/library.js";

/**
 * The sandbox's scripts for Vite: `virtual:sandbox/frame` is the text of the frame's script, `virtual:sandbox/library` the address of the text that
 * workers run, a file of its own among the assets.
 */
export function sandboxPlugin(): Plugin {
  let made: ReturnType<typeof buildSandbox> | undefined;
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
      if (id !== `\0${prefix}library`) return undefined;
      if (serving) return `export const address = ${JSON.stringify(base + served)};`;
      const file = this.emitFile({ type: "asset", name: "library.js", source: (await scripts()).library });
      return `export const address = import.meta.ROLLUP_FILE_URL_${file};`;
    },
    configureServer(server) {
      server.middlewares.use(`/${served}`, (_, response) => {
        response.setHeader("content-type", "text/javascript");
        void scripts().then(({ library }) => response.end(library));
      });
    },
  };
}
