// docs/reference/errors.md: what it lists is what the program below prints (docs.test.ts runs these), and no class of errors is missing.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { root } from "./support/command.js";
import { blocksOf, shownBy } from "./support/doc-blocks.js";
import { messages } from "./support/messages.js";

const page = readFileSync(resolve(root, "docs/reference/errors.md"), "utf8");
const [head = "", ...sections] = page.split(/^### /m);

test("each message on the page is printed by the program below it", () => {
  assert.ok(sections.length > 40);
  for (const section of sections) {
    const message = /^`(.*)`$/m.exec(section)?.[1] ?? "";
    const [block, ...others] = blocksOf("errors.md", section);
    assert.ok(block !== undefined && others.length === 0, `${message}: one program`);
    const printed = shownBy(block).shown.flatMap(({ texts }) => texts);
    assert.ok(message !== "" && printed.some((text) => text.includes(message)), `${message} is not in ${printed.join(" | ")}`);
    assert.match(section, /\*\*Cure:\*\* \S/, `${message}: a cure`);
  }
});

test("the page names every class of errors that the code makes", () => {
  const all = messages();
  assert.ok(all.length > 400, `${all.length} errors found`);
  for (const kind of new Set(all.map((each) => each.kind))) assert.match(head, `\`${kind}\``);
});

test("a message's words are found, whatever it is put together from", () => {
  const all = messages();
  const told = all.filter(({ text }) => text !== undefined);
  assert.ok(all.length > 400 && told.length >= all.length - 2, `${told.length} of ${all.length}`);
  const matmul = told.find(({ file, text }) => file.endsWith("products/matmul.ts") && text?.includes("do not fit"));
  assert.is(matmul?.text, "‹who›: shapes … and … do not fit: …");
  for (const { text, file, line } of told) assert.not.match(text as string, /\$\{|`\)/, `${file}:${line}`);
});

test.run();
