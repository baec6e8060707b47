import { resolve } from "node:path";
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { checkDocs } from "../../tests/support/check-docs.js";
import playgroundExamples from "../site/playground/examples.data.js";
import { longestFragment } from "../site/playground/share.js";
import { violations } from "./support/accessibility.js";
import { type PageOptions, withPage } from "./support/with-page.js";

const root = resolve(import.meta.dirname, "../..");
const examples = playgroundExamples.load(
  ["rosenbrock", "curve-fit", "pendulum", "logistic-regression", "gaussian-process", "own-rule", "wrong-rule"].map((name) =>
    resolve(root, `docs/site/examples/${name}.ts`),
  ),
);

const status = (page: Page) => page.locator(".playground-tool .program-status");
const output = (page: Page) => page.locator(".playground-results");
const editor = (page: Page) => page.getByRole("textbox", { name: "The program" });
const button = (page: Page, name: string) => page.locator(".playground-tool").getByRole("button", { name, exact: true });

/** Opens the playground with a fragment, and waits until its component has taken over its markup. */
async function inPlayground(
  fragment: string,
  ...rest: [(page: Page) => Promise<void>] | [PageOptions, (page: Page) => Promise<void>]
): Promise<void> {
  const [options, body] = rest.length === 1 ? [{}, rest[0]] : rest;
  await withPage(`/playground${fragment}`, options, async (page) => {
    await page.locator(".playground-tool[data-alive]").waitFor();
    await body(page);
  });
}

/** Puts a program into the editor as a reader would: all of the old one chosen, and overwritten. */
async function write(page: Page, code: string): Promise<void> {
  await editor(page).focus();
  await page.locator(".playground-tool .cm-content").waitFor();
  await page.locator(".playground-tool .cm-content").focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(code);
}

async function run(page: Page, ends: RegExp = /^Done/): Promise<void> {
  await button(page, "Run").click();
  await status(page).filter({ hasText: ends }).waitFor();
}

test("every example has sound types, and runs at the command line", async () => {
  const pages = new Map(examples.map(({ name, code }) => [`${name}.md`, `\`\`\`ts\n${code}\n\`\`\`\n`]));
  const { count, faults } = await checkDocs(pages, resolve(root, ".cache/playground"));
  assert.is(count, 7);
  assert.equal(faults, []);
});

test("every example runs in the page and shows what it says", async () => {
  await inPlayground("", async (page) => {
    const names = await page.locator(".playground-tool select").first().locator("option").allTextContents();
    assert.equal(
      names,
      examples.map(({ title }) => title),
    );
    for (const { name, title } of examples) {
      await page.getByLabel("Example").selectOption({ label: title });
      await run(page);
      const text = (await output(page).innerText()).replaceAll(/\s+/g, " ");
      const drawn = await output(page).locator("canvas").count();
      const [said, plots] = {
        rosenbrock: [/Newton: height 0\.0e\+0 after \d steps/, 1],
        "curve-fit": [/room, °C/, 1],
        pendulum: [/misses by \d\.\de-1[0-9] rad/, 1],
        "logistic-regression": [/step 7: loss 20\.470034/, 2],
        "gaussian-process": [/length 2\.011, amplitude 1\.154, noise 0\.075/, 1],
        "own-rule": [/Passed: 3/, 1],
        "wrong-rule": [/runningMean: .*x̄\[1\]: got/, 0],
      }[name] as [RegExp, number];
      assert.match(text, said);
      await page.waitForFunction((count) => document.querySelectorAll(".playground-results canvas").length === count, plots);
      assert.ok(drawn <= plots);
      if (name === "logistic-regression") assert.equal(await violations(page), [], name);
    }
  });
});

test("a plot is drawn, and has its axes with their units in words too", async () => {
  for (const theme of ["light", "dark"] as const)
    await inPlayground("", { theme }, async (page) => {
      await page.getByLabel("Example").selectOption({ label: "A pendulum" });
      await run(page);
      await output(page).locator("canvas").first().waitFor();
      const colours = await page.evaluate(() => {
        const canvas = document.querySelector<HTMLCanvasElement>(".playground-results canvas");
        const { data } = canvas?.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: new Uint8ClampedArray() };
        const seen = new Set<string>();
        for (let k = 0; k < data.length; k += 4) if ((data[k + 3] as number) > 200) seen.add(`${data[k]} ${data[k + 1]} ${data[k + 2]}`);
        return seen.size;
      });
      assert.ok(colours > 20, `${colours} colours`);
      const said = await output(page).locator("[role=img]").first().getAttribute("aria-label");
      assert.match(said ?? "", /time, s/);
      assert.match(said ?? "", /angle, rad/);
    });
});

