import type { Comment, CommentDisplayPart } from "typedoc";

/** What a docstring says, as markdown. */
export interface Prose {
  /** The sentences, and the formulas as code. */
  readonly body: string;
  readonly parameters: readonly string[];
  readonly returns: string | undefined;
  readonly throws: readonly string[];
  readonly source: string | undefined;
}

/** Plain text as markdown that shows it unchanged, and that Vue leaves alone. */
export const escaped = (text: string): string =>
  text
    .replaceAll(/[\\*_[\]$~#|`]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("{", "&#123;");

const inline = (parts: readonly CommentDisplayPart[]): string =>
  parts.map(({ kind, text }) => (kind === "text" ? escaped(text) : text)).join("");
const raw = (parts: readonly CommentDisplayPart[]): string => parts.map(({ text }) => text).join("");

const html = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("{{", "&#123;&#123;");

/** Lines that begin with two blanks are formulas: they keep their line breaks and their columns. */
function paragraphs(parts: readonly CommentDisplayPart[]): string {
  const lines = raw(parts).split("\n");
  const texts = inline(parts).split("\n");
  const out: string[] = [];
  let formulas: string[] = [];
  const close = (): void => {
    if (formulas.length > 0) out.push("", `<pre class="formula" v-pre>${formulas.join("&#10;")}</pre>`, "");
    formulas = [];
  };
  lines.forEach((line, k) => {
    const isListItem = /^\s*[-*] /.test(line);
    if (/^ {2,}\S/.test(line) && !isListItem) formulas.push(html(line.replace(/^ {2}/, "").replaceAll("`", "")));
    else {
      close();
      out.push(isListItem ? line.replace(/^(\s*[-*] ).*$/, `$1${(texts[k] as string).replace(/^\s*\\?[-*] /, "")}`) : (texts[k] as string));
    }
  });
  close();
  return out.join("\n").trim();
}

/** The words of a block that fill one line, without what stands behind `Source:`. */
const blockText = (parts: readonly CommentDisplayPart[]): string =>
  (inline(parts).split(/\bSource: /)[0] as string).replaceAll(/\s+/g, " ").trim();

/** The docstring as markdown. */
export function proseOf(comment: Comment | undefined): Prose {
  const blocks = comment?.blockTags ?? [];
  const of = (tag: string) => blocks.filter((block) => block.tag === tag);
  const body = paragraphs(comment?.summary ?? []);
  const sources = [body, ...blocks.map(({ content }) => inline(content))].flatMap((text) => /\bSource: ([\s\S]*)$/.exec(text)?.[1] ?? []);
  const templates = [...of("@typeParam"), ...of("@template")];
  return {
    body: (body.split(/\bSource: /)[0] as string).trim(),
    parameters: [...templates, ...of("@param")].map(({ name, content }) => `\`${name}\`: ${blockText(content)}`),
    returns: of("@returns").map(({ content }) => blockText(content))[0],
    throws: of("@throws").map(({ content, typeAnnotation }) => {
      const kind = typeAnnotation?.replaceAll(/[{}]/g, "").trim();
      return kind === undefined || kind === "" ? blockText(content) : `\`${kind}\` ${blockText(content)}`;
    }),
    source: sources[0]?.replaceAll(/\s+/g, " ").trim(),
  };
}
