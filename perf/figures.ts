import type { Ratio } from "./harness.js";
import type { Variant } from "./program.js";
import type { Row } from "./results.js";
import { duration, multiple } from "./table.js";

/** The figure that a program is measured for, as its rule has it, with the range of its rounds; undefined where there is no rule. */
export function figureOf({ ratios, figure = "ratio", hand, count = 1 }: Row, variant: Variant = "rule"): Ratio | undefined {
  const ratio = ratios[variant];
  if (ratio === undefined || figure === "ratio") return ratio;
  const inSeconds = (multiple: number): number => ((figure === "time" ? multiple : multiple - 1) * hand) / count;
  return { best: inSeconds(ratio.best), low: inSeconds(ratio.low), high: inSeconds(ratio.high) };
}

/** How much of its limit a program uses up: above 1 where it misses it, 0 where it has none. */
export function useOf(row: Row): number {
  const figure = figureOf(row);
  return figure === undefined || row.limit === undefined ? 0 : figure.best / row.limit;
}

/** A figure in its unit. */
export function shownFigure({ figure = "ratio" }: Row, x: number | undefined): string {
  if (figure === "ratio") return multiple(x);
  return x === undefined ? "–" : duration(x);
}

/** The range of a figure over the rounds. */
export function shownSpread(row: Row): string {
  const figure = figureOf(row);
  return figure === undefined ? "–" : `${shownFigure(row, figure.low)} – ${shownFigure(row, figure.high)}`;
}
