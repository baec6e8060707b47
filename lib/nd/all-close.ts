import { isList } from "./is-list.js";
import { packedData } from "./loops.js";
import { expectNames } from "./option-names.js";
import { sameShape } from "./shape.js";
import { shown } from "./shown.js";
import { expectSound } from "./sound.js";
import type { NdArray } from "./types.js";
import { isNdArray } from "./view.js";

/** How near is near enough. */
export interface CloseOptions {
  /** The distance allowed in proportion to the larger magnitude; 1e-9 unless given. */
  readonly rtol?: number;
  /** The distance allowed whatever the magnitude; 1e-12 unless given. */
  readonly atol?: number;
  /** Whether NaN equals NaN; false unless given. */
  readonly equalNan?: boolean;
}

type Tolerances = Required<CloseOptions>;

/**
 * Whether two values agree: |a − b| ≤ atol + rtol · max(|a|, |b|) for all numbers in them. Infinities agree with themselves only.
 * Values are numbers, arrays, lists, and records of them in any depth; they agree only when their structure and shapes do (nothing
 * broadcasts). An array may be compared with nested lists, a typed array with a list, a 0-d array with a number. Other leaves agree when they are the same.
 * @throws {RangeError} when a tolerance is negative or NaN
 */
export function allClose(a: unknown, b: unknown, options: CloseOptions = {}): boolean {
  if (typeof options !== "object" || options === null || isList(options) || isNdArray(options)) {
    throw new TypeError(`allClose: the options are ${shown(options)}; give a record, { rtol, atol, equalNan }`);
  }
  expectNames("allClose", options, "rtol, atol, equalNan");
  const { rtol = 1e-9, atol = 1e-12, equalNan = false } = options;
  for (const [name, value] of Object.entries({ rtol, atol })) {
    if (typeof value !== "number") throw new TypeError(`allClose: ${name} is ${shown(value)}; give a number, 0 or more`);
    if (!(value >= 0)) throw new RangeError(`allClose: ${name} = ${value} is not a tolerance; give a number, 0 or more`);
  }
  return agree(a, b, { rtol, atol, equalNan });
}

function closeNumbers(a: number, b: number, { rtol, atol, equalNan }: Tolerances): boolean {
  if (a === b) return true;
  if (Number.isNaN(a) || Number.isNaN(b)) return equalNan && Number.isNaN(a) && Number.isNaN(b);
  const larger = Math.max(Math.abs(a), Math.abs(b));
  return larger !== Number.POSITIVE_INFINITY && Math.abs(a - b) <= atol + rtol * larger;
}

/** The entries along the first axis of an array with axes, as lists are read. */
function rowsOf(x: NdArray): unknown[] {
  return Array.from({ length: x.shape[0] as number }, (_, i) => (x.dimension === 1 ? x.get(i) : x.pick(i)));
}

function agreeLists(a: ArrayLike<unknown>, b: ArrayLike<unknown>, tolerances: Tolerances): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!agree(a[i], b[i], tolerances)) return false;
  return true;
}

function agree(a: unknown, b: unknown, tolerances: Tolerances): boolean {
  if (typeof a === "number" && typeof b === "number") return closeNumbers(a, b, tolerances);
  for (const x of [a, b]) if (isNdArray(x)) expectSound("allClose", "one of the values", x);
  if (isNdArray(a) && isNdArray(b))
    return sameShape(a.shape, b.shape) && agreeLists(packedData(a as NdArray), packedData(b as NdArray), tolerances);
  if (isNdArray(a)) return a.dimension === 0 ? agree(a.get(), b, tolerances) : isList(b) && agreeLists(rowsOf(a as NdArray), b, tolerances);
  if (isNdArray(b)) return agree(b, a, tolerances);
  if (isList(a) || isList(b)) return isList(a) && isList(b) && agreeLists(a, b, tolerances);
  return isRecord(a) && isRecord(b) ? agreeRecords(a, b, tolerances) : Object.is(a, b);
}

function isRecord(x: unknown): x is Readonly<Record<string, unknown>> {
  return typeof x === "object" && x !== null;
}

function agreeRecords(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>, tolerances: Tolerances): boolean {
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && agree(a[key], b[key], tolerances));
}
