import { resolve } from "node:path";
import type { NdArray } from "../../lib/nd/types.js";
import { rowMajor } from "../../lib/nd/view.js";
import { type FileLimits, fileLimits, readWithin } from "./read-within.js";
import { quote, UsageError } from "./usage-error.js";

// A scanner of its own: d3-dsv accepts text after a closing quote and quotes that never close, and changes the numbers silently.

const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const missing = /^(?:nan|na|n\/a|null|none|nil|-+|[+-]?inf(?:inity)?|[+-]?∞)$/i;

/**
 * Reads a matrix of numbers from a CSV file: UTF-8, commas between the numbers, one row a line, no header line.
 * Spaces around numbers, quotes around them, a byte order mark, CRLF line ends and blank lines at the end are all right.
 * @param path relative to the current directory, or absolute
 * @returns    shape [lines, numbers on a line], float64
 * @param limits what fits; the file may be endless, as a pipe is
 * @throws {UsageError} naming file, line, column (both from 1; columns are counted in numbers), what was expected and what came
 */
export function readCsvMatrix(path: string, limits: FileLimits = fileLimits()): NdArray {
  let bytes: Buffer;
  let text: string;
  try {
    bytes = readWithin(path, limits);
    text = bytes.toString("utf8");
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${path}: expected a CSV file, ${explain(error as NodeJS.ErrnoException, path)}`);
  }
  return parseCsvMatrix(text, path);
}

/** As `readCsvMatrix`, from the text of a file of this name. */
export function parseCsvMatrix(text: string, file: string): NdArray {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
  while (lines.length > 0 && (lines.at(-1) as string).trim() === "") lines.pop();
  if (lines.length === 0) throw new UsageError(`${file}:1:1: expected a number, the file is empty`);
  const rows: number[][] = [];
  for (let row = 0; row < lines.length; row++) {
    const values = readLine(lines, row, file);
    const width = rows[0]?.length ?? values.length;
    if (values.length !== width) {
      const came = values.length < width ? `the line ends after ${values.length}` : `got ${values.length}`;
      throw at(file, row, Math.min(values.length, width), `expected ${plural(width, "number")} as on line 1, ${came}`);
    }
    rows.push(values);
  }
  const width = (rows[0] as number[]).length;
  const data = new Float64Array(rows.length * width);
  for (const [row, values] of rows.entries()) data.set(values, row * width);
  return rowMajor(data, [rows.length, width]);
}

function readLine(lines: readonly string[], row: number, file: string): number[] {
  const line = lines[row] as string;
  if (line.trim() === "") throw at(file, row, 0, "expected a number, got a blank line; remove it");
  const fields = line.includes('"') ? splitQuoted(line, row, file) : line.split(",");
  const values = new Array<number>(fields.length);
  for (let column = 0; column < fields.length; column++) {
    const field = (fields[column] as string).trim();
    const value = number.test(field) ? Number(field) : Number.NaN;
    if (!Number.isFinite(value)) throw at(file, row, column, complaint(field, fields, row, lines));
    values[column] = value;
  }
  return values;
}

/** The fields of a line that has quotes in it, the quotes taken off. */
function splitQuoted(line: string, row: number, file: string): string[] {
  const fields: string[] = [];
  for (let from = 0; ; ) {
    const opening = /^\s*"/.exec(line.slice(from));
    let comma = line.indexOf(",", from);
    let end = comma < 0 ? line.length : comma;
    let field = line.slice(from, end);
    if (opening !== null) {
      const start = from + opening[0].length;
      const close = line.indexOf('"', start);
      if (close < 0) throw at(file, row, fields.length, `expected a closing quote on the same line, got ${quote(line.slice(start - 1))}`);
      comma = line.indexOf(",", close);
      end = comma < 0 ? line.length : comma;
      const rest = line.slice(close + 1, end);
      if (rest.trim() !== "") throw at(file, row, fields.length, `expected a comma after the closing quote, got ${quote(rest.trim())}`);
      field = line.slice(start, close);
    }
    fields.push(field);
    if (comma < 0) return fields;
    from = comma + 1;
  }
}

/** What was expected in place of this field, and the likeliest cure. */
function complaint(field: string, fields: readonly string[], row: number, lines: readonly string[]): string {
  const numbers = fields.filter((other) => number.test(other.trim())).length;
  if (field === "" && fields.length > 1 && numbers === fields.length - 1 && (fields.at(-1) as string).trim() === "") {
    return "expected a number, the line ends with a comma; remove it";
  }
  const expected = `expected a number, got ${field === "" ? "an empty field" : quote(field)}`;
  if (field.includes(";")) return `${expected}; put commas between the numbers, not semicolons, and decimal points inside them`;
  if (field.includes("\t")) return `${expected}; put commas between the numbers, not tabs`;
  if (/^[\d.+-][\d.eE+-]*(?:\s+[\d.+-][\d.eE+-]*)+$/.test(field)) return `${expected}; put commas between the numbers, not spaces`;
  if (row === 0 && isHeader(fields, lines)) return `${expected}; the first line looks like a header, remove it (tail -n +2 does)`;
  if (missing.test(field) || number.test(field))
    return `expected a finite number, got ${quote(field)}; fill the value in or leave its row out`;
  if (field === "") return `${expected}; fill the value in, or leave out its row (or the names it stands among)`;
  if (/^[\d.,'\s+-]+$/.test(field)) return `${expected}; write it with a decimal point and without thousands separators`;
  return `${expected}; keep numbers only, no header line, names or units`;
}

/** Whether the first line cannot be a row of numbers while the second, if any, can. */
function isHeader(fields: readonly string[], lines: readonly string[]): boolean {
  const named = fields.some((field) => /[\p{L}_#]/u.test(field) && !missing.test(field.trim()));
  const second = lines[1]?.split(",") ?? [];
  const isNumeric = (field: string) => number.test(field.trim());
  return named && !fields.some(isNumeric) && (second.length === 0 || second.some(isNumeric));
}

function explain(error: NodeJS.ErrnoException, path: string): string {
  switch (error.code) {
    case "ENOENT":
    case "ENOTDIR":
      return `there is no file ${resolve(path)}; check its name`;
    case "EISDIR":
      return "got a directory; name a file in it";
    case "EACCES":
    case "EPERM":
      return "it may not be read; check its permissions";
    default:
      return `it cannot be read (${error.code ?? error.message})`;
  }
}

function at(file: string, row: number, column: number, story: string): UsageError {
  return new UsageError(`${file}:${row + 1}:${column + 1}: ${story}`);
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
