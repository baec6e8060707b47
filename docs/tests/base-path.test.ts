import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { baseOf } from "./support/built-site.js";
import { deadLinks } from "./support/links.js";
import { type StaticServer, serve } from "./support/static-server.js";
import { withPage } from "./support/with-page.js";

const base = "/cotangent/";
const folder = resolve(import.meta.dirname, "../.vitepress/cache/based");
let server: StaticServer;

test.before(async () => {
  const docs = resolve(import.meta.dirname, "..");
  const vitepress = resolve(docs, "node_modules/vitepress/bin/vitepress.js");
  execFileSync(process.execPath, [vitepress, "build", docs, "--outDir", folder], {
    env: { ...process.env, DOCS_BASE: base },
    stdio: "pipe",
  });
  server = await serve(folder, base);
});

test.after(() => server.close());

test("everything that a page names lies under the base path, and is there", () => {
  assert.is(baseOf(folder), base);
  assert.equal(deadLinks(folder, base), []);
});

test("pages load and lead on under the base path", async () => {
  await withPage("/", { server }, async (page) => {
    await page.locator(".VPNavBar a", { hasText: "Reference" }).click();
    await page.waitForURL(`${server.origin}${base}reference/**`);
    assert.is(await page.locator("h1").count(), 1);
  });
  await withPage("/maths", { server }, async (page) => {
    assert.ok(await page.evaluate(async () => (await document.fonts.ready).status === "loaded"));
  });
});

test.run();
