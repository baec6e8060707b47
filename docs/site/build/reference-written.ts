import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { root } from "./reference-links.js";

/** The folder of the examples of names that are no rules; the tests of the pages run their blocks. */
const folder = resolve(root, "docs/reference/examples");

/**
 * The examples written by hand, by the page of the reference and the name: the file operators.md has those of the page operators, each below a
 * heading with the names that it is for.
 */
export function writtenExamples(): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".md"))) {
    const [, ...parts] = readFileSync(resolve(folder, file), "utf8").split(/^## /m);
    for (const part of parts) {
      const [names = "", ...lines] = part.split("\n");
      for (const name of names.split(",")) found.set(`${file.slice(0, -".md".length)}/${name.trim()}`, lines.join("\n").trim());
    }
  }
  return found;
}

/** Names that need no example, and why; types need none, since they stand in the examples of what takes them. */
export const withoutExample: Readonly<Record<string, string>> = {
  "run-time": "only rewritten code calls these; the page begins with an example of it",
};
