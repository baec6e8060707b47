import { createUnplugin, type UnpluginInstance } from "unplugin";
import { mayBeMarked, transform } from "../transform/index.js";

/** The bundlers' plugin: rewrites marked functions before anything else, types included. Packages are left as they are. */
export const unplugin: UnpluginInstance<undefined, false> = createUnplugin(() => ({
  name: "cotangent",
  enforce: "pre",
  transform: {
    filter: { id: { include: /\.[cm]?[jt]sx?(?:\?.*)?$/, exclude: [/[\\/]node_modules[\\/]/, /^\0/] } },
    handler(code, id) {
      if (!mayBeMarked(code)) return undefined;
      const file = id.replace(/\?.*$/, "");
      const { code: written, map, notes } = transform(code, { file });
      for (const { line, column, message } of notes) this.warn(`${file}:${line}:${column}: ${message}`);
      return map === undefined ? undefined : { code: written, map };
    },
  },
}));

/** The plugin for Vite: `plugins: [vite()]`. */
export const vite: UnpluginInstance<undefined, false>["vite"] = unplugin.vite;
/** The plugin for Rollup: `plugins: [rollup()]`. */
export const rollup: UnpluginInstance<undefined, false>["rollup"] = unplugin.rollup;
/** The plugin for Rolldown: `plugins: [rolldown()]`. */
export const rolldown: UnpluginInstance<undefined, false>["rolldown"] = unplugin.rolldown;
/** The plugin for webpack: `plugins: [webpack()]`. */
export const webpack: UnpluginInstance<undefined, false>["webpack"] = unplugin.webpack;
/** The plugin for Rspack: `plugins: [rspack()]`. */
export const rspack: UnpluginInstance<undefined, false>["rspack"] = unplugin.rspack;
/** The plugin for esbuild: `plugins: [esbuild()]`. */
export const esbuild: UnpluginInstance<undefined, false>["esbuild"] = unplugin.esbuild;
