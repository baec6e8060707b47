// Runs the examples of the reference and writes down what they print: `node --import tsx reference-run.ts FOLDER`, in the root of the repository.
// FOLDER/list.json names the files; FOLDER/printed.json gets, for each, one text for each call of console.log.
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { format } from "node:util";

const [, , folder = ""] = process.argv;
const list = JSON.parse(readFileSync(resolve(folder, "list.json"), "utf8")) as string[];
const printed: Record<string, string[]> = {};

for (const name of list) {
  const texts: string[] = [];
  printed[name] = texts;
  console.log = (...values: unknown[]): void => {
    texts.push(format(...values));
  };
  await import(pathToFileURL(resolve(folder, `${name}.ts`)).href);
}
writeFileSync(resolve(folder, "printed.json"), JSON.stringify(printed));
