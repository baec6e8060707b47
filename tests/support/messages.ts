import { root } from "./command.js";
import { readSources } from "./imports.js";

/** An error that the code makes. */
export interface Message {
  readonly file: string;
  readonly line: number;
  /** The class, such as RangeError. */
  readonly kind: string;
  /** The words, with … for what comes from the call; undefined where they are put together elsewhere. */
  readonly text: string | undefined;
}

const maker = /\bnew (\w*Error)\(/g;

/** The text from an opening bracket to the one that closes it, both left out. */
function insideBrackets(text: string, start: number): string {
  let depth = 1;
  let quote = "";
  const templates: number[] = [];
  for (let k = start; k < text.length; k++) {
    const char = text[k] as string;
    if (quote !== "") {
      if (char === "\\") k++;
      else if (char === quote) quote = "";
      else if (quote === "`" && char === "$" && text[k + 1] === "{") {
        templates.push(depth++);
        quote = "";
        k++;
      }
    } else if (char === '"' || char === "'" || char === "`") quote = char;
    else if ("([{".includes(char)) depth++;
    else if (")]}".includes(char)) {
      depth--;
      if (templates.at(-1) === depth) {
        templates.pop();
        quote = "`";
      }
      if (depth === 0) return text.slice(start, k);
    }
  }
  throw new Error(`a bracket at ${start} is not closed`);
}

/** A text of code as words: names stay, other expressions become …. */
function wordsOf(code: string): string | undefined {
  const parts = [...code.matchAll(/"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|`/g)];
  const [first] = parts;
  if (first === undefined || code.slice(0, first.index).trim() !== "") return undefined;
  if (first[0] !== "`")
    return parts
      .map(([, double, single]) => double ?? single ?? "")
      .join("")
      .replaceAll(/\\(.)/g, "$1");
  let words = "";
  let k = first.index + 1;
  for (; k < code.length && code[k] !== "`"; k++) {
    if (code[k] === "$" && code[k + 1] === "{") {
      const inside = insideBrackets(code, k + 2);
      words += /^(?:who|name|what|where|half|definer|\w+\.name)$/.test(inside) ? `‹${inside.replace(/^\w+\.name$/, "name")}›` : "…";
      k += inside.length + 2;
    } else if (code[k] === "\\") words += code[++k];
    else words += code[k];
  }
  const [, more] = /^\s*\+([\s\S]*)$/.exec(code.slice(k + 1)) ?? [];
  return words + (more === undefined ? "" : (wordsOf(more) ?? "…"));
}

/** Every error that the code of the library makes, in the order of its files. */
export function messages(): readonly Message[] {
  return [...readSources(root, ["lib", "rules"])].flatMap(([file, text]) =>
    [...text.matchAll(maker)].map((match) => {
      const start = (match.index ?? 0) + match[0].length;
      const line = text.slice(0, start).split("\n").length;
      return { file, line, kind: match[1] as string, text: wordsOf(insideBrackets(text, start)) };
    }),
  );
}
