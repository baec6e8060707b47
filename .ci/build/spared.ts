/**
 * Leaves out of the bundled parser what the transform never needs: what checks regular expressions (they are copied, and the engine that runs
 * the program checks them), the characters behind names of entities in tags, and the walker of estraverse, of which eslint-scope takes the
 * names of nodes alone.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Plugin } from "esbuild";

/** The text with what stands from `start` to before `end` replaced. Fails where either is not there just once: another version came. */
function cut(text: string, start: string, end: string, by: string): string {
  const parts = text.split(start);
  const after = parts[1]?.indexOf(end) ?? -1;
  if (parts.length !== 2 || after < 0) throw new Error(`there is no ${JSON.stringify(start)} … ${JSON.stringify(end)} to be left out`);
  return parts[0] + by + (parts[1] as string).slice(after);
}

const unchecked = `
var RegExpValidationState = function RegExpValidationState() {};
RegExpValidationState.prototype.reset = function () {};
Parser.prototype.validateRegExpFlags = Parser.prototype.validateRegExpPattern = function () {};

`;

type Edit = (text: string, path: string) => string;

/** What estraverse exports, without its functions. */
const tables: Edit = (_, path) => {
  const { Syntax, VisitorKeys } = createRequire(path)(path) as Readonly<Record<string, unknown>>;
  return `exports.Syntax = ${JSON.stringify(Syntax)}; exports.VisitorKeys = ${JSON.stringify(VisitorKeys)};`;
};

const edits: readonly (readonly [file: RegExp, edit: Edit])[] = [
  [
    /acorn\/dist\/acorn\.mjs$/,
    (text) => cut(text, "// This file contains Unicode properties extracted", "// Object type used to represent tokens", unchecked),
  ],
  [/acorn-typescript\/index\.js$/, (text) => cut(text, "var xhtml_default = {", "\n};", "var xhtml_default = {")],
  [/estraverse\/estraverse\.js$/, tables],
];

export const spared: Plugin = {
  name: "spared",
  setup({ onLoad }) {
    for (const [filter, edit] of edits)
      onLoad({ filter }, ({ path }) => ({ contents: edit(readFileSync(path, "utf8"), path), loader: "js" }));
  },
};
