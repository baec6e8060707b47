import { foreignError, isForeign, isTraced } from "./brand.js";
import { forEachPosition } from "./loops.js";
import { formatShape } from "./shape.js";
import { shown } from "./shown.js";
import type { ArrayView } from "./types.js";
import type { GenericStore } from "./view.js";

interface Indexed {
  readonly length: number;
  readonly [n: number]: unknown;
}

/** Whether entries lie where shape, strides and offset say: ndarray itself never looks. */
export function staysInside({ shape, stride, offset, data }: ArrayView<unknown>): boolean {
  let first = offset;
  let last = offset;
  let empty = false;
  for (let k = 0; k < shape.length; k++) {
    const extent = shape[k] as number;
    if (extent !== (extent | 0) || extent < 0) return false;
    if (extent === 0) empty = true;
    const reach = (extent - 1) * (stride[k] as number);
    if (reach < 0) first += reach;
    else last += reach;
  }
  return empty || (first >= 0 && last < (data as Indexed).length);
}

/** Whether an array is one of plain numbers in a typed array, and stays inside it: what loops over arrays may rely on. */
export function isSound(x: ArrayView<unknown>): boolean {
  switch (x.dtype) {
    case "generic":
    case "array":
    case "bigint64":
    case "biguint64":
      return false;
    default:
      return staysInside(x);
  }
}

/** The error for an array whose entries cannot be read as numbers; undefined for one that has no fault. */
export function faultOf(who: string, x: ArrayView<unknown>): Error | undefined {
  if (x.dtype.startsWith("big"))
    return new TypeError(`${who} is an array of bigints; make one of numbers, array(Array.from(x.data, Number))`);
  const data = x.data as Indexed;
  const store = x.data as GenericStore<unknown>;
  const generic = x.dtype === "generic";
  if (generic && typeof store?.get !== "function")
    return new TypeError(`${who} is an array over ${shown(data)}; give it a typed array, or a store with get and set`);
  if (!staysInside(x)) {
    return new RangeError(
      `${who} is an array of shape ${formatShape(x.shape)} that does not fit its ${String(data.length)} numbers; mend its shape, strides or offset`,
    );
  }
  if (!generic && !Array.isArray(data)) return undefined;
  let fault: Error | undefined;
  forEachPosition(x, (at) => {
    const entry = generic ? store.get(at) : data[at];
    if (typeof entry !== "number")
      fault ??= new TypeError(
        `${who} is an array that has ${shown(entry)} as an entry; ${isTraced(entry) ? "array([…]) and stack([…]) make one of traced numbers" : "arrays hold numbers"}`,
      );
  });
  return fault;
}

/**
 * Throws where an array of plain numbers is none: its entries are no numbers, or it does not fit its memory. Entries of a store are not
 * looked at.
 * @param who  names the caller
 * @param name names the argument
 */
export function expectSound(who: string, name: string, x: ArrayView<unknown>): void {
  if (isSound(x)) return;
  if (isForeign(x)) throw foreignError(x);
  const store = x.data as { get?: unknown } | null;
  const traced = x.dtype === "generic" && typeof store?.get === "function";
  const fault = traced ? undefined : faultOf(`${who}: ${name}`, x);
  if (fault !== undefined) throw fault;
}
