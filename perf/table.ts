/** A table in Markdown: the first column to the left, numbers to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, k) => Math.max(title.length, ...rows.map((row) => (row[k] as string).length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, k) => (k === 0 ? cell.padEnd(widths[k] as number) : cell.padStart(widths[k] as number))).join(" | ")} |`;
  const rule = `|${widths.map((width, k) => (k === 0 ? "-".repeat(width + 2) : `${"-".repeat(width + 1)}:`)).join("|")}|`;
  return [line(head), rule, ...rows.map(line)].join("\n");
}

/** Two or three significant digits, without exponents. */
export function short(x: number): string {
  if (!Number.isFinite(x)) return "–";
  if (x >= 100) return Number(x.toPrecision(3)).toLocaleString("en-US").replaceAll(",", " ");
  return x.toPrecision(x < 10 ? 2 : 3);
}

/** A number of seconds in a unit that suits it. */
export function duration(seconds: number): string {
  if (seconds < 1e-6) return `${short(seconds * 1e9)} ns`;
  if (seconds < 1e-3) return `${short(seconds * 1e6)} µs`;
  return seconds < 1 ? `${short(seconds * 1e3)} ms` : `${short(seconds)} s`;
}

/** A multiple; a dash where nothing was measured. */
export function multiple(ratio: number | undefined): string {
  return ratio === undefined ? "–" : `${short(ratio)}×`;
}
