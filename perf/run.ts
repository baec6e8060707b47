/**
 * Runs the suites, or those programs whose names contain one of the arguments, and prints a table for each suite.
 *
 *   npm run perf [-- NAME …]
 *
 * Exits with 1 when two ways to compute the same thing disagree, with 2 when a name names nothing.
 */
import { DisagreementError } from "./agreement.js";
import { type Measurement, measure } from "./harness.js";
import type { Program } from "./program.js";
import type { Suite } from "./suite.js";
import { growth } from "./suites/growth.js";
import { lab } from "./suites/lab.js";

const suites: readonly Suite[] = [lab, growth];
const effort = { rounds: 7, seconds: 0.15 };

/** The programs of a suite that one of the names means; all of them without names. */
function chosen(suite: Suite, names: readonly string[]): Program[] {
  return suite
    .programs()
    .filter((program) => names.length === 0 || names.some((name) => suite.name === name || program.name.includes(name)));
}

/** Measures and prints; whether all answers agreed. */
async function runSuite(suite: Suite, programs: readonly Program[]): Promise<boolean> {
  const measurements: Measurement[] = [];
  let agreed = true;
  for (const program of programs) {
    try {
      measurements.push(await measure(program, effort));
    } catch (error) {
      if (!(error instanceof DisagreementError)) throw error;
      process.stderr.write(`${error.message}\n`);
      agreed = false;
    }
  }
  if (measurements.length > 0) process.stdout.write(`\n${suite.title}\n\n${suite.report(measurements)}\n\n`);
  return agreed;
}

const names = process.argv.slice(2);
const plan = suites.map((suite) => ({ suite, programs: chosen(suite, names) }));
if (plan.every(({ programs }) => programs.length === 0)) {
  const known = suites.flatMap((suite) => [suite.name, ...suite.programs().map(({ name }) => `  ${name}`)]);
  process.stderr.write(`nothing is named ${names.join(" or ")}; there are\n${known.join("\n")}\n`);
  process.exitCode = 2;
}
for (const { suite, programs } of plan) {
  if (!(await runSuite(suite, programs))) process.exitCode = 1;
}
