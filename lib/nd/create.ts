import { isTraced } from "./brand.js";
import { checkedShape } from "./checked-shape.js";
import { isList } from "./is-list.js";
import { packedData } from "./loops.js";
import { expectNames } from "./option-names.js";
import { mostAxes, sizeOf } from "./shape.js";
import { shown } from "./shown.js";
import { expectSound } from "./sound.js";
import type { ArrayView, DType, NdArray, Nested, NumericData } from "./types.js";
import { allocate, isNdArray, rowMajor, typedArrays, zerosOf } from "./view.js";

/** Rows of numbers that `array` takes as they are. */
export type TypedRow = Exclude<NumericData, number[]>;

/** Lists of lists of numbers, as deep as there are axes; the innermost may be typed arrays. */
export type ArraySource = number | TypedRow | readonly ArraySource[];

/** Which kind of number a new array holds. */
export interface ArrayOptions {
  readonly dtype?: DType;
}

const dtypes: readonly string[] = Object.keys(typedArrays);

/** The makers that take a shape. */
const shaped: ReadonlySet<string> = new Set(["zeros", "ones", "full"]);

/** The kind of number that options ask for. */
export function checkDType(who: string, options: ArrayOptions): DType {
  if (typeof options === "number" && shaped.has(who))
    throw new TypeError(
      `${who}: the options are ${options}; a shape of several axes is one list, ${who}([…]${who === "full" ? ", value" : ""})`,
    );
  if (typeof options !== "object" || options === null || isList(options) || isNdArray(options))
    throw new TypeError(`${who}: the options are ${shown(options)}; give a record, { dtype }`);
  expectNames(who, options, "dtype");
  const { dtype = "float64" } = options;
  if (!dtypes.includes(dtype))
    throw new RangeError(`${who}: dtype = ${shown(dtype)} is not a kind of number; use one of ${dtypes.join(", ")}`);
  return dtype;
}

function checkNumber(who: string, name: string, x: unknown): number {
  if (typeof x !== "number") throw new TypeError(`${who}: ${name} is ${shown(x)}; give a number${isTraced(x) ? `, primal(${name})` : ""}`);
  return x;
}

function checkFinite(who: string, name: string, x: unknown): number {
  const number = checkNumber(who, name, x);
  if (!Number.isFinite(number)) throw new RangeError(`${who}: ${name} = ${number} is not finite; give a finite number`);
  return number;
}

/** The extents along the first entries, which all others must match. */
function shapeOf(nested: unknown): number[] {
  const shape: number[] = [];
  for (let row = nested; isList(row); row = row[0]) {
    shape.push(row.length);
    if (row.length === 0) break;
    if (shape.length > mostAxes) throw new RangeError(`array: lists nest more than ${mostAxes} deep; give one that ends in numbers`);
  }
  return shape;
}

function entryAt(path: readonly number[]): string {
  return path.length === 0 ? "the argument" : `entry ${path.map((index) => `[${index}]`).join("")}`;
}

function refuseEntry(entry: unknown, path: readonly number[]): never {
  if (isList(entry))
    throw new RangeError(`array: ${entryAt(path)} is a list, the first one as deep is a number; make all rows equally deep`);
  const cure = isNdArray(entry)
    ? `${path.length === 0 ? "copy copies" : "stack and concat join"} arrays`
    : "give numbers, or lists of numbers";
  throw new TypeError(`array: ${entryAt(path)} is ${isNdArray(entry) ? "an array" : shown(entry)}; ${cure}`);
}

/** What stands in the place of an entry that is no number, at its position; undefined where it is refused. */
export type OtherEntry = (entry: unknown, position: number) => number | undefined;

/** Writes the numbers of a row, and of the rows in it, from `start` on. */
function fillRow(
  out: TypedRow,
  start: number,
  row: unknown,
  shape: readonly number[],
  path: readonly number[],
  other: OtherEntry | undefined,
): void {
  const axis = path.length;
  const extent = shape[axis] as number;
  if (typeof row === "number")
    throw new RangeError(`array: ${entryAt(path)} is the number ${row}, the first one as deep is a list; make all rows equally deep`);
  if (!isList(row)) refuseEntry(row, path);
  if (row.length !== extent) {
    const indices = path.map((index) => `[${index}]`).join("");
    const first = path.map(() => "[0]").join("");
    throw new RangeError(`array: row ${indices} has ${row.length} entries, row ${first} has ${extent}; make all rows equally long`);
  }
  if (axis + 1 < shape.length) {
    const below = sizeOf(shape.slice(axis + 1));
    for (let i = 0; i < extent; i++) fillRow(out, start + i * below, row[i], shape, [...path, i], other);
    return;
  }
  for (let i = 0; i < extent; i++) {
    const entry = row[i];
    out[start + i] = typeof entry === "number" ? entry : (other?.(entry, start + i) ?? refuseEntry(entry, [...path, i]));
  }
}

