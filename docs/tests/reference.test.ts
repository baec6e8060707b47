// The reference: its pages have a sentence and an example for each public name, deep links lead there, and the table of rules filters.
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { entries, exportsOf, groups } from "../site/build/reference-groups.js";
import { linksIn } from "../site/build/reference-sources.js";
import { withoutExample } from "../site/build/reference-written.js";
import { withPage } from "./support/with-page.js";

const api = resolve(import.meta.dirname, "../reference/api");
const all = groups();

/** The sections of a page of names: the markdown below each name. */
function sectionsOf(slug: string): ReadonlyMap<string, string> {
  const [, ...parts] = readFileSync(join(api, `${slug}.md`), "utf8").split(/^## (?=\w+ \{#\w+\}$)/m);
  return new Map(parts.map((part) => [part.slice(0, part.indexOf(" ")), part.slice(part.indexOf("\n")).trim()]));
}

test("every public name has a section with a sentence, and every value an example", () => {
  let count = 0;
  for (const { slug, names } of all) {
    const sections = sectionsOf(slug);
    for (const { name, type } of names) {
      const text = sections.get(name) ?? "";
      assert.match(text, /^[^`#\s<-][^\n]+|^`[^`]/, `${slug}/${name}: begins with a sentence`);
      assert.match(text, /^- Import from: `cotangent/m, `${slug}/${name}: where it is imported from`);
      assert.match(text, /\/source\/(?:lib|rules)\/[\w/.-]+\.ts\.md#L\d+/, `${slug}/${name}: leads to its code`);
      if (!type && !(slug in withoutExample)) assert.match(text, /^Example:\n\n```ts\nimport /m, `${slug}/${name}: an example`);
      count++;
    }
  }
  assert.ok(count > 500, `${count} names`);
});

test("the names of the pages are what the entries export when they run", async () => {
  for (const module of Object.values(entries)) {
    const values = Object.keys((await import(`../../${module.replace(/\.ts$/, ".js")}`)) as object).sort();
    const told = exportsOf(module).filter(({ type }) => !type);
    assert.equal([...new Set(told.map(({ name }) => name))].sort(), values, module);
  }
});

test("examples show what they print", () => {
  const sin = sectionsOf("elementary-functions").get("sin") ?? "";
  assert.match(sin, "console.log(sin(0.7)); // → 0.644217687237691\n");
  assert.match(sin, "console.log(gradient((x) => sin(x), 0.7)[0]); // → 0.7648421872844885\n");
  assert.match(sectionsOf("linear-algebra").get("inv") ?? "", /^```text\n\[[\s\d.,[\]-]+^```$/m);
});

test("links in markdown are found, those in code are not", () => {
  const page = "[a](x.md#y) `[b](z.md)`\n\n```ts\nf[c](d.md)\n```\n\n[e](../lib/f.ts)";
  assert.equal(linksIn(page), ["x.md#y", "../lib/f.ts"]);
});

const shownRows = ".vp-doc tbody tr:not([hidden])";
const counted = "output[aria-live]";

test("the table of rules filters by text, group and kinks, by the keyboard too", async () => {
  await withPage("/rules", async (page) => {
    const shown = async (): Promise<string[]> =>
      page.locator(`${shownRows} td:first-child a:first-child`).locator("visible=true").allTextContents();
    const every = await shown();
    assert.ok(every.length > 200);
    assert.is(await page.locator(counted).textContent(), `${every.length} of ${every.length} functions`);

    await page.getByLabel("Name or text").focus();
    await page.keyboard.type("cosine");
    await page.waitForFunction((selector) => document.querySelectorAll(selector).length < 20, shownRows);
    const cosines = await shown();
    assert.ok(cosines.includes("acos") && !cosines.includes("matmul"), cosines.join(" "));
    assert.is(await page.locator(counted).textContent(), `${cosines.length} of ${every.length} functions`);
    assert.match(page.url(), "?q=cosine");

    await page.keyboard.press("Tab");
    assert.is(await page.evaluate(() => (document.activeElement as HTMLSelectElement).name), "group");
    await page.getByRole("button", { name: "Show all" }).click();
    assert.equal(await shown(), every);

    await page.getByLabel("Group").selectOption("Linear algebra");
    await page.locator("select[name=kink]").selectOption("yes");
    const kinked = await shown();
    assert.ok(kinked.includes("svd") && !kinked.includes("inv") && !kinked.includes("max"), kinked.join(" "));
    assert.equal(await page.locator(".vp-doc h2:visible").evaluateAll((list) => list.map(({ id }) => id)), [
      "linear-algebra",
      "kinks-ties-and-edges",
    ]);
  });
});

test("a filtered table has an address, and without scripts all rows are there", async () => {
  await withPage("/rules?q=softmax&group=Networks", async (page) => {
    const names = await page.locator(`${shownRows} td:first-child a:first-child`).locator("visible=true").allTextContents();
    assert.equal(names, ["attention", "crossEntropy", "logSoftmax", "softmax"]);
    await page.locator(`${shownRows} a`).locator("visible=true").last().scrollIntoViewIfNeeded();
    await page.getByRole("link", { name: "softmax", exact: true }).locator("visible=true").first().click();
    await page.waitForURL(/reference\/api\/networks\.html#softmax$/);
    await page.locator("#softmax").waitFor({ state: "visible" });
  });
  await withPage("/rules", { javaScript: false }, async (page) => {
    assert.ok((await page.locator(`${shownRows}`).count()) > 200);
    assert.is(await page.locator(".rules-filter").isVisible(), false);
  });
});

test("a deep link opens a name, and its code at its line", async () => {
  await withPage("/reference/api/elementary-functions#sin", async (page) => {
    await page.waitForFunction(() => {
      const top = document.querySelector("#sin")?.getBoundingClientRect().top ?? -1;
      return top >= 0 && top < innerHeight / 2;
    });
    await page.locator("#sin ~ ul a", { hasText: "rules/elementwise/trigonometric.ts" }).first().click();
    await page.waitForURL(/source\/rules\/elementwise\/trigonometric\.ts\.html#L\d+$/);
    const line = new URL(page.url()).hash;
    await page.waitForSelector(line);
  });
  await withPage("/source/rules/elementwise/trigonometric.ts.html", async (page) => {
    assert.match((await page.locator("#L1").textContent()) ?? "", /^import /);
  });
});

test("the search finds names and messages, and not the code of pages", async () => {
  await withPage("/reference/", async (page) => {
    await page.locator(".VPNavBarSearch button").first().click();
    const results = page.locator(".VPLocalSearchBox .result");
    await page.locator(".VPLocalSearchBox input").fill("logsumexp");
    await results.first().waitFor();
    const found = await results.evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
    assert.ok(
      found.some((href) => href.endsWith("/reference/api/reductions.html#logsumexp")),
      found.join("\n"),
    );
    assert.not.ok(found.some((href) => /\/source\/(?:lib|rules)\//.test(href)));
  });
});

test.run();
