import { run } from "../support/command.js";

/** The least and the median time of many rounds, in milliseconds. */
export interface StartTime {
  readonly least: number;
  readonly median: number;
}

const rounds = 11;

/**
 * The time that the processor spends on starting node, with nothing and with an import, in turn. Time on the wall would grow with what else
 * runs; what neighbours do still only ever adds, so that the least time of many rounds is the truest.
 */
export async function startTimes(entry: string, cwd: string): Promise<{ bare: StartTime; importing: StartTime }> {
  const bare: number[] = [];
  const importing: number[] = [];
  for (let round = 0; round < rounds; round++) {
    bare.push(await timeOf("", cwd));
    importing.push(await timeOf(`import ${JSON.stringify(entry)};`, cwd));
  }
  return { bare: spread(bare), importing: spread(importing) };
}

async function timeOf(code: string, cwd: string): Promise<number> {
  const report = `${code} const { user, system } = process.cpuUsage(); console.log(user + system);`;
  const { code: exit, stdout, stderr } = await run(process.execPath, ["--input-type=module", "--eval", report], cwd);
  if (exit !== 0) throw new Error(`exit code ${exit}\n${stderr}`);
  return Number(stdout) / 1000;
}

function spread(times: readonly number[]): StartTime {
  const sorted = times.toSorted((a, b) => a - b);
  return { least: sorted[0] as number, median: sorted[(rounds - 1) / 2] as number };
}
