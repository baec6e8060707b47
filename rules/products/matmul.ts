import { type OfTwoArrays, strongly } from "../../lib/core/index.js";
import { broadcastShapes } from "../../lib/nd/index.js";
import { contractionRule, type Product } from "./contraction-rule.js";
import { matmulShortcuts } from "./product-shortcuts.js";

const row = 0;
const inner = 1;
const column = 2;

/** Names for axes that broadcast: those that stand at the same place, counted from the last, have the same. */
function leading(count: number): number[] {
  return Array.from({ length: count }, (_, k) => column + count - k);
}

/**
 * The matrix product over the last two axes, y[…, i, j] = Σ a[…, i, p] b[…, p, j]; axes before them broadcast. A vector counts as a row on
 * the left and as a column on the right, and that axis is missing in y; of two vectors it is a number. Adds up in
 * double precision; large products of float32 by float32 in single precision within 256 products, and in double precision across these.
 *   ẏ = matmul(ȧ, b) + matmul(a, ḃ)     ā = ȳ bᵀ,  b̄ = aᵀ ȳ, summed over axes that broadcast
 * @throws {RangeError} when an operand has no axes, the inner extents differ, or leading axes do not broadcast
 */
export const matmul: Product = contractionRule(
  "matmul",
  (a, b) => {
    const lead = broadcastShapes("matmul", a.slice(0, -2), b.slice(0, -2));
    const rows = a.length > 1 ? [row] : [];
    const columns = b.length > 1 ? [column] : [];
    return {
      left: [...leading(Math.max(0, a.length - 2)), ...rows, inner],
      right: [...leading(Math.max(0, b.length - 2)), inner, ...columns],
      out: [...leading(lead.length), ...rows, ...columns],
      shape: [...lead, ...rows.map(() => a.at(-2) as number), ...columns.map(() => b.at(-1) as number)],
    };
  },
  { shortcuts: matmulShortcuts },
);

/** `matmul` where one operand at least has two axes: it is an array then. */
export const matrixProduct: OfTwoArrays = matmul;

/** The product of a matrix and a tangent or a cotangent: 0 where a factor is, whatever the other one is. */
export const strongMatmul: OfTwoArrays = strongly(matrixProduct);
