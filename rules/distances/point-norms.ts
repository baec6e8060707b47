import { type AnyArray, frule, NoTangent, type Pullback, rrule, unthunk } from "../../lib/core/index.js";
import { addInto, commonDType, copyInto, floatDType, type NdArray, zerosOf } from "../../lib/nd/index.js";
import { neg, sub } from "../elementwise/field.js";
import { norm } from "../reductions/norms.js";
import { sum } from "../reductions/sums.js";
import { expandDims } from "../shaping/axes.js";
import { isPlain } from "../support/fused.js";
import { part } from "../support/view-rule.js";

// Distances of any order are the norms of all differences, and their rules are norm's. Of plain arrays that is done for some points of a at a
// time: all differences at once would take as much memory as there are pairs and coordinates.

/** How many differences are taken at once, about. */
const blockSize = 65_536;

/** a[i, k] − b[j, k], of shape [m, n, d]. */
function differences(a: AnyArray, b: AnyArray): AnyArray {
  return sub(expandDims(a, 1), expandDims(b, 0)) as AnyArray;
}

/** Some rows of a matrix, as a view. */
type Rows = (x: AnyArray) => NdArray;

/** Calls `block` with the rows that belong to each block of the points of a. */
function forEachBlock(a: AnyArray, b: AnyArray, block: (rows: Rows) => void): void {
  const points = a.shape[0] as number;
  const step = Math.max(1, Math.floor(blockSize / Math.max(1, b.size)));
  for (let first = 0; first < points; first += step) {
    block((x) => part(x as NdArray, 0, first, Math.min(step, points - first)));
  }
}

/** A matrix with an entry for each pair of points, made block by block. */
function overPairs(a: AnyArray, b: AnyArray, block: (rows: Rows) => unknown): NdArray {
  const y = zerosOf([a.shape[0] as number, b.shape[0] as number], floatDType(commonDType([a as NdArray, b as NdArray])));
  forEachBlock(a, b, (rows) => copyInto(rows(y), block(rows) as NdArray));
  return y;
}

const over = (p: number) => ({ ord: p, axis: 2 }) as const;

/** ‖a[i] − b[j]‖ₚ of plain matrices. */
export function normsBetween(a: NdArray, b: NdArray, p: number): NdArray {
  return overPairs(a, b, (rows) => norm(differences(rows(a), b), over(p)));
}

/** ẏ of the norms. */
export function normsMoved(a: AnyArray, b: AnyArray, da: AnyArray, db: AnyArray, p: number): AnyArray {
  const moved = (a: AnyArray, da: AnyArray): AnyArray => {
    const [, dy] = frule([NoTangent, differences(da, db), NoTangent], norm, differences(a, b), over(p)) as readonly [AnyArray, AnyArray];
    return dy;
  };
  if (!isPlain(a, b) || !isPlain(da, db)) return moved(a, da);
  return overPairs(a, b, (rows) => moved(rows(a), rows(da)));
}

/** [ā, b̄] of the norms. */
export function normsPulled(ybar: AnyArray, a: AnyArray, b: AnyArray, p: number): readonly [AnyArray, AnyArray] {
  const pulled = (ybar: AnyArray, a: AnyArray): readonly [AnyArray, AnyArray] => {
    const [, back] = rrule(norm, differences(a, b), over(p)) as readonly [AnyArray, Pullback];
    const bar = unthunk(back(ybar)[1]) as AnyArray;
    return [sum(bar, { axis: 1 }) as AnyArray, neg(sum(bar, { axis: 0 })) as AnyArray];
  };
  if (!isPlain(a, b, ybar)) return pulled(ybar, a);
  const abar = zerosOf(a.shape);
  const bbar = zerosOf(b.shape);
  forEachBlock(a, b, (rows) => {
    const [some, all] = pulled(rows(ybar), rows(a));
    copyInto(rows(abar), some as NdArray);
    addInto(bbar, all as NdArray);
  });
  return [abar, bbar];
}
