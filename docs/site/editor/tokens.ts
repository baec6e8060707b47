/** A first colouring of TypeScript, before the editor is loaded: what a word is, by its look alone. */

export type Ink = "comment" | "literal" | "keyword" | "function" | "type" | "text";

export interface Token {
  readonly text: string;
  readonly ink: Ink;
}

const keywords =
  "as async await break case catch class const continue default delete do else export extends false finally for from function if import in " +
  "instanceof interface let new null of return satisfies static switch this throw true try type typeof undefined var void while yield";

const isKeyword = new Set(keywords.split(" "));

const pattern =
  /(?<comment>\/\/[^\n]*|\/\*[\s\S]*?\*\/)|(?<literal>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|(?<![\w$])\d[\w.]*(?:(?<=[eE])[+-]\d+)?)|(?<word>[A-Za-z_$][\w$]*)/g;

/** The words of a text with their inks, and what stands between. */
export function tokensOf(code: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (const { 0: text, index, groups = {} } of code.matchAll(pattern)) {
    if (index > at) tokens.push({ text: code.slice(at, index), ink: "text" });
    tokens.push({
      text,
      ink: groups["comment"] ? "comment" : groups["literal"] ? "literal" : wordInk(text, code.slice(index + text.length)),
    });
    at = index + text.length;
  }
  if (at < code.length) tokens.push({ text: code.slice(at), ink: "text" });
  return tokens;
}

function wordInk(word: string, after: string): Ink {
  if (isKeyword.has(word)) return "keyword";
  if (/^\s?\(/.test(after)) return "function";
  return /^[A-Z]\w*[a-z]/.test(word) || /^(?:number|string|boolean|int)$/.test(word) ? "type" : "text";
}
