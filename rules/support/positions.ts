import {
  type AnyArray,
  type AnyFunction,
  addedTo,
  byRrule,
  type Frule,
  type Inplaceable,
  isZero,
  linearRule,
  NoTangent,
  type Operand,
  primal,
  type Rrule,
  type Scalar,
} from "../../lib/core/index.js";
import { asFloatArray, type FloatData, inOrder } from "../../lib/nd/float-array.js";
import {
  allocate,
  type FloatDType,
  floatDType,
  isRowMajor,
  type NdArray,
  offsetOfPosition,
  rowMajor,
  zerosOf,
} from "../../lib/nd/index.js";

/** Reads entries at row-major positions. */
interface TakePositions {
  (x: NdArray, positions: Int32Array, shape: undefined): number;
  (x: NdArray, positions: Int32Array, shape: readonly number[]): NdArray;
  (x: NdArray, positions: Int32Array, shape: readonly number[] | undefined): number | NdArray;
  (x: AnyArray, positions: Int32Array, shape: undefined): Scalar;
  (x: AnyArray, positions: Int32Array, shape: readonly number[]): AnyArray;
  (x: AnyArray, positions: Int32Array, shape: readonly number[] | undefined): Scalar | AnyArray;
}

/** Adds entries at row-major positions of zeros. */
interface PutPositions {
  (y: number | NdArray, positions: Int32Array, shape: readonly number[], dtype?: FloatDType): NdArray;
  (y: Operand, positions: Int32Array, shape: readonly number[], dtype?: FloatDType): AnyArray;
}

/** The entries of x at these row-major positions; without a shape the first of them, as a number. */
export function entriesAt(x: NdArray, positions: Int32Array, shape: readonly number[] | undefined): number | NdArray {
  const float = asFloatArray(x);
  const { data, offset } = float;
  if (shape === undefined) return data[offsetOfPosition(float, positions[0] as number)] as number;
  const out = allocate(floatDType(x.dtype), positions.length) as FloatData;
  if (isRowMajor(float.shape, float.stride)) {
    for (let n = 0; n < out.length; n++) out[n] = data[offset + (positions[n] as number)] as number;
  } else {
    for (let n = 0; n < out.length; n++) out[n] = data[offsetOfPosition(float, positions[n] as number)] as number;
  }
  return rowMajor(out, shape);
}

/** x[positions[n]] += y[n], x an array of floats. */
function addAt(x: NdArray, positions: Int32Array, y: number | NdArray): void {
  const { offset } = x;
  const data = x.data as FloatData;
  if (typeof y === "number") {
    (data[offsetOfPosition(x, positions[0] as number)] as number) += y;
    return;
  }
  const { data: entries, offset: first } = inOrder(y);
  if (isRowMajor(x.shape, x.stride)) {
    for (let n = 0, k = first; n < positions.length; n++, k++) (data[offset + (positions[n] as number)] as number) += entries[k] as number;
  } else {
    for (let n = 0, k = first; n < positions.length; n++, k++)
      (data[offsetOfPosition(x, positions[n] as number)] as number) += entries[k] as number;
  }
}

function put(y: number | NdArray, positions: Int32Array, shape: readonly number[]): NdArray {
  const x = zerosOf(shape, typeof y === "number" ? "float64" : floatDType(y.dtype));
  addAt(x, positions, y);
  return x;
}

/** x̄ of entries that were read from x at these row-major positions. */
export function spreadTo(positions: Int32Array, ybar: number | NdArray, x: NdArray): Inplaceable {
  return addedTo(x, (acc) => addAt(acc, positions, ybar));
}

/**
 * The entries of x at these row-major positions, as an array of this shape; without a shape the first of them, as a number. All that
 * selects entries (extremes, order statistics) finds its positions on plain numbers and hands itself to this linear map: it differentiates
 * at every order, and its pullback writes to the selected entries only.
 *   ẏ[n] = ẋ[positions[n]]       x̄[positions[n]] += ȳ[n]
 */
export const takePositions: TakePositions = linearRule(
  entriesAt,
  (ybar: number | NdArray, x: NdArray, positions: Int32Array) => spreadTo(positions, ybar, x),
  { name: "takePositions" },
);

/**
 * The transpose of `takePositions`: the entries of y (one number, or an array in row-major order) added at these row-major positions of
 * an array of zeros.
 *   ẋ[positions[n]] += ẏ[n]      ȳ[n] = x̄[positions[n]]
 */
export const putPositions: PutPositions = linearRule(
  put,
  (xbar: NdArray, y: number | NdArray, positions: Int32Array) => entriesAt(xbar, positions, typeof y === "number" ? undefined : y.shape),
  { name: "putPositions" },
);

/** Where the selected entries lie, and the shape that they take; none for one number. */
export interface Selection {
  readonly positions: Int32Array;
  readonly shape: readonly number[] | undefined;
}

/** The function that selects entries, given how their positions are found. */
export function selectionOf<A extends readonly unknown[]>(
  select: (x: NdArray, ...rest: A) => Selection,
): (x: NdArray, ...rest: A) => number | NdArray {
  return (x, ...rest) => {
    const { positions, shape } = select(x, ...rest);
    return entriesAt(x, positions, shape);
  };
}

/** Both halves of such a rule. */
interface LinearAt<A extends readonly unknown[]> {
  readonly frule: Frule<[x: AnyArray, ...rest: A]>;
  readonly rrule: Rrule<[x: AnyArray, ...rest: A]>;
}

/**
 * The rule of a function that is a linear map of x near each x: which map, and what it takes after x, is found on plain numbers.
 *   ẏ = map(ẋ, …rest)            x̄ by the rule of the map
 */
export function linearAt<A extends readonly unknown[]>(
  mapAt: (x: NdArray, ...rest: A) => readonly [map: AnyFunction, ...rest: unknown[]],
): LinearAt<A> {
  return {
    frule: ([, dx]: readonly AnyArray[], x, ...rest) => {
      const [map, ...still] = mapAt(primal(x), ...rest);
      return [map(x, ...still), isZero(dx) ? dx : map(dx, ...still)];
    },
    rrule: (x, ...rest) => {
      const [map, ...still] = mapAt(primal(x), ...rest);
      const [y, back] = byRrule(map, x, ...still);
      return [
        y,
        function linearAtPullback(ybar: Operand) {
          return [NoTangent, back(ybar)[1], ...rest.filter((arg) => arg !== undefined).map(() => NoTangent)];
        },
      ];
    },
  };
}

/** The rule of a function that selects entries: `takePositions` at the positions found on plain numbers. */
export function selectionRule<A extends readonly unknown[]>(select: (x: NdArray, ...rest: A) => Selection): LinearAt<A> {
  return linearAt((x, ...rest) => {
    const { positions, shape } = select(x, ...rest);
    return [takePositions, positions, shape];
  });
}
