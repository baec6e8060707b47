import type { PackedOutline } from "./atlas.js";

// What each exercise starts with: the same when the page is built and in the reader's browser.

export const f1Start = { x: 1.5, y: -1 };

export const maximumStart: Float64Array = Float64Array.of(1.5, 3.5, 2, 6, 4.5, 1, 6, 3);

export const poolingStart = { down: 4, across: 6, loss: "squares" };

export const outlinesStart = { moving: "Brazil", target: "Australia", kind: "hausdorff" };

export const ropeStart = {
  q: Float64Array.of(1, 0, 0.6, 0.5),
  k: Float64Array.of(0.8, 0.5, 0.9, -0.2),
  theta: Float64Array.of(0.5, 0.125),
  m: 3,
  n: 5,
};

/** The points of an outline in km: x, y in pairs. */
export function unpacked({ step, deltas }: PackedOutline): Float64Array {
  const points = new Float64Array(deltas.length);
  for (let at = 0; at < points.length; at++) points[at] = (deltas[at] as number) + (at < 2 ? 0 : (points[at - 2] as number));
  return points.map((value) => value * step);
}

/** Where an outline starts: off the other one, so that there is something to align. */
export function setOff(points: Float64Array): Float64Array {
  const radius = radiusOf(points);
  return points.map((value, at) => value + radius * (at % 2 === 0 ? 0.5 : 0.3));
}

/** The root of the mean square of the distances from the mean, km. */
export function radiusOf(points: Float64Array): number {
  const n = points.length / 2;
  let [x, y, squares] = [0, 0, 0];
  for (let k = 0; k < n; k++) {
    const [a, b] = [points[2 * k] as number, points[2 * k + 1] as number];
    [x, y, squares] = [x + a / n, y + b / n, squares + (a * a + b * b) / n];
  }
  return Math.sqrt(squares - x * x - y * y);
}

/** The shares of land from their letters. */
export function landOf(letters: string): Float64Array {
  return Float64Array.from(letters, (letter) => (letter.charCodeAt(0) - 97) / 16);
}
