import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { withTables } from "../../perf/readme.js";
import { gotWorse } from "../../perf/report.js";
import { combined, merged, type Results, type Row, readResults } from "../../perf/results.js";
import { suites } from "../../perf/suites/index.js";
import { root } from "../support/command.js";

const results = readResults(resolve(root, "perf/results.json"));
const readme = readFileSync(resolve(root, "perf/README.md"), "utf8");

test("the tables of perf/README.md are those that perf/results.json gives", () => {
  assert.is(readme, withTables(readme, suites, results), "perf/README.md is stale: npm run perf -- --write");
});

test("a README without the markers of a suite is refused", () => {
  assert.throws(
    () => withTables("# Benchmarks\n", suites, results),
    /there is no <!-- measured: lab --> … <!-- end of lab -->; add both lines/,
  );
});

test("nothing is kept of programs that are gone", () => {
  for (const [effort, kept] of Object.entries(results) as [keyof Results, NonNullable<Results["default"]>][]) {
    for (const suite of suites) {
      const names = suite.programs(effort).map(({ name }) => name);
      assert.equal(
        (kept[suite.name]?.rows ?? []).flatMap(({ name }) => (names.includes(name) ? [] : [name])),
        [],
        `${suite.name}, ${effort}`,
      );
    }
  }
});

const row = (name: string, best: number, low: number, high: number): Row => ({ name, hand: 1e-6, ratios: { rule: { best, low, high } } });

test("a figure above all rounds of before is worse, one inside their range is not", () => {
  const before = [row("a", 2, 1.9, 2.4), row("b", 2, 1.9, 2.4)];
  assert.equal(gotWorse([row("a", 2.6, 2.5, 3), row("b", 2.3, 2, 3), row("new", 9, 9, 9)], before), ["a: 2.6×, was 2.0× (1.9× – 2.4×)"]);
});

test("rows that were measured again take the place of those of before, in the order of the programs", () => {
  const before = { date: "", node: "", machine: "", rows: [row("a", 1, 1, 1), row("gone", 1, 1, 1), row("b", 1, 1, 1)] };
  const { rows } = merged(["b", "new", "a"], [row("b", 2, 2, 2)], before);
  assert.equal(
    rows.map(({ name, ratios }) => [name, ratios.rule?.best]),
    [
      ["b", 2],
      ["a", 1],
    ],
  );
});

test("several processes come to their shortest rounds and the range of all", () => {
  const slow = { name: "a", hand: 4e-6, ratios: { rule: { best: 2, low: 1.5, high: 3 } } };
  const quick = { name: "a", hand: 2e-6, ratios: { rule: { best: 5, low: 4, high: 6 } } };
  assert.equal(combined([slow, quick]), { name: "a", hand: 2e-6, ratios: { rule: { best: 4, low: 1.5, high: 6 } } });
});

test.run();
