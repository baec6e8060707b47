import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { violations } from "./accessibility.js";
import { siteServer, withPage } from "./with-page.js";

/** What a page shows when it is opened and left alone. */
export interface Visit {
  /** Console errors, failed requests, requests to another origin; empty when all is well. */
  readonly faults: readonly string[];
  readonly title: string;
  readonly headings: number;
  readonly violations: readonly string[];
  /** How far the page scrolls sideways in a window 375 pixels wide, in pixels. */
  readonly overflow: number;
  /** What it loads, gzipped, in bytes. */
  readonly weight: number;
}

const zipped = new Map<string, number>();

function weightOf(file: string): number {
  const known = zipped.get(file) ?? gzipSync(readFileSync(file), { level: 9 }).length;
  zipped.set(file, known);
  return known;
}

/** Runs in the page. */
const fits = (): boolean => document.documentElement.scrollWidth <= document.documentElement.clientWidth;

/** Opens a page in a wide window and looks at it, then makes the window narrow. */
export async function visit(path: string, theme: "light" | "dark" = "light"): Promise<Visit> {
  const { origin, base, folder } = await siteServer();
  let weight = 0;
  const found = await withPage(path, { theme }, async (page, errors) => {
    await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
    const loaded = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
    const files = new Set([page.url(), ...loaded].filter((url) => url.startsWith(origin)).map((url) => new URL(url).pathname));
    for (const file of files) weight += weightOf(join(folder, file.slice(base.length).replace(/^$/, "index.html")));
    const title = await page.title();
    const headings = await page.locator("h1").count();
    const wrong = await violations(page);
    await page.setViewportSize({ width: 375, height: 720 });
    // parts of the frame are exchanged a moment later
    await page.waitForFunction(fits, undefined, { timeout: 1_000 }).catch(() => {});
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    return { title, headings, violations: wrong, overflow, faults: errors.splice(0) };
  });
  return { ...found, weight };
}

/** Visits pages, two at a time. A visit that fails tells it among its faults. */
export async function visitAll(paths: readonly string[], theme: "light" | "dark" = "light"): Promise<ReadonlyMap<string, Visit>> {
  const open = [...paths];
  const visits = new Map<string, Visit>();
  const worker = async (): Promise<void> => {
    for (let path = open.shift(); path !== undefined; path = open.shift()) {
      const failed = (error: unknown) => ({ faults: [String(error)], title: "", headings: 0, violations: [], overflow: 0, weight: 0 });
      visits.set(path, await visit(path, theme).catch(failed));
    }
  };
  await Promise.all([worker(), worker()]);
  return visits;
}
