import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { bannedWords, cycles, longFiles, missingFiles, wrongArrows, wrongContents, wrongFloors } from "./support/architecture.js";
import { root } from "./support/command.js";
import { importGraph, importsOf, reachable, readSources } from "./support/imports.js";
import { untested } from "./support/tests-of-rules.js";

const sources = readSources(root, ["lib", "rules"]);
const graph = importGraph(sources);

/** A graph of made-up files. */
const graphOf = (files: Record<string, string>) => importGraph(new Map(Object.entries(files)));

const house = suite("the house");

house("every import follows the table of arrows", () => assert.equal(wrongArrows(graph), []));
house("files import only their own room and those of lower floors", () => assert.equal(wrongFloors(graph), []));
house("the index of a group is its table of contents and nothing else", () => assert.equal(wrongContents(sources), []));
house("every rule file has a test", () => assert.equal(untested(readSources(root, ["rules"]), readSources(root, ["tests/rules"])), []));
house("every imported file is there", () => assert.equal(missingFiles(graph), []));
house("no cycle between files", () => assert.equal(cycles(graph), []));
house("no file over 250 lines", () => assert.equal(longFiles(sources), []));
house("no default export, no utils.ts, no any", () => assert.equal(bannedWords(sources), []));

house("a program of elementwise rules alone loads no package but ndarray", () => {
  const entries = ["lib/core/index.ts", "lib/forward/index.ts", "lib/reverse/index.ts"];
  const rules = ["rules/elementwise/index.ts"];
  const loaded = reachable(
    graph,
    [...entries, ...rules].filter((path) => sources.has(path)),
  );
  assert.ok(loaded.size > 0, "none of the scalar program's files is there");
  assert.equal(
    [...loaded].filter((name) => !sources.has(name)),
    ["ndarray"],
  );
});

house("a program without linear algebra does not load factorizations", () => {
  const loadedBy = (...entries: string[]) => reachable(graph, entries);
  const groups = (graph.get("rules/index.ts") ?? []).map(({ to }) => to).filter((path) => path !== "rules/linalg/index.ts");
  assert.ok(groups.length > 8, "the groups of rules are not there");
  assert.not(
    loadedBy("lib/core/index.ts", "lib/forward/index.ts", "lib/reverse/index.ts", "lib/higher.ts", ...groups).has(
      "lib/nd/linalg/factorizations.ts",
    ),
  );
  assert.ok(
    loadedBy("rules/linalg/index.ts").has("lib/nd/linalg/factorizations.ts"),
    "linalg does not load it: this test would see nothing",
  );
});

house("no entry but cotangent/special loads the packages of the special functions", () => {
  const stdlibOf = (...entries: string[]) => [...reachable(graph, entries)].filter((name) => name.startsWith("@stdlib/"));
  assert.equal(stdlibOf("lib/index.ts", "lib/core/index.ts", "lib/testing/index.ts", "rules/index.ts", "rules/math.ts"), []);
  const optional = JSON.parse(readFileSync(resolve(root, "package.json"), "utf8")) as Record<"peerDependenciesMeta", object>;
  const peers = new Set(Object.keys(optional.peerDependenciesMeta));
  const needed = stdlibOf("rules/special/index.ts");
  assert.ok(needed.length > 0, "special loads none: this test would see nothing");
  assert.equal(
    needed.filter((name) => !peers.has(name)),
    [],
  );
});

house.run();

const checkers = suite("the checks themselves");

checkers("see each form of import, and none in comments", () => {
  const code = [
    'import { a } from "./a.js";',
    'import b, { type B } from "./b.js";',
    'import type { C } from "./c.js";',
    'export type { D } from "./d.js";',
    'export * from "./e.js";',
    'import "./f.js";',
    'const g = await import("./g.js");',
    'type H = import("./h.js").H;',
    'import {\n  one,\n  two,\n} from "./i.js";',
    'import type from "./j.js";',
    '// import { x } from "./no.js";',
    '/**\n * import { x } from "./no.js";\n import "./no.js"; */',
    'export const from = "./no.js";',
  ].join("\n");
  const seen = importsOf(code);
  assert.equal(
    seen.map(({ specifier }) => specifier).sort(),
    [..."abcdefghij"].map((letter) => `./${letter}.js`),
  );
  assert.equal(
    seen.filter(({ typeOnly }) => typeOnly).map(({ specifier }) => specifier),
    ["./c.js", "./d.js"],
  );
});

