import { type AnyArray, levelOf } from "../../lib/core/index.js";
import { swapaxes } from "./axes.js";

/** The matrices in the last two axes, transposed. */
export function turned(x: AnyArray): AnyArray {
  return swapaxes(x, -1, -2);
}

/** The same for an operand of a product, which is read at once: of plain matrices a view. */
export function turnedOperand(x: AnyArray): AnyArray {
  if (levelOf(x) !== undefined) return turned(x);
  const lead = Array.from({ length: x.dimension - 2 }, (_, k) => k);
  return x.transpose(...lead, x.dimension - 1, x.dimension - 2);
}