test("an error is told and marked at its line, and goes when the program is mended", async () => {
  await inPlayground("", async (page) => {
    await write(page, 'const a: number = 1;\n\nthrow new Error("<b>no</b><img src=x onerror=alert(1)>");');
    await run(page, /^Failed/);
    assert.match(await output(page).innerText(), /Line 3, column 7: Error: <b>no<\/b><img/);
    assert.is(await output(page).locator("b, img").count(), 0);
    assert.match((await page.locator(".cm-fault").innerText()) ?? "", /^throw new Error/);
    assert.equal(await violations(page), []);
    await write(page, 'console.log("<i>text</i>");');
    await run(page);
    assert.is(await page.locator(".cm-fault").count(), 0);
    assert.match(await output(page).innerText(), /<i>text<\/i>/);
    assert.is(await output(page).locator("i").count(), 0);
  });
});

test("an endless loop is stopped by the button, and by its time", async () => {
  await inPlayground("", async (page) => {
    await write(page, 'console.log("begun");\nfor (;;) {}');
    await button(page, "Run").click();
    await output(page).getByText("begun").waitFor();
    await button(page, "Stop").click();
    await status(page).filter({ hasText: "Stopped." }).waitFor();
    await page.getByLabel("Stop after").selectOption({ label: "5 s" });
    await run(page, /^Stopped after 5 s/);
    await write(
      page,
      'import { progress } from "page";\nprogress(0.5);\nawait new Promise((go) => setTimeout(go, 400));\nconsole.log("after");',
    );
    await button(page, "Run").click();
    await page.locator(".playground-tool progress").waitFor();
    assert.is(await page.locator(".playground-tool progress").evaluate((bar) => (bar as HTMLProgressElement).value), 0.5);
    await status(page).filter({ hasText: /^Done/ }).waitFor();
    assert.match(await output(page).innerText(), /after/);
  });
});

test("the rewritten code is shown without a run", async () => {
  await inPlayground("", async (page) => {
    await write(page, 'import { differentiable } from "cotangent";\nconst f = differentiable((x: number) => x * x);\nconsole.log(f(2));');
    await button(page, "Show the rewritten code").click();
    await page.locator(".rewritten-code").waitFor();
    assert.match((await page.locator(".rewritten-code").textContent()) ?? "", /\$c_mul\(x, x\)/);
    assert.not.match(await output(page).innerText(), /^4$/m);
    await button(page, "Hide the rewritten code").click();
    assert.is(await page.locator(".rewritten-code").count(), 0);
  });
});

