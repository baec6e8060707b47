/**
 * Measures one suite in a process of its own, in which the library has been used before: the parent sends which programs, and gets a message for
 * each of them.
 */
import { DisagreementError } from "./agreement.js";
import { efforts } from "./effort.js";
import { measure } from "./harness.js";
import { liveIn } from "./lived-in.js";
import type { Task, Told } from "./plan.js";
import { rowOf } from "./results.js";
import { suites } from "./suites/index.js";

/** So often the library is used in all ways before something is timed: calls are then compiled for what they have met. */
const timesLivedIn = 25;

async function run({ suite: name, programs, effort }: Task): Promise<void> {
  const tell = (told: Told): void => {
    process.send?.(told);
  };
  liveIn(timesLivedIn);
  const suite = suites.find((one) => one.name === name);
  for (const program of suite?.programs(effort) ?? []) {
    if (!programs.includes(program.name)) continue;
    try {
      tell({ row: rowOf(await measure(program, efforts[effort])) });
    } catch (error) {
      if (!(error instanceof DisagreementError)) throw error;
      tell({ disagreement: error.message });
    }
  }
}

process.once("message", (task: Task) => {
  run(task).then(
    () => process.disconnect(),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      process.exit(1);
    },
  );
});
