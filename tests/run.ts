/**
 * The test runner: uvu's own `parse` and `exec`, guarded. Bare uvu exits with 0 on no tests at all, on a file that never calls `.run()`, on a
 * left-in `.only` and on a hook that throws; here each of them fails, as do a rejected promise that nobody awaits and a test that never ends.
 *
 *   node --import tsx tests/run.ts [--dir FOLDER] [PATTERN …]
 *
 * Runs the files FOLDER/…/*.test.ts (FOLDER is tests/, what lies in a folder fixtures/ is left out) whose names match one of the patterns.
 * The last line is `N passed, N failed, N skipped`.
 */
import { readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { parse, type Suite } from "uvu/parse";
import { leftIn } from "./support/left-in.js";
import { skips } from "./support/skip.js";

/** What uvu queues for each `.run()`: prints as it goes, then tells [errors, passed, skipped, total]. */
type Run = () => Promise<[errors: string | true, passed: number, skipped: number, total: number]>;

const uvuGlobals = globalThis as unknown as { UVU_DEFER: number; UVU_INDEX: number; UVU_QUEUE: [name: string | null, ...runs: Run[]][] };
uvuGlobals.UVU_DEFER = 1;
const { exec } = await import("uvu");

let passed = 0;
let failed = 0;
let finished = false;

function fail(what: string, error?: unknown): void {
  failed++;
  process.stdout.write(`\nFAIL ${what}\n`);
  if (error !== undefined) process.stdout.write(`${error instanceof Error ? error.stack : String(error)}\n`);
}

process.on("unhandledRejection", (error) => fail("a promise was rejected and nobody awaited it", error));
process.on("uncaughtException", (error) => fail("an error was thrown outside of every test", error));
process.on("exit", () => {
  if (!finished) fail("the tests stopped early: one of them never ends");
  for (const { name, reason } of skips) process.stdout.write(`skipped: ${name}: ${reason}\n`);
  process.stdout.write(`${passed} passed, ${failed} failed, ${skips.length} skipped\n`);
  process.exitCode = failed > 0 ? 1 : 0;
});

/** A run that also counts what uvu only prints, and what it does not see. */
function counted(file: string, run: Run): Run {
  return async () => {
    try {
      const result = await run();
      const [errors, ran, , total] = result;
      passed += ran;
      failed += total - ran;
      if (ran < total && errors === true) process.stdout.write(`\nFAIL ${file}: ${total - ran} tests did not run, a hook threw\n`);
      if (total === 0) fail(`${file}: a suite without tests`);
      return result;
    } catch (error) {
      fail(`${file}: a hook threw`, error);
      return [true, 0, 0, 0];
    }
  };
}

async function load({ name, file }: Suite, index: number): Promise<void> {
  const group: [string, ...Run[]] = [name];
  uvuGlobals.UVU_INDEX = index;
  uvuGlobals.UVU_QUEUE[index] = group;
  for (const fault of leftIn(readFileSync(file, "utf8"))) fail(`${name}: ${fault}`);
  try {
    await import(pathToFileURL(file).href);
  } catch (error) {
    fail(`${name}: cannot be imported`, error);
    return;
  }
  if (group.length === 1) fail(`${name}: registers no suite; end it with test.run()`);
  for (let k = 1; k < group.length; k++) group[k] = counted(name, group[k] as Run);
}

const { values, positionals } = parseArgs({ options: { dir: { type: "string", default: "tests" } }, allowPositionals: true });
const root = resolve(import.meta.dirname, "..");
const dir = resolve(root, values.dir);
const patterns = positionals.map((pattern) => new RegExp(pattern, "i"));
const { suites } = await parse(dir, /\.test\.ts$/, { ignore: ["(^|/)fixtures(/|$)"] });
const chosen = suites.filter(({ name }) => patterns.length === 0 || patterns.some((pattern) => pattern.test(name)));

if (chosen.length === 0) fail(`no test file in ${relative(root, dir)}${patterns.length > 0 ? ` matches ${positionals.join(", ")}` : ""}`);
for (const [index, suite] of chosen.entries()) await load(suite, index);
await exec();
finished = true;