/**
 * A new row-major array from numbers: `array([[1, 2], [3, 4]])` has shape [2, 2], `array(5)` no axes. Numbers are stored as the kind
 * `dtype` stores them: integer kinds cut off the fraction.
 * @param nested a number, lists of lists of one depth and length, or a typed array, which is copied
 * @throws {RangeError} when rows differ in length or depth; names the row
 * @throws {TypeError} when an entry is not a number; names the entry
 */
export function array(nested: ArraySource, options: ArrayOptions = {}): NdArray {
  return arrayOf(nested, options);
}

/** As `array`, of lists that hold other things than numbers too. */
export function arrayOf(nested: unknown, options: ArrayOptions, other?: OtherEntry): NdArray {
  const dtype = checkDType("array", options);
  const shape = shapeOf(nested);
  const data = allocate(dtype, sizeOf(shape));
  if (shape.length > 0) fillRow(data, 0, nested, shape, [], other);
  else data[0] = typeof nested === "number" ? nested : (other?.(nested, 0) ?? refuseEntry(nested, []));
  return rowMajor(data, shape);
}

/**
 * A new array of zeros.
 * @param shape the extents; a number is the extent of one axis
 * @throws {RangeError} when an extent is not an integer, 0 or more
 */
export function zeros(shape: number | readonly number[], options: ArrayOptions = {}): NdArray {
  return zerosOf(checkedShape("zeros", shape), checkDType("zeros", options));
}

/** A new array of ones; otherwise like `zeros`. */
export function ones(shape: number | readonly number[], options: ArrayOptions = {}): NdArray {
  return filled("ones", shape, 1, options);
}

/** A new array that has this value everywhere; otherwise like `zeros`. */
export function full(shape: number | readonly number[], value: number, options: ArrayOptions = {}): NdArray {
  return filled("full", shape, checkNumber("full", "value", value), options);
}

function filled(who: string, shape: number | readonly number[], value: number, options: ArrayOptions): NdArray {
  const extents = checkedShape(who, shape);
  return rowMajor(allocate(checkDType(who, options), sizeOf(extents)).fill(value), extents);
}

/**
 * The matrix with ones on its diagonal and zeros elsewhere: n rows, and m columns or n when m is left out.
 * @throws {RangeError} when n or m is not an integer, 0 or more
 */
export function eye(n: number, options?: ArrayOptions): NdArray;
export function eye(n: number, m: number, options?: ArrayOptions): NdArray;
export function eye(n: number, mOrOptions: number | ArrayOptions = n, options: ArrayOptions = {}): NdArray {
  const alone = typeof mOrOptions === "object" && mOrOptions !== null && !isTraced(mOrOptions);
  const [m, chosen] = alone ? [n, mOrOptions] : [mOrOptions as number, options];
  const [rows, cols] = checkedShape("eye", [n, m]) as [number, number];
  const data = allocate(checkDType("eye", chosen), rows * cols);
  for (let i = 0; i < Math.min(rows, cols); i++) data[i * cols + i] = 1;
  return rowMajor(data, [rows, cols]);
}

/**
 * The numbers start, start + step, … before stop, on one axis. Their count is ⌈(stop − start) / step⌉, which rounding may move by one
 * when the step is not an integer: `linspace` takes a count instead.
 * @throws {RangeError} when step is 0 or a bound is not finite
 */
export function arange(stop: number, options?: ArrayOptions): NdArray;
export function arange(start: number, stop: number, options?: ArrayOptions): NdArray;
export function arange(start: number, stop: number, step: number, options?: ArrayOptions): NdArray;
export function arange(...args: (number | ArrayOptions | undefined)[]): NdArray {
  const last = args.at(-1);
  const options = typeof last === "object" && args.length > 1 ? last : {};
  const given = options === last ? args.slice(0, -1) : args;
  const count = given.findLastIndex((arg) => arg !== undefined) + 1;
  const [first, second, third] = given;
  const start = count < 2 ? 0 : checkFinite("arange", "start", first);
  const stop = checkFinite("arange", "stop", count < 2 ? first : second);
  const step = third === undefined ? 1 : checkFinite("arange", "step", third);
  if (step === 0) throw new RangeError("arange: step = 0 never reaches stop; give another step");
  const length = Math.max(0, Math.ceil((stop - start) / step));
  checkedShape("arange", length);
  const data = allocate(checkDType("arange", options), length);
  for (let i = 0; i < length; i++) data[i] = start + i * step;
  return rowMajor(data, [length]);
}

/** The entries as nested lists, as deep as there are axes; a number for an array without axes. Traced entries are refused: give `primal(x)`. */
export function toNested(x: ArrayView<unknown>): Nested {
  if (!isNdArray(x)) throw new TypeError(`toNested: x is ${shown(x)}; give an array`);
  expectSound("toNested", "x", x);
  const data = packedData(x as NdArray, "float64");
  const read = (axis: number, start: number): Nested => {
    if (axis === x.dimension) return data[start] as number;
    const below = sizeOf(x.shape.slice(axis + 1));
    return Array.from({ length: x.shape[axis] as number }, (_, i) => read(axis + 1, start + i * below));
  };
  return read(0, 0);
}
