import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import ts from "typescript";
import { root } from "./reference-links.js";

/** What the compiler says about some files. */
function faultsOfTypes(files: readonly string[]): string[] {
  const config = ts.readConfigFile(resolve(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
  const program = ts.createProgram(files, { ...options, isolatedDeclarations: false, declaration: false, noEmit: true });
  return files.flatMap((file) => {
    const source = program.getSourceFile(file);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText }) => `${basename(file, ".ts")}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
    );
  });
}

/** A list in one line, as the pages show it. */
const oneLine = (text: string): string => text.trim().replaceAll(/\s+/g, " ");

/** The widest line of an example, and the widest result below its call. */
const [widest, longest] = [76, 110];

/** Code with what it prints: behind each call of console.log, below it where the line is long, or all of it in a block of its own. */
function withResults(code: string, texts: readonly string[]): string {
  const short = texts.every((text) => oneLine(text).length <= longest);
  let k = 0;
  const lines = code.split("\n").flatMap((line) => {
    if (!line.startsWith("console.log(")) return [line];
    const text = texts[k++] ?? "";
    if (!short) return [line];
    const [call = "", note] = line.split(/ (?=\/\/ )/);
    const arrow = `// → ${oneLine(text)}`;
    const shown = call.length + arrow.length < widest ? [`${call} ${arrow}`] : [call, arrow];
    return note === undefined ? shown : [note, ...shown];
  });
  const block = `\`\`\`ts\n${lines.join("\n")}\n\`\`\``;
  return short ? block : `${block}\n\n\`\`\`text\n${texts.join("\n")}\n\`\`\``;
}

/**
 * Checks the types of some programs, runs them, and gives each as markdown with what it prints.
 * @throws {Error} when the types of one are unsound, or one fails
 */
export function runExamples(programs: ReadonlyMap<string, string>): Map<string, string> {
  const folder = resolve(root, ".cache/api-examples");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const names = [...programs.keys()];
  const files = names.map((name) => resolve(folder, `${name}.ts`));
  names.forEach((name, k) => {
    writeFileSync(files[k] as string, programs.get(name) as string);
  });
  writeFileSync(resolve(folder, "list.json"), JSON.stringify(names));
  const faults = faultsOfTypes(files);
  if (faults.length > 0) throw new Error(`examples of the reference have unsound types:\n${faults.join("\n")}`);
  execFileSync(process.execPath, ["--import", "tsx", resolve(import.meta.dirname, "reference-run.ts"), folder], {
    cwd: root,
    stdio: "inherit",
  });
  const printed = JSON.parse(readFileSync(resolve(folder, "printed.json"), "utf8")) as Record<string, string[]>;
  return new Map(names.map((name) => [name, withResults(programs.get(name) as string, printed[name] ?? [])]));
}
