import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { build } from "esbuild";
import { esbuild as plainTypeScript } from "../../lib/unplugin/index.js";
import { root, run } from "./command.js";
import { blocksOf, type DocBlock, shownBy } from "./doc-blocks.js";
import type { Printed } from "./print-record.js";

/** What was wrong in some pages, each with page and line, and how many programs they hold. */
export interface DocReport {
  readonly count: number;
  readonly faults: string[];
}

/** A block and the file that it was written to. */
interface Program extends DocBlock {
  readonly file: string;
}

/** Whitespace in one form: console.log breaks long arrays into lines, a comment stands on one. */
const oneLine = (text: string) => text.trim().replaceAll(/\s+/g, " ");

/** Writes every block to a file of its own, its code on the lines that it has in the page, so that errors tell those. */
function writePrograms(pages: ReadonlyMap<string, string>, folder: string): Program[] {
  const programs = [...pages].flatMap(([page, markdown], k) =>
    blocksOf(page, markdown).map((block) => ({
      ...block,
      file: resolve(folder, `${k}-${basename(page, ".md")}-${block.line}.${block.language}`),
    })),
  );
  for (const { file, line, code } of programs) writeFileSync(file, "\n".repeat(line - 1) + code);
  writeFileSync(
    resolve(folder, "tsconfig.json"),
    JSON.stringify({
      extends: resolve(root, "tsconfig.json"),
      compilerOptions: { isolatedDeclarations: false },
      include: ["*.ts", resolve(root, "lib/**/*.d.ts"), resolve(root, "docs/site/page-module.d.ts")],
      exclude: [],
    }),
  );
  return programs;
}

async function typeFaults(programs: readonly Program[], folder: string): Promise<string[]> {
  if (!programs.some(({ language }) => language === "ts")) return [];
  const { code, stdout } = await run(process.execPath, [
    resolve(root, "node_modules/typescript/bin/tsc"),
    "-p",
    folder,
    "--pretty",
    "false",
  ]);
  const errors = stdout.trim().split(/\n(?=\S)/);
  const pageOf = new Map(programs.map(({ file, page }) => [basename(file), page]));
  return code === 0
    ? []
    : errors.map((error) => error.replace(/^[^\n]*?([^\n/\\(]+)\((\d+),\d+\)/, (_, name, line) => `${pageOf.get(name) ?? name}:${line}`));
}

async function runFaults(program: Program, folder: string): Promise<string[]> {
  const { page, line } = program;
  const stem = basename(program.file).replace(/\.\w+$/, "");
  const record = resolve(folder, `${stem}.json`);
  const made = (name: string) => resolve(folder, "made", `${name}.mjs`);
  const { code, stdout, stderr } = await run(process.execPath, ["--enable-source-maps", made("print-record"), made(stem), record]);
  if (code !== 0) return [`${page}:${line}: the block fails\n${stdout}${stderr}`];
  const printed = JSON.parse(readFileSync(record, "utf8")) as Printed[];
  const { shown, faults } = shownBy(program);
  for (const { line, texts } of shown) {
    const actual = printed.filter((call) => call.line === line).map(({ text }) => oneLine(text));
    const expected = texts.map(oneLine);
    if (actual.join("\n") !== expected.join("\n")) {
      faults.push(`${page}:${line}: shows ${expected.join(" | ")}, prints ${actual.join(" | ") || "nothing"}`);
    }
  }
  const whole = printed.map(({ text }) => text).join("\n");
  if (program.output !== undefined && whole.trim() !== program.output.trim()) {
    faults.push(`${page}:${line}: shows\n${program.output}prints\n${whole}`);
  }
  return faults;
}

/**
 * Runs every TypeScript and JavaScript block of some pages, each as a program of its own, checks the types of all, and compares what they print
 * with what the pages show.
 * @param pages  page names to their markdown
 * @param folder a folder inside the repository for the programs, emptied first
 */
export async function checkDocs(pages: ReadonlyMap<string, string>, folder: string): Promise<DocReport> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const programs = writePrograms(pages, folder);
  const types = typeFaults(programs, folder);
  try {
    await build({
      entryPoints: [resolve(import.meta.dirname, "print-record.ts"), ...programs.map(({ file }) => file)],
      outdir: resolve(folder, "made"),
      entryNames: "[name]",
      outExtension: { ".js": ".mjs" },
      bundle: true,
      format: "esm",
      platform: "node",
      target: "node20",
      packages: "external",
      alias: { page: resolve(import.meta.dirname, "page-module.ts") },
      tsconfig: resolve(root, "tsconfig.json"),
      plugins: [plainTypeScript()],
      ignoreAnnotations: true,
      sourcemap: "inline",
      sourcesContent: false,
      logLevel: "silent",
    });
  } catch (error) {
    return { count: programs.length, faults: [...(await types), String(error)] };
  }
  const faults: string[] = [];
  const open = [...programs];
  const worker = async () => {
    for (let program = open.shift(); program !== undefined; program = open.shift()) faults.push(...(await runFaults(program, folder)));
  };
  await Promise.all([worker(), worker(), worker()]);
  return { count: programs.length, faults: [...(await types), ...faults] };
}
