import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { violations } from "./accessibility.js";
import type { StaticServer } from "./static-server.js";
import { openWindow, siteServer, type Window } from "./with-page.js";

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

const wide = { width: 1280, height: 900 };
const narrow = { width: 375, height: 720 };

/** Opens a page in a wide window and looks at it, then makes the window narrow. */
async function visit({ page, errors, go }: Window, path: string, { origin, base, folder }: StaticServer): Promise<Visit> {
  await page.setViewportSize(wide);
  await go(path);
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  const loaded = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
  const files = new Set([page.url(), ...loaded].filter((url) => url.startsWith(origin)).map((url) => new URL(url).pathname));
  const weights = [...files].map((file) => weightOf(join(folder, file.slice(base.length) || "index.html")));
  const title = await page.title();
  const headings = await page.locator("h1").count();
  const wrong = await violations(page);
  await page.setViewportSize(narrow);
  // parts of the frame are exchanged a moment later
  await page.waitForFunction(fits, undefined, { timeout: 1_000 }).catch(() => {});
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  const weight = weights.reduce((sum, one) => sum + one, 0);
  return { faults: errors.splice(0), title, headings, violations: wrong, overflow, weight };
}

/** Visits pages, in two windows at a time, which keep what they have loaded. A visit that fails tells it among its faults. */
export async function visitAll(paths: readonly string[], theme: "light" | "dark" = "light"): Promise<ReadonlyMap<string, Visit>> {
  const server = await siteServer();
  const open = [...paths];
  const visits = new Map<string, Visit>();
  const failed = (error: unknown) => ({ faults: [String(error)], title: "", headings: 0, violations: [], overflow: 0, weight: 0 });
  const worker = async (): Promise<void> => {
    const window = await openWindow({ theme });
    for (let path = open.shift(); path !== undefined; path = open.shift()) {
      visits.set(path, await visit(window, path, server).catch(failed));
    }
    await window.close();
  };
  await Promise.all([worker(), worker()]);
  return visits;
}
