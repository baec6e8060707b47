import { type FloatData, floatResult } from "../../lib/nd/float-array.js";
import { allocate, commonDType, type FloatDType, type NdArray, packed, packedData, rowMajor } from "../../lib/nd/index.js";
import { type Matrix, multiplyInto } from "../../lib/nd/products/matmul-kernel.js";
import { asPlanes, planeOf, type Side } from "./windows.js";

/** A correlation of images of shape [N, C, …] with kernels of shape [O, C / groups, …], in `groups` groups of channels. */
export interface Correlation {
  readonly batch: number;
  /** C and O. */
  readonly channels: number;
  readonly kernels: number;
  readonly groups: number;
  /** One for lines, two for planes. */
  readonly sides: readonly Side[];
}

/** The shapes of the three arrays that a correlation ties together. */
function shapesOf({ batch, channels, kernels, groups, sides }: Correlation): Record<"x" | "w" | "y", number[]> {
  return {
    x: [batch, channels, ...sides.map(({ input }) => input)],
    w: [kernels, channels / groups, ...sides.map(({ kernel }) => kernel)],
    y: [batch, kernels, ...sides.map(({ output }) => output)],
  };
}

/** What the products of one image and one group of kernels need: `depth` products for each of `places` windows and `rows` kernels. */
interface Products {
  readonly rows: number;
  readonly depth: number;
  readonly places: number;
}

function productsOf({ channels, kernels, groups, sides }: Correlation): Products {
  return {
    rows: kernels / groups,
    depth: (channels / groups) * sides.reduce((size, { kernel }) => size * kernel, 1),
    places: sides.reduce((size, { output }) => size * output, 1),
  };
}

/** The windows that have an entry at place k of the kernel, from `first` to before `end`. */
function reachOf({ input, stride, padding, dilation, output }: Side, k: number): { first: number; end: number } {
  const shift = padding - k * dilation;
  return { first: Math.max(0, Math.ceil(shift / stride)), end: Math.min(output, Math.floor((input - 1 + shift) / stride) + 1) };
}

/** Where entries of an image stand in the table of windows: `length` of them, one after another there, every `step`-th here. */
type Run = (inTable: number, inImage: number, length: number, step: number) => void;

/**
 * Goes through the table of windows of some channels of an image: a row for each channel and place of the kernel, a column for each window.
 * Entries that lie in the padding are left out.
 * @param stride the strides of channels, rows and columns in the image
 */
function forEachRun(sides: readonly Side[], channels: number, start: number, stride: readonly [number, number, number], run: Run): void {
  const [rows, columns] = planeOf(sides);
  const [channelStep, rowStep, step] = stride;
  const places = rows.output * columns.output;
  const across = Array.from({ length: columns.kernel }, (_, j) => reachOf(columns, j));
  let line = 0;
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < rows.kernel; i++) {
      const { first, end } = reachOf(rows, i);
      for (let j = 0; j < columns.kernel; j++, line += places) {
        const { first: from, end: to } = across[j] as { first: number; end: number };
        if (to <= from) continue;
        const left = from * columns.stride - columns.padding + j * columns.dilation;
        for (let o = first; o < end; o++) {
          const above = o * rows.stride - rows.padding + i * rows.dilation;
          run(line + o * columns.output + from, start + c * channelStep + above * rowStep + left * step, to - from, columns.stride * step);
        }
      }
    }
  }
}

/** Visits each image and group of kernels: their numbers, and the table of their windows, which is written again for the next. */
function forEachTable(x: NdArray, dtype: FloatDType, plan: Correlation, visit: (n: number, group: number, table: FloatData) => void): void {
  const { batch, groups, sides } = plan;
  const { depth, places } = productsOf(plan);
  const planes = asPlanes(x.dtype === dtype ? x : packed(x, dtype));
  const data = planes.data as FloatData;
  const [imageStep, ...stride] = planes.stride as [number, number, number, number];
  const channels = plan.channels / groups;
  const table = allocate(dtype, depth * places) as FloatData;
  for (let n = 0; n < batch; n++) {
    for (let group = 0; group < groups; group++) {
      const start = planes.offset + n * imageStep + group * channels * stride[0];
      // What lies in the padding is 0 from the start, and never written.
      forEachRun(sides, channels, start, stride, (to, from, length, step) => {
        for (let k = to, at = from, end = to + length; k < end; k++, at += step) table[k] = data[at] as number;
      });
      visit(n, group, table);
    }
  }
}

/** Row-major rows of an array as a matrix. */
function rowsFrom(data: FloatData, first: number, length: number): Matrix {
  return { data, offset: first * length, row: length, col: 1 };
}

function turned({ data, offset, row, col }: Matrix): Matrix {
  return { data, offset, row: col, col: row };
}

/** y[n, o, …] = Σ w[o, c, k] x[n, c, window k]: the kernels times the table of windows. */
export function correlated(x: NdArray, w: NdArray, plan: Correlation): NdArray {
  const { rows, depth, places } = productsOf(plan);
  const dtype = commonDType([x, w]);
  const weights = packedData(w, dtype);
  const y = allocate(dtype, plan.batch * plan.kernels * places) as FloatData;
  forEachTable(x, dtype, plan, (n, group, table) => {
    const first = group * rows;
    multiplyInto(y, (n * plan.kernels + first) * places, rows, depth, places, rowsFrom(weights, first, depth), rowsFrom(table, 0, places));
  });
  return rowMajor(y, shapesOf(plan).y);
}

/** The transpose of `correlated` in the images: each window gets back what went into its products. */
export function correlatedBack(ybar: NdArray, w: NdArray, plan: Correlation): NdArray {
  const { batch, channels, kernels, groups, sides } = plan;
  const { rows, depth, places } = productsOf(plan);
  const dtype = commonDType([ybar, w]);
  const [seeds, weights] = [packedData(ybar, dtype), packedData(w, dtype)];
  const [above, across] = planeOf(sides);
  const plane = above.input * across.input;
  const xbar = new Float64Array(batch * channels * plane);
  const table = new Float64Array(depth * places);
  for (let n = 0; n < batch; n++) {
    for (let group = 0; group < groups; group++) {
      table.fill(0);
      const first = group * rows;
      const seed = rowsFrom(seeds, n * kernels + first, places);
      multiplyInto(table, 0, depth, rows, places, turned(rowsFrom(weights, first, depth)), seed);
      const start = (n * channels + (group * channels) / groups) * plane;
      forEachRun(sides, channels / groups, start, [plane, across.input, 1], (from, to, length, step) => {
        for (let k = from, at = to, end = from + length; k < end; k++, at += step) (xbar[at] as number) += table[k] as number;
      });
    }
  }
  return floatResult(xbar, shapesOf(plan).x, dtype);
}

/** The transpose of `correlated` in the kernels: w̄[o, c, k] = Σ ȳ[n, o, …] x[n, c, window k]. */
export function kernelsBack(ybar: NdArray, x: NdArray, plan: Correlation): NdArray {
  const { rows, depth, places } = productsOf(plan);
  const dtype = commonDType([ybar, x]);
  const seeds = packedData(ybar, dtype);
  const wbar = new Float64Array(plan.kernels * depth);
  forEachTable(x, dtype, plan, (n, group, table) => {
    const first = group * rows;
    const seed = rowsFrom(seeds, n * plan.kernels + first, places);
    multiplyInto(wbar, first * depth, rows, places, depth, seed, turned(rowsFrom(table, 0, places)));
  });
  return floatResult(wbar, shapesOf(plan).w, dtype);
}
