import { performance } from "node:perf_hooks";
import { run } from "../support/command.js";

/** How long node takes for a program, in milliseconds. */
export interface StartTime {
  readonly bare: number;
  readonly importing: number;
}

const rounds = 15;

/**
 * Starts node with nothing and with the package in turn. Neighbours only ever add time, so that the least time of many rounds is the truest.
 * @returns the least and the median times
 */
export async function startTimes(entry: string, cwd: string): Promise<{ least: StartTime; median: StartTime }> {
  const bare: number[] = [];
  const importing: number[] = [];
  for (let round = 0; round < rounds; round++) {
    bare.push(await timeOf("", cwd));
    importing.push(await timeOf(`import ${JSON.stringify(entry)};`, cwd));
  }
  const at = (times: number[], k: number): number => times.sort((a, b) => a - b)[k] as number;
  const middle = (rounds - 1) / 2;
  return {
    least: { bare: at(bare, 0), importing: at(importing, 0) },
    median: { bare: at(bare, middle), importing: at(importing, middle) },
  };
}

async function timeOf(code: string, cwd: string): Promise<number> {
  const start = performance.now();
  const { code: exit, stderr } = await run(process.execPath, ["--input-type=module", "--eval", code], cwd);
  if (exit !== 0) throw new Error(`exit code ${exit}\n${stderr}`);
  return performance.now() - start;
}
