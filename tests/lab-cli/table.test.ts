import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  durationColumn,
  durationIn,
  formatCount,
  formatDifference,
  formatDuration,
  formatRange,
  formatSpeedUp,
  formatThreeDigits,
  formatValue,
} from "../../perf/lab/format.js";
import { type Column, formatTable } from "../../perf/lab/table.js";

const columns: readonly Column[] = [
  { header: "function" },
  { header: "input", align: "left" },
  { header: "finite\ndifferences" },
  { header: "rule", unit: "µs", align: "point" },
];
const rows = [
  ["poolSum", "100×100", "1.2e-9", "1,250"],
  ["mymaximum", "10×10", "0", "0.312"],
  ["Côte d'Ivoire", "1", "NaN", "–"],
];

test("columns stand aligned, numbers at the right, points below each other", () => {
  const expected = [
    "                             finite       rule",
    "function       input    differences         µs",
    "─────────────  ───────  ───────────  ─────────",
    "poolSum        100×100       1.2e-9  1,250",
    "mymaximum      10×10              0      0.312",
    "Côte d'Ivoire  1                NaN      –",
  ];
  assert.is(formatTable(columns, rows, { width: 100 }), expected.join("\n"));
});

test("on a narrow terminal the columns go below each other, the first one repeated", () => {
  const expected = [
    "function       input",
    "─────────────  ───────",
    "poolSum        100×100",
    "mymaximum      10×10",
    "Côte d'Ivoire  1",
    "",
    "                    finite",
    "function       differences",
    "─────────────  ───────────",
    "poolSum             1.2e-9",
    "mymaximum                0",
    "Côte d'Ivoire          NaN",
    "",
    "                    rule",
    "function              µs",
    "─────────────  ─────────",
    "poolSum        1,250",
    "mymaximum          0.312",
    "Côte d'Ivoire      –",
  ];
  assert.is(formatTable(columns, rows, { width: 30 }), expected.join("\n"));
});

test("no line is wider than asked, and the first column is cut only when it must be", () => {
  for (let width = 21; width < 60; width++) {
    for (const line of formatTable(columns, rows, { width }).split("\n")) assert.ok([...line].length <= width, `${width}: ${line}`);
  }
  assert.ok(formatTable(columns, rows, { width: 21 }).includes("Côte d'…  "));
  assert.ok(formatTable(columns, rows, { width: 26 }).includes("Côte d'Ivoire"));
});

test("no rows, one column, no columns", () => {
  assert.is(formatTable([{ header: "a" }, { header: "bc" }], []), "a  bc\n─  ──");
  assert.is(formatTable([{ header: "a" }], [["1"]]), "a\n─\n1");
  assert.is(formatTable([], []), "");
});

test("a row of the wrong length is an error that names it", () => {
  assert.throws(() => formatTable(columns, [["a"]]), "formatTable: rows[0] has 1 cells, one for each of the 4 columns is needed");
});

test("durations", () => {
  const shown = [0, 0.000312, 0.0312, 0.9994, 0.9996, 1.2345, 99.97, 999.6, 12345].map(formatDuration);
  assert.equal(shown, ["0 µs", "0.312 µs", "31.2 µs", "999 µs", "1.00 ms", "1.23 ms", "100 ms", "1.00 s", "12.3 s"]);
});

test("a column of durations has the unit of the middle one", () => {
  const { unit, format } = durationColumn([0.5, 2, 4000, Number.NaN]);
  assert.is(unit, "ms");
  assert.equal([0.5, 2, 4000, Number.NaN].map(format), ["0.500", "2.00", "4,000", "–"]);
  assert.is(durationColumn([]).unit, "µs");
  assert.is(durationIn("s").format(1500), "1.50");
});

test("differences, speed-ups, values, counts", () => {
  assert.equal([0, -0, 1.23e-15, 0.5, Number.NaN, Number.POSITIVE_INFINITY].map(formatDifference), [
    "0",
    "0",
    "1.2e-15",
    "5.0e-1",
    "NaN",
    "∞",
  ]);
  assert.equal([0.847, 1, 9.94, 9.96, 12.3, 1234, Number.NaN, Number.POSITIVE_INFINITY].map(formatSpeedUp), [
    "0.85×",
    "1.0×",
    "9.9×",
    "10×",
    "12×",
    "1,234×",
    "–",
    "∞×",
  ]);
  assert.equal([formatRange(0.5, 12.3), formatRange(1, 1), formatRange(Number.NaN, Number.NaN)], ["0.50–12", "1.0–1.0", "–"]);
  assert.equal(
    [0, 100, 0.1 + 0.2, -5012.3412, 123456.7, 1234567.8, 1e-7, Number.NEGATIVE_INFINITY].map((x) => formatValue(x)),
    ["0", "100", "0.3", "-5012.34", "123457", "1.23457e6", "1e-7", "−∞"],
  );
  assert.is(formatValue(Math.PI, 3), "3.14");
  assert.is(formatCount(10301), "10,301");
  assert.equal([0.01, 99.96, 1250.4, Number.NaN].map(formatThreeDigits), ["0.0100", "100", "1,250", "NaN"]);
});

test.run();
