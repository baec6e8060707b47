/// <reference path="../../docs/site/page-module.d.ts" />
/**
 * The module "page" for programs that run in Node: it looks at what is to be shown as closely as a browser would, and prints one line for each,
 * such as `plot: title, 2 series`.
 */
import type * as page from "page";
import { type NdArray, toNested } from "../../lib/index.js";

const isArray = (x: page.Numbers): x is NdArray => "shape" in x;

/** The numbers of a list, a float array or an array, in row-major order. */
function flat(numbers: page.Numbers, where: string): number[] {
  const list = (isArray(numbers) ? ([toNested(numbers)] as unknown[]).flat(Number.POSITIVE_INFINITY) : [...numbers]) as number[];
  const odd = list.find((entry) => !Number.isFinite(entry));
  if (odd !== undefined) throw new RangeError(`${where} is ${odd}; show finite numbers`);
  return list;
}

const print = (kind: string, title: string | undefined, what: string) =>
  console.log(`${kind}: ${title === undefined ? "" : `${title}, `}${what}`);

export const plot: typeof page.plot = ({ title, series }) => {
  for (const { label, x, y } of series) {
    const across = flat(x, `plot: series ${label}: an x`).length;
    const up = flat(y, `plot: series ${label}: a y`).length;
    if (across !== up) throw new RangeError(`plot: series ${label} has ${across} x and ${up} y; give one y for each x`);
  }
  print("plot", title, `${series.length} series`);
};

export const picture: typeof page.picture = (drawing: page.Picture | NdArray, options?: { readonly title?: string }) => {
  const byValues = "values" in drawing;
  const [height = 0, width = 0] = byValues ? [drawing.height, drawing.width] : drawing.shape;
  const count = flat(byValues ? drawing.values : drawing, "picture: a value").length;
  if (count !== height * width) throw new RangeError(`picture: got ${count} values for ${height} rows of ${width}`);
  print("picture", byValues ? drawing.title : options?.title, `${height} × ${width}`);
};

export const table: typeof page.table = ({ columns, rows }) => {
  const odd = rows.find((row) => row.length !== columns.length);
  if (odd !== undefined) throw new RangeError(`table: a row has ${odd.length} cells for ${columns.length} columns`);
  print("table", undefined, `${rows.length} rows of ${columns.join(", ")}`);
};

export const progress: typeof page.progress = (fraction) => {
  if (!(fraction >= 0 && fraction <= 1)) throw new RangeError(`progress: got ${fraction}, expected a number from 0 to 1`);
};

export const input: typeof page.input = (name) => {
  throw new RangeError(`input: the page gives no ${name}; it gives nothing`);
};
