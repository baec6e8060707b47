import type { Page } from "playwright-core";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { withPage } from "./support/with-page.js";

/** What has the focus: its words, where it is, and whether one sees that it has it. */
interface Stop {
  readonly name: string;
  readonly id: string;
  readonly inSight: boolean;
  readonly marked: boolean;
}

const focused = (page: Page): Promise<Stop> =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    const { width, height, left, right } = element.getBoundingClientRect();
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    return {
      name: (element.getAttribute("aria-label") ?? element.textContent ?? "").trim(),
      id: element.id,
      inSight: width > 0 && height > 0 && right > 0 && left < innerWidth,
      marked: (outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0) || boxShadow !== "none",
    };
  });

/** The stops of the tab key from the top of a page, at most so many. */
async function stops(page: Page, count: number): Promise<Stop[]> {
  const found: Stop[] = [];
  for (let k = 0; k < count; k++) {
    await page.keyboard.press("Tab");
    found.push(await focused(page));
  }
  return found;
}

test("the first stop of the tab key leads past the bar and the contents to the text", async () => {
  await withPage("/maths", async (page) => {
    const [first] = await stops(page, 1);
    assert.is(first?.name, "Skip to content");
    assert.ok(first?.inSight);
    await page.keyboard.press("Enter");
    assert.is((await focused(page)).id, "VPContent");
    const [next] = await stops(page, 1);
    assert.ok(await page.evaluate(() => document.activeElement?.closest("#VPContent") !== null), `went on to ${next?.name}`);
  });
});

test("every stop is in sight and marked, and they come in the order of the page", async () => {
  await withPage("/maths", async (page) => {
    const found = await stops(page, 30);
    assert.equal(
      found.filter(({ inSight }) => !inSight).map(({ name }) => name),
      [],
    );
    assert.equal(
      found.filter(({ marked }) => !marked).map(({ name }) => name),
      [],
    );
    const names = found.map(({ name }) => name);
    const expected = ["Skip to content", "cotangent", "Search", "Guide", "The lab", "Playground", "Reference"];
    assert.equal(names.filter((name) => expected.includes(name)).slice(0, expected.length), expected);
  });
});

test("the example of the home page is reached, edited and left by the keyboard", async () => {
  await withPage("/", async (page) => {
    for (let k = 0; k < 20 && (await focused(page)).name !== "Edit"; k++) await page.keyboard.press("Tab");
    assert.is((await focused(page)).name, "Edit");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.closest(".live-example .program") !== null);
  });
});

test("a table that is wider than the page scrolls by the keyboard", async () => {
  await withPage("/rules", { size: { width: 375, height: 720 } }, async (page) => {
    const frame = page.locator(".table-frame[tabindex='0']").first();
    await frame.focus();
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction(() => (document.activeElement?.scrollLeft ?? 0) > 0);
  });
});

test.run();
