/** What a store of plain numbers may be: a typed array, or a JavaScript list. */
export type NumericData =
  | Float64Array
  | Float32Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint8ClampedArray
  | Uint16Array
  | Uint32Array
  | number[];

/** The kinds of number that arrays made here hold; ndarrays made elsewhere may bear ndarray's other names. */
export type DType = "float64" | "float32" | "int32" | "uint32" | "int16" | "uint16" | "int8" | "uint8";

/** The kinds that have a tangent space. */
export type FloatDType = "float64" | "float32";

/**
 * An ndarray whose elements read as T: plain (`number`), or traced. The method names and their meaning are ndarray's own
 * (https://github.com/scijs/ndarray); views share their store with the array they come from.
 */
export interface ArrayView<T> {
  readonly data: unknown;
  readonly shape: number[];
  readonly stride: number[];
  readonly offset: number;
  readonly dtype: string;
  readonly size: number;
  readonly dimension: number;
  readonly order: number[];
  /** The element at these indices. */
  get(...indices: number[]): T;
  /** Stores the last argument at the indices before it. */
  set(...indicesAndValue: [...indices: number[], value: T]): unknown;
  /** The position in the store of the element at these indices. */
  index(...indices: number[]): number;
  /** The view that starts at these indices. */
  lo(...start: number[]): ArrayView<T>;
  /** The view of this extent. */
  hi(...extent: number[]): ArrayView<T>;
  /** The view that takes every k-th element; negative steps reverse. */
  step(...steps: number[]): ArrayView<T>;
  /** The view with axes in this order. */
  transpose(...axes: number[]): ArrayView<T>;
  /** The view with axes fixed at an index; null leaves an axis. */
  pick(...indices: (number | null)[]): ArrayView<T>;
}

/** An ndarray of plain numbers. */
export interface NdArray extends ArrayView<number> {
  readonly data: NumericData;
  lo(...start: number[]): NdArray;
  hi(...extent: number[]): NdArray;
  step(...steps: number[]): NdArray;
  transpose(...axes: number[]): NdArray;
  pick(...indices: (number | null)[]): NdArray;
}

/** Lists of lists of numbers, as deep as there are axes. */
export type Nested = number | readonly Nested[];
