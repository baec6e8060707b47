import type { LineKernel } from "../../lib/nd/index.js";

/** What a reduction of plain arrays knows of its lines, one number each; loops write to it and read from it. */
export class FoldState {
  /** The results. */
  readonly y: Float64Array;
  /** What slopes need besides. */
  readonly aside: Float64Array;
  /** ȳ where slopes are spread, ẏ where they are added up. */
  t: Float64Array;
  /** Entries in the order of lines that slopes are made of, where a reduction keeps some. */
  entries: Float64Array;
  /** A number of the call, such as the exponent of a norm. */
  readonly factor: number;

  constructor(count: number, factor: number) {
    this.y = new Float64Array(count);
    this.aside = new Float64Array(count);
    this.t = none;
    this.entries = none;
    this.factor = factor;
  }
}

const none = new Float64Array(0);

/** A reduction by loops over lines: of all entries, or one where a single entry of each line decides. */
export type Fold = FoldOfAll | FoldOfOne;

export interface FoldOfAll {
  readonly decides?: false;
  /** Reads x; writes `y` and `aside`. */
  readonly value: LineKernel<FoldState>;
  /** Whether it also writes entries of the shape of x where slopes follow, which the loops below then get in the place of x. */
  readonly keeps?: true;
  /** Reads x and `t`, which holds ȳ; writes x̄. */
  readonly spread: LineKernel<FoldState>;
  /** Reads x and ẋ; writes ẏ to `t`. */
  readonly along: LineKernel<FoldState>;
}

export interface FoldOfOne {
  readonly decides: true;
  readonly keeps?: false;
  /** Reads x; writes `y`, the places in their lines of the entries that decide to `aside`, and their slopes to `entries`. */
  readonly value: LineKernel<FoldState>;
}

// The loops below have four running sums: additions need not wait for each other (0.4 ns an entry instead of 1.2).

/** Σ x. The loop of nd's sums met singles too and takes 0.48 ns an entry; this one meets doubles alone: 0.36, of lines of 16 entries half. */
export function sumOf(x: Float64Array, start: number, length: number): number {
  const end = start + length;
  let p = start;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (; p + 3 < end; p += 4) {
    s0 += x[p] as number;
    s1 += x[p + 1] as number;
    s2 += x[p + 2] as number;
    s3 += x[p + 3] as number;
  }
  for (; p < end; p++) s0 += x[p] as number;
  return s0 + s1 + (s2 + s3);
}

/**
 * The mean, centred twice where entries are so near to each other that the rounding of their sum counts: of equal entries it is the entry
 * itself. That the first entry is near to it tells where that may be.
 */
export function centerOf(x: Float64Array, start: number, length: number): number {
  const center = sumOf(x, start, length) / length;
  if (!(Math.abs((x[start] as number) - center) <= 1e-6 * Math.abs(center))) return center;
  let rest = 0;
  for (let p = start; p < start + length; p++) rest += (x[p] as number) - center;
  return center + rest / length;
}

/** Σ (x − center)². */
export function squaresAbout(center: number, x: Float64Array, start: number, length: number): number {
  const end = start + length;
  let p = start;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (; p + 3 < end; p += 4) {
    const d0 = (x[p] as number) - center;
    const d1 = (x[p + 1] as number) - center;
    const d2 = (x[p + 2] as number) - center;
    const d3 = (x[p + 3] as number) - center;
    s0 += d0 * d0;
    s1 += d1 * d1;
    s2 += d2 * d2;
    s3 += d3 * d3;
  }
  for (; p < end; p++) s0 += ((x[p] as number) - center) ** 2;
  return s0 + s1 + (s2 + s3);
}

/** Σ (x − center) t, in which a factor of 0 makes 0, whatever the other is: looked for only where the sum is not finite. */
export function dotAbout(center: number, x: Float64Array, start: number, t: Float64Array, tStart: number, length: number): number {
  let s0 = 0;
  let s1 = 0;
  let k = 0;
  for (; k + 1 < length; k += 2) {
    s0 += ((x[start + k] as number) - center) * (t[tStart + k] as number);
    s1 += ((x[start + k + 1] as number) - center) * (t[tStart + k + 1] as number);
  }
  if (k < length) s0 += ((x[start + k] as number) - center) * (t[tStart + k] as number);
  const total = s0 + s1;
  if (Number.isFinite(total)) return total;
  let strong = 0;
  for (k = 0; k < length; k++) {
    const distance = (x[start + k] as number) - center;
    const moved = t[tStart + k] as number;
    if (distance !== 0 && moved !== 0) strong += distance * moved;
  }
  return strong;
}

/** out = (x − center) c, in which a factor of 0 makes 0. */
export function scaledAbout(
  center: number,
  c: number,
  x: Float64Array,
  start: number,
  out: Float64Array,
  to: number,
  length: number,
): void {
  if (c === 0) {
    out.fill(0, to, to + length);
  } else if (Number.isFinite(c)) {
    for (let k = 0; k < length; k++) out[to + k] = ((x[start + k] as number) - center) * c;
  } else {
    for (let k = 0; k < length; k++) {
      const distance = (x[start + k] as number) - center;
      out[to + k] = distance === 0 ? 0 : distance * c;
    }
  }
}

/** Whether a factor made of others can stand for them without loss: no digit of it has gone below the smallest number, and it is finite. */
export function isSafe(c: number): boolean {
  const size = Math.abs(c);
  return size > 1e-290 && size < 1e290;
}
