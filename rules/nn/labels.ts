import { describe } from "../../lib/core/index.js";
import { expectSound, formatShape, isList, isNdArray, type NdArray, packedData, shown } from "../../lib/nd/index.js";
import { arrayWith } from "../support/reduce-options.js";

/** Classes by their indices: one for each row of logits; for a vector of logits one number, or a list of it. */
export type Labels = number | readonly number[] | ArrayLike<number> | NdArray;

/** How the losses of rows make one. */
export type LossReduction = "mean" | "sum" | "none";

/** What a loss does with the losses of rows. */
export interface LossOptions {
  /** "mean" when absent; "none" leaves one loss for each row. */
  readonly reduction?: LossReduction | undefined;
  /** The label of rows that count for nothing: an integer, the index of a class or not. There is none when absent. */
  readonly ignoreIndex?: number | undefined;
}

/** The options of a loss of rows, filled in. */
interface RowOptions {
  readonly reduction: LossReduction;
  readonly ignoreIndex: number | undefined;
}

/** The labels of rows, and how their losses make one. */
export interface RowLabels {
  readonly reduction: LossReduction;
  /** The class of each row; 0 for one that does not count. */
  readonly classes: Int32Array;
  /** 1 for rows that count, 0 for the others; undefined where all do. */
  readonly kept: Uint8Array | undefined;
  /** How many rows count. */
  readonly count: number;
}

/** The reduction that is named. */
function reductionOf(who: string, reduction: unknown): LossReduction {
  if (reduction === undefined) return "mean";
  if (reduction === "mean" || reduction === "sum" || reduction === "none") return reduction;
  throw new RangeError(
    `${who}: reduction is ${typeof reduction === "string" ? `"${reduction}"` : describe(reduction)}; give "mean", "sum" or "none"`,
  );
}

/**
 * Throws where logits are not of shape [N, C] or [C] with classes in them, and where there is a mean of no rows.
 * @param name the argument that they came in
 */
function expectClasses(who: string, name: string, x: NdArray, reduction: LossReduction): void {
  const fits = (shape: readonly number[]): boolean => (shape.length === 1 || shape.length === 2) && shape.at(-1) !== 0;
  const { shape } = arrayWith(who, name, x, fits, "an array of shape [N, C] or [C], with one class or more,");
  if (reduction === "mean" && shape[0] === 0)
    throw new RangeError(`${who}: ${name} has no rows, and no mean; give some, or reduction: "sum"`);
}

/** The numbers among labels, and whether they are of the shape that belongs to logits of that shape. */
function entriesOf(who: string, labels: unknown, shape: readonly number[]): { entries: ArrayLike<unknown>; fits: boolean } {
  const count = shape.length === 1 ? 1 : (shape[0] as number);
  if (typeof labels === "number") return { entries: [labels], fits: shape.length === 1 };
  if (isNdArray(labels)) {
    expectSound(who, "labels", labels);
    const own = labels.dimension === 1 ? labels.size : labels.dimension === 0 && shape.length === 1 ? 1 : -1;
    return { entries: packedData(labels as NdArray, "float64"), fits: own === count };
  }
  if (isList(labels)) return { entries: labels, fits: labels.length === count };
  throw new TypeError(`${who}: labels is ${describe(labels)}; give the indices of classes, as a list or an array of integers`);
}

/** The label of rows that do not count, or undefined. */
function ignoreIndexOf(who: string, { ignoreIndex }: LossOptions): number | undefined {
  if (ignoreIndex === undefined || Number.isInteger(ignoreIndex)) return ignoreIndex;
  if (typeof ignoreIndex !== "number") throw new TypeError(`${who}: ignoreIndex is ${describe(ignoreIndex)}; give an integer`);
  throw new RangeError(`${who}: ignoreIndex = ${shown(ignoreIndex)}; give an integer`);
}

/** What the options of a loss of these rows come to, after a look at both. */
export function rowOptions(who: string, name: string, x: NdArray, given: LossOptions): RowOptions {
  const reduction = reductionOf(who, given.reduction);
  const ignoreIndex = ignoreIndexOf(who, given);
  expectClasses(who, name, x, reduction);
  return { reduction, ignoreIndex };
}

/**
 * The class of each row of logits of this shape.
 * @throws {RangeError} when there are not as many labels as rows, one is not the index of a class, or no row is left for a mean
 * @throws {TypeError} when they are no numbers
 */
export function classesFor(who: string, labels: unknown, shape: readonly number[], { reduction, ignoreIndex }: RowOptions): RowLabels {
  const classes = shape.at(-1) as number;
  const { entries, fits } = entriesOf(who, labels, shape);
  if (!fits) {
    const came = isNdArray(labels)
      ? `has shape ${formatShape(labels.shape)}`
      : `has ${entries.length} ${entries.length === 1 ? "entry" : "entries"}`;
    const needed = shape.length === 1 ? "one index of a class is needed" : `${shape[0]} indices of classes are needed, one for each row`;
    throw new RangeError(`${who}: labels ${came}; ${needed}`);
  }
  const rows = new Int32Array(entries.length);
  let kept: Uint8Array | undefined;
  let count = rows.length;
  for (let n = 0; n < rows.length; n++) {
    const label = entries[n];
    if (label === ignoreIndex && label !== undefined) {
      kept ??= new Uint8Array(rows.length).fill(1);
      kept[n] = 0;
      count--;
      continue;
    }
    if (typeof label !== "number") throw new TypeError(`${who}: labels[${n}] is ${describe(label)}; give the index of a class`);
    if (!(Number.isInteger(label) && label >= 0 && label < classes))
      throw new RangeError(
        `${who}: labels[${n}] = ${shown(label)} is not one of ${classes} classes; use integers from 0 to ${classes - 1}`,
      );
    rows[n] = label;
  }
  if (count === 0 && rows.length > 0 && reduction === "mean") {
    const cure = 'give others, or reduction: "sum"';
    throw new RangeError(`${who}: all labels are ignoreIndex = ${ignoreIndex}: nothing is left, and has no mean; ${cure}`);
  }
  return { reduction, classes: rows, kept, count };
}
