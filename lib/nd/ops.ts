import ops from "ndarray-ops";
import { packed } from "./loops.js";
import { sumData } from "./reduce.js";
import { formatShape, isRowMajor, sameShape } from "./shape.js";
import { copyStrided } from "./strided.js";
import type { NdArray, NumericData } from "./types.js";

/**
 * From this many entries on, ndarray-ops runs strided sums. A call of it costs 0.4 to 0.6 µs before the first entry; over 1000 entries
 * own loops are still a fifth faster, over 10000 the two are even, and transposed views gain by its order of memory.
 */
const opsFrom = 10_000;

/**
 * The sum of all entries of a view of any strides, in double precision; for large strided views, and those on stores other than floats.
 */
export function sumStrided(x: NdArray): number {
  return x.size < opsFrom || isRowMajor(x.shape, x.stride) ? sumData(x) : ops.sum(x);
}

/** Whether writing to one store may change what the other reads. */
function sharesMemory(a: NumericData, b: NumericData): boolean {
  return a === b || (ArrayBuffer.isView(a) && ArrayBuffer.isView(b) && a.buffer === b.buffer);
}

/**
 * dst[…] = src[…], entry by entry, for views of any strides. Views of one store may overlap: src counts as it was before.
 * @param dst any shape; no entry may stand at two places (a broadcast view is refused)
 * @param src the shape of dst; entries become the kind of number that dst holds
 * @param who names the caller in errors
 * @throws {RangeError} when the shapes differ, or dst is a broadcast view
 */
export function assign(dst: NdArray, src: NdArray, who: string = "assign"): void {
  const { shape } = dst;
  if (!sameShape(shape, src.shape)) {
    throw new RangeError(
      `${who}: src has shape ${formatShape(src.shape)}, dst has ${formatShape(shape)}; make them equal, or broadcast src`,
    );
  }
  const size = dst.size;
  if (size === 0) return;
  refuseRepeated(dst, who);
  const from = sharesMemory(dst.data, src.data) ? packed(src) : src;
  if (dst.dtype === "generic" || from.dtype === "generic") ops.assign(dst, from);
  else copyStrided(dst.data, dst.stride, dst.offset, from.data, from.stride, from.offset, shape);
}

function refuseRepeated({ shape, stride }: NdArray, who: string): void {
  for (let axis = 0; axis < shape.length; axis++) {
    if (stride[axis] === 0 && (shape[axis] as number) > 1) {
      throw new RangeError(`${who}: dst repeats its entries along axis ${axis}: it is a broadcast view; write to a copy`);
    }
  }
}
