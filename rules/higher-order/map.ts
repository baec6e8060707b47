import {
  type AnyArray,
  describe,
  elementsOf,
  expectFunction,
  floatKindOf,
  fromElements,
  isScalar,
  type Operand,
  type Scalar,
} from "../../lib/core/index.js";
import { broadcastShapes, broadcastView, type FloatDType, indicesOfPosition, isNdArray, type NdArray } from "../../lib/nd/index.js";
import { runRule, scalarFrom } from "../support/run-rule.js";

/** Applies a function of scalars to entries, and any function to the elements of lists. */
export interface Mapping {
  (f: (...xs: Scalar[]) => Scalar, ...xs: [number, ...number[]]): number;
  (f: (...xs: Scalar[]) => Scalar, ...xs: [Scalar, ...Scalar[]]): Scalar;
  (f: (...xs: Scalar[]) => Scalar, ...xs: [NdArray, ...(NdArray | number)[]]): NdArray;
  (f: (...xs: Scalar[]) => Scalar, ...xs: [AnyArray, ...Operand[]]): AnyArray;
  (f: (...xs: Scalar[]) => Scalar, ...xs: [Operand, AnyArray, ...Operand[]]): AnyArray;
  <X, Y>(f: (x: X) => Y, xs: readonly X[]): Y[];
  <X1, X2, Y>(f: (x1: X1, x2: X2) => Y, xs1: readonly X1[], xs2: readonly X2[]): Y[];
  <X, Y>(f: (...xs: X[]) => Y, ...xs: [readonly X[], ...(readonly X[])[]]): Y[];
}

/** The kind of the results: float32 where all arrays are. */
function commonKind(arrays: readonly AnyArray[]): FloatDType {
  return arrays.every((x) => floatKindOf(x) === "float32") ? "float32" : "float64";
}

/** f of the entries at each place, with broadcasting. */
function overEntries(who: string, f: (...xs: Scalar[]) => Scalar, xs: readonly Operand[]): Operand {
  const arrays = xs.filter(isNdArray) as AnyArray[];
  if (arrays.length === 0) return scalarFrom(who, f(...(xs as Scalar[])), () => "these numbers");
  const shape = broadcastShapes(who, ...arrays.map((x) => x.shape));
  const columns = xs.map((x) => (isNdArray(x) ? elementsOf(broadcastView(x as AnyArray, shape)) : x));
  const size = shape.reduce((product, extent) => product * extent, 1);
  const values = new Array<Scalar>(size);
  for (let n = 0; n < size; n++) {
    const y = f(...columns.map((column) => (Array.isArray(column) ? column[n] : column) as Scalar));
    values[n] = scalarFrom(who, y, () => `the entry at [${indicesOfPosition(shape, n).join(", ")}]`);
  }
  return fromElements(values, shape, commonKind(arrays));
}

/** f of the elements at each place. */
function overLists(who: string, f: (...xs: unknown[]) => unknown, lists: readonly (readonly unknown[])[]): unknown[] {
  const [first = []] = lists;
  lists.forEach((list, k) => {
    if (!Array.isArray(list)) {
      throw new TypeError(`${who}: argument ${k + 2} is ${describe(list)} beside a list; give lists alone, or arrays and numbers alone`);
    }
    if (list.length !== first.length) {
      throw new RangeError(`${who}: argument ${k + 2} is ${describe(list)} beside one of length ${first.length}; give lists of one length`);
    }
  });
  return first.map((_, n) => f(...lists.map((list) => list[n])));
}

/** What `map` does, without its rule; `who` begins the messages. */
export function mapOver(who: string, f: (...xs: never[]) => unknown, xs: readonly unknown[]): unknown {
  expectFunction(who, "f", f, "a function, (x) => y");
  if (xs.length === 0) throw new TypeError(`${who}: there is nothing to map over; give arrays, numbers or lists after f`);
  if (xs.some(Array.isArray)) return overLists(who, f as () => unknown, xs as readonly unknown[][]);
  xs.forEach((x, k) => {
    if (!isScalar(x) && !isNdArray(x)) throw new TypeError(`${who}: argument ${k + 2} is ${describe(x)}; give numbers, arrays, or lists`);
  });
  return overEntries(who, f as () => Scalar, xs as Operand[]);
}

/**
 * f entry by entry of arrays, or element by element of lists.
 *   ẏ[i] = ḟ(ẋ[i], …)            x̄[i] = f̄(ȳ[i])
 * Over arrays and numbers f takes and returns scalars, and they broadcast as in every elementwise function; numbers alone give a number.
 * Over lists of one length f takes their elements, whatever these are, and the results make a list. No entries, no call: the result is as
 * empty as what came.
 * @param f  a function of what it is given alone: a traced value of the running call that it closes over is refused; make it a parameter of
 *           a callable, which is differentiated, or another one of xs
 * @throws {TypeError} when f is no function, lists and others are mixed, or f returns anything but a number for entries
 * @throws {RangeError} when shapes do not broadcast, or lists differ in length
 */
export const map: Mapping = runRule("map", (f: (...xs: never[]) => unknown, ...xs: unknown[]) => mapOver("map", f, xs)) as Mapping;
