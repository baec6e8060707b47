/** A program in a page: a fenced block of TypeScript or JavaScript, with what the page says it prints. */
export interface DocBlock {
  readonly page: string;
  readonly language: "ts" | "js";
  /** The line of the page where the code begins, from 1. */
  readonly line: number;
  readonly code: string;
  /** All that the block prints, where the next fence is a block of `text` (and no heading stands between). */
  readonly output: string | undefined;
}

/** What a page shows of one call of console.log: the line of the call, and its outputs in order. */
export interface Shown {
  readonly line: number;
  readonly texts: string[];
}

const languages: Record<string, "ts" | "js"> = { ts: "ts", typescript: "ts", js: "js", javascript: "js" };

/** One fenced block of any language, or a heading. */
const fenceOrHeading = /^( *)(`{3,})([^\s`]*)[^\n`]*\n([\s\S]*?)^ *\2`*[ \t]*$|^#{1,6} /gm;

/** The programs of a page, in order. */
export function blocksOf(page: string, markdown: string): DocBlock[] {
  const parts = [...markdown.matchAll(fenceOrHeading)];
  return parts.flatMap(([whole, indent = "", , info = "", code = ""], k) => {
    const language = languages[info];
    if (language === undefined) return [];
    const [, nextIndent = "", , nextInfo, nextCode = ""] = parts[k + 1] ?? [];
    const output = nextInfo === "text" ? outdent(nextCode, nextIndent) : undefined;
    const line = markdown.slice(0, parts[k]?.index).split("\n").length + 1;
    return whole.startsWith("#") ? [] : [{ page, language, line, code: outdent(code, indent), output }];
  });
}

const outdent = (text: string, indent: string) => text.replaceAll(new RegExp(`^${indent}`, "gm"), "");

/**
 * The outputs shown by comments: `// → text` at the end of a `console.log(…)`, or on lines of its own below it (one for each time it runs).
 * An arrow above every console.log is a fault: it would show an output that nothing prints.
 */
export function shownBy(block: DocBlock): { shown: Shown[]; faults: string[] } {
  const byLine = new Map<number, string[]>();
  const faults: string[] = [];
  let call: number | undefined;
  for (const [k, text] of block.code.split("\n").entries()) {
    const line = block.line + k;
    if (/\bconsole\.log\(/.test(text)) call = line;
    const arrow = /\/\/ → ?(.*)$/.exec(text);
    if (arrow === null) continue;
    if (call === undefined) faults.push(`${block.page}:${line}: an arrow without a console.log before it`);
    else byLine.set(call, [...(byLine.get(call) ?? []), arrow[1] as string]);
  }
  return { shown: [...byLine].map(([line, texts]) => ({ line, texts })), faults };
}
