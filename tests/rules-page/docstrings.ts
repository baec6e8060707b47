import { root } from "../support/command.js";
import { readSources } from "../support/imports.js";

/** Where an exported function stands, and what its docstring says. */
export interface Docstring {
  readonly file: string;
  /** The first sentence. */
  readonly summary: string;
  /** What stands after `Source:`. */
  readonly source: string | undefined;
}

/** A docstring right above an export. */
const documented = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*export (?:const|function) (\w+)/g;

/** The docstrings of everything that rules/ and lib/core/ export, by name. */
export function docstrings(): Map<string, Docstring> {
  const found = new Map<string, Docstring>();
  for (const [file, text] of readSources(root, ["rules", "lib/core"])) {
    for (const [, comment = "", name = ""] of text.matchAll(documented)) {
      const lines = comment.split("\n").map((line) => line.replace(/^\s*\*? ?/, "").trimEnd());
      const words = lines.join("\n").trim();
      const prose = words.split(/\n {2,}|\n@|\nSource:/)[0] ?? "";
      const summary = /^[\s\S]*?[.;:](?=\s|$)/.exec(prose)?.[0] ?? prose;
      const source = /\bSource: ([\s\S]*?)(?=\n@|$)/.exec(words)?.[1];
      found.set(name, {
        file,
        summary: summary.replace(/\s+/g, " ").replace(/[;:.]$/, ""),
        source: source?.replace(/\s+/g, " ").trim().replace(/\.$/, ""),
      });
    }
  }
  return found;
}
