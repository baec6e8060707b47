import { floatResult } from "../lib/nd/float-array.js";
import { floatDType, type NdArray, packed, rowMajor } from "../lib/nd/index.js";
import { forEachLine } from "./lines.js";

/** One line of an array of doubles: its first entry is at `at`, the next ones are `step` apart. */
export interface Strand {
  readonly data: Float64Array;
  at: number;
  readonly step: number;
}

/** Writes a line of the result from lines of two operands, with `count` entries each. */
export type Line = (out: Strand, x: Strand, t: Strand, count: number) => void;

function strandOf(x: NdArray, axis: number): Strand {
  return { data: x.data as Float64Array, at: x.offset, step: x.stride[axis] as number };
}

/** The array of the shape and kind of x that `line` writes along an axis. Computes in double precision. */
export function lineByLine(line: Line, x: NdArray, t: NdArray, axis: number): NdArray {
  const y = new Float64Array(x.size);
  const arrays = [rowMajor(y, x.shape), ...[x, t].map((array) => (array.data instanceof Float64Array ? array : packed(array, "float64")))];
  const [out, from, beside] = arrays.map((array) => strandOf(array, axis)) as [Strand, Strand, Strand];
  const count = x.shape[axis] as number;
  forEachLine(arrays, axis, ([a, b, c]) => {
    out.at = a as number;
    from.at = b as number;
    beside.at = c as number;
    line(out, from, beside, count);
  });
  return floatResult(y, x.shape, floatDType(x.dtype));
}
