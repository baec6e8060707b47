import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import * as rules from "../../rules/index.js";
import * as special from "../../rules/special/index.js";

test("the types of every function are tested", () => {
  const tests = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".test.ts") && name !== "all-rules.test.ts");
  const words = new Set(tests.flatMap((name) => readFileSync(resolve(import.meta.dirname, name), "utf8").match(/\w+/g) ?? []));
  const untested = Object.keys({ ...rules, ...special }).filter((name) => !words.has(name));
  assert.equal(untested, []);
});

test.run();
