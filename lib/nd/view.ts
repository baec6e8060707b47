import ndarray from "ndarray";
import { type CheckingStore, checkAccess } from "./checked-access.js";
import { formatShape, isRowMajor, largestSize, mostAxes, rowMajorStride, sizeOf } from "./shape.js";
import type { ArrayView, DType, FloatDType, NdArray, NumericData } from "./types.js";

type Constructor = new (data: unknown, ...rest: number[]) => ArrayView<never>;

/** ndarray's own view classes by number of axes, reached once through a probe: 5 ns a view instead of 300. */
const float64Views: (Constructor | undefined)[] = [];
const float32Views: (Constructor | undefined)[] = [];
const listViews: (Constructor | undefined)[] = [];
const genericViews: (Constructor | undefined)[] = [];

/** What ndarray takes for a generic store: it reads and writes through these two. */
export interface GenericStore<T> extends Partial<CheckingStore> {
  readonly length: number;
  get(index: number): T;
  set(index: number, value: T): void;
}

function expectAxes(rank: number): void {
  if (rank > mostAxes) throw new RangeError(`array: ${rank} axes are more than ${mostAxes}, the most that one has; make them fewer`);
}

function classFor(known: (Constructor | undefined)[], rank: number, probe: () => unknown): Constructor {
  let view = known[rank];
  if (view === undefined) {
    expectAxes(rank);
    const ones = new Array<number>(rank).fill(1);
    view = ndarray(probe() as never, ones, ones, 0).constructor as unknown as Constructor;
    known[rank] = view;
  }
  return view;
}

const probeFloat64 = () => new Float64Array(1);
const probeFloat32 = () => new Float32Array(1);
const probeList = () => [0];
const probeGeneric = () => ({ length: 1, get: () => 0, set: () => undefined });

function make<T>(view: Constructor, data: unknown, shape: readonly number[], stride: readonly number[], offset: number): ArrayView<T> {
  switch (shape.length) {
    case 0:
      return new view(data, offset) as ArrayView<T>;
    case 1:
      return new view(data, shape[0] as number, stride[0] as number, offset) as ArrayView<T>;
    case 2:
      return new view(data, shape[0] as number, shape[1] as number, stride[0] as number, stride[1] as number, offset) as ArrayView<T>;
    default:
      return new view(data, ...shape, ...stride, offset) as ArrayView<T>;
  }
}

/** A view with this shape, these strides and this offset on plain numbers. */
export function viewOn(data: NumericData, shape: readonly number[], stride: readonly number[], offset: number): NdArray {
  if (data instanceof Float64Array)
    return make<number>(classFor(float64Views, shape.length, probeFloat64), data, shape, stride, offset) as NdArray;
  if (data instanceof Float32Array)
    return make<number>(classFor(float32Views, shape.length, probeFloat32), data, shape, stride, offset) as NdArray;
  if (Array.isArray(data)) return make<number>(classFor(listViews, shape.length, probeList), data, shape, stride, offset) as NdArray;
  expectAxes(shape.length);
  return ndarray(data, shape as number[], stride as number[], offset) as unknown as NdArray;
}

/** The class of views on stores. Its views, and those of fewer axes that `pick` makes of them, ask the store about indices. */
function genericClass(rank: number): Constructor {
  const known = genericViews[rank];
  if (known !== undefined) return known;
  if (rank > 0) genericClass(rank - 1);
  const view = classFor(genericViews, rank, probeGeneric);
  checkAccess(rank, view.prototype as ArrayView<unknown>);
  return view;
}

/** A view on a store that reads and writes through `get` and `set`. */
export function viewOnStore<T>(store: GenericStore<T>, shape: readonly number[], stride: readonly number[], offset: number): ArrayView<T> {
  return make<T>(genericClass(shape.length), store, shape, stride, offset);
}

/** The class of 0-d views on generic stores. Its `valueOf` hands out the element; core closes that hole. */
export function scalarViewPrototype(): object {
  return genericClass(0).prototype as object;
}

/** A row-major array over these numbers, which it shares. */
export function rowMajor(data: NumericData, shape: readonly number[]): NdArray {
  return viewOn(data, shape, rowMajorStride(shape), 0);
}

/** The class of typed array of each kind of number. */
export const typedArrays: Readonly<Record<DType, new (size: number) => Exclude<NumericData, number[]>>> = {
  float64: Float64Array,
  float32: Float32Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int8: Int8Array,
  uint8: Uint8Array,
};

/**
 * The typed array of a kind of number, filled with zeros.
 * @throws {RangeError} when there are too many
 */
export function allocate(dtype: DType, size: number): Exclude<NumericData, number[]> {
  if (!(size >= 0 && size <= largestSize))
    throw new RangeError(`array: ${size} entries are more than 2³¹ − 1, the most that one has; make it smaller`);
  try {
    return dtype === "float64" ? new Float64Array(size) : new typedArrays[dtype](size);
  } catch {
    throw new RangeError(`array: there is no memory for ${size} numbers of kind ${dtype}; make it smaller`);
  }
}

/** A new array of zeros. */
export function zerosOf(shape: readonly number[], dtype: DType = "float64"): NdArray {
  return rowMajor(allocate(dtype, sizeOf(shape)), shape);
}

/** Whether x has ndarray's face. */
export function isNdArray(x: unknown): x is ArrayView<unknown> {
  if (typeof x !== "object" || x === null) return false;
  const view = x as Partial<ArrayView<unknown>>;
  return typeof view.dimension === "number" && typeof view.pick === "function";
}

/** Whether entries of this kind of array have a tangent space: floats, lists and stores do; integers and booleans do not. */
export function isFloating(dtype: string): boolean {
  return dtype === "float64" || dtype === "float32" || dtype === "array" || dtype === "generic";
}

/** The kind that results computed from such an array have: float32 stays, all else is float64. */
export function floatDType(dtype: string): FloatDType {
  return dtype === "float32" ? "float32" : "float64";
}

/** Whether the view is row-major and fills its store from the start. */
export function fillsStore(x: ArrayView<unknown>): boolean {
  return x.offset === 0 && isRowMajor(x.shape, x.stride) && (x.data as { length: number }).length === x.size;
}

/**
 * The array read through a stride-0 view of a larger shape; never write to the result.
 * @throws {RangeError} when it does not broadcast to that shape
 */
export function broadcastView<A extends ArrayView<unknown>>(x: A, shape: readonly number[], who = "broadcastTo"): A {
  const lead = shape.length - x.dimension;
  const stride = new Array<number>(shape.length);
  for (let k = 0; k < shape.length; k++) {
    const own = k - lead;
    const extent = own < 0 ? 1 : (x.shape[own] as number);
    if (lead < 0 || (extent !== 1 && extent !== shape[k])) {
      throw new RangeError(`${who}: an array of shape ${formatShape(x.shape)} does not broadcast to ${formatShape(shape)}`);
    }
    stride[k] = extent === 1 ? 0 : (x.stride[own] as number);
  }
  if (lead < 0) throw new RangeError(`${who}: an array of shape ${formatShape(x.shape)} does not broadcast to ${formatShape(shape)}`);
  return sameStore(x, shape, stride, x.offset);
}

/** A view of another shape on the store of x. */
export function sameStore<A extends ArrayView<unknown>>(x: A, shape: readonly number[], stride: readonly number[], offset: number): A {
  if (x.dtype === "generic") return viewOnStore(x.data as GenericStore<unknown>, shape, stride, offset) as A;
  return viewOn((x as unknown as NdArray).data, shape, stride, offset) as unknown as A;
}
