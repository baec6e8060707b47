import type { BrowserContext, Page } from "playwright-core";
import { browser } from "./browser.js";
import { baseOf, dist } from "./built-site.js";
import { type StaticServer, serve } from "./static-server.js";

let served: Promise<StaticServer> | undefined;

/** The server of docs/.vitepress/dist that all tests of a run share. */
export function siteServer(): Promise<StaticServer> {
  served ??= serve(dist, baseOf(dist));
  return served;
}

/** Ends the shared server, if it was started. */
export async function closeSiteServer(): Promise<void> {
  await (await served)?.close();
  served = undefined;
}

export interface PageOptions {
  /** The colour scheme that the reader's system asks for; light when absent. */
  readonly theme?: "light" | "dark";
  /** Width and height of the window in CSS pixels; 1280 × 900 when absent. A phone is { width: 375, height: 720 }. */
  readonly size?: { readonly width: number; readonly height: number };
  /** Whether scripts run; true when absent. */
  readonly javaScript?: boolean;
  /** The site: docs/.vitepress/dist when absent. */
  readonly server?: StaticServer;
}

/** The address of a page: "/guide/modes", "/guide/modes.html", "/playground#code" and "/" are all right. */
export function addressOf(path: string, { origin, base }: StaticServer): string {
  const [, name = "", rest = ""] = /^\/?([^?#]*)(.*)$/.exec(path) ?? [];
  const file = name === "" || name.endsWith("/") || /\.\w+$/.test(name) ? name : `${name}.html`;
  return `${origin}${base}${file}${rest}`;
}

/** Puts every fault that a page shows into the list: console errors, errors thrown, files not found, requests to another origin. */
function listen(context: BrowserContext, origin: string, errors: string[]): void {
  context.on("console", (message) => {
    if (message.type() === "error") errors.push(`console: ${message.text()}`);
  });
  context.on("weberror", (error) => errors.push(`thrown: ${error.error().stack ?? error.error().message}`));
  context.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !/^(?:data|blob|about):/.test(url)) errors.push(`a request to another origin: ${url}`);
  });
  context.on("response", (response) => {
    if (response.status() >= 400) errors.push(`${response.status()}: ${response.url()}`);
  });
}

/** Runs in the page: whether Vue has taken over the markup that the server sent. */
const isAlive = (): boolean => "_vnode" in (document.querySelector("#app") ?? {});

/** A window of the browser, with nothing of other windows in it. */
export interface Window {
  readonly page: Page;
  /** Fills with each fault that the pages show. */
  readonly errors: string[];
  /** Opens a page of the site, and waits until it has loaded. */
  go(path: string): Promise<void>;
  close(): Promise<void>;
}

export async function openWindow({ theme = "light", size, javaScript = true, server }: PageOptions = {}): Promise<Window> {
  const site = server ?? (await siteServer());
  const context = await (await browser()).newContext({
    colorScheme: theme,
    viewport: size ?? { width: 1280, height: 900 },
    javaScriptEnabled: javaScript,
    reducedMotion: "reduce",
  });
  const errors: string[] = [];
  listen(context, site.origin, errors);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  return {
    page,
    errors,
    async go(path) {
      await page.goto(addressOf(path, site), { waitUntil: "load" });
      if (javaScript) await page.waitForFunction(isAlive);
    },
    close: () => context.close(),
  };
}

/**
 * Opens a page of the built site in a window of its own, waits until it has loaded, and calls `body` with it. `errors` fills with each fault
 * that the page shows; what stands in it at the end fails the test, so a test that provokes faults looks at them and empties the list
 * (`errors.length = 0`).
 *
 *   await withPage("/playground", async (page, errors) => { … });
 *   await withPage("/lab-live", { size: { width: 375, height: 720 }, theme: "dark" }, async (page) => { … });
 */
export async function withPage<T>(path: string, body: (page: Page, errors: string[]) => Promise<T>): Promise<T>;
export async function withPage<T>(path: string, options: PageOptions, body: (page: Page, errors: string[]) => Promise<T>): Promise<T>;
export async function withPage<T>(
  path: string,
  ...rest: [(page: Page, errors: string[]) => Promise<T>] | [PageOptions, (page: Page, errors: string[]) => Promise<T>]
): Promise<T> {
  const [options, body] = rest.length === 1 ? [{}, rest[0]] : rest;
  const { page, errors, go, close } = await openWindow(options);
  try {
    await go(path);
    const result = await body(page, errors);
    if (errors.length > 0) throw new Error(`${path} shows faults:\n  ${errors.join("\n  ")}`);
    return result;
  } finally {
    await close();
  }
}
