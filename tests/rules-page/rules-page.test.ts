import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { root } from "../support/command.js";
import { kinksFile, kinksPage } from "./kinks-page.js";
import { rulesPage } from "./page.js";

const { text, functions, oneSided } = await rulesPage();

test("docs/rules.md is what npm run docs:rules writes", () => {
  assert.is(readFileSync(resolve(root, "docs/rules.md"), "utf8"), text, "docs/rules.md is stale: npm run docs:rules");
});

test("the page of kinks has every line, in the words beside the tests, with an example", async () => {
  const page = readFileSync(resolve(root, "docs", kinksFile), "utf8");
  assert.is(page, await kinksPage(), `docs/${kinksFile} is stale: npm run docs:rules`);
});

test("no function has one half only", () => {
  assert.equal(oneSided, []);
  assert.ok(functions > 200);
});

test.run();
