import { type Browser, chromium } from "playwright-core";
import { findChromium } from "./chromium.js";

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // nothing but this machine can be reached, so that a page which asks for more fails
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

let running: Promise<Browser> | undefined;

async function launch(): Promise<Browser> {
  const found = findChromium();
  if ("missing" in found) throw new Error(found.missing);
  return chromium.launch({ executablePath: found.path, args: flags });
}

/** The one browser of this run; started when it is first asked for. */
export function browser(): Promise<Browser> {
  running ??= launch();
  return running;
}

/** Ends the browser, if one was started; without this the process would not end. */
export async function closeBrowser(): Promise<void> {
  await (await running?.catch(() => undefined))?.close();
  running = undefined;
}
