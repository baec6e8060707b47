import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { root } from "../support/command.js";
import { withTable } from "./constructs-page.js";

test("the page of constructs holds the table as it is tested; npm run docs:constructs writes it", () => {
  const page = readFileSync(resolve(root, "docs/plain-typescript.md"), "utf8");
  assert.is(page, withTable(page));
});

test.run();
