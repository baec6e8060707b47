import type { CountryPair, CountryReport } from "./country-distances.js";
import type { DescentReport } from "./descent.js";
import { formatCount, formatDifference, formatDuration, formatRange, formatSpeedUp, formatValue } from "./format.js";
import type { LabRow } from "./measure.js";
import { type Column, formatTable } from "./table.js";

/** Two tables: how far the ways to differentiate each function agree, and what they cost. Columns that say nothing are left out. */
export function printRows(title: string, rows: readonly LabRow[]): string {
  return `${title}\n\n${agreementTable(rows)}\n\n${timeTable(rows)}\n`;
}

/** A column of such a table, its cells made from the rows. */
interface RowColumn extends Column {
  cell(row: LabRow): string;
}

function rowTable(columns: readonly RowColumn[], rows: readonly LabRow[]): string {
  const saying = columns.filter(({ cell }) => rows.some((row) => cell(row) !== "–"));
  return formatTable(
    saying,
    rows.map((row) => saying.map(({ cell }) => cell(row))),
  );
}

const nameColumn: RowColumn = { header: "function", cell: ({ name, agrees }) => (agrees ? name : `${name} DISAGREES`) };

function agreementTable(rows: readonly LabRow[]): string {
  const difference = (header: string, of: (row: LabRow) => number): RowColumn => ({
    header,
    cell: (row) => (Number.isNaN(of(row)) ? "–" : formatDifference(of(row))),
  });
  return rowTable(
    [
      nameColumn,
      { header: "value, Σ y", align: "point", cell: ({ value }) => formatValue(value) },
      difference("forward,\nreverse", ({ forwardReverse }) => forwardReverse),
      difference("finite\ndiffs", ({ finiteDifference }) => finiteDifference),
      difference("adjoint\nidentity", ({ adjoint }) => adjoint),
      difference("rule,\ntraced", ({ tracedDifference }) => tracedDifference),
      difference("rule, full\narrays", ({ fullArraysDifference }) => fullArraysDifference),
    ],
    rows,
  );
}

function timeTable(rows: readonly LabRow[]): string {
  const time = (header: string, of: (row: LabRow) => number): RowColumn => ({
    header,
    cell: (row) => (Number.isNaN(of(row)) ? "–" : formatDuration(of(row))),
  });
  return rowTable(
    [
      nameColumn,
      time("full\narrays", ({ fullArraysTime }) => fullArraysTime),
      time("traced", ({ tracedTime }) => tracedTime),
      time("rule", ({ ruleTime }) => ruleTime),
      { header: "won by\ntracing", cell: ({ tracedSpeedUp }) => formatSpeedUp(tracedSpeedUp.best) },
      { header: "won by\nthe rule", cell: ({ ruleSpeedUp }) => formatSpeedUp(ruleSpeedUp.best) },
      { header: "most\nrounds", cell: ({ ruleSpeedUp: { low, high } }) => formatRange(low, high) },
    ],
    rows,
  );
}

/** The countries of the world. */
export function printCountries(report: CountryReport): string {
  const pairs = (list: readonly CountryPair[]): string =>
    formatTable(
      [{ header: "countries" }, { header: "distance", unit: "km", align: "point" }, { header: "decided by the points", align: "left" }],
      list.map(({ names, distance, points }) => [
        names.join(" – "),
        distance.toFixed(1),
        points.map(({ longitude, latitude }) => `${degrees(latitude, "N", "S")} ${degrees(longitude, "E", "W")}`).join(" – "),
      ]),
    );
  return [
    "Hausdorff distances between the outlines of the world's countries",
    "",
    `${report.sampling};`,
    `their great-circle distances fill a matrix of ${report.matrixMegabytes.toFixed(1)} MB, pooled together with its gradient in ${formatDuration(report.gradientTime)} (adjoint identity ${formatDifference(report.adjoint)}).`,
    "",
    "Nearest",
    "",
    pairs(report.nearest),
    "",
    "Farthest",
    "",
    pairs(report.farthest),
    "",
    printRows(`On a part of them (${report.subset.join(", ")}; the first four against the other four):`, [report.row]),
  ].join("\n");
}

function degrees(angle: number, positive: string, negative: string): string {
  return `${Math.abs(angle).toFixed(1)}°${angle < 0 ? negative : positive}`;
}

/** The descent of one outline onto another. */
export function printDescent(report: DescentReport): string {
  const every = report.steps / (report.distances.length - 1);
  return [
    `Gradient descent on the Chamfer distance: ${report.moving} (${report.points[0]} points) moves onto ${report.target} (${report.points[1]} points)`,
    "",
    formatTable(
      [{ header: "step" }, { header: "distance", unit: "km", align: "point" }, { header: "", align: "left" }],
      report.distances.map((distance, k) => [
        formatCount(k * every),
        distance.toFixed(1),
        "█".repeat(Math.round((40 * distance) / (report.distances[0] as number))),
      ]),
    ),
    "",
    `${report.steps} steps in ${formatDuration(report.milliseconds)}`,
    "",
  ].join("\n");
}
