import { encode, type SourceMapSegment } from "@jridgewell/sourcemap-codec";
import type { Source } from "./errors.js";
import { childrenOf, type Node } from "./tree.js";

/** Text of the output: a stretch of the source, copied with its places, or new text that stands for one position of the source. */
export type Piece = { readonly start: number; readonly end: number } | { readonly text: string; readonly at: number };

/** What a part of the program becomes: pieces, in the order of the output, in lists as deep as the program. */
export interface Pieces extends ReadonlyArray<Piece | Pieces> {}

/** The pieces in one list. */
export function flatten(pieces: Pieces, into: Piece[] = []): Piece[] {
  for (const piece of pieces) {
    if (Array.isArray(piece)) flatten(piece as Pieces, into);
    else into.push(piece as Piece);
  }
  return into;
}

/** A stretch of the source. */
export const stretch = (start: number, end: number): Pieces => (start < end ? [{ start, end }] : []);

/** New text that stands for a position of the source. */
export const text = (words: string, at: number): Pieces => [{ text: words, at }];

/**
 * The source of a node with what its children become in their places; what lies between them (brackets, types, comments) is copied.
 */
export function around(node: Node, become: (child: Node) => Pieces, children: readonly Node[] = childrenOf(node)): Pieces {
  const pieces: (Piece | Pieces)[] = [];
  let at = node.start;
  for (const child of children) {
    if (child.start < at) continue;
    pieces.push(...stretch(at, child.start), become(child));
    at = child.end;
  }
  pieces.push(...stretch(at, node.end));
  return pieces;
}

/** Pieces and words, one after the other; the words stand for the position `at`. */
export function join(at: number, ...parts: readonly (string | Pieces)[]): Pieces {
  return parts.map((part) => (typeof part === "string" ? { text: part, at } : part));
}

/** Whether the text of some pieces begins with one of these characters. */
export function beginsWith(pieces: Pieces, code: string, characters: string): boolean {
  for (const piece of flatten(pieces)) {
    const first = "text" in piece ? piece.text[0] : piece.start < piece.end ? code[piece.start] : undefined;
    if (first !== undefined) return characters.includes(first);
  }
  return false;
}

/** A source map of version 3. */
export interface SourceMap {
  readonly version: 3;
  readonly file?: string | undefined;
  readonly sources: string[];
  readonly sourcesContent: string[];
  readonly names: string[];
  readonly mappings: string;
  /** The map as JSON. */
  toString(): string;
}

/** The text of some pieces, and the map from it back to the source. */
export function print(pieces: Pieces, source: Source): { code: string; map: SourceMap } {
  let code = "";
  let line: SourceMapSegment[] = [];
  const lines: SourceMapSegment[][] = [line];
  let column = 0;
  const segment = (at: number): void => {
    const place = source.placeOf(at);
    line.push([column, 0, place.line - 1, place.column - 1]);
  };
  const write = (words: string): void => {
    code += words;
    const last = words.lastIndexOf("\n");
    if (last < 0) {
      column += words.length;
      return;
    }
    for (let k = words.indexOf("\n"); k >= 0; k = words.indexOf("\n", k + 1)) {
      line = [];
      lines.push(line);
    }
    column = words.length - last - 1;
  };
  for (const piece of flatten(pieces)) {
    if ("text" in piece) {
      segment(piece.at);
      write(piece.text);
      continue;
    }
    // One segment for each word, so that every place inside is found.
    const words = /[\w$]+|[^\w$\n]+|\n/g;
    const stretchText = source.code.slice(piece.start, piece.end);
    for (const found of stretchText.matchAll(words)) {
      if (found[0] !== "\n") segment(piece.start + found.index);
      write(found[0]);
    }
  }
  return { code, map: mapOf(source, lines) };
}

function mapOf(source: Source, lines: SourceMapSegment[][]): SourceMap {
  const map = {
    version: 3 as const,
    sources: [source.file],
    sourcesContent: [source.code],
    names: [],
    mappings: encode(lines),
  };
  return Object.defineProperty(map, "toString", { value: () => JSON.stringify(map), enumerable: false });
}
