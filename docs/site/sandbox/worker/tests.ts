/** uvu in the page: what `test.run()` queued is run after the program, and its report comes as text. */
import { exec } from "uvu";
import type { Stacks } from "./places.js";
import type { Sink } from "./sink.js";
import { writeTo } from "./uvu-process.js";

/** The queue of uvu: lists of suites, each with a name at its head. */
const scope = globalThis as unknown as { UVU_QUEUE: unknown[][]; UVU_INDEX: number };

/** An empty queue for the program to fill. */
export function expectTests(): void {
  scope.UVU_QUEUE = [[null]];
  scope.UVU_INDEX = 0;
}

/** Runs what was queued. @returns whether all tests passed, undefined where there are none */
export async function runTests(sink: Sink, stacks: Stacks): Promise<boolean | undefined> {
  if (!scope.UVU_QUEUE.some((suites) => suites.length > 1)) return undefined;
  let text = "";
  writeTo((written) => {
    text += written;
  });
  await exec();
  const report = stacks
    .cleaned(text)
    .replaceAll(/\n(?:[ \t]*\n){2,}/g, "\n\n")
    .replace(/^\n+/, "")
    .trimEnd();
  const passed = !report.includes(" FAIL ");
  sink.add({ kind: "text", text: report, level: passed ? "log" : "error" }, { characters: report.length });
  return passed;
}