/** One wrong arrow each: the file, what it imports. */
const wrong: readonly [path: string, specifier: string][] = [
  ["lib/nd/view.ts", "../core/tangent.js"],
  ["lib/core/tangent.ts", "../forward/dual.js"],
  ["lib/core/tangent.ts", "../../rules/sum.js"],
  ["lib/core/tangent.ts", "ndarray"],
  ["lib/forward/dual.ts", "../reverse/tape.js"],
  ["lib/reverse/tape.ts", "../forward/dual.js"],
  ["lib/reverse/tape.ts", "../higher.js"],
  ["lib/reverse/tape.ts", "../testing/compare.js"],
  ["lib/forward/dual.ts", "../../rules/index.js"],
  ["lib/nd/view.ts", "ndarray-ops"],
  ["lib/nd/linalg/factorizations.ts", "ml-matrix"],
  ["rules/sum.ts", "ml-matrix"],
  ["lib/nd/view.ts", "node:fs"],
  ["lib/nd/view.ts", "uvu"],
  ["lib/higher.ts", "../rules/index.js"],
  ["lib/higher.ts", "./index.js"],
  ["lib/index.ts", "../rules/sum.js"],
  ["lib/index.ts", "./testing/index.js"],
  ["lib/testing/compare.ts", "../reverse/index.js"],
  ["lib/testing/index.ts", "../../rules/index.js"],
  ["lib/testing/index.ts", "../index.js"],
  ["lib/testing/index.ts", "../reverse/index.js"],
  ["lib/engines.ts", "./higher.js"],
  ["rules/sum.ts", "../lib/forward/index.js"],
  ["rules/lab/pool.ts", "../../lib/testing/index.js"],
  ["rules/sum.ts", "../lib/index.js"],
  ["rules/sum.ts", "../tests/support/skip.js"],
  ["rules/sum.ts", "../tests/support/examples.js"],
  ["rules/sum.ts", "ndarray-ops"],
  ["rules/sum.ts", "@stdlib/math-base-special-gamma"],
  ["rules/sum.ts", "cotangent"],
  ["lib/transform/calls.ts", "../core/index.js"],
  ["lib/transform/calls.ts", "../plain/index.js"],
  ["lib/transform/calls.ts", "acorn"],
  ["lib/transform/calls.ts", "node:fs"],
  ["lib/plain/calls.ts", "../transform/index.js"],
  ["lib/plain/calls.ts", "../reverse/index.js"],
  ["lib/plain/calls.ts", "../../rules/power.js"],
  ["lib/unplugin/index.ts", "../index.js"],
  ["lib/core/call.ts", "../plain/index.js"],
];

checkers("report each wrong arrow, type-only ones too", () => {
  for (const [path, specifier] of wrong) {
    assert.is(wrongArrows(graphOf({ [path]: `import { x } from "${specifier}";` })).length, 1, `${path} imports ${specifier}`);
    assert.is(
      wrongArrows(graphOf({ [path]: `import type { X } from "${specifier}";` })).length,
      1,
      `${path} imports types of ${specifier}`,
    );
  }
  assert.equal(wrongArrows(graphOf({ "lib/extra/x.ts": "" })), ["lib/extra/x.ts lies in no known part of the house"]);
});

checkers("let the right arrows pass", () => {
  const right: readonly [path: string, specifier: string][] = [
    ["lib/nd/view.ts", "ndarray"],
    ["lib/reverse/tape.ts", "../core/index.js"],
    ["lib/higher.ts", "./forward/index.js"],
    ["lib/index.ts", "../rules/index.js"],
    ["lib/testing/index.ts", "../engines.js"],
    ["lib/engines.ts", "./reverse/index.js"],
    ["lib/index.ts", "./plain/differentiable.js"],
    ["lib/plain/math.ts", "../../rules/index.js"],
    ["lib/transform/parse.ts", "acorn"],
    ["lib/transform/pieces.ts", "@jridgewell/sourcemap-codec"],
    ["lib/register/index.ts", "node:module"],
    ["lib/unplugin/index.ts", "../transform/index.js"],
    ["rules/lab/pool.ts", "../reductions.js"],
    ["rules/reductions.ts", "../lib/nd/ops.js"],
  ];
  for (const [path, specifier] of right) assert.equal(wrongArrows(graphOf({ [path]: `import { x } from "${specifier}";` })), []);
});

checkers("report a room that looks up or sideways", () => {
  const faultsOf = (path: string, specifier: string) => wrongFloors(graphOf({ [path]: `import type { X } from "${specifier}";` })).length;
  assert.is(faultsOf("rules/elementwise/field.ts", "../shaping/axes.js"), 1);
  assert.is(faultsOf("rules/elementwise/field.ts", "../support/fused.js"), 1);
  assert.is(faultsOf("rules/nn/attention.ts", "../linalg/matrices.js"), 1);
  assert.is(faultsOf("rules/nn/attention.ts", "../index.js"), 1);
  assert.is(faultsOf("rules/nn/attention.ts", "../products/matmul.js"), 0);
  assert.is(faultsOf("rules/nn/attention.ts", "./softmax.js"), 0);
  assert.is(faultsOf("rules/index.ts", "./nn/index.js"), 0);
  assert.is(faultsOf("lib/core/level.ts", "./traced/store.js"), 1);
  assert.is(faultsOf("lib/core/traced/store.ts", "../level.js"), 0);
  assert.is(faultsOf("lib/core/traced/store.ts", "../tangents/tangent.js"), 1);
  assert.is(faultsOf("lib/core/index.ts", "./traced/store.js"), 0);
  assert.is(faultsOf("lib/nd/view.ts", "./products/matmul.js"), 1);
  assert.equal(wrongFloors(graphOf({ "rules/extra/x.ts": "" })), ["rules/extra/x.ts lies in no known room"]);
});

