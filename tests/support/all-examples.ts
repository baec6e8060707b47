import { root } from "./command.js";
import type { Example, Examples } from "./examples.js";
import { readSources } from "./imports.js";

/** The examples of one file beside a test. */
export interface ExamplesOfFile {
  /** The path from the root of the repository. */
  readonly path: string;
  readonly examples: Examples;
}

/** The examples of all files that stand beside the tests of rules. */
export async function exampleFiles(): Promise<readonly ExamplesOfFile[]> {
  const paths = [...readSources(root, ["tests/core", "tests/rules"]).keys()].filter((path) => path.endsWith(".examples.ts"));
  return Promise.all(
    paths.sort().map(async (path) => {
      const { examples } = (await import(`../../${path.replace(/\.ts$/, ".js")}`)) as { readonly examples: Examples };
      return { path, examples };
    }),
  );
}

/** All of them, by the name of the function. */
export async function allExamples(): Promise<ReadonlyMap<string, readonly Example[]>> {
  const files = await exampleFiles();
  return new Map(files.flatMap(({ examples }) => Object.entries(examples)));
}
