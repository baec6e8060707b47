import { formatShape, rowMajorStride } from "../../lib/nd/index.js";

/** Ways of padding with entries that are there already. */
export type CopyMode = "edge" | "reflect" | "symmetric" | "wrap";

/** The remainder that has the sign of n. */
const modulo = (k: number, n: number): number => ((k % n) + n) % n;

/** Where an entry comes from that lies at k along an axis of n entries, inside or outside of it. */
const origins: Readonly<Record<CopyMode, (k: number, n: number) => number>> = {
  edge: (k, n) => Math.max(0, Math.min(n - 1, k)),
  wrap: modulo,
  symmetric: (k, n) => {
    const at = modulo(k, 2 * n);
    return at < n ? at : 2 * n - 1 - at;
  },
  reflect: (k, n) => {
    if (n === 1) return 0;
    const at = modulo(k, 2 * n - 2);
    return at < n ? at : 2 * n - 2 - at;
  },
};

/** Whether this is such a mode. */
export function isCopyMode(mode: unknown): mode is CopyMode {
  return typeof mode === "string" && Object.hasOwn(origins, mode);
}

/**
 * For each entry of a padded array the row-major position in the array that is padded.
 * @throws {RangeError} when an axis without entries is to be padded
 */
export function copiedPositions(
  shape: readonly number[],
  pairs: readonly (readonly [before: number, after: number])[],
  padded: readonly number[],
  mode: CopyMode,
): Int32Array {
  if (padded.some((extent, k) => extent > 0 && shape[k] === 0))
    throw new RangeError(
      `pad: mode = "${mode}" for an array of shape ${formatShape(shape)}: an empty axis has nothing to copy; use "constant"`,
    );
  const strides = rowMajorStride(shape);
  let positions = Int32Array.of(0);
  for (const [axis, extent] of padded.entries()) {
    const [before] = pairs[axis] as readonly [number, number];
    const [n, stride] = [shape[axis] as number, strides[axis] as number];
    const origin = origins[mode];
    const steps = new Int32Array(extent);
    for (let k = 0; k < extent; k++) steps[k] = stride * origin(k - before, n);
    const next = new Int32Array(positions.length * extent);
    for (let row = 0, at = 0; row < positions.length; row++) {
      for (let k = 0, base = positions[row] as number; k < extent; k++) next[at++] = base + (steps[k] as number);
    }
    positions = next;
  }
  return positions;
}
