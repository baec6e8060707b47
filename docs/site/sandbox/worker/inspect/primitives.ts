import type { Context } from "./context.js";

const escapes: Readonly<Record<string, string>> = { "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", "\\": "\\\\" };

const escapeOne = (sign: string): string => {
  if (sign.length === 1 && sign >= "\ud800" && sign <= "\udfff") return `\\u${sign.charCodeAt(0).toString(16)}`;
  return escapes[sign] ?? `\\x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
};

/** A text in quotes: single ones, or those that it does not hold itself. */
export function quoted(text: string): string {
  const quote = !text.includes("'") ? "'" : !text.includes('"') ? '"' : !text.includes("`") && !text.includes("${") ? "`" : "'";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is escaped
  const signs = /[\x00-\x1f\\\x7f-\x9f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
  const escaped = text.replaceAll(signs, escapeOne);
  return `${quote}${quote === "'" ? escaped.replaceAll("'", "\\'") : escaped}${quote}`;
}

export const ofNumber = (x: number): string => (Object.is(x, -0) ? "-0" : `${x}`);

/** What is no object. Long texts break at their line ends. */
export function ofPrimitive(x: unknown, { maxStringLength, breakLength, indentation }: Context): string {
  switch (typeof x) {
    case "number":
      return ofNumber(x);
    case "bigint":
      return `${x}n`;
    case "string": {
      const more = x.length - maxStringLength;
      const kept = more > 0 ? x.slice(0, maxStringLength) : x;
      const trailer = more > 0 ? `... ${more} more character${more > 1 ? "s" : ""}` : "";
      if (kept.length > 16 && kept.length > breakLength - indentation - 4)
        return (
          kept
            .split(/(?<=\n)/)
            .map(quoted)
            .join(` +\n${" ".repeat(indentation + 2)}`) + trailer
        );
      return quoted(kept) + trailer;
    }
    case "symbol":
      return x.toString();
    default:
      return String(x);
  }
}
