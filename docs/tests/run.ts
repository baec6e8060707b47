/**
 * The tests of the built site, by the runner of the repository: `node --import tsx tests/run.ts [PATTERN …]` runs docs/tests/…/*.test.ts
 * against docs/.vitepress/dist, which is built when it is missing. The last line is `N passed, N failed, N skipped`. Files that use a browser (those that name `withPage`) are
 * skipped, with the reason, where chromium is missing and cannot be installed.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { skip } from "../../tests/support/skip.js";
import { closeBrowser } from "./support/browser.js";
import { buildIfMissing } from "./support/built-site.js";
import { findChromium } from "./support/chromium.js";
import { closeSiteServer } from "./support/with-page.js";

buildIfMissing();

const patterns = process.argv.slice(2);
const files = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".test.ts"));
const chosen = files.filter((file) => patterns.length === 0 || patterns.some((pattern) => new RegExp(pattern, "i").test(file)));
const inBrowser = (file: string) => /\bwithPage\b/.test(readFileSync(join(import.meta.dirname, file), "utf8"));

const chromium = chosen.some(inBrowser) ? findChromium() : { path: "" };
const runnable = "missing" in chromium ? chosen.filter((file) => !inBrowser(file)) : chosen;
if ("missing" in chromium) for (const file of chosen.filter(inBrowser)) skip(`docs/tests/${file}`, chromium.missing);

const exactly = (file: string) => `^${file.replaceAll(/[.\\]/g, "\\$&")}$`;
process.argv.splice(2, Number.POSITIVE_INFINITY, "--dir", "docs/tests", ...(runnable.length > 0 ? runnable.map(exactly) : patterns));
if (runnable.length === 0 && "missing" in chromium) {
  process.stdout.write(`skipped: the tests in a browser: ${chromium.missing}\n0 passed, 0 failed, ${chosen.length} skipped\n`);
} else {
  await import("../../tests/run.js");
}
await closeBrowser();
await closeSiteServer();
