import { readFileSync } from "node:fs";
import { codeToHtml } from "shiki";
import { codeTheme } from "../build/code-theme.js";
import { runProgram } from "../build/run-program.js";
import { type Derivatives, derivativesOf } from "./derivatives.js";

/** The example of the home page as it stands there, and what it gives. */
export interface LiveExample {
  readonly code: string;
  readonly derivatives: Derivatives;
  readonly rewritten: string;
  /** The rewritten code, coloured. */
  readonly rewrittenHtml: string;
}

declare const data: LiveExample;

export { data };

export default {
  watch: ["../../index.md"],
  async load([page]: string[]): Promise<LiveExample> {
    const code = /^```ts\n([\s\S]*?)^```$/m.exec(readFileSync(page as string, "utf8"))?.[1];
    if (code === undefined) throw new Error("index.md has no block of TypeScript");
    const { rewritten, values } = await runProgram(code, "home");
    const derivatives = derivativesOf(values);
    if (derivatives === undefined) throw new Error("the example of index.md does not export value, reverse and forward");
    const rewrittenHtml = await codeToHtml(rewritten, { lang: "ts", theme: codeTheme });
    return { code, derivatives, rewritten, rewrittenHtml };
  },
};
