import { floatResult, resultLike } from "../../lib/nd/float-array.js";
import { commonDType, type NdArray, overLines, zerosOf } from "../../lib/nd/index.js";
import { sumOf } from "../support/fold-lines.js";
import { linedNumbers } from "../support/lined-numbers.js";
import {
  type CrossEntropy,
  labelsBack,
  losses,
  lossesBack,
  lossesForth,
  weightedBack,
  weightedForth,
  weightedLosses,
} from "./cross-entropy-lines.js";
import type { RowLabels } from "./labels.js";

/** What the options and the labels of `crossEntropy` say. */
export interface LossSettings extends Omit<RowLabels, "classes"> {
  readonly smoothing: number;
  /** The class of each row; undefined where labels are probabilities. */
  readonly classes: Int32Array | undefined;
}

type Reducing = Omit<LossSettings, "smoothing">;

/** What is known of the rows of plain arrays, and the terms of the shares where slopes follow. */
export interface Rows {
  readonly state: CrossEntropy;
  readonly terms: Float64Array;
}

const none = new Int32Array(0);
const none64 = new Float64Array(0);

/** Numbers of rows, 0 in place of those that do not count. */
function ofKept(rows: Float64Array, { kept }: Reducing): Float64Array {
  if (kept !== undefined) for (let n = 0; n < kept.length; n++) if (kept[n] === 0) rows[n] = 0;
  return rows;
}

export function rowsOf(x: NdArray, labels: unknown, settings: LossSettings, slopesFollow: boolean): Rows {
  const { smoothing, classes } = settings;
  const count = x.dimension === 1 ? 1 : (x.shape[0] as number);
  const weights = classes === undefined ? count : 0;
  const state: CrossEntropy = {
    labels: classes ?? none,
    main: 1 - smoothing,
    base: smoothing / (x.shape.at(-1) as number),
    losses: new Float64Array(count),
    totals: new Float64Array(count),
    sums: new Float64Array(weights),
    largest: new Float64Array(weights),
    logs: new Float64Array(weights),
    seeds: none64,
  };
  const terms = new Float64Array(slopesFollow ? x.size : 0);
  const [kernel, reads] = classes === undefined ? [weightedLosses, [x, labels as NdArray]] : [losses, [x]];
  overLines(kernel, state, x.shape, [x.dimension - 1], reads, slopesFollow ? [terms] : []);
  ofKept(state.losses, settings);
  return { state, terms };
}

/** Numbers of rows, reduced. */
export function resultOf(rows: Float64Array, x: NdArray, labels: unknown, settings: Reducing): number | NdArray {
  const { reduction, classes, count } = settings;
  if (x.dimension === 1) return rows[0] as number;
  if (reduction === "none") return floatResult(rows, [rows.length], commonDType(classes === undefined ? [x, labels as NdArray] : [x]));
  const total = sumOf(rows, 0, rows.length);
  return reduction === "sum" ? total : total / count;
}

/** ȳ of each row. */
export function seedsOf(x: NdArray, ybar: number | NdArray, settings: Reducing, rows: number): Float64Array {
  const { reduction, kept, count } = settings;
  if (typeof ybar !== "number") return kept === undefined ? linedNumbers(ybar) : ofKept(linedNumbers(ybar).slice(), settings);
  return ofKept(new Float64Array(rows).fill(x.dimension === 2 && reduction === "mean" ? ybar / count : ybar), settings);
}

/** x̄ of plain arrays. */
export function spread(x: NdArray, labels: unknown, ybar: number | NdArray, settings: LossSettings, { state, terms }: Rows): NdArray {
  const xbar = resultLike(x);
  state.seeds = seedsOf(x, ybar, settings, state.losses.length);
  const [kernel, reads] = settings.classes === undefined ? [weightedBack, [terms, labels as NdArray]] : [lossesBack, [terms]];
  overLines(kernel, state, x.shape, [x.dimension - 1], reads, [xbar]);
  return xbar;
}

/** The cotangent of labels that are probabilities, of plain arrays. */
export function spreadToLabels(x: NdArray, ybar: number | NdArray, settings: LossSettings, { state }: Rows): NdArray {
  const bar = zerosOf(x.shape);
  state.seeds = seedsOf(x, ybar, settings, state.losses.length);
  overLines(labelsBack, state, x.shape, [x.dimension - 1], [x], [bar]);
  return bar;
}

/** ẏ of plain arrays where labels stand. */
export function along(x: NdArray, labels: unknown, dx: NdArray, settings: LossSettings, { state, terms }: Rows): number | NdArray {
  state.seeds = new Float64Array(state.losses.length);
  const [kernel, reads] = settings.classes === undefined ? [weightedForth, [terms, labels as NdArray, dx]] : [lossesForth, [terms, dx]];
  overLines(kernel, state, x.shape, [x.dimension - 1], reads, []);
  return resultOf(ofKept(state.seeds, settings), x, labels, settings);
}
