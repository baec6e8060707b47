import { readdirSync, readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import type { Page } from "playwright-core";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { blocksOf, shownBy } from "../../tests/support/doc-blocks.js";
import { reasonNotToRun } from "../site/blocks/runnable.js";
import { moduleNames } from "../site/build/sandbox.js";
import type { Output } from "../site/sandbox/index.js";
import { violations } from "./support/accessibility.js";
import { dist } from "./support/built-site.js";
import { sandboxPage } from "./support/sandbox-page.js";
import { withPage } from "./support/with-page.js";

const known = new Set(moduleNames());
const docs = resolve(import.meta.dirname, "..");
const root = resolve(docs, "..");

/** Every page that is written by hand, and the examples that the pages of the reference are made with. */
const pages = readdirSync(docs, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".md") && !/^(?:node_modules|\.vitepress|tests|site|reference\/api|source)\b/.test(file))
  .map((file) => resolve(docs, file));

const oneLine = (text: string) => text.trim().replaceAll(/\s+/g, " ");

/** What a run shows, as the tests at the command line print it: a line for each plot, picture and table. */
function printed(outputs: readonly Output[]): { line: number; text: string }[] {
  return outputs.flatMap((item) => {
    const titled = (what: string) => ("title" in item && item.title !== undefined ? `${item.title}, ${what}` : what);
    switch (item.kind) {
      case "text":
        return item.level === "log" ? [{ line: item.line ?? 0, text: item.text }] : [];
      case "plot":
        return [{ line: 0, text: `plot: ${titled(`${item.series.length} series`)}` }];
      case "picture":
        return [{ line: 0, text: `picture: ${titled(`${item.height} × ${item.width}`)}` }];
      default:
        return [{ line: 0, text: `table: ${item.rows.length} rows of ${item.columns.join(", ")}` }];
    }
  });
}

test("every block of the pages that can run does so in the page, and prints what is shown", async () => {
  const { run, close } = await sandboxPage();
  const faults: string[] = [];
  let count = 0;
  try {
    // The page of the tests at the command line, too: what is shown is checked by both in the same words.
    for (const path of [...pages, resolve(root, "tests/fixtures/docs/shows.md")])
      for (const block of blocksOf(relative(root, path), readFileSync(path, "utf8"))) {
        if (reasonNotToRun(block.language, block.code, known) !== undefined) continue;
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
        if (block.output !== undefined && block.output.trim() !== whole.trim())
          faults.push(`${where}: shows\n${block.output}prints\n${whole}`);
      }
  } finally {
    await close();
  }
  assert.ok(count > 50, `${count} blocks were run`);
  assert.ok(faults.length === 0, `\n${faults.join("\n")}`);
});

/** The runnable blocks of a page, by its markdown. */
const runnableIn = (path: string) =>
  blocksOf(path, readFileSync(path, "utf8")).filter(({ language, code }) => reasonNotToRun(language, code, known) === undefined);

test("each program that can run in the page has its buttons, and no other has", () => {
  for (const path of pages.filter((page) => !page.includes("/reference/examples/"))) {
    const html = readFileSync(resolve(dist, relative(docs, path).replace(/\.md$/, ".html")), "utf8");
    const withButtons = html.split('class="runnable ').length - 1;
    const noRun = [...readFileSync(path, "utf8").matchAll(/^ *`{3,}(?:ts|js) .*\bno-run\b/gm)].length;
    assert.is(withButtons, runnableIn(path).length - noRun, path);
  }
});

const block = (page: Page, k = 0) => page.locator(".vp-doc .runnable").nth(k);

test("a click runs a program, and puts what it prints where the page shows it", async () => {
  await withPage("/plain-typescript", async (page) => {
    const first = block(page);
    const before = await first.locator("pre").innerText();
    await page.evaluate(() => {
      for (const span of document.querySelectorAll(".runnable pre code .line span"))
        if (/\/\/ → /.test(span.textContent ?? "")) span.textContent = (span.textContent ?? "").replace(/→ .*/, "→ old");
    });
    assert.match(await first.locator("pre").innerText(), /→ old/);
    await first.getByRole("button", { name: "Run" }).click();
    await page.locator(".program-status").filter({ hasText: "What it printed stands" }).waitFor();
    assert.is(await first.locator("pre").innerText(), before);
    assert.equal(await violations(page), []);
    await page.getByRole("button", { name: "Show the rewritten code" }).click();
    assert.match((await page.locator(".rewritten-code").textContent()) ?? "", /\$c_add\(\$c_pow\(x, 2\)/);
    assert.equal(await violations(page), []);
  });
});

test("a program is edited in place, run, marked where it fails, and put back", async () => {
  await withPage("/plain-typescript", async (page) => {
    await block(page).getByRole("button", { name: "Edit" }).click();
    await page.locator(".cm-content").waitFor();
    assert.not.match((await page.locator(".cm-content").textContent()) ?? "", /→/);
    await page.keyboard.press("Control+Enter");
    await page.locator(".program-status").filter({ hasText: /^Done/ }).waitFor();
    assert.equal(await page.locator(".cm-result").allTextContents(), ["// → 16", "// → [ 4, 3 ]"]);
    assert.equal(await violations(page), []);
    await page.keyboard.press("Control+End");
    await page.keyboard.type('\nthrow new Error("mine");');
    await page.keyboard.press("Control+Enter");
    await page
      .locator(".program-status")
      .filter({ hasText: /^Failed/ })
      .waitFor();
    assert.match(await page.locator(".cm-fault").innerText(), /^throw new Error/);
    assert.match(await page.locator(".out-text.fault").innerText(), /^Line 6, column 7: Error: mine$/);
    await page.getByRole("button", { name: "Back to the page's program" }).click();
    assert.ok(await block(page).isVisible());
    assert.is(await page.locator(".cm-content").count(), 0);
  });
});

test("the text under a program becomes what it prints", async () => {
  await withPage("/networks", async (page) => {
    const shown = page.locator(".vp-doc .language-text pre code").first();
    const before = (await shown.innerText()).trim();
    await page.evaluate(() => {
      const code = document.querySelector(".vp-doc .language-text pre code");
      if (code) code.textContent = "old";
    });
    const k = await page.evaluate(() => {
      const blocks = [...document.querySelectorAll(".vp-doc .runnable, .vp-doc .language-text")];
      const at = blocks.findIndex((block) => block.classList.contains("language-text"));
      return blocks.slice(0, at).length - 1;
    });
    await block(page, k).getByRole("button", { name: "Run" }).click();
    await page.locator(".program-status").filter({ hasText: /^Done/ }).waitFor();
    assert.is((await shown.innerText()).trim(), before);
  });
});

test("a page can be read without scripts, and shows no buttons then", async () => {
  await withPage("/plain-typescript", { javaScript: false }, async (page) => {
    assert.match(await block(page).locator("pre").innerText(), /console\.log\(f\(2, 4\)\); \/\/ → 16/);
    assert.not.ok(await page.locator(".program-acts").first().isVisible());
  });
});

test.run();
