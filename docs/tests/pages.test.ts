import { test } from "uvu";
import * as assert from "uvu/assert";
import { violations } from "./support/accessibility.js";
import { dist, pagesOf } from "./support/built-site.js";
import { withPage } from "./support/with-page.js";

for (const path of pagesOf(dist)) {
  test(`${path} loads without a fault, has a title and one heading of the first level, and nothing that axe finds`, async () => {
    await withPage(path, async (page) => {
      assert.ok((await page.title()).includes("cotangent"), `title: ${await page.title()}`);
      assert.is(await page.locator("h1").count(), 1);
      assert.equal(await violations(page), []);
    });
  });
}

test.run();
