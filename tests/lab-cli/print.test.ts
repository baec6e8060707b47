import { test } from "uvu";
import * as assert from "uvu/assert";
import type { LabRow } from "../../perf/lab/measure.js";
import { printRows } from "../../perf/lab/print.js";

const none = { best: Number.NaN, low: Number.NaN, high: Number.NaN };
const row: LabRow = {
  name: "poolSum 100×100, blocks 3×2",
  value: -87.3629,
  forwardReverse: 0,
  finiteDifference: 1e-12,
  adjoint: 5.2e-17,
  tracedDifference: 0,
  fullArraysDifference: 0,
  fullArraysTime: 23,
  tracedTime: 0.2,
  ruleTime: 0.04,
  tracedSpeedUp: { best: 115, low: 110, high: 120 },
  ruleSpeedUp: { best: 5, low: 4.8, high: 5.3 },
  agrees: true,
};

test("agreement first, then times and what is won, with the range of most rounds", () => {
  const expected = [
    "Title",
    "",
    "                                          forward,   finite   adjoint    rule,  rule, full",
    "function                     value, Σ y    reverse    diffs  identity   traced      arrays",
    "───────────────────────────  ───────────  ────────  ───────  ────────  ───────  ──────────",
    "poolSum 100×100, blocks 3×2     -87.3629         0  1.0e-12   5.2e-17        0           0",
    "",
    "                                full                    won by    won by     most",
    "function                      arrays  traced     rule  tracing  the rule   rounds",
    "───────────────────────────  ───────  ──────  ───────  ───────  ────────  ───────",
    "poolSum 100×100, blocks 3×2  23.0 ms  200 µs  40.0 µs     115×      5.0×  4.8–5.3",
    "",
  ];
  const words = (text: string) => text.replaceAll(/ +/g, " ").replaceAll(/─+/g, "─");
  assert.is(words(printRows("Title", [row])), words(expected.join("\n")));
});

test("columns that no row has anything for are left out, and a disagreement is named", () => {
  const untimed = { fullArraysDifference: Number.NaN, fullArraysTime: Number.NaN, tracedSpeedUp: none };
  const text = printRows("Title", [{ ...row, ...untimed, agrees: false }]);
  assert.not.match(text, "arrays");
  assert.not.match(text, "tracing");
  assert.match(text, "the rule");
  assert.match(text, "poolSum 100×100, blocks 3×2 DISAGREES");
});

test.run();
