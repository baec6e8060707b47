import type { CountryPair, CountryReport } from "./country-distances.js";
import type { DescentReport } from "./descent.js";
import { formatCount, formatDifference, formatDuration, formatSpeedUp, formatValue } from "./format.js";
import type { LabRow } from "./measure.js";
import { formatTable } from "./table.js";

/** The table of checks and times. */
export function printRows(title: string, rows: readonly LabRow[]): string {
  const table = formatTable(
    [
      { header: "function" },
      { header: "value, Σ y", align: "point" },
      { header: "forward,\nreverse" },
      { header: "finite\ndiffs" },
      { header: "adjoint\nidentity" },
      { header: "rule,\ntraced" },
      { header: "traced" },
      { header: "rule" },
      { header: "speed-up" },
    ],
    rows.map((row) => [
      row.agrees ? row.name : `${row.name} DISAGREES`,
      formatValue(row.value),
      formatDifference(row.forwardReverse),
      formatDifference(row.finiteDifference),
      formatDifference(row.adjoint),
      Number.isNaN(row.tracedDifference) ? "–" : formatDifference(row.tracedDifference),
      duration(row.tracedTime),
      duration(row.ruleTime),
      formatSpeedUp(row.tracedTime / row.ruleTime),
    ]),
  );
  return `${title}\n\n${table}\n`;
}

function duration(milliseconds: number): string {
  return Number.isNaN(milliseconds) ? "–" : formatDuration(milliseconds);
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
