import { type Country, countryNamed, loadCountries, type Position } from "./countries.js";
import { earthRadius, toRadians, unitVectors } from "./great-circle.js";

/** A country's outline in a plane. */
export interface Outline {
  readonly name: string;
  /** x (east) and y (north) of each point in km, in pairs: shape [n, 2], row-major. Their mean is (0, 0). */
  readonly points: Float64Array;
}

export interface OutlinePair {
  readonly moving: Outline;
  readonly target: Outline;
}

/** Brazil, which the descent moves, and Australia, where it arrives: about as large as each other, and of unlike shapes. */
export function loadOutlines(movingPoints: number = 96, targetPoints: number = 120): OutlinePair {
  const countries = loadCountries();
  return {
    moving: planeOutline(countryNamed("Brazil", countries), movingPoints),
    target: planeOutline(countryNamed("Australia", countries), targetPoints),
  };
}

/**
 * The longest ring of a country in a plane of equal areas, as `count` points at equal steps along it, centred at their mean.
 * @throws {RangeError} when count is not an integer of at least 3
 */
export function planeOutline(country: Country, count: number): Outline {
  if (!Number.isInteger(count) || count < 3) throw new RangeError(`planeOutline: count = ${count}, an integer of at least 3 is needed`);
  const ring = country.rings.reduce((longest, other) => (other.length > longest.length ? other : longest));
  return { name: country.name, points: centred(evenSteps(projected(ring), count)) };
}

/**
 * Lambert's azimuthal equal-area projection about the mean direction of the points.
 * Source: Snyder (1987), Map Projections: A Working Manual, U.S. Geological Survey, equations 22-4, 22-5 and 24-2.
 */
function projected(ring: readonly Position[]): Float64Array {
  const units = unitVectors(Float64Array.from(ring.flat()));
  let [a, b, c] = [0, 0, 0];
  for (let k = 0; k < units.length; k += 3) {
    a += units[k] as number;
    b += units[k + 1] as number;
    c += units[k + 2] as number;
  }
  const longitude0 = Math.atan2(b, a);
  const latitude0 = Math.atan2(c, Math.hypot(a, b));
  const plane = new Float64Array(2 * ring.length);
  for (const [k, [longitude, latitude]] of ring.entries()) {
    const l = toRadians(longitude) - longitude0;
    const phi = toRadians(latitude);
    const cosine = Math.sin(latitude0) * Math.sin(phi) + Math.cos(latitude0) * Math.cos(phi) * Math.cos(l);
    const scale = earthRadius * Math.sqrt(2 / (1 + cosine));
    plane[2 * k] = scale * Math.cos(phi) * Math.sin(l);
    plane[2 * k + 1] = scale * (Math.cos(latitude0) * Math.sin(phi) - Math.sin(latitude0) * Math.cos(phi) * Math.cos(l));
  }
  return plane;
}

/** So many points at equal steps along a closed line, from its first point on. */
function evenSteps(ring: Float64Array, count: number): Float64Array {
  const corners = ring.length / 2;
  const corner = (k: number, axis: number) => ring[2 * (k % corners) + axis] as number;
  const along = new Float64Array(corners + 1);
  for (let k = 0; k < corners; k++) {
    along[k + 1] = (along[k] as number) + Math.hypot(corner(k + 1, 0) - corner(k, 0), corner(k + 1, 1) - corner(k, 1));
  }
  const points = new Float64Array(2 * count);
  let k = 0;
  for (let t = 0; t < count; t++) {
    const position = (t / count) * (along[corners] as number);
    while ((along[k + 1] as number) <= position) k++;
    const share = (position - (along[k] as number)) / ((along[k + 1] as number) - (along[k] as number));
    points[2 * t] = corner(k, 0) + share * (corner(k + 1, 0) - corner(k, 0));
    points[2 * t + 1] = corner(k, 1) + share * (corner(k + 1, 1) - corner(k, 1));
  }
  return points;
}

function centred(points: Float64Array): Float64Array {
  const count = points.length / 2;
  for (const axis of [0, 1]) {
    let total = 0;
    for (let k = 0; k < count; k++) total += points[2 * k + axis] as number;
    for (let k = 0; k < count; k++) points[2 * k + axis] = (points[2 * k + axis] as number) - total / count;
  }
  return points;
}
