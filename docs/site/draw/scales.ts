/** How numbers become colours: from the least to the greatest, or about zero. */
export type ScaleName = "sequential" | "diverging";

type Colour = readonly [red: number, green: number, blue: number];

const parsed = (hex: string): Colour => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Colour;

/** Viridis: its lightness grows evenly, so it reads in grey and with each colour blindness. Source: van der Walt and Smith (2015), matplotlib. */
const sequential = ["#440154", "#482878", "#3e4a89", "#31688e", "#26828e", "#1f9e89", "#35b779", "#6ece58", "#b5de2b", "#fde725"].map(
  parsed,
);

/** Blue, white, red, safe for the colour-blind. Source: Brewer (2003), ColorBrewer, RdBu. */
const divergingLight = ["#2166ac", "#4393c3", "#92c5de", "#d1e5f0", "#f7f7f7", "#fddbc7", "#f4a582", "#d6604d", "#b2182b"].map(parsed);

/** Blue, black, red: zero is dark on a dark page. Source: Crameri (2018), Scientific colour maps, berlin. */
const divergingDark = ["#9eb0ff", "#5ba4db", "#2d7597", "#1a4256", "#11191e", "#501803", "#8a3f2a", "#c4705f", "#ffacac"].map(parsed);

/** Where a value stands on its scale, 0 to 1: from least to greatest, or −greatest |value| to +greatest |value|. NaN stays NaN. */
export function shareOf(value: number, [least, greatest]: readonly [number, number]): number {
  if (Number.isNaN(value)) return value;
  if (!(greatest > least)) return 0.5;
  return Math.min(1, Math.max(0, (value - least) / (greatest - least)));
}

/** The ends of the scale for these values; NaN and infinities are left out. */
export function endsOf(values: ArrayLike<number>, scale: ScaleName): readonly [least: number, greatest: number] {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let k = 0; k < values.length; k++) {
    const value = values[k] as number;
    if (!Number.isFinite(value)) continue;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  if (least > greatest) return [0, 0];
  if (scale === "sequential") return [least, greatest];
  const far = Math.max(Math.abs(least), Math.abs(greatest));
  return [-far, far];
}

/** The colour at a share of a scale, 0 to 1; grey for NaN. */
export function colourAt(share: number, scale: ScaleName, dark: boolean): Colour {
  if (Number.isNaN(share)) return [128, 128, 128];
  const stops = scale === "sequential" ? sequential : dark ? divergingDark : divergingLight;
  const at = Math.min(1, Math.max(0, share)) * (stops.length - 1);
  const k = Math.min(stops.length - 2, Math.floor(at));
  const [a, b] = [stops[k] as Colour, stops[k + 1] as Colour];
  return [0, 1, 2].map((c) => Math.round((a[c] as number) + (at - k) * ((b[c] as number) - (a[c] as number)))) as unknown as Colour;
}
