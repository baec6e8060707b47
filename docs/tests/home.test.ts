import type { Page } from "playwright-core";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { withPage } from "./support/with-page.js";

const numbers = async (page: Page, selector: string): Promise<number[]> =>
  (await page.locator(`.live-example ${selector}`).allTextContents()).map((text) => Number(text.replaceAll("−", "-")));

/** The length of y = h sin(w x) from 0 to 1 by 100 steps, as the example computes it. */
function length(h: number, w: number): number {
  let sum = 0;
  for (let k = 0; k < 100; k++) sum += Math.sqrt(1 + (h * w * Math.cos((w * (k + 0.5)) / 100)) ** 2) / 100;
  return sum;
}

const near = (actual: number | undefined, expected: number, tolerance: number): void =>
  assert.ok(Math.abs((actual as number) - expected) <= tolerance * Math.abs(expected), `${actual}, not ${expected}`);

/** Asserts that the panel shows the value and the derivatives of `length` at a point. */
async function showsLengthAt(page: Page, h: number, w: number): Promise<void> {
  const step = 1e-5;
  const slopes = [
    (length(h + step, w) - length(h - step, w)) / (2 * step),
    (length(h, w + step) - length(h, w - step)) / (2 * step),
  ] as const;
  near((await numbers(page, "[data-value]"))[0], length(h, w), 1e-14);
  for (const mode of ["reverse", "forward"]) {
    const shown = await numbers(page, `[data-${mode}]`);
    assert.is(shown.length, 2);
    near(shown[0], slopes[0], 1e-7);
    near(shown[1], slopes[1], 1e-7);
  }
  const [difference] = await numbers(page, "[data-difference]");
  assert.ok((difference as number) <= 1e-14, `forward and reverse differ by ${difference}`);
}

test("the example shows its value and both gradients before any script runs", async () => {
  await withPage("/", { javaScript: false }, async (page) => {
    await showsLengthAt(page, 0.5, 6);
    assert.ok((await page.locator(".live-example .program pre").first().textContent())?.includes("differentiable("));
    assert.ok((await page.locator(".live-example .rewritten pre").first().textContent())?.includes("$c_mul("));
  });
});

/** Opens the editor and puts another program in. */
async function write(page: Page, change: (code: string) => string): Promise<void> {
  await page.locator(".live-example .act", { hasText: "Edit" }).click();
  const field = page.locator(".live-example .cm-content");
  await field.waitFor();
  const code = change((await page.locator(".live-example .program .language-ts code .line").allTextContents()).join("\n"));
  await field.fill(code);
}

const status = (page: Page) => page.locator(".live-example [role=status]");

test("an edited program runs, and shows its own value, gradients and rewritten code", async () => {
  await withPage("/", async (page) => {
    await write(page, (code) => code.replaceAll("0.5, 6", "0.25, 3"));
    await page.locator(".live-example .act", { hasText: "Run" }).click();
    await page.waitForFunction(
      (old) => {
        const value = document.querySelector(".live-example [data-value]")?.textContent;
        return value !== undefined && value !== old;
      },
      String(length(0.5, 6)),
    );
    await showsLengthAt(page, 0.25, 3);
    assert.match((await page.locator(".live-example .rewritten").textContent()) ?? "", /\$c_mul[\s\S]*length\(0\.25, 3\)/);
    await page.locator(".live-example .act", { hasText: "Start over" }).click();
    await showsLengthAt(page, 0.5, 6);
  });
});

test("a program that fails names its line", async () => {
  await withPage("/", async (page) => {
    await write(page, () => `import { gradient } from "cotangent";\n\ngradient((x) => { throw new Error("not today"); }, 1);`);
    await page.locator(".live-example .act", { hasText: "Run" }).click();
    await status(page).filter({ hasText: "Line 3: " }).waitFor();
    assert.match((await status(page).textContent()) ?? "", "not today");
    assert.is(await page.locator(".live-example .panel").count(), 0);
  });
});

test("an endless program is stopped, by its reader or by its limit", async () => {
  await withPage("/", async (page) => {
    await write(page, () => "for (;;) {}");
    await page.locator(".live-example .act", { hasText: "Run" }).click();
    await page.locator(".live-example .act", { hasText: "Stop" }).click();
    await status(page).filter({ hasText: "Stopped." }).waitFor();
    await page.locator(".live-example .act", { hasText: "Run" }).click();
    await status(page).filter({ hasText: "it took more than 5 s" }).waitFor();
  });
});

test("the home page leads on through three doors", async () => {
  await withPage("/", async (page) => {
    const doors = await page
      .locator(".live-example + ul a")
      .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).pathname));
    assert.equal(
      doors.map((door) => door.replace(/^.*?(?=\/(?:guide|lab-live))/, "")),
      ["/guide/five-minutes.html", "/guide/writing-rules.html", "/lab-live.html"],
    );
  });
});

test("what the home page shows of the measurements says when and on what", async () => {
  await withPage("/", async (page) => {
    const sources = await page.locator(".source").allTextContents();
    assert.is(sources.length, 2);
    for (const source of sources) assert.match(source, /Measured on \d{4}-\d\d-\d\d under Node [\d.]+, .*cores?/);
  });
});

test("an address that is no page says so, and leads home", async () => {
  await withPage("/no-such-page", async (page, errors) => {
    await page.locator("a", { hasText: /home/i }).first().click();
    await page.locator(".live-example").waitFor();
    assert.ok(
      errors.every((error) => /404/.test(error)),
      errors.join("\n"),
    );
    errors.length = 0;
  });
});

test.run();
