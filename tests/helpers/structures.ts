import { innerProduct, mapStructure } from "../../lib/core/index.js";
import { isNdArray, type NdArray, packed } from "../../lib/nd/index.js";

/** The structure with each of its arrays changed. */
export const onArrays = (change: (x: NdArray) => NdArray, x: unknown): unknown =>
  mapStructure((leaf) => (isNdArray(leaf) ? change(leaf as NdArray) : leaf), x);

/** Numbers as nested lists are read by assertClose: arrays of float64. */
export const doubles = (x: unknown): unknown => onArrays((array) => packed(array, "float64"), x);

/** ⟨a, b⟩ and the sum of its terms' magnitudes, by which its rounding is judged. */
export function inner(a: unknown, b: unknown): [value: number, size: number] {
  const magnitude = (x: unknown): unknown =>
    mapStructure((leaf) => (isNdArray(leaf) ? onArrays((array) => withEntries(array, Math.abs), leaf) : Math.abs(leaf as number)), x);
  return [innerProduct(a, b) as number, 1 + (innerProduct(magnitude(a), magnitude(b)) as number)];
}

function withEntries(x: NdArray, change: (entry: number) => number): NdArray {
  const y = packed(x, "float64");
  y.data.forEach((entry, n) => {
    y.data[n] = change(entry);
  });
  return y;
}

/** All numbers in a structure. */
export function numbersOf(x: unknown): number[] {
  const numbers: number[] = [];
  mapStructure((leaf) => {
    if (typeof leaf === "number") numbers.push(leaf);
    else if (isNdArray(leaf)) numbers.push(...packed(leaf as NdArray, "float64").data);
    return leaf;
  }, x);
  return numbers;
}

/** Whether there is an array in a structure. */
export function hasArrays(x: unknown): boolean {
  let found = false;
  onArrays((array) => {
    found = true;
    return array;
  }, x);
  return found;
}
