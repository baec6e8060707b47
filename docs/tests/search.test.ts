import { test } from "uvu";
import * as assert from "uvu/assert";
import { withPage } from "./support/with-page.js";

test("the search finds pages without a network, by the keyboard", async () => {
  await withPage("/", async (page) => {
    await page.keyboard.press("/");
    await page.locator("#localsearch-input").waitFor();
    await page.waitForLoadState("networkidle");
    await page.context().setOffline(true);
    await page.keyboard.type("Hausdorff");
    await page.locator("#localsearch-list .result").first().waitFor();
    const titles = await page.locator("#localsearch-list .result").allTextContents();
    assert.ok(titles.length > 1 && titles.some((title) => /hausdorff|lab/i.test(title)), titles.join("; "));
    await page.context().setOffline(false);
    const address = page.url();
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.href !== address);
  });
});

test.run();
