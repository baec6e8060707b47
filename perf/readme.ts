import { summary } from "./report.js";
import type { Results, SuiteResults } from "./results.js";
import type { Suite } from "./suite.js";

/** The thorough results of a suite where there are some, else those of the default effort. */
function resultsFor(results: Results, suite: string): readonly [effort: string, results: SuiteResults] | undefined {
  for (const effort of ["thorough", "default"] as const) {
    const found = results[effort]?.[suite];
    if (found !== undefined) return [effort, found];
  }
  return undefined;
}

/** What the README says of a suite. */
export function section(suite: Suite, results: Results): string {
  const found = resultsFor(results, suite.name);
  if (found === undefined) return "Not measured yet.";
  const [effort, { date, node, machine, rows }] = found;
  const how = `${suite.title}. Node ${node}, ${machine}, ${date}, ${effort === "thorough" ? "thorough" : "default"} effort.`;
  return [how, summary(rows), suite.report(rows)].filter((part) => part !== "").join("\n\n");
}

const startOf = (name: string): string => `<!-- measured: ${name} -->`;
const endOf = (name: string): string => `<!-- end of ${name} -->`;

/**
 * The README with a text between the markers of this name.
 * @throws {Error} when it has no such markers
 */
export function withSection(readme: string, name: string, text: string): string {
  const [start, end] = [readme.indexOf(startOf(name)), readme.indexOf(endOf(name))];
  if (start < 0 || end < start) throw new Error(`perf/README.md: there is no ${startOf(name)} … ${endOf(name)}; add both lines`);
  return `${readme.slice(0, start)}${startOf(name)}\n\n${text}\n\n${readme.slice(end)}`;
}

/**
 * The README with the tables that the results give between its markers.
 * @throws {Error} when a suite has no markers
 */
export function withTables(readme: string, suites: readonly Suite[], results: Results): string {
  return suites.reduce((text, suite) => withSection(text, suite.name, section(suite, results)), readme);
}
