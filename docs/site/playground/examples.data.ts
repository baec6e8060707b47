/** The examples of the playground, read when the site is built: each a file of site/examples with its title in the first line. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";

export interface Example {
  readonly name: string;
  readonly title: string;
  readonly code: string;
}

declare const data: readonly Example[];

export { data };

/** In the order in which they are offered. */
const order = ["rosenbrock", "curve-fit", "pendulum", "logistic-regression", "gaussian-process", "own-rule", "wrong-rule"];

export default {
  watch: ["../examples/*.ts"],
  load(files: string[]): Example[] {
    const examples = files.map((file) => {
      const code = readFileSync(file, "utf8");
      return { name: basename(file, ".ts"), title: /^\/\/ (.*)/.exec(code)?.[1] ?? basename(file), code: code.trimEnd() };
    });
    return examples.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
  },
};
