import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { differenceOf } from "../../perf/peers/measure.js";
import type { PeerResults } from "../../perf/peers/results.js";
import { peersSection } from "../../perf/peers/table.js";
import { withSection } from "../../perf/readme.js";
import { root } from "../support/command.js";

test("the table of other libraries in perf/README.md is that of perf/peers/results.json", () => {
  const results = JSON.parse(readFileSync(resolve(root, "perf/peers/results.json"), "utf8")) as PeerResults;
  const readme = readFileSync(resolve(root, "perf/README.md"), "utf8");
  assert.is(readme, withSection(readme, "peers", peersSection(results)), "perf/README.md is stale: npm run perf:peers");
});

test("wrong answers and failures are told, not timed; programs stand in order, each in its forms", () => {
  const cell = (best: number) => ({ best, low: best, high: best });
  const text = peersSection({
    date: "2026-01-01",
    node: "20.0.0",
    machine: "one core",
    versions: { rose: "1.0.0" },
    rows: [
      { program: "p", form: "loops", hand: 1e-6, cells: { cotangent: cell(2), adnn: { wrong: "gives 1, not 2" } } },
      { program: "p", form: "rule", hand: 1e-6, cells: { rose: { fails: "out of bounds" } } },
    ],
    values: [{ program: "inv", reference: 1e-3, ours: cell(1.5) }],
  });
  assert.ok(text.startsWith("Node 20.0.0, one core, 2026-01-01; rose 1.0.0."));
  assert.ok(text.indexOf("own rule") < text.indexOf("entry by entry"));
  assert.match(text, /\| p +\| +entry by entry \| +1\.0 µs \| +2\.0× \|.*\| wrong \|/);
  assert.match(text, "- adnn, p, entry by entry: gives 1, not 2.");
  assert.match(text, "- rose, p, own rule fails: out of bounds.");
  assert.match(text, /\| inv +\| +1\.0 ms \| +1\.5× \|/);
});

test("answers agree to a tolerance of the largest entry, whatever lists they come in", () => {
  const expected = { value: 10, gradient: [Float64Array.of(1, -2), 3] };
  assert.is(differenceOf({ value: 10, gradient: [[[1], [-2]], 3] }, expected, 1e-9), undefined);
  assert.is(differenceOf({ value: 10, gradient: [[1, -2.0001], 3] }, expected, 1e-4), undefined);
  assert.is(differenceOf({ value: 10.1, gradient: [[1, -2], 3] }, expected, 1e-9), "gives 10.1, not 10");
  assert.is(differenceOf({ value: 10, gradient: [[1, -2]] }, expected, 1e-9), "its gradient has 2 entries, not 3");
  assert.is(differenceOf({ value: 10, gradient: [[1, -2], 0] }, expected, 1e-9), "its gradient is off by 1.0 of its largest entry");
  assert.is(differenceOf({ value: 10, gradient: [[1, Number.NaN], 3] }, expected, 1e-9), "its gradient is off by NaN of its largest entry");
});

test.run();
