import { test } from "uvu";
import * as assert from "uvu/assert";
import { entriesOf, readManifest } from "../../.ci/build/entries.js";
import { root } from "../support/command.js";

const manifest = readManifest(root);
const entries = entriesOf(root, manifest);
const sourceOf = (module: string) => entries.find((entry) => entry.module === module)?.source;

test("each entry of package.json has its source, each module comes once", () => {
  assert.is(sourceOf("dist/index.js"), "lib/index.ts");
  assert.is(sourceOf("dist/core.js"), "lib/core/public.ts");
  assert.is(sourceOf("dist/rules/math.js"), "rules/math.ts");
  assert.is(new Set(entries.map(({ module }) => module)).size, entries.length);
});

test("a pattern stands for the folders that have an index: groups are entries, helpers are not", () => {
  assert.is(sourceOf("dist/rules/linalg.js"), "rules/linalg/index.ts");
  assert.is(sourceOf("dist/rules/special.js"), "rules/special/index.ts");
  assert.is(sourceOf("dist/rules/support.js"), undefined);
});

test("what has effects is an entry", () => {
  for (const path of manifest.sideEffects) assert.ok(sourceOf(path.replace("./", "")), path);
});

const named = (exports: Record<string, { types: string; default: string }>) => ({ ...manifest, exports });

test("declarations elsewhere, and two stars, are refused", () => {
  assert.throws(
    () => entriesOf(root, named({ ".": { types: "./lib/index.d.ts", default: "./dist/index.js" } })),
    /do not lie in \.\/dist\/types/,
  );
  assert.throws(() => entriesOf(root, named({ "./*": { types: "./dist/types/*/*.d.ts", default: "./dist/*.js" } })), /one \* at most/);
});

test.run();
