import type { Sources } from "./imports.js";

/** The name of a file, without folder and ending. */
const nameOf = (path: string): string => path.replace(/^.*\//, "").replace(/(?:\.test)?\.ts$/, "");

/** The rule files that a test covers: that of its own name, or those that its first line names, as `// Tests: padding, rolling.` */
function coveredBy(path: string, code: string): string[] {
  const named = /^\/\/ Tests: (.*)\.\n/.exec(code)?.[1];
  return named === undefined ? [nameOf(path)] : named.split(", ");
}

/** Rule files without a test, and first lines that name no rule file. Files of rules/ have names of their own, whatever their group. */
export function untested(rules: Sources, tests: Sources): string[] {
  const inGroups = [...rules.keys()].filter((path) => path.split("/").length === 3 && nameOf(path) !== "index");
  const files = new Map(inGroups.map((path) => [nameOf(path), path]));
  const faults = inGroups.filter((path) => files.get(nameOf(path)) !== path).map((path) => `${path} has the name of another rule file`);
  const covered = new Set<string>();
  for (const [path, code] of tests) {
    if (!path.endsWith(".test.ts")) continue;
    for (const name of coveredBy(path, code)) {
      covered.add(name);
      if (!files.has(name) && code.startsWith("// Tests:")) faults.push(`${path} tests ${name}, which is no rule file`);
    }
  }
  const bare = [...files].filter(([name]) => !covered.has(name));
  return [...faults, ...bare.map(([name, path]) => `${path} has no test: write ${name}.test.ts, or name it in the first line of one`)];
}
