// The loader's hooks, in the form that runs on a thread of its own (Node 20, and 22 before 22.15).
import type { LoadHook, ResolveHook } from "node:module";
import { hooked, typedFile } from "./load.js";

export const resolve: ResolveHook = async (specifier, context, next) => {
  try {
    return await next(specifier, context);
  } catch (error) {
    const url = typedFile(specifier, context.parentURL);
    if (url === undefined) throw error;
    return { url, shortCircuit: true };
  }
};

export const load: LoadHook = async (url, context, next) => hooked(url) ?? next(url, context);
