import { tsPlugin } from "@sveltejs/acorn-typescript";
import { Parser } from "acorn";
import type { Source } from "./errors.js";
import type { Node } from "./tree.js";

const plain = /* @__PURE__ */ Parser.extend(tsPlugin());
const withTags = /* @__PURE__ */ Parser.extend(tsPlugin({ jsx: true }));

/** A syntax tree, and whether the text is an ES module. */
export interface Parsed {
  readonly program: Node;
  readonly sourceType: "module" | "script";
}

/**
 * Parses TypeScript or JavaScript; `.tsx` and `.jsx` files with tags. What does not parse as a module is tried as a script (CommonJS).
 * @throws {TransformError} at the place where the parser stopped
 */
export function parse(source: Source): Parsed {
  const parser = /\.[jt]sx$/.test(source.file) ? withTags : plain;
  const read = (sourceType: "module" | "script"): Node =>
    parser.parse(source.code, {
      ecmaVersion: "latest",
      sourceType,
      locations: true,
      ranges: true,
      allowHashBang: true,
      allowReturnOutsideFunction: sourceType === "script",
      allowAwaitOutsideFunction: sourceType === "module",
    }) as unknown as Node;
  if (/\.c[jt]s$/.test(source.file)) return { program: attempt(source, () => read("script")), sourceType: "script" };
  let refused: unknown;
  try {
    return { program: read("module"), sourceType: "module" };
  } catch (error) {
    refused = error;
  }
  try {
    if (!/^\s*(?:import|export)\b/m.test(source.code)) return { program: read("script"), sourceType: "script" };
  } catch {
    // The first message tells more.
  }
  throw refusal(source, refused);
}

function attempt<T>(source: Source, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw refusal(source, error);
  }
}

function refusal(source: Source, error: unknown): unknown {
  const at = (error as { pos?: unknown }).pos;
  if (!(error instanceof SyntaxError) || typeof at !== "number") return error;
  const what = error.message.replace(/ \(\d+:\d+\)$/, "");
  return source.error(
    at,
    `the parser stops here: ${what}; if TypeScript accepts it, write it another way (const type parameters in signatures are not read as yet)`,
  );
}
