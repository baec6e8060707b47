import { Bindings } from "./bindings.js";
import { Source } from "./errors.js";
import { parse } from "./parse.js";
import type { Node } from "./tree.js";
import { Types } from "./types.js";

/** A file as the transform sees it: text, tree, names, types. */
export interface File {
  readonly source: Source;
  readonly program: Node;
  readonly sourceType: "module" | "script";
  readonly bindings: Bindings;
  readonly types: Types;
}

/** Reads a file. */
export function readFile(code: string, name: string): File {
  const source = new Source(code, name);
  const parsed = parse(source);
  const { program, sourceType } = parsed;
  return { source, program, sourceType, bindings: new Bindings(parsed), types: new Types(program) };
}
