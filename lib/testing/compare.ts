import { describe, inFloats, isRecord, isZero, NoTangent, TangentError, unthunk, ZeroTangent } from "../core/index.js";
import { faultOf, formatShape, indicesOfPosition, isNdArray, isSound, type NdArray, packedData, sameShape } from "../nd/index.js";
import { checkedOptions } from "./checked-options.js";

/** How far two numbers may be apart: |a − b| ≤ atol + rtol · max(|a|, |b|). */
export interface Tolerance {
  readonly rtol?: number | undefined;
  readonly atol?: number | undefined;
}

/** A distance in few digits: 0.300, 1.2e-3. */
export function short(x: number): string {
  return x !== 0 && (x < 0.01 || x >= 1e5) ? x.toExponential(1) : x.toPrecision(3);
}

/** The first place where two values differ. */
interface Difference {
  readonly path: string;
  readonly got: string;
  readonly expected: string;
  readonly apart?: number;
}

/**
 * Throws where two values differ by more than the tolerance, naming the path of the first difference:
 * `x̄.weights[2][0, 3]: got 1.5, expected 1.2, 0.3 apart`. NaN equals NaN, and an infinity itself.
 * @param name begins the path
 */
export function assertClose(actual: unknown, expected: unknown, tolerance: Tolerance = {}, name = "value"): void {
  const { rtol = 1e-9, atol = 1e-12 } = checkedOptions("assertClose", tolerance, ["rtol", "atol"]);
  const difference = firstDifference(actual, expected, { rtol, atol }, name);
  if (difference === undefined) return;
  const { path, got, expected: wanted, apart } = difference;
  throw new Error(`${path}: got ${got}, expected ${wanted}${apart === undefined ? "" : `, ${short(apart)} apart`}`);
}

function close(a: number, b: number, { rtol, atol }: { rtol: number; atol: number }): boolean {
  if (Object.is(a, b) || a === b) return true;
  const apart = Math.abs(a - b);
  return apart < Number.POSITIVE_INFINITY && apart <= atol + rtol * Math.max(Math.abs(a), Math.abs(b));
}

function firstDifference(a: unknown, b: unknown, tolerance: { rtol: number; atol: number }, path: string): Difference | undefined {
  const x = unthunk(a);
  const y = unthunk(b);
  if (typeof x === "number" && typeof y === "number") {
    return close(x, y, tolerance) ? undefined : { path, got: String(x), expected: String(y), apart: Math.abs(x - y) };
  }
  const [p, q] = [inFloats(x), inFloats(y)];
  if (p !== undefined && q !== undefined) return arrayDifference(p as NdArray, q as NdArray, tolerance, path);
  if (isNdArray(x) && isNdArray(y)) return arrayDifference(x as NdArray, y as NdArray, tolerance, path);
  if (Array.isArray(x) && Array.isArray(y)) {
    if (x.length !== y.length) return { path, got: describe(x), expected: describe(y) };
    for (let k = 0; k < x.length; k++) {
      const difference = firstDifference(x[k], y[k], tolerance, `${path}[${k}]`);
      if (difference !== undefined) return difference;
    }
    return undefined;
  }
  if (isRecord(x) && isRecord(y)) {
    for (const key of new Set([...Object.keys(x), ...Object.keys(y)])) {
      const difference = firstDifference(x[key], y[key], tolerance, `${path}.${key}`);
      if (difference !== undefined) return difference;
    }
    return undefined;
  }
  return Object.is(x, y) ? undefined : { path, got: kindOf(x), expected: kindOf(y) };
}

function arrayDifference(x: NdArray, y: NdArray, tolerance: { rtol: number; atol: number }, path: string): Difference | undefined {
  if (!sameShape(x.shape, y.shape)) return { path, got: `shape ${formatShape(x.shape)}`, expected: `shape ${formatShape(y.shape)}` };
  if (x.dtype !== y.dtype) return { path, got: `an array of ${x.dtype}`, expected: `one of ${y.dtype}` };
  const a = packedData(x, "float64");
  const b = packedData(y, "float64");
  for (let n = 0; n < a.length; n++) {
    const p = a[n] as number;
    const q = b[n] as number;
    if (!close(p, q, tolerance)) {
      return { path: `${path}[${indicesOfPosition(x.shape, n).join(", ")}]`, got: String(p), expected: String(q), apart: Math.abs(p - q) };
    }
  }
  return undefined;
}

function kindOf(x: unknown): string {
  if (x === NoTangent) return "NoTangent";
  if (x === ZeroTangent) return "ZeroTangent";
  return typeof x === "number" ? String(x) : describe(x);
}

/** The numbers of a value in order: its own, its arrays' entries, those of its parts. */
export function numbersOf(x: unknown): number[] {
  const inner = unthunk(x);
  const value = inFloats(inner) ?? inner;
  if (typeof value === "number") return [value];
  if (isZero(value) || value === null || value === undefined) return [];
  if (isNdArray(value)) {
    const fault = isSound(value) ? undefined : faultOf("relativeDifference: a value", value);
    if (fault !== undefined) throw fault;
    return Array.from(packedData(value as NdArray, "float64"));
  }
  if (Array.isArray(value)) return value.flatMap(numbersOf);
  return isRecord(value) ? Object.values(value).flatMap(numbersOf) : [];
}

/**
 * The largest distance between two values' numbers, as a part of the largest number among them: 0 for equal ones, ∞ where one is not
 * finite and the other is.
 * @throws {TangentError} when the two do not have as many numbers
 */
export function relativeDifference(a: unknown, b: unknown): number {
  const p = numbersOf(a);
  const q = numbersOf(b);
  if (p.length !== q.length)
    throw new TangentError(`relativeDifference: ${p.length} numbers meet ${q.length}; give values of one structure`);
  let distance = 0;
  let size = 0;
  for (let k = 0; k < p.length; k++) {
    const x = p[k] as number;
    const y = q[k] as number;
    if (Object.is(x, y) || x === y) {
      if (Number.isFinite(x)) size = Math.max(size, Math.abs(x));
      continue;
    }
    const apart = Math.abs(x - y);
    if (!Number.isFinite(apart)) return Number.POSITIVE_INFINITY;
    distance = Math.max(distance, apart);
    size = Math.max(size, Math.abs(x), Math.abs(y));
  }
  return distance === 0 ? 0 : distance / size;
}
