import { addInto, expectSound, floatDType, isNdArray, isRowMajor, type NdArray, zerosOf } from "../../nd/index.js";
import { describe, expectFunction } from "../errors.js";
import { optionsFor } from "../structures/options-for.js";
import { type Inplaceable, inplaceable } from "./tangent.js";

/** Options of `addedTo`. */
export interface AddedToOptions {
  /** Whether addTo writes row-major arrays alone: others get theirs by way of a fresh one. */
  readonly rowMajor?: boolean | undefined;
}

/**
 * The cotangent of an array, told by how it is added: in place to what the engine has already, or to a fresh array of zeros of the shape and
 * float kind of x. For an x̄ that most entries of are 0, or that many pullbacks add to: nobody makes an array of zeros only to add it up.
 * @param x       a plain array
 * @param addTo   adds x̄ to an array of the shape of x; it writes nothing else
 */
export function addedTo(x: NdArray, addTo: (accumulator: NdArray) => void, options?: AddedToOptions): Inplaceable {
  const { rowMajor } = optionsFor("addedTo", options, "rowMajor");
  if (!isNdArray(x)) throw new TypeError(`addedTo: x is ${describe(x)}; give the array that the cotangent is for`);
  expectSound("addedTo", "x", x);
  expectFunction("addedTo", "addTo", addTo, "(accumulator) => void");
  const fresh = (): NdArray => {
    const xbar = zerosOf(x.shape, floatDType(x.dtype));
    addTo(xbar);
    return xbar;
  };
  if (rowMajor !== true) return inplaceable(addTo, fresh);
  return inplaceable((accumulator) => {
    if (isRowMajor(accumulator.shape, accumulator.stride)) addTo(accumulator);
    else addInto(accumulator, fresh());
  }, fresh);
}
