import { figureOf, shownFigure, shownSpread, useOf } from "./figures.js";
import type { Row } from "./results.js";
import { duration, short, table } from "./table.js";

/** What is said of a limit: "binds" where nothing above it is taken. */
function shownLimit(row: Row): string {
  if (row.limit === undefined) return "–";
  return `${row.binds ? "**" : ""}≤ ${shownFigure(row, row.limit)}${row.binds ? "**" : ""}`;
}

function verdict(row: Row): string {
  if (row.limit === undefined) return "";
  return useOf(row) <= 1 ? "yes" : "**no**";
}

/** All programs of a suite against their limits, the worst first; `columns` names the reference and what is measured against it. */
export function againstLimits(rows: readonly Row[], columns: readonly [string, string] = ["hand", "library"]): string {
  const sorted = [...rows].sort((a, b) => useOf(b) - useOf(a));
  return table(
    ["value and gradient", ...columns, "range", "must", "met"],
    sorted.map((row) => [
      row.name,
      duration(row.hand),
      shownFigure(row, figureOf(row)?.best),
      shownSpread(row),
      shownLimit(row),
      verdict(row),
    ]),
  );
}

/** How many programs keep their limits, in a line. */
export function summary(rows: readonly Row[]): string {
  const limited = rows.filter((row) => row.limit !== undefined);
  if (limited.length === 0) return "";
  const missed = limited.filter((row) => useOf(row) > 1);
  const worst = Math.max(...limited.map(useOf));
  if (missed.length === 0) return `All ${limited.length} programs keep their limits; the closest uses ${Math.round(100 * worst)} % of it.`;
  return `${missed.length} of ${limited.length} programs exceed their limits, the worst one ${short(worst)} times.`;
}

/** Programs whose figure is above every round that the committed results know of. */
export function gotWorse(rows: readonly Row[], committed: readonly Row[]): string[] {
  const before = new Map(committed.map((row) => [row.name, row]));
  return rows.flatMap((row) => {
    const [now, then] = [figureOf(row), before.has(row.name) ? figureOf(before.get(row.name) as Row) : undefined];
    if (now === undefined || then === undefined || now.best <= 1.05 * then.high) return [];
    return [
      `${row.name}: ${shownFigure(row, now.best)}, was ${shownFigure(row, then.best)} (${shownFigure(row, then.low)} – ${shownFigure(row, then.high)})`,
    ];
  });
}
