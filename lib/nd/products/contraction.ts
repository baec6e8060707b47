import { addInto, commonDType, packed } from "../loops.js";
import { sumAxes } from "../reduce.js";
import { sameShape } from "../shape.js";
import type { NdArray } from "../types.js";
import { rowMajor, sameStore } from "../view.js";
import { entryProducts } from "./entry-products.js";
import { matmulPlain } from "./matmul.js";

/** Names for the axes of an array: axes of one name, in whichever array, run together. */
export type AxisLabels = readonly number[];

/** One axis, or several that lie evenly one after another. */
interface Axis {
  readonly extent: number;
  readonly stride: number;
}

/** An array whose axes have names. */
interface Labelled {
  readonly array: NdArray;
  readonly labels: AxisLabels;
}

function axisOf({ array, labels }: Labelled, label: number): Axis {
  const k = labels.indexOf(label);
  return k < 0 ? { extent: 1, stride: 0 } : { extent: array.shape[k] as number, stride: array.stride[k] as number };
}

/** The view with these axes, those it lacks repeated. */
function viewAlong(x: Labelled, labels: AxisLabels, shape: readonly number[]): NdArray {
  return sameStore(
    x.array,
    shape,
    shape.map((extent, k) => (extent === 1 ? 0 : axisOf(x, labels[k] as number).stride)),
    x.array.offset,
  );
}

/** The array without axes of extent 1, whose names say nothing, and with those that are not wanted summed. */
function reduced(array: NdArray, labels: AxisLabels, wanted: (label: number) => boolean): Labelled {
  if (labels.every((label, k) => array.shape[k] !== 1 && wanted(label))) return { array, labels };
  const long = labels.flatMap((_, k) => (array.shape[k] === 1 ? [] : [k]));
  const x = {
    array: sameStore(
      array,
      long.map((k) => array.shape[k] as number),
      long.map((k) => array.stride[k] as number),
      array.offset,
    ),
    labels: long.map((k) => labels[k] as number),
  };
  const summed = x.labels.flatMap((label, k) => (wanted(label) ? [] : [k]));
  return summed.length === 0 ? x : { array: sumAxes(x.array, summed), labels: x.labels.filter((_, k) => !summed.includes(k)) };
}

/** Axes read as one; undefined when they do not lie evenly. */
function merged(x: Labelled, labels: AxisLabels): Axis | undefined {
  let axis: Axis = { extent: 1, stride: 0 };
  for (const label of labels.toReversed()) {
    const next = axisOf(x, label);
    if (axis.extent !== 1 && next.stride !== axis.extent * axis.stride) return undefined;
    axis = { extent: axis.extent * next.extent, stride: axis.extent === 1 ? next.stride : axis.stride };
  }
  return axis;
}

/** A stack of matrices whose rows and columns run along several axes each; a copy where these do not lie evenly. */
function matrices(x: Labelled, batch: AxisLabels, rows: AxisLabels, cols: AxisLabels): NdArray {
  const row = merged(x, rows);
  const col = merged(x, cols);
  const lead = batch.map((label) => axisOf(x, label));
  if (row !== undefined && col !== undefined) {
    const axes = [...lead, row, col];
    return sameStore(
      x.array,
      axes.map(({ extent }) => extent),
      axes.map(({ stride }) => stride),
      x.array.offset,
    );
  }
  const order = [...batch, ...rows, ...cols];
  const copy = packed(x.array.transpose(...order.map((label) => x.labels.indexOf(label))));
  return matrices({ array: copy, labels: order }, batch, rows, cols);
}

/**
 * The sum of products of two arrays over the axes that are not in the result: y[out] = Σ a[as] b[bs]. It goes to the matrix product, and
 * adds up as that does; float32 operands give a float32 result.
 * @param as    the names of the axes of a, each once; those of extent 1 broadcast
 * @param bs    the names of the axes of b
 * @param out   the names of the axes of the result; it is repeated along axes that neither operand has
 * @param shape the extents of the result; along an axis of extent 1 the operands are summed
 * @returns a row-major array
 */
export function contract(a: NdArray, as: AxisLabels, b: NdArray, bs: AxisLabels, out: AxisLabels, shape: readonly number[]): NdArray {
  const kept = out.filter((_, k) => shape[k] !== 1);
  const others = (labels: AxisLabels, array: NdArray): AxisLabels => labels.filter((_, k) => array.shape[k] !== 1);
  const inB = others(bs, b);
  const x = reduced(a, as, (label) => inB.includes(label) || kept.includes(label));
  const y = reduced(b, bs, (label) => x.labels.includes(label) || kept.includes(label));
  const dtype = commonDType([a, b]);
  const summed = x.labels.filter((label) => !kept.includes(label));
  if (summed.length === 0) {
    return entryProducts(viewAlong(x, out, shape), viewAlong(y, out, shape), dtype);
  }
  const batch = kept.filter((label) => x.labels.includes(label) && y.labels.includes(label));
  const free = kept.filter((label) => !batch.includes(label) && (x.labels.includes(label) || y.labels.includes(label)));
  // The operand whose axes come first in the result stands on the left.
  const [left, right] = free.length > 0 && y.labels.includes(free[0] as number) ? [y, x] : [x, y];
  const rows = free.filter((label) => left.labels.includes(label));
  const cols = free.filter((label) => right.labels.includes(label));
  const orders = [left, right].map(({ labels }) => labels.filter((label) => summed.includes(label)));
  const order =
    orders.find((labels) => merged(left, labels) !== undefined && merged(right, labels) !== undefined) ?? (orders[0] as AxisLabels);
  const product = matmulPlain(matrices(left, batch, rows, order), matrices(right, batch, order, cols));
  const natural = [...batch, ...rows, ...cols];
  const extents = natural.map((label) => Math.max(axisOf(left, label).extent, axisOf(right, label).extent));
  const full = rowMajor(product.data, extents);
  if (sameShape(natural, kept)) return rowMajor(full.data, shape);
  return packed(viewAlong({ array: full, labels: natural }, out, shape));
}

/** The view in which each name stands once: the diagonal over axes that share one. */
function diagonalView(x: NdArray, labels: AxisLabels): Labelled {
  const unique = [...new Set(labels)];
  const shape = unique.map((label) => x.shape[labels.indexOf(label)] as number);
  const stride = unique.map((label) => labels.reduce((step, each, k) => step + (each === label ? (x.stride[k] as number) : 0), 0));
  return { array: sameStore(x, shape, stride, x.offset), labels: unique };
}

/**
 * One array with its axes named: y[out] = Σ x[labels] over the axes that are not in the result. A name that stands twice takes the diagonal.
 * @param out   names that stand in `labels`, each once
 * @param shape the extents of the result
 * @returns a row-major array
 */
export function rearranged(x: NdArray, labels: AxisLabels, out: AxisLabels, shape: readonly number[]): NdArray {
  const { array, labels: unique } = diagonalView(x, labels);
  const summed = unique.flatMap((label, k) => (out.includes(label) ? [] : [k]));
  const whole = { array: summed.length === 0 ? array : sumAxes(array, summed), labels: unique.filter((label) => out.includes(label)) };
  return summed.length > 0 && sameShape(whole.labels, out) ? whole.array : packed(viewAlong(whole, out, shape));
}

/** The transpose of `rearranged`: x[labels] += y[out], the same along axes that y lacks. */
export function addRearranged(x: NdArray, labels: AxisLabels, y: NdArray, out: AxisLabels): void {
  const { array, labels: unique } = diagonalView(x, labels);
  addInto(array, viewAlong({ array: y, labels: out }, unique, array.shape));
}
