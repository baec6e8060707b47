import type { PlainOperand } from "../../lib/core/calls/elementwise.js";
import { allocate, type DType, type NdArray, rowMajor, sizeOf } from "../../lib/nd/index.js";
import { layouts } from "../helpers/layouts.js";
import { seeded } from "../helpers/random.js";

const special = [0, -0, 1, -1, 0.5, -0.5, 2, -2, 1e-300, -1e-300, 5e-324, 1e300, -1e300, 700, -745, Infinity, -Infinity, Number.NaN];

/** Numbers of all sizes: every third one is an edge of some function. */
export function entry(random: () => number): number {
  if (random() < 0.35) return special[Math.floor(random() * special.length)] as number;
  return (random() - 0.4) * (random() < 0.8 ? 4 : 60);
}

/** A row-major array of them; what masks and integers cannot hold becomes what they make of it. */
export function drawn(shape: readonly number[], seed: number, dtype: DType = "float64"): NdArray {
  const random = seeded(seed);
  const data = allocate(dtype, sizeOf(shape));
  for (let n = 0; n < data.length; n++) data[n] = dtype.startsWith("float") ? entry(random) : Math.floor(random() * 5) - 1;
  return rowMajor(data, shape);
}

/** Operands of one call, and what is said of them. */
export type Operands = readonly [what: string, operands: readonly PlainOperand[]];

/** Lengths around the four places that a turn of a loop handles. */
export function* ofLengths(count: number): Generator<Operands> {
  for (const n of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 63, 64, 65, 66, 67])
    yield [`length ${n}`, Array.from({ length: count }, (_, k) => drawn([n], 100 * n + k))];
}

/** Kinds of numbers, the last operand of another kind than the others too. */
export function* ofKinds(count: number): Generator<Operands> {
  const all = (dtype: DType): NdArray[] => Array.from({ length: count }, (_, k) => drawn([9], 7 + k, dtype));
  yield ["float32", all("float32")];
  yield ["int32", all("int32")];
  yield ["float32, reversed", all("float32").map((x) => x.step(-1))];
  if (count < 2) return;
  const [singles, doubles] = [all("float32"), all("float64")];
  yield ["float32 and float64", [...singles.slice(0, -1), doubles[count - 1] as NdArray]];
  yield ["float64 and int32", [...doubles.slice(0, -1), drawn([9], 3, "int32")]];
  yield ["float32 and uint8", [...singles.slice(0, -1), drawn([9], 3, "uint8")]];
}

/** Views of every make, of all operands and of the first one alone. */
export function* ofLayouts(count: number): Generator<Operands> {
  for (const [name, lay] of Object.entries(layouts)) {
    if (name === "on a list") continue;
    for (const shape of [[7], [3, 4], [2, 3, 3]]) {
      const plain = Array.from({ length: count }, (_, k) => drawn(shape, 11 + k));
      yield [`${name}, [${shape}]`, plain.map(lay)];
      if (count > 1) yield [`the first one ${name}, [${shape}]`, plain.map((x, k) => (k === 0 ? lay(x) : x))];
    }
  }
}

/** Shapes that broadcast, numbers in all places, arrays without axes and without entries. */
export function* ofShapes(count: number): Generator<Operands> {
  const full = (k: number): NdArray => drawn([3, 5], 21 + k);
  yield ["no axes", Array.from({ length: count }, (_, k) => drawn([], 31 + k))];
  yield ["one entry", Array.from({ length: count }, (_, k) => drawn([1, 1], 33 + k))];
  yield ["no entries", Array.from({ length: count }, (_, k) => drawn([0, 3], 35 + k))];
  for (let one = 0; one < (count > 1 ? count : 0); one++) {
    const others = (x: PlainOperand): PlainOperand[] => Array.from({ length: count }, (_, k) => (k === one ? x : full(k)));
    for (const shape of [[5], [3, 1], [1, 5], [1], []])
      yield [`operand ${one + 1} of shape [${shape}]`, others(drawn(shape, 41 + shape.length))];
    for (const x of [2, -0.5, 0, Number.NEGATIVE_INFINITY]) yield [`operand ${one + 1} the number ${x}`, others(x)];
    yield [`operand ${one + 1} of shape [5], without entries`, Array.from({ length: count }, (_, k) => drawn(k === one ? [5] : [0, 5], k))];
  }
  if (count === 2) {
    yield ["a column and a row", [drawn([4, 1], 51), drawn([3], 52)]];
    const x = drawn([6], 53);
    yield ["one array twice", [x, x]];
    yield ["one array and its reverse", [x, x.step(-1)]];
  }
}
