/** A whole number with commas between the thousands: 10,298. */
export function formatCount(count: number): string {
  return Math.round(count).toLocaleString("en-US");
}

/** Three significant digits, never fewer than the whole part: 0.312, 31.2, 1,250. */
export function formatThreeDigits(x: number): string {
  if (!Number.isFinite(x)) return notFinite(x);
  return Math.abs(x) >= 99.95 ? formatCount(x) : x === 0 ? "0" : x.toPrecision(3);
}

/** A value to so many significant digits, without the zeros that say nothing: 5012.34, 0.1, 1.5e-7. */
export function formatValue(x: number, digits: number = 6): string {
  if (!Number.isFinite(x)) return notFinite(x);
  const [mantissa, exponent] = x.toPrecision(digits).split("e");
  const short = (mantissa as string).includes(".") ? (mantissa as string).replace(/\.?0+$/, "") : (mantissa as string);
  return exponent === undefined ? short : `${short}e${Number(exponent)}`;
}

/** A relative difference: 1.2e-15, and a plain 0 when there is none at all. */
export function formatDifference(x: number): string {
  if (!Number.isFinite(x)) return notFinite(x);
  return x === 0 ? "0" : x.toExponential(1);
}

/** How many times faster: 0.85×, 1.3×, 12×, 1,200×; a dash when nothing was measured. */
export function formatSpeedUp(ratio: number): string {
  if (Number.isNaN(ratio)) return "–";
  if (!Number.isFinite(ratio)) return `${notFinite(ratio)}×`;
  return `${ratio < 0.95 ? ratio.toFixed(2) : ratio < 9.95 ? ratio.toFixed(1) : formatCount(ratio)}×`;
}

/** Between what ratios most of them lie: 3.9–4.6; a dash when nothing was measured. */
export function formatRange(low: number, high: number): string {
  return Number.isNaN(low) ? "–" : `${formatSpeedUp(low).slice(0, -1)}–${formatSpeedUp(high).slice(0, -1)}`;
}

/** A duration in the unit that suits it: 0.312 µs, 31.2 µs, 4.57 ms, 2.04 s. */
export function formatDuration(milliseconds: number): string {
  const { unit, format } = durationIn(unitOf(milliseconds));
  return `${format(milliseconds)} ${unit}`;
}

export type TimeUnit = "µs" | "ms" | "s";

/** The formatter of a column of durations, whose unit stands in the column's head. */
export interface DurationColumn {
  readonly unit: TimeUnit;
  format(milliseconds: number): string;
}

const perMillisecond: Readonly<Record<TimeUnit, number>> = { µs: 1000, ms: 1, s: 0.001 };

/** Durations in this unit to three digits, a dash for one that was not measured (NaN). */
export function durationIn(unit: TimeUnit): DurationColumn {
  return { unit, format: (milliseconds) => (Number.isNaN(milliseconds) ? "–" : formatThreeDigits(milliseconds * perMillisecond[unit])) };
}

/** The unit that suits most of these durations: that of the middle one. */
export function durationColumn(milliseconds: readonly number[]): DurationColumn {
  const known = milliseconds.filter(Number.isFinite).sort((a, b) => a - b);
  return durationIn(unitOf(known[known.length >> 1] ?? 0));
}

function unitOf(milliseconds: number): TimeUnit {
  return milliseconds < 0.9995 ? "µs" : milliseconds < 999.5 ? "ms" : "s";
}

function notFinite(x: number): string {
  return Number.isNaN(x) ? "NaN" : x > 0 ? "∞" : "−∞";
}
