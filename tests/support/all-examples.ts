import type { Kinks } from "../kinks/cases.js";
import { type Call, type Calls, callIn } from "./calls.js";
import { root } from "./command.js";
import type { Example, Examples } from "./examples.js";
import { readSources } from "./imports.js";

/** What one file beside a test says of the functions of a rule file. */
export interface ExamplesOfFile {
  /** The path from the root of the repository. */
  readonly path: string;
  /** None where no function of the file has a derivative. */
  readonly examples: Examples;
  /** Calls that the examples do not tell. */
  readonly calls: Calls;
  /** Conventions at kinks, ties and edges. */
  readonly kinks: Kinks;
}

/** The examples of all files that stand beside the tests of rules. */
export async function exampleFiles(): Promise<readonly ExamplesOfFile[]> {
  const paths = [...readSources(root, ["tests/core", "tests/rules"]).keys()].filter((path) => path.endsWith(".examples.ts"));
  return Promise.all(
    paths.sort().map(async (path) => {
      const given = (await import(`../../${path.replace(/\.ts$/, ".js")}`)) as Partial<ExamplesOfFile>;
      return { path, examples: given.examples ?? {}, calls: given.calls ?? {}, kinks: given.kinks ?? [] };
    }),
  );
}

/** All of them, by the name of the function. */
export async function allExamples(): Promise<ReadonlyMap<string, readonly Example[]>> {
  const files = await exampleFiles();
  return new Map(files.flatMap(({ examples }) => Object.entries(examples)));
}

/** A right call of every function that has examples which tell one, or a call of its own beside them. */
export async function allCalls(): Promise<Calls> {
  const files = await exampleFiles();
  const told = files.flatMap(({ examples }) =>
    Object.entries(examples).flatMap(([name, list]): (readonly [string, Call])[] => {
      const call = callIn(list);
      return call === undefined ? [] : [[name, call]];
    }),
  );
  return Object.fromEntries([...told, ...files.flatMap(({ calls }) => Object.entries(calls))]);
}
