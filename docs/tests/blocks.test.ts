import { readdirSync, readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { blocksOf, shownBy } from "../../tests/support/doc-blocks.js";
import { reasonNotToRun } from "../site/blocks/runnable.js";
import type { Output } from "../site/sandbox/index.js";
import { sandboxPage } from "./support/sandbox-page.js";

const docs = resolve(import.meta.dirname, "..");
const root = resolve(docs, "..");

/** Every page of the site that is written by hand. */
const pages = readdirSync(docs, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".md") && !/^(?:node_modules|\.vitepress|tests|site|reference\/api)\b/.test(file))
  .map((file) => resolve(docs, file));

const oneLine = (text: string) => text.trim().replaceAll(/\s+/g, " ");

/** What a run prints, as the command line would: plots, pictures and tables are not text. */
const printed = (outputs: readonly Output[]) =>
  outputs.flatMap((item) => (item.kind === "text" && item.level === "log" ? [{ line: item.line ?? 0, text: item.text }] : []));

test("every block of the pages that can run does so in the page, and prints what is shown", async () => {
  const { run, close } = await sandboxPage();
  const faults: string[] = [];
  let count = 0;
  try {
    for (const path of pages)
      for (const block of blocksOf(relative(root, path), readFileSync(path, "utf8"))) {
        if (reasonNotToRun(block.language, block.code) !== undefined) continue;
        count++;
        const where = `${block.page}:${block.line}`;
        const { result, outputs } = await run(block.code, { file: `block.${block.language}`, limit: 60_000 });
        if (result.status !== "done") {
          faults.push(`${where}: ${result.status}, ${result.error?.line}:${result.error?.column} ${result.error?.message}`);
          continue;
        }
        const lines = printed(outputs);
        for (const { line, texts } of shownBy(block).shown) {
          const actual = lines.filter((item) => item.line === line - block.line + 1).map(({ text }) => oneLine(text));
          if (actual.join("\n") !== texts.map(oneLine).join("\n"))
            faults.push(`${where}, line ${line}: shows ${texts.join(" | ")}, prints ${actual.join(" | ") || "nothing"}`);
        }
        const whole = lines.map(({ text }) => text).join("\n");
        if (block.output !== undefined && block.output.trim() !== whole.trim()) faults.push(`${where}: shows\n${block.output}prints\n${whole}`);
      }
  } finally {
    await close();
  }
  assert.ok(count > 50, `${count} blocks were run`);
  assert.ok(faults.length === 0, `\n${faults.join("\n")}`);
});

test.run();
