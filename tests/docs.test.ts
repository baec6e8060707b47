import { readdirSync, readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { checkDocs } from "./support/check-docs.js";
import { root } from "./support/command.js";
import { blocksOf } from "./support/doc-blocks.js";

/** What the build of the site writes: copies of what is checked where it stands. */
const written = ["docs/reference/api", "docs/source"].map((folder) => resolve(root, folder));

/** The markdown files of a folder and of those below it; installed packages, hidden folders and generated ones are left out. */
function markdownIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith(".") || entry.name === "node_modules") return [];
    const path = resolve(folder, entry.name);
    if (written.includes(path)) return [];
    if (entry.isDirectory()) return markdownIn(path);
    return entry.name.endsWith(".md") ? [path] : [];
  });
}

const read = (paths: readonly string[]) => new Map(paths.map((path) => [relative(root, path), readFileSync(path, "utf8")]));
const fixture = (name: string) => resolve(root, "tests/fixtures/docs", name);

test("every block of README and docs runs, has sound types and prints what is shown", async () => {
  const { count, faults } = await checkDocs(
    read([resolve(root, "README.md"), ...markdownIn(resolve(root, "docs"))]),
    resolve(root, ".cache/docs"),
  );
  assert.ok(count > 0, "the pages hold no block of code");
  assert.ok(faults.length === 0, `\n${faults.join("\n")}`);
});

test("the README shows an example first, then the command that runs the lab and the one that runs the tests", () => {
  const readme = readFileSync(resolve(root, "README.md"), "utf8");
  const fences = [...readme.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language, code]) => [language, code]);
  assert.is(fences[0]?.[0], "ts");
  assert.equal(fences.slice(1, 3), [
    ["sh", "npm ci && npm run lab\n"],
    ["sh", "npm ci && npm test\n"],
  ]);
});

test("each phrase of a phrase book is one foreign block, then one of TypeScript that shows its output, then a remark or nothing", () => {
  const books = markdownIn(resolve(root, "docs/phrasebooks"));
  assert.ok(books.length >= 3);
  for (const book of books) {
    const phrases = readFileSync(book, "utf8")
      .split(/^(?=#{2,3} )/m)
      .filter((section) => section.startsWith("### "));
    assert.ok(phrases.length >= 20, `${book} has ${phrases.length} phrases`);
    for (const phrase of phrases) {
      const blocks = [...phrase.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)];
      const paragraphs = phrase
        .replaceAll(/^```[\s\S]*?^```$/gm, "[block]")
        .trim()
        .split(/\n{2,}/);
      assert.match(blocks.map(([, language]) => language).join(), /^(python|julia),ts$/, `${book}: ${phrase}`);
      assert.match(String(blocks[1]?.[2]), /\/\/ → /, `${book}: ${phrase}`);
      assert.equal(paragraphs.slice(1, 3), ["[block]", "[block]"], `${book}: ${phrase}`);
      assert.ok(paragraphs.length <= 4, `${book}: ${phrase}`);
    }
  }
});

test("the harness passes a page that is right", async () => {
  const { count, faults } = await checkDocs(read([fixture("right.md")]), resolve(root, ".cache/docs-right"));
  assert.is(count, 4);
  assert.equal(faults, []);
});

test("what a page shows is checked, and printed in a line", async () => {
  const { count, faults } = await checkDocs(read([fixture("shows.md")]), resolve(root, ".cache/docs-shows"));
  assert.is(count, 2);
  assert.equal(faults, []);
});

test("the harness reports every fault of a page that is wrong", async () => {
  const { count, faults } = await checkDocs(read([fixture("wrong.md")]), resolve(root, ".cache/docs-wrong"));
  assert.is(count, 8);
  const expected = [
    /wrong\.md:4: shows 3, prints 2$/,
    /wrong\.md:8: shows never, prints nothing$/,
    /wrong\.md:12: shows 1, prints 1 \| 2$/,
    /wrong\.md:16: shows\na\nc\nprints\na\nb$/,
    /wrong\.md:26: error TS2322/,
    /wrong\.md:31: the block fails[\s\S]*wrong-31\.ts:31[\s\S]*out of order/,
    /wrong\.md:35: the block fails[\s\S]*one and one is three/,
    /wrong\.md:44: an arrow without a console\.log before it$/,
  ];
  for (const pattern of expected)
    assert.ok(
      faults.some((fault) => pattern.test(fault)),
      `${pattern} is not among\n${faults.join("\n")}`,
    );
  assert.is(faults.length, expected.length, faults.join("\n"));
});

test("blocks are found with their lines, in fences of any length", () => {
  const page = ["text", "````ts", "a;", "```", "b;", "````", "```text", "out", "```", "```text", "not this", "```"].join("\n");
  const [block, ...others] = blocksOf("page.md", page);
  assert.is(others.length, 0);
  assert.equal(block, { page: "page.md", language: "ts", line: 3, code: "a;\n```\nb;\n", output: "out\n" });
});

test.run();
