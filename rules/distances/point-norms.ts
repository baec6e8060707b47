import { type AnyArray, frule, NoTangent, type Pullback, rrule, unthunk } from "../../lib/core/index.js";
import { addInto, commonDType, copyInto, floatDType, type NdArray, sameStore, zerosOf } from "../../lib/nd/index.js";
import { neg, sub } from "../elementwise/field.js";
import { norm } from "../reductions/norms.js";
import { sum } from "../reductions/sums.js";
import { expandDims } from "../shaping/axes.js";
import { isPlain } from "../support/fused.js";

// Distances of any order are the norms of all differences, and their rules are norm's. Of plain arrays that is done for some points of a at a
// time: all differences at once would take as much memory as there are pairs and coordinates.

/** How many differences are taken at once, about. */
const blockSize = 65_536;

/** a[i, k] − b[j, k], of shape [m, n, d]. */
function differences(a: AnyArray, b: AnyArray): AnyArray {
  return sub(expandDims(a, 1), expandDims(b, 0)) as AnyArray;
}

/** The rows of a matrix from `first` on, as a view. */
function rowsFrom(x: NdArray, first: number, count: number): NdArray {
  return sameStore(x, [count, x.shape[1] as number], x.stride, x.offset + first * (x.stride[0] as number));
}

/** Calls `block` with the first point and the number of points of each block of a. */
function forEachBlock(a: NdArray, b: NdArray, block: (first: number, count: number) => void): void {
  const points = a.shape[0] as number;
  const step = Math.max(1, Math.floor(blockSize / Math.max(1, b.size)));
  for (let first = 0; first < points; first += step) block(first, Math.min(step, points - first));
}

const over = (p: number) => ({ ord: p, axis: 2 }) as const;

/** ‖a[i] − b[j]‖ₚ of plain matrices. */
export function normsBetween(a: NdArray, b: NdArray, p: number): NdArray {
  const y = zerosOf([a.shape[0] as number, b.shape[0] as number], floatDType(commonDType([a, b])));
  forEachBlock(a, b, (first, count) => {
    const norms = norm(differences(rowsFrom(a, first, count), b), over(p));
    copyInto(rowsFrom(y, first, count), norms as AnyArray as NdArray);
  });
  return y;
}

/** ẏ of the norms. */
export function normsMoved(a: AnyArray, b: AnyArray, da: AnyArray, db: AnyArray, p: number): AnyArray {
  const moved = (a: AnyArray, da: AnyArray): AnyArray => {
    const [, dy] = frule([NoTangent, differences(da, db), NoTangent], norm, differences(a, b), over(p)) as readonly [AnyArray, AnyArray];
    return dy;
  };
  if (!isPlain(a, b) || !isPlain(da, db)) return moved(a, da);
  const [points, directions] = [a as NdArray, da as NdArray];
  const dy = zerosOf([a.shape[0] as number, b.shape[0] as number], floatDType(commonDType([points, b as NdArray])));
  forEachBlock(points, b as NdArray, (first, count) => {
    copyInto(rowsFrom(dy, first, count), moved(rowsFrom(points, first, count), rowsFrom(directions, first, count)) as NdArray);
  });
  return dy;
}

/** [ā, b̄] of the norms. */
export function normsPulled(ybar: AnyArray, a: AnyArray, b: AnyArray, p: number): readonly [AnyArray, AnyArray] {
  const pulled = (ybar: AnyArray, a: AnyArray): readonly [AnyArray, AnyArray] => {
    const [, back] = rrule(norm, differences(a, b), over(p)) as readonly [AnyArray, Pullback];
    const bar = unthunk(back(ybar)[1]) as AnyArray;
    return [sum(bar, { axis: 1 }) as AnyArray, neg(sum(bar, { axis: 0 })) as AnyArray];
  };
  if (!isPlain(a, b, ybar)) return pulled(ybar, a);
  const [points, others, seeds] = [a as NdArray, b as NdArray, ybar as NdArray];
  const abar = zerosOf(a.shape);
  const bbar = zerosOf(b.shape);
  forEachBlock(points, others, (first, count) => {
    const [some, all] = pulled(rowsFrom(seeds, first, count), rowsFrom(points, first, count));
    copyInto(rowsFrom(abar, first, count), some as NdArray);
    addInto(bbar, all as NdArray);
  });
  return [abar, bbar];
}
