import { closeSync, openSync, readSync } from "node:fs";
import { getHeapStatistics } from "node:v8";
import { UsageError } from "./usage-error.js";

/** How much of a file is read before it is too much. */
export interface FileLimits {
  readonly bytes: number;
  /** Numbers in the whole file, and so on a line of it. */
  readonly entries: number;
}

/** JavaScript's strings have fewer letters than 2²⁹. */
const mostBytes = 512e6;
/** What a number takes while its line is read: its text, the list that it stands in, and its value twice. */
const bytesOfEntry = 64;

/** What fits into this program's memory; an array has 2³¹ − 1 entries at most. */
export function fileLimits(): FileLimits {
  return { bytes: mostBytes, entries: Math.min(2 ** 31 - 1, Math.floor(getHeapStatistics().heap_size_limit / bytesOfEntry)) };
}

const comma = ",".charCodeAt(0);
const lineFeed = "\n".charCodeAt(0);
const carriageReturn = "\r".charCodeAt(0);

/**
 * The bytes of a file of numbers, read piece by piece: one that never ends, or is wider or longer than fits, is left off at the limit.
 * @throws {UsageError} that names the limit which was met, or when the file is no text
 */
export function readWithin(path: string, { bytes, entries }: FileLimits): Buffer {
  const file = openSync(path, "r");
  try {
    const pieces: Buffer[] = [];
    let size = 0;
    let ends = 1;
    for (;;) {
      const piece = Buffer.allocUnsafe(1 << 20);
      const length = readSync(file, piece, 0, piece.length, null);
      if (length === 0) return Buffer.concat(pieces);
      const read = piece.subarray(0, length);
      if (size === 0) refuseUtf16(path, read);
      if (read.includes(0)) throw new UsageError(`${path}:1:1: expected text, got a binary file; give it numbers with commas between them`);
      size += length;
      for (const byte of read) if (byte === comma || byte === lineFeed || byte === carriageReturn) ends++;
      const met = size > bytes ? `${count(bytes)} bytes` : ends > entries + 1 ? `${count(entries)} numbers` : "";
      if (met !== "") {
        throw new UsageError(
          `${path}: expected a file that fits, it goes on after ${met}; at most ${count(bytes)} bytes and ${count(entries)} numbers fit here, and 2³¹ − 1 numbers into any matrix`,
        );
      }
      pieces.push(read);
    }
  } finally {
    closeSync(file);
  }
}

function refuseUtf16(path: string, [first, second]: Buffer): void {
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    throw new UsageError(`${path}:1:1: expected UTF-8 text, got UTF-16; save the file as "CSV UTF-8"`);
}

const count = (n: number): string => n.toLocaleString("en");
