// `node --import cotangent/register app.ts`: marked functions are rewritten and types left out while Node loads a program.
import * as nodeModule from "node:module";
import { hooked, typedFile } from "./load.js";
import { patchRequire } from "./require.js";

type Next = (name: string, context: object) => object;

/** Newer than the types of Node 20. */
interface SyncHooks {
  registerHooks?: (hooks: {
    resolve: (specifier: string, context: { parentURL?: string }, next: Next) => object;
    load: (url: string, context: object, next: Next) => object;
  }) => void;
}

const { registerHooks } = nodeModule as SyncHooks;

process.setSourceMapsEnabled(true);
patchRequire();
// The hooks on a thread of their own first: with the others `require` of an ES module fails in what they load (Node 20.20, 22.23).
if (typeof nodeModule.register === "function") nodeModule.register("./hooks.js", import.meta.url);
else if (registerHooks !== undefined) {
  registerHooks({
    resolve(specifier, context, next) {
      try {
        return next(specifier, context);
      } catch (error) {
        const url = typedFile(specifier, context.parentURL);
        if (url === undefined) throw error;
        return { url, shortCircuit: true };
      }
    },
    load: (url, context, next) => hooked(url) ?? next(url, context),
  });
}
