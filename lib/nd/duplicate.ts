import { copyInto, packed } from "./loops.js";
import { isRowMajor } from "./shape.js";
import { staysInside } from "./sound.js";
import type { NdArray } from "./types.js";
import { isFloating, rowMajor } from "./view.js";

type Integers = Int32Array<ArrayBuffer>;

/**
 * A row-major copy of any array in memory of its own: integers and bigints stay of their kind, lists and stores become doubles. An array
 * that does not fit its memory comes back as it is, for whoever uses it to refuse.
 */
export function duplicate(x: NdArray): NdArray {
  if (!staysInside(x)) return x;
  if (isFloating(x.dtype)) return packed(x);
  const data = x.data as Integers;
  // Node's Buffer is no typed array to be made by its constructor, and its slices share memory.
  const Kind = x.dtype === "buffer" ? Uint8Array : (data.constructor as Int32ArrayConstructor);
  if (isRowMajor(x.shape, x.stride)) return rowMajor(new Kind(data.subarray(x.offset, x.offset + x.size)), x.shape);
  const copy = rowMajor(new Kind(x.size), x.shape);
  copyInto(copy, x);
  return copy;
}
