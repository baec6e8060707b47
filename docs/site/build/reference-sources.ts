import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { linkedFile, pageOf, root, sourceFolder } from "./reference-links.js";

const docs = resolve(root, "docs");

/** Pages that the contents of the site name, whether or not a page links to them. */
const named = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "perf/README.md"];

/** The markdown files of a folder and of those below it, relative to docs/. */
function markdownIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = resolve(folder, entry.name);
    if (entry.name.startsWith(".") || entry.name === "node_modules" || path === resolve(docs, sourceFolder)) return [];
    if (entry.isDirectory()) return markdownIn(path);
    return entry.name.endsWith(".md") ? [relative(docs, path)] : [];
  });
}

/** The targets of the links of a page, code left out. */
export function linksIn(markdown: string): string[] {
  const prose = markdown.replaceAll(/^( *)(`{3,})[\s\S]*?^ *\2`*[ \t]*$/gm, "").replaceAll(/(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, "code");
  return [...prose.matchAll(/\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)/g)].map(([, href = ""]) => href);
}

/** The files outside docs/ that a page links to. */
const outside = (page: string, markdown: string): string[] =>
  linksIn(markdown).flatMap((href) => {
    const file = linkedFile(page, href)?.file;
    return file === undefined || file.startsWith("docs/") ? [] : [file];
  });

/** Pages that show files: without neighbours; code and what the home page says are left out of the search. */
const frontmatter = (search: boolean): string => `---\nsearch: ${search}\neditLink: false\nprev: false\nnext: false\n`;

/** A file of code as a page. */
const codePage = (file: string, text: string): string => {
  const language = /\.(\w+)$/.exec(file)?.[1] ?? "text";
  return `${frontmatter(false)}outline: false\npageClass: source\n---\n\n# ${file}\n\n\`\`\`\`\`${language} no-run anchors\n${text.trimEnd()}\n\`\`\`\`\`\n`;
};

/** Pictures that a page outside docs/ shows lie in docs/public/, which the site serves from its root. */
const withPictures = (text: string): string => text.replaceAll("](docs/public/", "](/");

/**
 * Writes docs/source/: a page for each file outside docs/ that a page of the site links to, and for those that these link to.
 * @returns the files
 */
export function writeSourcePages(more: readonly string[] = []): readonly string[] {
  rmSync(resolve(docs, sourceFolder), { recursive: true, force: true });
  const open = [...named, ...more, ...markdownIn(docs).flatMap((page) => outside(page, readFileSync(resolve(docs, page), "utf8")))];
  const written = new Set<string>();
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (written.has(file)) continue;
    written.add(file);
    const text = readFileSync(resolve(root, file), "utf8");
    const page = pageOf(file);
    const markdown = file.endsWith(".md");
    if (markdown) open.push(...outside(page, text));
    const path = resolve(docs, page);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, markdown ? `${frontmatter(file !== "README.md")}---\n\n${withPictures(text)}` : codePage(file, text));
  }
  return [...written];
}
