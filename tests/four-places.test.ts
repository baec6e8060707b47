import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { root, run } from "./support/command.js";

/** The four places of a made-up function, and what stands there. */
const places: Readonly<Record<string, string>> = {
  "rules/elementwise/versine.ts": `import { scalarRule, type Unary } from "../../lib/core/index.js";
import { sin } from "./trigonometric.js";

/** 1 − cos x, accurate near 0. */
export const versine: Unary = scalarRule((x: number) => 2 * Math.sin(x / 2) ** 2, (_, x) => [sin(x)], { name: "versine" });
`,
  "tests/rules/elementwise/versine.examples.ts": `import { versine } from "../../../rules/elementwise/versine.js";
import { at, type Kinks } from "../../kinks/cases.js";
import { type Examples, unary } from "../../support/examples.js";

export const examples: Examples = { versine: unary([0.5, -1.5, 2, 3]) };
export const kinks: Kinks = [{ where: "\`versine\` at 0", convention: "0", names: ["versine"], cases: [at("versine(0)", versine, 0, 0, 0)] }];
`,
  "tests/rules/elementwise/versine.test.ts": `import { test } from "uvu";
import { assertClose } from "../../../lib/testing/index.js";
import { versine } from "../../../rules/elementwise/versine.js";

test("is accurate near 0", () => assertClose(versine(1e-9), 5e-19));
test.run();
`,
  "rules/elementwise/index.ts": `${readFileSync(resolve(root, "rules/elementwise/index.ts"), "utf8").replace(
    /^export \{ acos/m,
    'export { versine } from "./versine.js";\nexport { acos',
  )}`,
};

test("a function that stands in four places is in every list that others are derived from", async () => {
  const copy = resolve(root, ".cache/four-places");
  rmSync(copy, { recursive: true, force: true });
  for (const part of ["lib", "rules", "tests", "perf", "package.json"]) {
    cpSync(resolve(root, part), resolve(copy, part), {
      recursive: true,
      filter: (path) => !path.includes("node_modules") && !path.endsWith(".cache"),
    });
  }
  for (const [path, text] of Object.entries(places)) writeFileSync(resolve(copy, path), text);
  const { code, stdout, stderr } = await run(process.execPath, ["--import", "tsx", "tests/support/print-lists.ts"], copy);
  assert.is(code, 0, stderr);
  const lists = Object.entries(JSON.parse(stdout) as Record<string, readonly string[]>);
  assert.is(lists.length, 5);
  for (const [title, names] of lists) {
    assert.ok(names.includes("versine"), `${title} has not versine`);
    assert.ok(names.includes("sinc"), `${title} has not sinc, by which this test sees that it reads the right list`);
  }
  const own = await run(process.execPath, ["--import", "tsx", "tests/run.ts", "versine", "architecture"], copy);
  assert.is(own.code, 0, own.stdout);
});

test.run();
