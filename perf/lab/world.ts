import { loadCountries } from "./countries.js";
import { formatCount } from "./format.js";

/** A half-open run of points, `[start, stop)`. */
export type Segment = readonly [start: number, stop: number];

/** Points on the outlines of countries, one segment of them for each country. */
export interface World {
  readonly names: readonly string[];
  /** Longitude and latitude of each point in degrees, in pairs. */
  readonly points: Float64Array;
  /** The points of each country, in the order of `names`; ragged, next to each other, covering all points. */
  readonly segments: readonly Segment[];
  /** Every so manyth point was kept. */
  readonly stride: number;
  /** How many points the outlines had before that. */
  readonly outlinePoints: number;
}

/** With it 2,028 points are left, whose distance matrix takes 32.9 MB. */
export const defaultStride: number = 5;
const leastPoints = 3;

/** Outlines of all countries, all rings of a country joined, sampled as `sampleIndices` says. */
export function loadWorld(stride: number = defaultStride): World {
  const names: string[] = [];
  const segments: Segment[] = [];
  const kept: number[] = [];
  let outlinePoints = 0;
  for (const { name, rings } of loadCountries()) {
    const outline = rings.flat();
    const start = kept.length / 2;
    for (const index of sampleIndices(outline.length, stride)) kept.push(...(outline[index] as readonly [number, number]));
    names.push(name);
    segments.push([start, kept.length / 2]);
    outlinePoints += outline.length;
  }
  return { names, points: Float64Array.from(kept), segments, stride, outlinePoints };
}

/**
 * Which of `count` points stay: with stride k the k-th, 2k-th, 3k-th, …; where these are fewer than three, three points
 * spread evenly from the first (all of them when there are no more than three).
 */
export function sampleIndices(count: number, stride: number): number[] {
  const regular = Math.floor(count / stride);
  if (regular >= leastPoints) return Array.from({ length: regular }, (_, t) => (t + 1) * stride - 1);
  const few = Math.min(count, leastPoints);
  return Array.from({ length: few }, (_, t) => Math.floor((t * count) / few));
}

/**
 * The same outlines for these countries alone, in this order.
 * @throws {RangeError} for a name that the world does not have
 */
export function worldOf(world: World, names: readonly string[]): World {
  const segments: Segment[] = [];
  const kept: number[] = [];
  for (const name of names) {
    const segment = world.segments[world.names.indexOf(name)];
    if (segment === undefined) throw new RangeError(`worldOf: there is no country named "${name}"; take names from world.names`);
    const start = kept.length / 2;
    kept.push(...world.points.subarray(2 * segment[0], 2 * segment[1]));
    segments.push([start, kept.length / 2]);
  }
  return { ...world, names: [...names], points: Float64Array.from(kept), segments };
}

/** How the points were chosen, in a sentence to print. */
export function describeSampling(world: World): string {
  const points = formatCount(world.points.length / 2);
  return `${world.names.length} countries, ${points} of the ${formatCount(world.outlinePoints)} points of their outlines: every ${world.stride}th, at least ${leastPoints} a country`;
}
