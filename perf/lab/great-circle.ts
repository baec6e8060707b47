/** Mean radius of the Earth, (2a + b) / 3 of the ellipsoid GRS 80, in km. Source: Moritz (2000), Geodetic Reference System 1980, J. Geodesy 74, 128–133. */
export const earthRadius: number = 6371.0088;

/**
 * Great-circle distances between all pairs of points on a sphere.
 *   d = 2R atan2(|u − v|, |u + v|)      u, v the unit vectors of the two points
 * The haversine formula (Sinnott 1984, Virtues of the Haversine, Sky & Telescope 68, 159) is d = 2R asin(|u − v| / 2), the chord's length being
 * twice the square root of the haversine; with |u + v| beside it the angle is exact near antipodes too (Kahan 2016, Computing Cross-Products
 * and Rotations in 2- and 3-Dimensional Euclidean Spaces, section 13).
 * @param points longitude and latitude in degrees, in pairs: n of them
 * @returns      n × n distances in km, row-major; exactly symmetric, exact zeros on the diagonal
 */
export function greatCircleDistances(points: Float64Array): Float64Array {
  const n = points.length / 2;
  const units = unitVectors(points);
  const distances = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const x = units[3 * i] as number;
    const y = units[3 * i + 1] as number;
    const z = units[3 * i + 2] as number;
    for (let j = i + 1; j < n; j++) {
      const a = units[3 * j] as number;
      const b = units[3 * j + 1] as number;
      const c = units[3 * j + 2] as number;
      const chord = (x - a) * (x - a) + (y - b) * (y - b) + (z - c) * (z - c);
      const cochord = (x + a) * (x + a) + (y + b) * (y + b) + (z + c) * (z + c);
      const distance = 2 * earthRadius * Math.atan2(Math.sqrt(chord), Math.sqrt(cochord));
      distances[i * n + j] = distance;
      distances[j * n + i] = distance;
    }
  }
  return distances;
}

/** Unit vectors of points given as longitude and latitude in degrees: x to (0, 0), y to (90° E, 0), z to the north pole. */
export function unitVectors(points: Float64Array): Float64Array {
  const units = new Float64Array((points.length / 2) * 3);
  for (let k = 0; 2 * k < points.length; k++) {
    const longitude = toRadians(points[2 * k] as number);
    const latitude = toRadians(points[2 * k + 1] as number);
    units[3 * k] = Math.cos(latitude) * Math.cos(longitude);
    units[3 * k + 1] = Math.cos(latitude) * Math.sin(longitude);
    units[3 * k + 2] = Math.sin(latitude);
  }
  return units;
}

export function toRadians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
