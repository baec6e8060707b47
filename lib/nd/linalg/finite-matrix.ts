/** The largest magnitude; NaN where there is one. */
export function largestSize(data: ArrayLike<number>): number {
  let largest = 0;
  for (let at = 0; at < data.length; at++) largest = Math.max(largest, Math.abs(data[at] as number));
  return largest;
}

/** The power of 2 next below a size, that what is divided by it comes near 1; 1 for a size of 0. */
export function unitNear(size: number): number {
  return size === 0 ? 1 : 2 ** Math.max(-1021, Math.floor(Math.log2(size)));
}

/** By what to divide entries up to this size so that no sum of products of two of them overflows: a power of 2, mostly 1. */
export function unitBelow(size: number): number {
  return size > 2 ** 900 ? 2 ** 120 : 1;
}

/**
 * Throws where a matrix has an entry that is not finite: iterations would not end, and no pivot would be the largest.
 * @throws {RangeError} that names the entry
 */
export function expectFinite(who: string, { data, shape }: { data: ArrayLike<number>; shape: readonly number[] }): void {
  for (let at = 0; at < data.length; at++) {
    const entry = data[at] as number;
    if (Number.isFinite(entry)) continue;
    const cols = shape.at(-1) as number;
    const row = Math.floor(at / cols) % (shape.at(-2) as number);
    throw new RangeError(`${who}: the matrix has ${entry} at [${row}, ${at % cols}]; finite entries are needed`);
  }
}

/**
 * By what to divide entries so that no sum of products of two of them overflows: a power of 2, mostly 1. It looks for entries that are not
 * finite on the way.
 * @throws {RangeError} that names such an entry
 */
export function safeUnit(who: string, matrix: { data: Float64Array; shape: readonly number[] }): number {
  const largest = largestSize(matrix.data);
  if (!Number.isFinite(largest)) expectFinite(who, matrix);
  return unitBelow(largest);
}
