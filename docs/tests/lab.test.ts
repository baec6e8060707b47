import type { Locator, Page } from "playwright-core";
import { test } from "uvu";
import * as assert from "uvu/assert";
import * as library from "../../lib/index.js";
import { type PackedOutline, packedOutlines } from "../site/lab/atlas.js";
import { type OutlinesResult, outlinesResult } from "../site/lab/results/outlines.js";
import { outlinesStart, setOff, unpacked } from "../site/lab/start.js";
import { violations } from "./support/accessibility.js";
import { withPage } from "./support/with-page.js";

const path = "/lab-live";

const section = (page: Page, label: string): Locator => page.locator(`section[aria-label="${label}"]`);
const numbers = (text: string | null): number[] => (text === null || text === "" ? [] : text.split(" ").map(Number));

/** Waits until an attribute is other than it was, and returns it. */
async function changed(part: Locator, name: string, before: string | null): Promise<string> {
  for (let k = 0; k < 400; k++) {
    const now = await part.getAttribute(name);
    if (now !== null && now !== before) return now;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${name} stays ${before}`);
}

/** Waits until something holds. */
async function until(holds: () => Promise<boolean>, what: string, seconds = 30): Promise<void> {
  for (let k = 0; k < seconds * 20; k++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`within ${seconds} s not: ${what}`);
}

async function slide(exercise: Locator, label: string, value: number): Promise<void> {
  await exercise.getByLabel(label, { exact: true }).fill(String(value));
}

/** Opens the editor of an exercise, and puts one text for another as often as one likes. */
async function editorOf(exercise: Locator): Promise<{ replace(from: string, to: string): Promise<void> }> {
  let code = (await exercise.locator("pre code").first().textContent()) ?? "";
  await exercise.getByRole("button", { name: "Edit the code" }).click();
  const content = exercise.locator(".cm-content");
  await content.waitFor();
  return {
    async replace(from, to) {
      assert.ok(code.includes(from), `the code does not hold ${from}`);
      code = code.replace(from, to);
      await content.focus();
      await exercise.page().keyboard.press("ControlOrMeta+a");
      await exercise.page().keyboard.insertText(code);
      await exercise.getByRole("button", { name: "Run", exact: true }).click();
    },
  };
}

function close(actual: readonly number[], expected: readonly number[], tolerance: number): void {
  assert.is(actual.length, expected.length);
  for (const [k, value] of actual.entries()) {
    const bound = tolerance * Math.max(1, Math.abs(expected[k] as number));
    assert.ok(Math.abs(value - (expected[k] as number)) <= bound, `${actual} is not ${expected}`);
  }
}

/** The outlines that the page begins with. */
function startOutlines(): { moving: PackedOutline; target: PackedOutline } {
  const named = (name: string) => packedOutlines().find((outline) => outline.name === name) as PackedOutline;
  return {
    moving: named(outlinesStart.moving),
    target: named(outlinesStart.target),
  };
}

/** A distance of two outlines and its gradient, computed here. */
function expected(kind: string, p: Float64Array, q: Float64Array): OutlinesResult {
  const { cdist, chamferDistance, hausdorffDistance } = library;
  type Points = Parameters<typeof cdist>[0];
  const distances = {
    hausdorff: (p: Points, q: Points) => hausdorffDistance(cdist(p, q)),
    chamfer: (p: Points, q: Points) => chamferDistance(cdist(p, q)),
  };
  return outlinesResult(library, distances as never, { p, q, kind });
}

test("the first state stands in the page without scripts", async () => {
  await withPage(path, { javaScript: false }, async (page) => {
    assert.is(await section(page, "f1").locator("[data-value]").getAttribute("data-value"), "-0.75");
    assert.ok((await page.locator("section.live svg").count()) >= 11);
    assert.ok((await section(page, "f1").locator("pre code").textContent())?.includes("scalarRule"));
  });
});

test("f1: sliders move the point, and all ways to its slopes agree", async () => {
  await withPage(path, async (page) => {
    const f1 = section(page, "f1");
    const status = f1.locator("[data-value]");
    const before = await status.getAttribute("data-value");
    await slide(f1, "x", -2);
    await changed(status, "data-value", before);
    await slide(f1, "y", 2);
    await until(async () => (await status.getAttribute("data-value")) === "10", "f(−2, 2) = 10");
    assert.equal(numbers(await status.getAttribute("data-gradient")), [-4, 3]);
    assert.is(await f1.locator("table").getAttribute("data-agree"), "true");
  });
});

test("edited code runs in the sandbox: its result is shown, a rule that is not the derivative too, an error with its line", async () => {
  await withPage(path, async (page) => {
    const f1 = section(page, "f1");
    const status = f1.locator("[data-value]");
    const editor = await editorOf(f1);
    await editor.replace("3 * y", "4 * y");
    await until(async () => (await status.getAttribute("data-value")) === "-1.75", "f(1.5, −1) = −1.75");
    assert.is(await f1.getAttribute("data-edited"), "true");
    assert.is(await f1.locator("table").getAttribute("data-agree"), "false");
    await editor.replace("[mul(2, x), 3]", "[mul(2, x), 4]");
    await until(async () => (await f1.locator("table").getAttribute("data-agree")) === "true", "the mended rule agrees");
    assert.match((await f1.locator(".live-printed").textContent()) ?? "", "[ 4, 4 ]");

    await editor.replace("const f1 =", "const other = nothing;\nconst f1 =");
    const alert = f1.getByRole("alert");
    await alert.waitFor();
    assert.match((await alert.textContent()) ?? "", /Line 4: .*nothing is not defined/);
    await editor.replace("const other = nothing;\nconst f1 =", "const f2 =");
    await until(async () => /needs f1|f1 is not defined/.test((await alert.textContent()) ?? ""), "what the picture needs");

    await f1.getByRole("button", { name: "Back to the page's code" }).click();
    await until(async () => (await status.getAttribute("data-value")) === "-0.75", "the page's own result");
    assert.is(await alert.count(), 0);
  });
});

test("mymaximum: keys move a bar, a tie goes to the first, and >= gives it to the last", async () => {
  await withPage(path, async (page) => {
    const maximum = section(page, "mymaximum");
    const status = maximum.locator("[data-value]");
    const bar = maximum.getByRole("slider").nth(1);
    await bar.focus();
    await page.keyboard.press("End");
    await until(async () => (await status.getAttribute("data-value")) === "8", "the maximum is 8");
    assert.equal(numbers(await status.getAttribute("data-gradient")), [0, 1, 0, 0, 0, 0, 0, 0]);
    await maximum.getByRole("button", { name: "Make a tie" }).click();
    await until(async () => (await status.textContent())?.includes("attained 2 times") === true, "a tie");
    await until(async () => (await status.getAttribute("data-loop")) === "0 1 0 0 0 0 0 0", "the first of a tie");
    await (await editorOf(maximum)).replace("x.get(i) > greatest", "x.get(i) >= greatest");
    await until(async () => (await status.getAttribute("data-loop")) === "0 0 0 0 1 0 0 0", "the last of a tie");
    assert.is(await status.getAttribute("data-gradient"), "0 1 0 0 0 0 0 0");
  });
});

test("sum pooling: blocks and what is differentiated decide which cells have a gradient", async () => {
  await withPage(path, async (page) => {
    const pooling = section(page, "sum pooling");
    const status = pooling.locator("[data-value]");
    await pooling.getByLabel("differentiate").selectOption("sum");
    await until(async () => (await status.getAttribute("data-moved")) === String(36 * 72), "each cell has a gradient");
    const land = Number(await status.getAttribute("data-value"));
    await slide(pooling, "block height", 9);
    await until(async () => (await status.getAttribute("data-shape")) === "4 12", "4 × 12 blocks");
    close([Number(await status.getAttribute("data-value"))], [land], 1e-9);
    await pooling.getByLabel("differentiate").selectOption("greatest");
    await until(async () => (await status.getAttribute("data-moved")) === String(9 * 6), "one block has a gradient");
  });
});

test("outlines: a drag changes the distance as the gradient says, keys too, and the deciding pair is named", async () => {
  await withPage(path, async (page) => {
    const outlines = section(page, "Hausdorff and Chamfer distance");
    const status = outlines.locator("[data-distance]");
    const point = outlines.locator(".live-chosen");
    const distance = async () => Number(await status.getAttribute("data-distance"));
    const place = async () => [Number(await point.getAttribute("data-x")), Number(await point.getAttribute("data-y"))] as const;
    const pair = await status.getAttribute("data-pair");
    assert.is(numbers(pair).length, 2);

    await point.scrollIntoViewIfNeeded();
    const first = await distance();
    const box = await point.boundingBox();
    assert.ok(box);
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 12, y - 18, { steps: 4 });
    await page.mouse.up();
    await changed(status, "data-distance", String(first));
    assert.is.not(await distance(), first);

    // The same in this process: the library's answer at the points where they now are.
    const { moving, target } = startOutlines();
    const decided = numbers(pair)[0] as number;
    const points = setOff(unpacked(moving));
    const put = async (k: number) => points.set(await place(), 2 * k);
    await put(decided);
    const q = unpacked(target);
    close([await distance()], [expected("hausdorff", points, q).value], 1e-9);

    // Of the Chamfer distance each point has a share.
    await outlines.getByLabel("Chamfer").check();
    await until(
      async () => (await status.getAttribute("data-kind")) === "chamfer" && (await status.getAttribute("data-pair")) === "",
      "the Chamfer distance",
    );
    await slide(outlines, "point", 40);
    const before = String(await distance());
    const at = await place();
    await point.focus();
    await page.keyboard.press("ArrowRight");
    await changed(status, "data-distance", before);
    const [x1, y1] = await place();
    assert.ok(x1 > at[0] && y1 === at[1]);
    await put(40);
    const { value, byP } = expected("chamfer", points, q);
    close([await distance()], [value], 1e-9);
    close([Number(await point.getAttribute("data-by-x")), Number(await point.getAttribute("data-by-y"))], [...byP.subarray(80, 82)], 1e-9);
    await page.keyboard.press("PageDown");
    assert.match((await point.getAttribute("aria-label")) ?? "", "Point 41 of Brazil");
  });
});

/** Drags a part by a finger so far, from its middle or from another place in it, as a touch screen does. */
async function finger(part: Locator, [dx, dy]: readonly [number, number], [right, down] = [0.5, 0.5]): Promise<void> {
  const page = part.page();
  const box = await part.boundingBox();
  assert.ok(box);
  const [x, y] = [box.x + box.width * right, box.y + box.height * down];
  const client = await page.context().newCDPSession(page);
  await client.send("Emulation.setTouchEmulationEnabled", { enabled: true });
  await client.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x, y }] });
  for (let k = 1; k <= 6; k++) {
    await client.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: [{ x: x + (k * dx) / 6, y: y + (k * dy) / 6 }] });
    await page.waitForTimeout(30);
  }
  await client.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
}

test("outlines: a finger drags a point; the page scrolls from where no point is", async () => {
  await withPage(path, { size: { width: 375, height: 720 } }, async (page) => {
    const outlines = section(page, "Hausdorff and Chamfer distance");
    const point = outlines.locator(".live-chosen");
    const scrolled = () => page.evaluate(() => window.scrollY);
    await point.scrollIntoViewIfNeeded();
    const [before, at] = [await point.boundingBox(), await scrolled()];
    await finger(point, [12, -30]);
    const after = await point.boundingBox();
    assert.ok(before && after);
    close([after.x - before.x, after.y - before.y], [12, -30], 0.05);
    assert.is(await scrolled(), at);
    await finger(outlines.locator(".live-map > rect"), [0, -60], [0.04, 0.04]);
    await until(async () => (await scrolled()) > at + 20, "the page has scrolled");
  });
});

test("mymaximum: a finger moves a bar", async () => {
  await withPage(path, { size: { width: 375, height: 720 } }, async (page) => {
    const bar = section(page, "mymaximum").getByRole("slider").nth(1);
    await bar.scrollIntoViewIfNeeded();
    const value = async () => Number(await bar.getAttribute("aria-valuenow"));
    const [before, at] = [await value(), await page.evaluate(() => window.scrollY)];
    await finger(bar, [0, -60]);
    assert.ok((await value()) > before + 0.5, `${before} became ${await value()}`);
    assert.is(await page.evaluate(() => window.scrollY), at);
  });
});

test("outlines: align lowers both distances, of other countries too, and stop ends it", async () => {
  await withPage(path, async (page) => {
    const outlines = section(page, "Hausdorff and Chamfer distance");
    const status = outlines.locator("[data-distance]");
    const steps = outlines.locator("[data-steps]");
    const aligned = async (): Promise<number[]> => {
      await outlines.getByRole("button", { name: "Align" }).click();
      await until(
        async () => (await steps.getAttribute("data-steps")) === "120" && (await steps.getAttribute("data-aligning")) === "false",
        "120 steps",
        60,
      );
      return numbers(await outlines.locator("[data-distances]").getAttribute("data-distances"));
    };
    const hausdorff = await aligned();
    assert.ok((hausdorff.at(-1) as number) < 0.6 * (hausdorff[0] as number), `Hausdorff from ${hausdorff[0]} to ${hausdorff.at(-1)} km`);

    await outlines.getByLabel("move", { exact: true }).selectOption("Italy");
    await outlines.getByLabel("onto", { exact: true }).selectOption("New Zealand");
    await outlines.getByLabel("Chamfer").check();
    await until(async () => (await status.textContent())?.startsWith("Chamfer") === true, "the Chamfer distance");
    const chamfer = await aligned();
    assert.ok((chamfer.at(-1) as number) < 0.6 * (chamfer[0] as number), `Chamfer from ${chamfer[0]} to ${chamfer.at(-1)} km`);

    await page.emulateMedia({ reducedMotion: "no-preference" });
    await outlines.getByRole("button", { name: "Start again" }).click();
    await outlines.getByRole("button", { name: "Align" }).click();
    await until(async () => Number(await steps.getAttribute("data-steps")) >= 3, "some steps");
    await outlines.getByRole("button", { name: "Stop" }).click();
    const stopped = Number(await steps.getAttribute("data-steps"));
    assert.ok(stopped < 120);
    await page.waitForTimeout(200);
    assert.is(Number(await steps.getAttribute("data-steps")), stopped);
  });
});

test("outlines: edited code decides the distance and the descent", async () => {
  await withPage(path, async (page) => {
    const outlines = section(page, "Hausdorff and Chamfer distance");
    const status = outlines.locator("[data-distance]");
    const before = Number(await status.getAttribute("data-distance"));
    await (await editorOf(outlines)).replace("hausdorffDistance(cdist(p, q))", "hausdorffDistance(cdist(p, q, { p: 1 }))");
    const now = Number(await changed(status, "data-distance", String(before)));
    assert.ok(now > before, `by sums of coordinates ${now} km, straight ${before} km`);
    await outlines.getByRole("button", { name: "Align" }).click();
    const line = outlines.locator("[data-distances]");
    await until(
      async () => (await line.count()) === 1 && numbers(await line.getAttribute("data-distances")).length === 120,
      "120 steps",
      60,
    );
    const distances = numbers(await line.getAttribute("data-distances"));
    close([distances[0] as number], [now], 1e-5);
    assert.ok((distances.at(-1) as number) < now);
  });
});

test("rotary embedding: the score depends on the relative position only, and its gradient is the rule's", async () => {
  await withPage(path, async (page) => {
    const rope = section(page, "rotary position embedding");
    const status = rope.locator("[data-score]");
    const score = await status.getAttribute("data-score");
    await rope.getByRole("button", { name: "Both one on" }).click();
    const moved = await changed(status, "data-score", score);
    close([Number(moved)], [Number(score)], 1e-5);
    await slide(rope, "position n", 10);
    const apart = await changed(status, "data-score", moved);
    assert.ok(Math.abs(Number(apart) - Number(score)) > 0.01);
    const shifted = numbers(await rope.locator("[data-shifted]").getAttribute("data-shifted"));
    close(
      shifted,
      shifted.map(() => Number(apart)),
      1e-12,
    );
    assert.is(await rope.locator("[data-agrees]").getAttribute("data-agrees"), "true");
  });
});

test("cross-check: all functions of the lab agree, each way, while the page stays awake", async () => {
  await withPage(path, async (page) => {
    const check = section(page, "Cross-check");
    await check.getByRole("button", { name: "Compute the table" }).click();
    const status = check.locator("[data-done]");
    await until(async () => (await status.getAttribute("data-done")) === "true", "the whole table", 120);
    assert.is(await status.getAttribute("data-agree"), "true");
    assert.is(await check.locator("tr[data-agrees=true]").count(), 14);
    const names = await check.locator("tbody th").allTextContents();
    assert.ok(names.includes("RoPE 64×512") && names.includes("pool hausdorff 100×100, blocks 10×10"));
  });
});

test("speed: the measurement starts, shows rows and progress, and stops", async () => {
  await withPage(path, async (page) => {
    const speed = section(page, "Speed");
    const status = speed.locator("[data-share]");
    await speed.getByRole("button", { name: "Measure here" }).click();
    await until(async () => (await speed.locator("tbody tr").count()) >= 4, "four rows", 120);
    const share = Number(await status.getAttribute("data-share"));
    assert.ok(share > 0 && share < 1);
    await speed.getByRole("button", { name: "Stop" }).click();
    assert.is(await status.getAttribute("data-running"), "false");
    assert.match((await status.textContent()) ?? "", /stopped at \d+ %/);
    const rows = await speed.locator("tbody tr").count();
    await page.waitForTimeout(500);
    assert.is(await speed.locator("tbody tr").count(), rows);
    const row = speed.locator("tbody tr", { hasText: "mymaximum 100×100" });
    const time = async (way: string) => Number(await row.locator(`[data-way=${way}]`).getAttribute("data-ms"));
    assert.ok((await time("fullArrays")) > 10 * (await time("rule")), "full arrays are far slower than the rule");
    assert.match((await speed.locator("caption").textContent()) ?? "", /\d{4}-\d\d-\d\d/);
  });
});

for (const theme of ["light", "dark"] as const) {
  test(`axe finds nothing on a phone in the ${theme} theme once exercises have been used`, async () => {
    await withPage(path, { theme, size: { width: 375, height: 720 } }, async (page) => {
      const f1 = section(page, "f1");
      await (await editorOf(f1)).replace("const f1 =", "const f1 = nothing;");
      await f1.getByRole("alert").waitFor();
      await section(page, "Hausdorff and Chamfer distance").getByRole("button", { name: "Align" }).click();
      await section(page, "Cross-check").getByRole("button", { name: "Compute the table" }).click();
      await section(page, "Cross-check").locator("tbody tr").first().waitFor();
      assert.equal(await violations(page), []);
      const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth] as const);
      assert.ok(content <= window, `the page is ${content} px wide in a window of ${window} px`);
    });
  });
}

test.run();
