import { fork } from "node:child_process";
import { join } from "node:path";
import type { Effort } from "./effort.js";
import type { Row } from "./results.js";
import type { Suite } from "./suite.js";

/** What a process is to measure. */
export interface Task {
  readonly suite: string;
  /** By name. */
  readonly programs: readonly string[];
  readonly effort: Effort["name"];
}

/** What it tells of a program. */
export type Told = { readonly row: Row } | { readonly disagreement: string };

/** By suite the names of the programs that the arguments mean: all of a suite that is named, else those whose names contain one of them. */
export function chosen(
  suites: readonly Suite[],
  names: readonly string[],
  effort: Effort["name"],
): readonly (readonly [Suite, string[]])[] {
  const parts = names.filter((name) => !suites.some((suite) => suite.name === name));
  const ofSuite = (suite: Suite): string[] => {
    const all = suite.programs(effort).map(({ name }) => name);
    if (names.length === 0 || names.includes(suite.name)) return all;
    return all.filter((program) => parts.some((part) => program.includes(part)));
  };
  return suites.map((suite) => [suite, ofSuite(suite)] as const).filter(([, programs]) => programs.length > 0);
}

/** Measures in a process of its own. Answers with the rows; disagreements go to `tell` as they come. */
export function measured(task: Task, tell: (disagreement: string) => void): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    const rows: Row[] = [];
    // What benny prints is of no use here.
    const child = fork(join(import.meta.dirname, "measure-suite.js"), {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      execArgv: ["--expose-gc"],
    });
    child.on("message", (told: Told) => {
      if ("row" in told) rows.push(told.row);
      else tell(told.disagreement);
    });
    child.on("error", reject);
    child.on("exit", (code) => {
      if (code === 0) resolve(rows);
      else reject(new Error(`the process that measured ${task.suite} ended with ${code}`));
    });
    child.send(task);
  });
}
