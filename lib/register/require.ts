import Module from "node:module";
import { pathToFileURL } from "node:url";
import { load, typedFile } from "./load.js";

/** What CommonJS' own loader is patched at, where Node has no hooks for it. */
interface Loader {
  readonly _extensions: Record<string, (module: Compiled, file: string) => void>;
  _resolveFilename: (request: string, parent: { filename?: string } | undefined, ...rest: unknown[]) => string;
}

interface Compiled {
  _compile(code: string, file: string): void;
}

/** Has `require` load files as `load` gives them: for versions of Node whose hooks do not reach `require`. */
export function patchRequire(): void {
  const loader = Module as unknown as Loader;
  const plain = loader._extensions[".js"] as Loader["_extensions"][string];
  for (const ending of [".js", ".cjs", ".ts", ".cts", ".tsx"]) {
    loader._extensions[ending] = (module, file) => {
      const loaded = load(pathToFileURL(file).href);
      if (loaded === undefined) plain(module, file);
      else module._compile(loaded.source, file);
    };
  }
  const { _resolveFilename: resolve } = loader;
  loader._resolveFilename = (request, parent, ...rest) => {
    try {
      return resolve.call(loader, request, parent, ...rest);
    } catch (error) {
      const url = parent?.filename === undefined ? undefined : typedFile(request, pathToFileURL(parent.filename).href);
      if (url === undefined) throw error;
      return resolve.call(loader, decodeURIComponent(new URL(url).pathname), parent, ...rest);
    }
  };
}
