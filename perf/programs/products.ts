import { cdist, einsum, mul, outer, square, sum, withGradient } from "../../lib/index.js";
import { weightedDistances } from "../by-hand/distances.js";
import { squareOfProduct, weightedOuter, weightedRowDots } from "../by-hand/products.js";
import { normalArray } from "../inputs.js";
import type { Program } from "../program.js";
import { arrayProgram, floats } from "./array-program.js";

/** Products and distances: of n × n matrices, of n vectors, and of n points of 8 coordinates. */
export function productPrograms(n: number): Program[] {
  const a = normalArray([n, n], 1);
  const b = normalArray([n, n], 2);
  const w = normalArray([n, n], 3);
  const [u, v] = [normalArray([n], 4), normalArray([n], 5)];
  const [p, q] = [normalArray([n, 8], 6), normalArray([n, 8], 7)];
  return [
    arrayProgram(
      'Σ einsum("ij,jk->ik", a, b)²',
      () => squareOfProduct(floats(a), floats(b), n, n, n),
      () => withGradient((x, y) => sum(square(einsum("ij,jk->ik", x, y))), a, b),
    ),
    arrayProgram(
      'Σ w einsum("ij,ij->i", a, b)',
      () => weightedRowDots(floats(a), floats(b), floats(u)),
      () => withGradient((x, y) => sum(mul(einsum("ij,ij->i", x, y), u)), a, b),
    ),
    arrayProgram(
      "Σ w outer(u, v)",
      () => weightedOuter(floats(u), floats(v), floats(w)),
      () => withGradient((x, y) => sum(mul(outer(x, y), w)), u, v),
    ),
    arrayProgram(
      "Σ w cdist(p, q)",
      () => weightedDistances(floats(p), floats(q), floats(w), 8),
      () => withGradient((x, y) => sum(mul(cdist(x, y), w)), p, q),
    ),
  ];
}
