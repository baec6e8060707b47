import type { MarkdownEnv } from "vitepress";

interface Renderer {
  render(source: string, env: MarkdownEnv): string;
}

/**
 * What the search finds of a page. Of the pages of names only the words: their code holds the same names again and again; of pages that show
 * files nothing.
 */
export function searchedHtml(source: string, env: MarkdownEnv, md: Renderer): string {
  const isOfNames = env.relativePath.startsWith("reference/api/");
  const text = isOfNames ? source.replaceAll(/^```[\s\S]*?^```$/gm, "").replaceAll(/^- (?:Import from|Code|Types): .*$/gm, "") : source;
  const html = md.render(text, env);
  return env.frontmatter?.["search"] === false ? "" : html;
}
