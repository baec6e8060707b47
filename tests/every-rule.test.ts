import { test } from "uvu";
import * as assert from "uvu/assert";
import { type AnyFunction, type Rule, ruleOf } from "../lib/core/index.js";
import { fillsStore, isNdArray, type NdArray, sameShape } from "../lib/nd/index.js";
import { testKit } from "../lib/testing/index.js";
import * as rules from "../rules/index.js";
import * as special from "../rules/special/index.js";
import { allExamples, exampleFiles } from "./support/all-examples.js";

/** The differentiable functions that rules/ exports, those of the entry cotangent/special too, by name. */
const differentiable = new Map<string, readonly [f: AnyFunction, rule: Rule]>();
for (const [name, f] of Object.entries({ ...rules, ...special })) {
  const rule = typeof f === "function" ? ruleOf(f as AnyFunction) : undefined;
  if (rule !== undefined && rule.definer !== "nonDifferentiable") differentiable.set(name, [f as AnyFunction, rule]);
}

const files = await exampleFiles();
const examples = await allExamples();
const names = files.flatMap((file) => Object.keys(file.examples));

test("every differentiable export has examples, and every example a function", () => {
  assert.equal(
    [...differentiable.keys()].filter((name) => (examples.get(name)?.length ?? 0) === 0),
    [],
  );
  assert.equal(
    [...examples.keys()].filter((name) => !differentiable.has(name)),
    [],
  );
  assert.equal(
    names.filter((name, k) => names.indexOf(name) < k),
    [],
    "these have examples in two files",
  );
});

test("the examples of a rule stand beside its test, in a file named as the rule's", async () => {
  for (const { path, examples: given, calls, kinks } of files) {
    const file = path
      .replace(/^tests\/(core|rules)\//, (_, part) => (part === "core" ? "lib/core/" : "rules/"))
      .replace(".examples.ts", "");
    const rule = (await import(`../${file}.js`)) as object;
    for (const name of [...Object.keys({ ...given, ...calls }), ...kinks.flatMap((kink) => kink.names)])
      assert.ok(name in rule, `${path} speaks of ${name}, which ${file}.ts does not export`);
  }
});

/** The arrays among arguments, those in lists too. */
function arraysOf(args: readonly unknown[]): NdArray[] {
  return args.flatMap((arg) => (isNdArray(arg) ? [arg as NdArray] : Array.isArray(arg) ? arraysOf(arg) : []));
}

test("where arrays are taken, one example has a strided view, one single precision, and one broadcasts if the function does", () => {
  for (const [name, [f, rule]] of differentiable) {
    const lists = (examples.get(name) ?? []).map(({ args }) => args);
    const arrays = lists.map(arraysOf);
    if (!arrays.some((list) => list.length > 0)) continue;
    assert.ok(
      arrays.some((list) => list.some((x) => !fillsStore(x))),
      `${name}: no example has a strided view`,
    );
    assert.ok(
      arrays.some((list) => list.some((x) => x.dtype === "float32")),
      `${name}: no example has single precision`,
    );
    const operands = Math.max(0, ...lists.map((args) => args.filter((arg) => typeof arg === "number" || isNdArray(arg)).length));
    if (rule.definer !== "scalarRule" || Math.max(f.length, rule.primal.length) < 2 || operands < 2) continue;
    assert.ok(
      arrays.some((list) => list.length > 1 && list.some((x) => !sameShape(x.shape, (list[0] as NdArray).shape))),
      `${name}: no example broadcasts`,
    );
  }
});

for (const [name, list] of examples) {
  const f = differentiable.get(name)?.[0];
  if (f === undefined) continue;
  list.forEach(({ args, note, kit }, k) => {
    test(`${name}, example ${k + 1}${note === undefined ? "" : `: ${note}`}`, () => testKit(kit).testRule(f, ...args));
  });
}

test.run();
