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
 * The README with the tables that the results give between its markers.
 * @throws {Error} when a suite has no markers
 */
export function withTables(readme: string, suites: readonly Suite[], results: Results): string {
  return suites.reduce((text, suite) => {
    const [start, end] = [text.indexOf(startOf(suite.name)), text.indexOf(endOf(suite.name))];
    if (start < 0 || end < start)
      throw new Error(`perf/README.md: there is no ${startOf(suite.name)} … ${endOf(suite.name)}; add both lines`);
    return `${text.slice(0, start)}${startOf(suite.name)}\n\n${section(suite, results)}\n\n${text.slice(end)}`;
  }, readme);
}
