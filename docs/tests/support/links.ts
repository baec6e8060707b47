import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pagesOf } from "./built-site.js";

/** An address that a page names, taken apart. */
interface Named {
  readonly page: string;
  readonly address: string;
}

/** All that the pages of a built site name by `href` and `src` within the site, each address once for each page. */
function namedIn(folder: string): Named[] {
  return pagesOf(folder).flatMap((page) => {
    const html = readFileSync(join(folder, page), "utf8");
    const addresses = new Set([...html.matchAll(/\s(?:href|src)="([^"]*)"/g)].map(([, address = ""]) => address.replaceAll("&amp;", "&")));
    return [...addresses].filter((address) => address !== "" && !/^[a-z]+:/i.test(address)).map((address) => ({ page, address }));
  });
}

/**
 * The links of a built site that lead nowhere: to a file that is not there or not under the base path, or to a place that its page does not
 * have. Each is told once, with a page that names it.
 */
export function deadLinks(folder: string, base: string): string[] {
  const idsOf = new Map<string, ReadonlySet<string>>();
  const ids = (file: string): ReadonlySet<string> => {
    const known = idsOf.get(file) ?? new Set([...readFileSync(file, "utf8").matchAll(/\sid="([^"]*)"/g)].map(([, id = ""]) => id));
    idsOf.set(file, known);
    return known;
  };
  const dead = new Map<string, string>();
  for (const { page, address } of namedIn(folder)) {
    const { pathname, hash } = new URL(address, `http://site${base.slice(0, -1)}${page}`);
    const path = decodeURI(pathname);
    const file = join(folder, path.slice(base.length).replace(/(?:^|(?<=\/))$/, "index.html"));
    const id = decodeURIComponent(hash.slice(1));
    if (!path.startsWith(base) || !existsSync(file) || (id !== "" && file.endsWith(".html") && !ids(file).has(id)))
      dead.set(pathname + hash, page);
  }
  return [...dead].map(([address, page]) => `${address}, named by ${page}`);
}
