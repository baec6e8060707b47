import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults, RunOptions } from "axe-core";
import type { Page } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const shown = 3;

/** What axe-core finds wrong in a page as it now stands: a line for each of its rules, with the first elements; empty when nothing. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const results = await page.evaluate(
    (options) => (globalThis as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } }).axe.run(options),
    { resultTypes: ["violations"] } satisfies RunOptions,
  );
  return results.violations.map(({ id, help, nodes }) => {
    const first = nodes.slice(0, shown).map((node) => `${node.target.join(" ")}: ${node.failureSummary?.split("\n").at(1)?.trim()}`);
    return `${id} (${help}), ${nodes.length} elements; ${first.join("; ")}`;
  });
}
