import { createRequire } from "node:module";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";

/** Longitude and latitude in degrees. */
export type Position = readonly [longitude: number, latitude: number];

export interface Country {
  /** As in the atlas, which shortens some ("Eq. Guinea"). */
  readonly name: string;
  /** The closed lines that bound it, islands and holes included. The first point is not repeated at the end, nor any right after itself. */
  readonly rings: readonly (readonly Position[])[];
}

type Atlas = Topology<{ countries: GeometryCollection<{ name: string }> }>;

/**
 * The 177 countries of the world-atlas package at 1:110 million, in the atlas's order.
 * Source: Natural Earth, public domain, https://www.naturalearthdata.com; https://github.com/topojson/world-atlas.
 */
export function loadCountries(): Country[] {
  const atlas = createRequire(import.meta.url)("world-atlas/countries-110m.json") as Atlas;
  return feature(atlas, atlas.objects.countries).features.map(({ properties, geometry }) => {
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.type === "MultiPolygon" ? geometry.coordinates : [];
    return {
      name: properties.name,
      rings: polygons
        .flat()
        .map(openRing)
        .filter((ring) => ring.length > 0),
    };
  });
}

/** @throws {RangeError} when the atlas has no country of this name */
export function countryNamed(name: string, countries: readonly Country[]): Country {
  const country = countries.find((one) => one.name === name);
  if (country === undefined)
    throw new RangeError(`countryNamed: the atlas has no "${name}"; its names are English, some shortened ("Eq. Guinea")`);
  return country;
}

/** The points of a closed ring, each once where it stands next to itself: none of a ring that the atlas's rounding shrank to a point. */
function openRing(ring: readonly (readonly number[])[]): readonly Position[] {
  return ring.slice(1).flatMap(([longitude, latitude], k) => {
    const [x, y] = ring[k] as readonly [number, number];
    return x === longitude && y === latitude ? [] : [[x, y] as const];
  });
}
