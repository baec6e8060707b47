/**
 * Runs the suites, or those programs whose names contain one of the arguments, and prints a table for each suite.
 *
 *   npm run perf [-- NAME …]
 *
 * Exits with 1 when two ways to compute the same thing disagree.
 */
import { type Measurement, measure } from "./harness.js";
import { growth } from "./suites/growth.js";
import { lab } from "./suites/lab.js";

const names = process.argv.slice(2);
const chosen = (suite: string, program: string): boolean =>
  names.length === 0 || names.some((name) => suite === name || program.includes(name));

for (const suite of [lab, growth]) {
  const programs = suite.programs().filter(({ name }) => chosen(suite.name, name));
  const measurements: Measurement[] = [];
  for (const program of programs) measurements.push(await measure(program, { rounds: 5, seconds: 0.2 }));
  if (programs.length > 0) process.stdout.write(`\n${suite.title}\n\n${suite.report(measurements)}\n\n`);
}