test("a program is shared by the address's fragment, shown with a note, and run at a click only", async () => {
  const code = 'console.log("from a link: ünïcödé ∂");';
  let address = "";
  await inPlayground("", async (page) => {
    await write(page, code);
    await button(page, "Share").click();
    await page.locator(".playground-link input").waitFor();
    address = await page.locator(".playground-link input").inputValue();
    assert.match(address, /#code=[\w-]+$/);
    assert.is(address, page.url());
  });
  await inPlayground(new URL(address).hash, async (page) => {
    await page.locator(".playground-note").waitFor();
    assert.match(await page.locator(".playground-note").innerText(), /came with the link.*not run yet/);
    assert.match(await editor(page).inputValue(), /ünïcödé/);
    await page.waitForTimeout(500);
    assert.is(await output(page).locator(".run-output").count(), 0);
    await run(page);
    assert.match(await output(page).innerText(), /from a link: ünïcödé ∂/);
    assert.equal(await violations(page), []);
  });
});

test("links that hold no program say so", async () => {
  const { deflateRawSync } = await import("node:zlib");
  const wrong: readonly (readonly [string, RegExp])[] = [
    ["#code=", /signs that no program is written with/],
    ["#code=%3Cscript%3E", /signs that no program/],
    ["#code=AAAA", /cannot be read/],
    [`#code=${"A".repeat(longestFragment)}`, /longer than any/],
    [`#code=${deflateRawSync("x".repeat(1_000_000)).toString("base64url")}`, /too long for this page/],
    [`#code=${deflateRawSync(Buffer.from([0xff, 0xfe, 0xff])).toString("base64url")}`, /cannot be read/],
  ];
  for (const [hash, message] of wrong)
    await inPlayground(hash, async (page) => {
      await page.locator(".playground-note").waitFor();
      assert.match(await page.locator(".playground-note").innerText(), message, hash.slice(0, 30));
      assert.match(await editor(page).inputValue(), /^\/\/ Rosenbrock/);
    });
});

test("a program that is too long for a link is not shared", async () => {
  await inPlayground("", async (page) => {
    let seed = 1;
    const letter = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return String.fromCharCode(97 + (seed % 26));
    };
    await write(page, `// ${Array.from({ length: 16_000 }, letter).join("")}`);
    await button(page, "Share").click();
    await status(page).filter({ hasText: "too long for a link" }).waitFor();
    assert.is(await page.locator(".playground-link").count(), 0);
  });
});

test("the editor is left by Escape and Tab, and runs by Control and Enter", async () => {
  await inPlayground("", async (page) => {
    await write(page, 'console.log("by keys");');
    await page.keyboard.press("Control+Enter");
    await output(page).getByText("by keys").waitFor();
    const inEditor = () => page.evaluate(() => document.activeElement?.classList.contains("cm-content") ?? false);
    await page.keyboard.press("Tab");
    assert.ok(await inEditor(), "Tab indents");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    assert.not.ok(await inEditor(), "Escape, then Tab leaves");
    const said = await page.locator(".cm-content").getAttribute("aria-describedby");
    assert.match((await page.locator(`[id="${said}"]`).innerText()) ?? "", /Escape, then Tab leaves/);
  });
});

test("names of the library are completed, told, and imported", async () => {
  await inPlayground("", async (page) => {
    await write(page, 'import { add } from "cotangent";\n');
    await page.keyboard.type("hess");
    await page.locator(".cm-tooltip-autocomplete [aria-selected=true]").filter({ hasText: "hessian" }).waitFor();
    await page.locator(".cm-completionInfo").filter({ hasText: "hessian<" }).waitFor();
    await page.waitForTimeout(150);
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelector(".cm-content")?.textContent?.includes("add, hessian }"));
  });
});

test("the first focus and the first run load at most 450 kB, gzipped", async () => {
  await inPlayground("", async (page) => {
    await page.getByLabel("Example").selectOption({ label: "A wrong rule, named" });
    await page.waitForTimeout(500);
    let bytes = 0;
    const names: string[] = [];
    page.on("response", async (response) => {
      if (!response.url().startsWith("http")) return;
      const body = gzipSync(await response.body().catch(() => Buffer.alloc(0))).length;
      bytes += body;
      names.push(`${new URL(response.url()).pathname.split("/").at(-1)} ${body}`);
    });
    await editor(page).focus();
    await page.locator(".cm-content").waitFor();
    await run(page);
    await page.waitForTimeout(500);
    assert.ok(bytes > 300_000, `only ${bytes} bytes: ${names.join(", ")}`);
    assert.ok(bytes <= 450_000, `${bytes} bytes: ${names.join(", ")}`);
    // What the editor completes comes with the first word that is typed.
    const before = bytes;
    await page.locator(".cm-content").focus();
    await page.keyboard.type("\nhess");
    await page.locator(".cm-tooltip-autocomplete").waitFor();
    assert.ok(bytes - before <= 25_000, `${bytes - before} bytes of names`);
  });
});

test("the page fits a phone, and its tool is there without scripts as text", async () => {
  await inPlayground("", { size: { width: 375, height: 720 } }, async (page) => {
    await run(page);
    await output(page).locator("canvas").first().waitFor();
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 375);
  });
  await withPage("/playground", { javaScript: false }, async (page) => {
    assert.match(await page.locator(".playground-tool pre").first().innerText(), /Rosenbrock/);
  });
});

test.run();
