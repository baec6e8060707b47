/** From places of what runs back to places of the program as it was written. */
import { decode } from "@jridgewell/sourcemap-codec";

/** A line and a column, both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Where a place of rewritten code comes from. */
export type ToSource = (place: Place) => Place;

/** The way back by a source map; without one, places are what they were. */
export function toSource(map: { readonly mappings: string } | undefined): ToSource {
  if (map === undefined) return (place) => place;
  let lines: ReturnType<typeof decode> | undefined;
  return ({ line, column }) => {
    lines ??= decode(map.mappings);
    const found = lines[line - 1]?.findLast(([at, ...source]) => at <= column - 1 && source.length > 0);
    return found === undefined || found.length === 1 ? { line, column } : { line: found[2] + 1, column: found[3] + 1 };
  };
}

/** How many lines the engine puts before the program: the head of the function that it becomes. */
export const headLines = 1;

/** The places of a program within the text of a stack, the innermost first. */
export interface Stacks {
  /** Where an error was thrown, or the call of the program's that led there. */
  placeOf(error: unknown): Place | undefined;
  /** A text with the places of a stack: those of the program as they were written, those of the library left out. */
  cleaned(text: string): string;
  /** The line of the program that is being run. */
  lineNow(): number | undefined;
}

export function stacksOf(file: string, back: ToSource): Stacks {
  const name = file.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const place = new RegExp(`(?:^|[\\s(@/])${name}:(\\d+):(\\d+)`);
  const found = (text: string): Place | undefined => {
    const [, line, column] = place.exec(text) ?? [];
    return line === undefined ? undefined : back({ line: Number(line) - headLines, column: Number(column) });
  };
  const inStack = (stack: string): Place | undefined => {
    for (const line of stack.split("\n")) {
      const here = found(line);
      if (here !== undefined) return here;
    }
    return undefined;
  };
  return {
    placeOf(error) {
      const stack = (error as { stack?: unknown } | null | undefined)?.stack;
      if (typeof stack !== "string") return undefined;
      const message = String((error as Error).message ?? "");
      const at = stack.indexOf(message);
      return inStack(at < 0 ? stack : stack.slice(at + message.length));
    },
    cleaned: (text) =>
      text
        .split("\n")
        .flatMap((line) => {
          if (!/^\s*at .*:\d+:\d+\)?$|^\s*\S*@\S+:\d+:\d+$/.test(line)) return [line];
          const here = found(line);
          return here === undefined ? [] : [`${/^\s*/.exec(line)?.[0] ?? ""}at ${file}:${here.line}:${here.column}`];
        })
        .join("\n"),
    lineNow() {
      return inStack(new Error().stack ?? "")?.line;
    },
  };
}
