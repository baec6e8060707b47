import { holdsFinite, holdsNaN, isNdArray, type NdArray, packed, packedData, rowMajor } from "../../nd/index.js";
import { describe } from "../errors.js";
import type { AnyFunction } from "../rule.js";
import { levelOf } from "../traced/dispatch.js";

// Linear images under the strong product. Kernels multiply as IEEE 754 says, so that 0 · ∞ and 0 · NaN are NaN. An image that holds a NaN is
// computed again from images in which nothing but finite numbers meet: one of the finite entries, and counts of the products that are not.

type Factor = number | NdArray;

const isFactor = (x: unknown): x is Factor => typeof x === "number" || isNdArray(x);

/** The entries in row-major order, in double precision. */
function entriesOf(x: Factor): Float64Array {
  return typeof x === "number" ? Float64Array.of(x) : (packedData(x, "float64") as Float64Array);
}

const allFinite = (x: Factor): boolean => (typeof x === "number" ? Number.isFinite(x) : holdsFinite(x));

/** Results of more entries than this are looked at through their factors, where these are smaller. */
const large = 1024;

/** Whether a number in y is NaN, y being an image of s and t. One look at whichever is smaller: no NaN comes of finite factors, but for sums that leave the range of doubles. */
function spoilt(y: Factor, s: unknown, t: unknown): boolean {
  if (typeof y === "number") return Number.isNaN(y);
  if (y.size > large && isFactor(s) && isFactor(t) && sizeOf(s) + sizeOf(t) < y.size && allFinite(s) && allFinite(t)) return false;
  return holdsNaN(y);
}

const sizeOf = (x: Factor): number => (typeof x === "number" ? 1 : x.size);

/**
 * A weight for each place, between 1 and 2: products that are not finite are counted by these, so that where a map subtracts, counts do not
 * cancel.
 */
const weightAt = (place: number): number => 1 + ((place * 0.6180339887498949) % 1);

/** The map of each entry, in double precision. */
function each(x: Factor, map: (entry: number) => number): Factor {
  if (typeof x === "number") return map(x);
  return rowMajor(
    entriesOf(x).map((entry, n) => map(entry) * weightAt(n)),
    x.shape,
  );
}

const isInfinite = (x: number): boolean => x === Number.POSITIVE_INFINITY || x === Number.NEGATIVE_INFINITY;
const moves = (x: number): number => (x === 0 ? 0 : 1);
const signOf = (x: number): number => (Number.isNaN(x) ? 0 : Math.sign(x));
const unknown = (x: number): number => (Number.isNaN(x) ? 1 : 0);
const infinite = (x: number): number => (isInfinite(x) ? 1 : 0);
const infiniteSign = (x: number): number => (isInfinite(x) ? Math.sign(x) : 0);

/** The finite entries, in their own kind. */
function finitePart(x: Factor): Factor {
  if (typeof x === "number") return Number.isFinite(x) ? x : 0;
  const copy = packed(x);
  for (let n = 0; n < copy.data.length; n++) if (!Number.isFinite(copy.data[n])) copy.data[n] = 0;
  return copy;
}

/** Σ c s t with products that are 0 where a factor is, in the places where y is NaN; c are what the map multiplies by, s and t its factors. */
function again(at: (s: Factor, t: Factor) => unknown, s: Factor, t: Factor, y: Factor): Factor {
  const image = (p: Factor, q: Factor): Float64Array => entriesOf(at(p, q) as Factor);
  const counted = (ofS: (x: number) => number, ofT: (x: number) => number): Float64Array => image(each(s, ofS), each(t, ofT));
  const finite = image(finitePart(s), finitePart(t));
  const nans = [counted(unknown, moves), counted(moves, unknown)];
  const infinities = [counted(infinite, moves), counted(moves, infinite)];
  const signs = [counted(infiniteSign, signOf), counted(signOf, infiniteSign)];
  const valueAt = (n: number): number => {
    if (nans.some((count) => count[n] !== 0)) return Number.NaN;
    if (infinities.every((count) => count[n] === 0)) return finite[n] as number;
    // Infinities of one sign add up to one: all that are counted have it.
    const all = signs.map((sum, k) => [sum[n] as number, infinities[k]?.[n] as number] as const).filter(([, count]) => count !== 0);
    const [first] = all.map(([sum]) => Math.sign(sum)) as [number];
    const alike = all.every(([sum, count]) => Math.sign(sum) === first && Math.abs(sum) > (1 - 1e-6) * Math.abs(count));
    return alike ? first * Number.POSITIVE_INFINITY : Number.NaN;
  };
  if (typeof y === "number") return valueAt(0);
  const out = packed(y);
  for (let n = 0; n < out.data.length; n++) if (Number.isNaN(out.data[n])) out.data[n] = valueAt(n);
  return out;
}

/**
 * A map of plain values that is linear in two places, under the strong product: what holds a NaN is computed again, a product with 0 being
 * 0 whatever the other factor is.
 * @param places where the two factors stand among the arguments
 */
export function strongImage(map: AnyFunction, places: readonly [number, number]): AnyFunction {
  const [first, second] = places;
  return (...args: unknown[]): unknown => {
    const y: unknown = map(...args);
    if (!isFactor(y)) return y;
    const [s, t] = [args[first], args[second]];
    if (!spoilt(y, s, t) || !isFactor(s) || !isFactor(t) || (allFinite(s) && allFinite(t))) return y;
    return again((p, q) => map(...args.with(first, p).with(second, q)), s, t, y);
  };
}

/** Whether a number in a cotangent is NaN. */
export function isSpoilt(x: unknown): boolean {
  return isFactor(x) && spoilt(x, undefined, undefined);
}

/** Whether x is plain and holds nothing but finite numbers. */
export function holdsNumbers(x: unknown): boolean {
  return levelOf(x) === undefined && isFactor(x) && allFinite(x);
}

/**
 * Whether the product y of a and b tells that all of their entries that go into it are finite: where it is, they are. Asked of products that
 * are small beside them, such as sums, it spares a look at each cotangent.
 */
export function tellsFinite(y: unknown, a: unknown, b: unknown): boolean {
  const small = isFactor(y) && isFactor(a) && isFactor(b) && 2 * sizeOf(y) < sizeOf(a) + sizeOf(b);
  return small && holdsNumbers(y);
}

const images = new WeakMap<AnyFunction, AnyFunction>();

/** Keeps the strong form of a bilinear map for those who ask for it. */
export function keepStrong(map: AnyFunction, strong: AnyFunction): void {
  images.set(map, strong);
  images.set(strong, strong);
}

/**
 * A function of `bilinearRule` with the strong product, as `scale` is `mul` with it: for rules that multiply a tangent or a cotangent by it.
 * A product in it is exactly 0 where a factor is 0, even next to ∞ or NaN; where none is, it is the function itself, and as fast.
 * @throws {TypeError} when f is no function of `bilinearRule`
 */
export function strongly<F extends AnyFunction>(f: F): F {
  const strong = images.get(f);
  if (strong === undefined)
    throw new TypeError(`strongly: ${f?.name || describe(f)} is no function of bilinearRule; multiply with scale where a factor may be 0`);
  return strong as F;
}
