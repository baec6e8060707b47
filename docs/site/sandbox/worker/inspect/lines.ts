import type { Context } from "./context.js";

/**
 * Entries of a list in columns: as many as make about a square, aligned at the right where all are numbers. Lists of entries that differ much
 * in length stay as they are.
 */
function inColumns(context: Context, output: string[], value: ArrayLike<unknown> | undefined): string[] {
  const cut = context.maxArrayLength < output.length;
  const count = cut ? output.length - 1 : output.length;
  const lengths = output.slice(0, count).map((entry) => entry.length);
  const total = lengths.reduce((sum, length) => sum + length + 2, 0);
  const longest = Math.max(0, ...lengths);
  const cell = longest + 2;
  if (!(cell * 3 + context.indentation < context.breakLength && (total / cell > 5 || longest <= 6))) return output;
  const biased = Math.max(cell - 3 - Math.sqrt(cell - total / output.length), 1);
  const columns = Math.min(
    Math.round(Math.sqrt(2.5 * biased * count) / biased),
    Math.floor((context.breakLength - context.indentation) / cell),
    context.compact * 4,
    15,
  );
  if (columns <= 1) return output;
  const widths = Array.from({ length: columns }, (_, k) => {
    let width = 0;
    for (let j = k; j < output.length; j += columns) width = Math.max(width, lengths[j] ?? 0);
    return width + 2;
  });
  const numbers = value === undefined || output.every((_, k) => typeof value[k] === "number" || typeof value[k] === "bigint");
  const lines: string[] = [];
  for (let i = 0; i < count; i += columns) {
    const last = Math.min(i + columns, count) - 1;
    let line = "";
    for (let j = i; j < last; j++)
      line += numbers ? `${output[j]}, `.padStart(widths[j - i] as number) : `${output[j]}, `.padEnd(widths[j - i] as number);
    line += numbers ? (output[last] as string).padStart((widths[last - i] as number) - 2) : output[last];
    lines.push(line);
  }
  return cut ? [...lines, output[count] as string] : lines;
}

/** Entries between braces: on one line where they fit, else each on its own. */
export function joined(
  context: Context,
  entries: string[],
  base: string,
  [open, close]: readonly [string, string],
  list: boolean,
  depth: number,
  value: unknown,
): string {
  const before = base === "" ? "" : `${base} `;
  const output = list && entries.length > 6 ? inColumns(context, entries, value as ArrayLike<unknown>) : entries;
  if (context.currentDepth - depth < context.compact && output === entries) {
    const start = output.length + context.indentation + open.length + base.length + 10;
    const total = output.reduce((sum, entry) => sum + entry.length, output.length + start);
    const line = output.join(", ");
    if (total <= context.breakLength && !base.includes("\n") && !line.includes("\n")) return `${before}${open} ${line} ${close}`;
  }
  const indent = `\n${" ".repeat(context.indentation)}`;
  return `${before}${open}${indent}  ${output.join(`,${indent}  `)}${indent}${close}`;
}
