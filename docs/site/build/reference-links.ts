import { existsSync, statSync } from "node:fs";
import { posix, resolve } from "node:path";
import type MarkdownIt from "markdown-it";

/** The root of the repository. */
export const root: string = resolve(import.meta.dirname, "../../..");

/** The folder of the generated pages that show files from outside docs/, inside docs/. */
export const sourceFolder = "source";

/** The file of the repository that a page of the site shows: docs/source/README.md shows README.md. */
export function shownBy(page: string): string {
  if (!page.startsWith(`${sourceFolder}/`)) return posix.join("docs", page);
  const shown = page.slice(sourceFolder.length + 1);
  return existsSync(resolve(root, shown)) ? shown : shown.replace(/\.md$/, "");
}

/** The page, from docs/, that shows a file of the repository. */
export function pageOf(file: string): string {
  if (file.startsWith("docs/")) return file.slice("docs/".length);
  return posix.join(sourceFolder, file.endsWith(".md") ? file : `${file}.md`);
}

/** The file of the repository that a relative link leads to, and its anchor; undefined where a link leads elsewhere. */
export function linkedFile(page: string, href: string): { file: string; hash: string } | undefined {
  if (/^(?:[a-z]+:|#|\/)/i.test(href)) return undefined;
  const [path = "", hash] = decodeURI(href).split("#");
  const file = posix.join(posix.dirname(shownBy(page)), path);
  return { file, hash: hash === undefined ? "" : `#${hash}` };
}

/**
 * A link of a page as the site has it: relative links that leave docs/, and those of pages that show files from outside, lead to pages of docs/source/.
 * @throws {Error} when a link leads to a file that does not exist
 */
export function siteLink(page: string, href: string): string {
  const linked = linkedFile(page, href);
  if (linked === undefined) return href;
  const { file, hash } = linked;
  if (file.startsWith("docs/") && !page.startsWith(`${sourceFolder}/`)) return href;
  const path = resolve(root, file);
  if (!existsSync(path) || !statSync(path).isFile()) throw new Error(`docs/${page}: the link ${href} leads to ${file}, which is no file`);
  return `/${pageOf(file)}${hash}`;
}

interface Environment {
  readonly relativePath?: string;
}

/** The plugin of markdown-it that rewrites the links of a page. */
export function sourceLinks(md: MarkdownIt): void {
  md.core.ruler.push("source-links", (state) => {
    const { relativePath: page } = state.env as Environment;
    if (page === undefined) return;
    for (const { children } of state.tokens) {
      for (const token of children ?? []) {
        if (token.type === "link_open") token.attrSet("href", siteLink(page, token.attrGet("href") ?? ""));
      }
    }
  });
}

interface Line {
  properties: Record<string, unknown>;
}

/** The transformer of highlighted code that gives each line of a block marked `anchors` an id: L1, L2, … */
export const lineAnchors = {
  name: "cotangent:line-anchors",
  line(this: { options: { meta?: { __raw?: string } } }, node: Line, line: number): void {
    if (this.options.meta?.__raw?.includes("anchors") === true) node.properties["id"] = `L${line}`;
  },
};
