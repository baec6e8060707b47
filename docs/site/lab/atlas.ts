import { createRequire } from "node:module";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { planeOutline } from "../../../perf/lab/outlines.js";

// Run when the site is built. Source: Natural Earth, public domain, by world-atlas.

type Ring = readonly (readonly number[])[];
type Atlas = Topology<{ countries: GeometryCollection<{ name: string }>; land: GeometryCollection }>;

/** An outline in whole steps: x and y of its points in pairs, each of them less the point before it. */
export interface PackedOutline {
  readonly name: string;
  /** km of a step. */
  readonly step: number;
  readonly deltas: readonly number[];
}

/** Points of each outline. */
export const outlinePoints = 200;

const shown =
  "Australia, Austria, Bolivia, Brazil, Canada, Chile, China, Colombia, Croatia, Cuba, Czechia, Egypt, Ethiopia, Finland, France, Germany, Greece, Iceland, India, Iran, Ireland, Italy, Japan, Kenya, Madagascar, Mexico, Mongolia, Morocco, Netherlands, New Zealand, Nigeria, Norway, Peru, Poland, Portugal, Romania, Saudi Arabia, Somalia, South Africa, Spain, Sri Lanka, Sweden, Switzerland, Tanzania, Thailand, Turkey, Ukraine, United Kingdom, United States of America, Vietnam".split(
    ", ",
  );

const atlas = (file: string) => createRequire(import.meta.url)(`world-atlas/${file}.json`) as Atlas;

/** Twice the area in a plane that is right near the ring, up to its sign; enough to tell the mainland. */
function area(ring: Ring): number {
  let total = 0;
  for (const [k, [x, y]] of ring.entries() as Iterable<[number, [number, number]]>) {
    const [u, v] = ring[(k + 1) % ring.length] as [number, number];
    total += (x * v - u * y) * Math.cos((y * Math.PI) / 180);
  }
  return Math.abs(total);
}

/** Outlines of the mainlands of some countries at 1:50 million, in their own planes of equal areas, about their means. */
export function packedOutlines(): PackedOutline[] {
  const world = atlas("countries-50m");
  const countries = feature(world, world.objects.countries).features;
  return shown.map((name) => {
    const geometry = countries.find(({ properties }) => properties.name === name)?.geometry;
    const polygons = geometry?.type === "Polygon" ? [geometry.coordinates] : geometry?.type === "MultiPolygon" ? geometry.coordinates : [];
    const rings = polygons.map((polygon) => polygon[0] as Ring).sort((a, b) => area(b) - area(a));
    const ring = rings[0];
    if (ring === undefined) throw new Error(`world-atlas has no country named ${name}`);
    const open = ring.slice(1).filter(([x, y], k) => x !== ring[k]?.[0] || y !== ring[k]?.[1]) as [number, number][];
    return packed(name, planeOutline({ name, rings: [open] }, outlinePoints).points);
  });
}

function packed(name: string, points: Float64Array): PackedOutline {
  const step = Number((Math.max(...points.map(Math.abs)) / 1000).toPrecision(1));
  const whole = Array.from(points, (value) => Math.round(value / step));
  return { name, step, deltas: whole.map((value, at) => value - (whole[at - 2] ?? 0)) };
}

/** Height and width of the map of land, in cells of 5° × 5°; row 0 ends at the north pole, column 0 begins at 180° W. */
export const landShape = [36, 72] as const;

/** The share of land of each cell in sixteenths, a letter each from "a" (none) to "q" (all), row by row. */
export function landLetters(): string {
  const world = atlas("land-110m");
  const geometries = feature(world, world.objects.land).features.map(({ geometry }) => geometry);
  const rings = geometries.flatMap((geometry) =>
    geometry.type === "Polygon" ? geometry.coordinates : geometry.type === "MultiPolygon" ? geometry.coordinates.flat() : [],
  );
  const [height, width] = landShape;
  const counts = new Uint8Array(height * width);
  const fine = 4;
  for (let i = 0; i < height * fine; i++) {
    const latitude = 90 - ((i + 0.5) * 180) / (height * fine);
    const crossings = rings.flatMap((ring) => crossingsOf(ring, latitude)).sort((a, b) => a - b);
    for (let j = 0; j < width * fine; j++) {
      const longitude = -180 + ((j + 0.5) * 360) / (width * fine);
      const west = crossings.filter((crossing) => crossing < longitude).length;
      if (west % 2 === 1) (counts[Math.floor(i / fine) * width + Math.floor(j / fine)] as number) += 1;
    }
  }
  return Array.from(counts, (count) => String.fromCharCode(97 + count)).join("");
}

/** The longitudes at which a ring crosses a latitude. */
function crossingsOf(ring: Ring, latitude: number): number[] {
  return ring.slice(1).flatMap(([x = 0, y = 0], k) => {
    const [u = 0, v = 0] = ring[k] as readonly number[];
    return v > latitude === y > latitude ? [] : [u + ((latitude - v) * (x - u)) / (y - v)];
  });
}
