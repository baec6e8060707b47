#!/usr/bin/env node
// `cotangent transform FILE…`: prints what the transform makes of files, or writes it into a folder.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { blankTypes, transform } from "../transform/index.js";

const usage = `cotangent transform [--no-types] [--out FOLDER] FILE…

Rewrites the marked functions of TypeScript and JavaScript files into differentiable functions, and prints the files.
  --out FOLDER   writes them into a folder, with a source map beside each
  --no-types     leaves the types out`;

function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { out: { type: "string" }, "no-types": { type: "boolean" }, help: { type: "boolean" } },
  });
  const [command, ...files] = positionals;
  if (values.help || command !== "transform" || files.length === 0) {
    console.log(usage);
    return values.help ? 0 : 1;
  }
  for (const file of files) {
    const { code, map, notes } = transform(readFileSync(file, "utf8"), { file });
    for (const { line, column, message } of notes) console.error(`${file}:${line}:${column}: ${message}`);
    const text = values["no-types"] ? blankTypes(code, { file }) : code;
    if (values.out === undefined) {
      console.log(text);
      continue;
    }
    mkdirSync(values.out, { recursive: true });
    const name = values["no-types"] ? basename(file).replace(/ts(x?)$/, "js$1") : basename(file);
    writeFileSync(join(values.out, name), map === undefined ? text : `${text}\n//# sourceMappingURL=${name}.map\n`);
    if (map !== undefined) writeFileSync(join(values.out, `${name}.map`), map.toString());
  }
  return 0;
}

try {
  process.exitCode = main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
