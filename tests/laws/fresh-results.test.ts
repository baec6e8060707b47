import { test } from "uvu";
import * as assert from "uvu/assert";
import { type AnyFunction, mapStructure, ruleOf } from "../../lib/core/index.js";
import { array, checkpointed, hook, slice, stopGradient, sumTo } from "../../lib/index.js";
import { isNdArray } from "../../lib/nd/index.js";
import * as rules from "../../rules/index.js";
import * as special from "../../rules/special/index.js";
import { allExamples } from "../support/all-examples.js";

/** The memory of all arrays in a value. */
function memories(x: unknown): unknown[] {
  const found: unknown[] = [];
  mapStructure((leaf) => {
    if (isNdArray(leaf)) found.push((leaf.data as { buffer?: unknown }).buffer ?? leaf.data);
    return leaf;
  }, x);
  return found;
}

function expectFresh(f: AnyFunction, args: readonly unknown[], what: string): void {
  const given = new Set(memories(args));
  const results = memories(f(...args));
  assert.ok(
    results.every((memory) => !given.has(memory)),
    `${what}: a result lies in the memory of an argument`,
  );
  assert.is(new Set(results).size, results.length, `${what}: two results lie in the same memory`);
}

const functions = { ...rules, ...special } as Readonly<Record<string, unknown>>;

test("whatever a rule is given, its results lie in memory of their own", async () => {
  for (const [name, list] of await allExamples()) {
    const f = functions[name] as AnyFunction;
    assert.ok(ruleOf(f));
    list.forEach(({ args }, k) => {
      expectFresh(f, args, `${name}, example ${k + 1}`);
    });
  }
});

const x = array([
  [1, 2],
  [3, 4],
]);
const flags = array([0, 1], { dtype: "int32" });

test("also where nothing is to be done", () => {
  expectFresh(sumTo, [x, [2, 2]], "sumTo");
  expectFresh(hook, [x, () => undefined], "hook");
  expectFresh(hook, [{ w: x, flags, list: [x.pick(0)] }, () => undefined], "hook of a record");
  expectFresh(stopGradient, [{ w: x, flags }], "stopGradient");
  expectFresh(
    checkpointed((a: unknown) => a),
    [x],
    "checkpointed",
  );
  expectFresh(
    checkpointed((a: unknown) => ({ a })),
    [x.transpose(1, 0)],
    "checkpointed, a record",
  );
  expectFresh(slice as AnyFunction, [x, [null, null]], "slice");
});

test.run();
