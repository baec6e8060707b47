import { spawn } from "node:child_process";
import { resolve } from "node:path";

/** The root folder of the repository. */
export const root: string = resolve(import.meta.dirname, "../..");

/** What a finished command left: its exit code and all it wrote. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, without a shell; never throws for a failing one. */
export function run(program: string, args: readonly string[], cwd: string = root): Promise<Outcome> {
  return new Promise((settle) => {
    const child = spawn(program, args, { cwd, env: { ...process.env, NO_COLOR: "1" } });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("error", (error) => settle({ code: -1, stdout, stderr: `${stderr}${error.message}` }));
    child.on("close", (code) => settle({ code: code ?? -1, stdout, stderr }));
  });
}

/** Runs a TypeScript program of this repository. */
export function runScript(script: string, ...args: string[]): Promise<Outcome> {
  return run(process.execPath, ["--import", "tsx", script, ...args]);
}
