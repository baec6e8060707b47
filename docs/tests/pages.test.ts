import { test } from "uvu";
import * as assert from "uvu/assert";
import { dist, pagesOf } from "./support/built-site.js";
import { visitAll } from "./support/visit.js";

// Each page is opened once (in a window as withPage has it), and the tests look at what was seen.
// Files of code shown whole are made by one template: one of them stands for all.
const pages = pagesOf(dist).filter((page) => !/^\/source\/.*\.ts\.html$/.test(page) || page.endsWith("/trigonometric.ts.html"));

/** PAGES=guide tests those alone whose path matches. */
const asked = (page: string): boolean => new RegExp(process.env["PAGES"] ?? "").test(page);

const seen = await visitAll(pages.filter(asked));

/** The greatest weight of a page, gzipped, before anything is clicked. */
const limitOf = (path: string): number => (path === "/index.html" ? 250_000 : 350_000);

for (const [path, { faults, title, headings, violations, overflow, weight }] of seen) {
  test(`${path} loads without a fault`, () => assert.equal(faults, []));
  test(`${path} has a title, and one heading of the first level`, () => {
    assert.match(title, "cotangent");
    assert.is(headings, 1);
  });
  test(`${path} has nothing that axe finds`, () => assert.equal(violations, []));
  test(`${path} does not scroll sideways on a phone`, () => assert.is(overflow, 0));
  test(`${path} is light enough`, () => assert.ok(weight <= limitOf(path), `${weight} bytes, ${limitOf(path)} are allowed`));
}

/** A page of each kind, in the dark. */
const kinds = [
  "index",
  "maths",
  "rules",
  "guide/five-minutes",
  "phrasebooks/jax",
  "recipes/fit-a-curve",
  "lab-live",
  "playground",
  "reference/index",
];

for (const [path, { faults, violations }] of await visitAll(
  pages.filter((page) => asked(page) && kinds.includes(page.slice(1, -".html".length))),
  "dark",
)) {
  test(`${path} has nothing that axe finds in the dark`, () => assert.equal([...faults, ...violations], []));
}

test("tells what the pages weigh", () => {
  const weights = [...seen].map(([path, { weight }]) => ({ path, weight })).sort((a, b) => b.weight - a.weight);
  assert.ok(weights.length > 0);
  const shown = [...weights.slice(0, 3), ...weights.filter(({ path }) => path === "/index.html")];
  process.stdout.write(`\n${shown.map(({ path, weight }) => `  ${path} ${Math.round(weight / 1000)} kB`).join("\n")}\n`);
});

test.run();
