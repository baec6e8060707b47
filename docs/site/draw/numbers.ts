/** A number to so many significant digits, without zeros that say nothing, with a true minus and commas: −1,250, 0.0312, 1.5e−7. */
export function shortNumber(x: number, digits: number = 3): string {
  if (Number.isNaN(x)) return "NaN";
  if (!Number.isFinite(x)) return x > 0 ? "∞" : "−∞";
  if (x === 0) return "0";
  const size = Math.abs(x);
  const text =
    size >= 1e7 || size < 1e-4
      ? size
          .toExponential(digits - 1)
          .replace(/\.?0+e/, "e")
          .replace("e+", "e")
          .replace("e-", "e−")
      : size.toLocaleString("en-US", { maximumSignificantDigits: size >= 10 ** digits ? Math.ceil(Math.log10(size) + 1e-9) : digits });
  return `${x < 0 ? "−" : ""}${text}`;
}

/** Round values from `from` to `to`, about so many, at steps of 1, 2, 2.5 or 5 times a power of ten. */
export function ticksOf(from: number, to: number, about: number = 5): number[] {
  const span = to - from;
  if (!(span > 0) || !Number.isFinite(span)) return [from];
  const rough = span / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5].find((factor) => factor * power >= rough * 0.999) ?? 10) * power;
  const ticks: number[] = [];
  for (let k = Math.ceil(from / step - 1e-9); k * step <= to + 1e-9 * span; k++) ticks.push(Number((k * step).toPrecision(12)));
  return ticks;
}

/** A label with its unit: "distance, km". */
export function labelled({ label, unit }: { readonly label: string; readonly unit?: string | undefined }): string {
  return unit === undefined || unit === "" ? label : `${label}, ${unit}`;
}