checkers("report a table of contents that does something", () => {
  const faultsOf = (code: string) => wrongContents(new Map([["rules/nn/index.ts", code]])).length;
  assert.is(faultsOf('// # Networks\n\nexport { a, type B } from "./a.js";\nexport type { C } from "./c.js";'), 0);
  assert.is(faultsOf('export * from "./a.js";'), 1);
  assert.is(faultsOf("export const a = 1;"), 1);
});

checkers("report a rule file without a test", () => {
  const rules = new Map([
    ["rules/index.ts", ""],
    ["rules/nn/index.ts", ""],
    ["rules/nn/softmax.ts", ""],
    ["rules/nn/labels.ts", ""],
  ]);
  const faultsOf = (path: string, code: string) => untested(rules, new Map([[path, code]]));
  assert.equal(faultsOf("tests/rules/nn/softmax.test.ts", "// Tests: softmax, labels.\n"), []);
  assert.equal(faultsOf("tests/rules/nn/softmax.test.ts", ""), [
    "rules/nn/labels.ts has no test: write labels.test.ts, or name it in the first line of one",
  ]);
  assert.is(faultsOf("tests/rules/nn/softmax.test.ts", "// Tests: softmax, labels, windows.\n").length, 1);
  assert.is(untested(new Map([...rules, ["rules/linalg/softmax.ts", ""]]), new Map()).length, 3);
});

checkers("report a file that is not there", () => {
  const files = { "lib/nd/a.ts": 'import "./b.js"; import "ndarray";' };
  assert.equal(missingFiles(graphOf(files)), ["lib/nd/a.ts imports lib/nd/b.ts, which is not there"]);
});

checkers("report a cycle, once, and none where there is none", () => {
  const ring = {
    "lib/nd/a.ts": 'import "./b.js";',
    "lib/nd/b.ts": 'import type { C } from "./c.js";',
    "lib/nd/c.ts": 'export * from "./a.js";',
  };
  assert.equal(cycles(graphOf(ring)), ["lib/nd/a.ts → lib/nd/b.ts → lib/nd/c.ts → lib/nd/a.ts"]);
  assert.equal(cycles(graphOf({ "lib/nd/a.ts": 'import "./a.js";' })), ["lib/nd/a.ts → lib/nd/a.ts"]);
  const diamond = {
    "lib/nd/a.ts": 'import "./b.js";\nimport "./c.js";',
    "lib/nd/b.ts": 'import "./d.js";',
    "lib/nd/c.ts": 'import "./d.js";',
    "lib/nd/d.ts": "",
  };
  assert.equal(cycles(graphOf(diamond)), []);
});

checkers("report the 251st line", () => {
  assert.equal(longFiles(new Map([["lib/a.ts", "x\n".repeat(250)]])), []);
  assert.equal(longFiles(new Map([["lib/a.ts", "x\n".repeat(251)]])), ["lib/a.ts has 251 lines, 250 are allowed"]);
});

checkers("report default exports, utils.ts and any", () => {
  const faultsOf = (code: string, path = "lib/nd/a.ts") => bannedWords(new Map([[path, code]])).length;
  assert.is(faultsOf("export default 1;"), 1);
  assert.is(faultsOf("const a = 1;\nexport { a as default };"), 1);
  assert.is(faultsOf('export { default } from "./b.js";'), 1);
  assert.is(faultsOf("export function f(k: number) {\n  switch (k) {\n    default: return 1;\n  }\n}"), 0);
  assert.is(faultsOf("", "lib/nd/utils.ts"), 1);
  assert.is(faultsOf("const x = y as any;"), 1);
  assert.is(faultsOf("type F = (...args: any[]) => void;"), 1);
  assert.is(faultsOf("type F = Array<any>;"), 1);
  assert.is(faultsOf("type F = Array<any>;", "lib/core/rule.ts"), 0);
  assert.is(faultsOf("// any axis\nconst s = `any axis`; Promise.any([]); const many = 'any';"), 0);
});

checkers("follow what a program loads, but not its types", () => {
  const files = {
    "rules/a.ts": 'import { b } from "./b.js";\nimport type { C } from "./c.js";',
    "rules/b.ts": 'import ops from "ndarray-ops";',
    "rules/c.ts": 'import "ndarray";',
  };
  assert.equal([...reachable(graphOf(files), ["rules/a.ts"])].sort(), ["ndarray-ops", "rules/a.ts", "rules/b.ts"]);
});

checkers.run();
