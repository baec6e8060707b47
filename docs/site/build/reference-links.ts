import { existsSync, statSync } from "node:fs";
import { posix, resolve } from "node:path";
import type { MarkdownRenderer } from "vitepress";

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
  const isPage = file.startsWith("docs/");
  if (isPage && !page.startsWith(`${sourceFolder}/`)) return href;
  const path = resolve(root, file);
  // VitePress looks for the pages itself.
  if (!isPage && (!existsSync(path) || !statSync(path).isFile()))
    throw new Error(`docs/${page}: the link ${href} leads to ${file}, which is no file`);
  return `/${pageOf(file)}${hash}`;
}

/** A name in the tables of docs/rules.md: there the first link leads to the reference, and one behind it to the code. */
interface Named {
  readonly page: string;
  readonly links: ReadonlyMap<string, string>;
}

interface Environment {
  readonly relativePath?: string;
}

/** The plugin of markdown-it that rewrites the links of a page. */
export function sourceLinks(md: MarkdownRenderer, named?: Named): void {
  md.core.ruler.push("source-links", (state) => {
    const { relativePath: page } = state.env as Environment;
    if (page === undefined) return;
    for (const token of state.tokens) {
      const { children } = token;
      if (children === null) continue;
      for (const child of children) {
        if (child.type === "link_open") child.attrSet("href", siteLink(page, child.attrGet("href") ?? ""));
      }
      if (page === named?.page) token.children = withCodeLinks(children, named.links, state.Token);
    }
  });
}

type State = Parameters<Parameters<MarkdownRenderer["core"]["ruler"]["push"]>[1]>[0];
type Token = State["tokens"][number];

/** Links of names to the reference, each followed by a link to its code. */
function withCodeLinks(tokens: readonly Token[], links: ReadonlyMap<string, string>, Made: State["Token"]): Token[] {
  return tokens.flatMap((token, k) => {
    const [open, name] = [tokens[k - 2], tokens[k - 1]];
    const link = name?.type === "code_inline" ? links.get(name.content) : undefined;
    const code = open?.attrGet("href");
    if (token.type !== "link_close" || link === undefined || !code?.startsWith(`/${sourceFolder}/`)) return [token];
    const [blank, start, words, end] = [
      new Made("text", "", 0),
      new Made("link_open", "a", 1),
      new Made("text", "", 0),
      new Made("link_close", "a", -1),
    ];
    blank.content = " ";
    words.content = "code";
    start.attrSet("href", code);
    start.attrSet("class", "code-link");
    start.attrSet("aria-label", `code of ${name?.content}`);
    open?.attrSet("href", link.replace("#", ".md#"));
    return [token, blank, start, words, end];
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
