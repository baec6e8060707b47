import { execSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** The built site that the tests look at: docs/.vitepress/dist. */
export const dist: string = resolve(import.meta.dirname, "../../.vitepress/dist");

/** Builds the site, if it has not been built. */
export function buildIfMissing(): void {
  if (existsSync(join(dist, "index.html"))) return;
  process.stdout.write("There is no built site: building it.\n");
  execSync("npm run --silent build", { cwd: resolve(import.meta.dirname, "../.."), stdio: "inherit" });
}

/** The base path that a built site was made for, read from its front page. */
export function baseOf(folder: string): string {
  const html = readFileSync(join(folder, "index.html"), "utf8");
  const base = /(?:src|href)="([^":]*\/)assets\//.exec(html)?.[1];
  if (base === undefined) throw new Error(`${folder}/index.html names no file of assets/`);
  return base;
}

/** Every page of a built site, as paths from its base: "/index.html", "/guide/five-minutes.html", … */
export function pagesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".html") && file !== "404.html")
    .map((file) => `/${file}`)
    .sort();
}
