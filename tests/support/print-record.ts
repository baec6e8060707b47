/**
 * Runs one program and writes down what each line of it prints: `node print-record.js PROGRAM RECORD`, with source maps on.
 * The record is a JSON list of `{ line, text }`; a line is that of the source from which PROGRAM was made.
 */
import { writeFileSync } from "node:fs";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import { format } from "node:util";

/** One call of console.log. */
export interface Printed {
  readonly line: number;
  readonly text: string;
}

const [, , program = "", record = ""] = process.argv;
const source = basename(program).replace(/\.\w+$/, "");
const printed: Printed[] = [];

console.log = (...values: unknown[]): void => {
  const frame = new Error().stack?.split(/[\\/]/).find((part) => part.startsWith(`${source}.`) && /^[^:]*\.[tj]s:\d/.test(part));
  printed.push({ line: Number(frame?.split(":")[1] ?? 0), text: format(...values) });
};
process.on("exit", () => writeFileSync(record, JSON.stringify(printed)));

await import(pathToFileURL(program).href);
