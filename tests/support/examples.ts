import { array, type NdArray, packed, packedData, rowMajorStride, viewOn } from "../../lib/nd/index.js";
import type { CheckOptions } from "../../lib/testing/index.js";

/** Where a rule is tested. */
export interface Example {
  readonly args: readonly unknown[];
  /** What is special about it: a tie, an edge, a layout. */
  readonly note?: string | undefined;
  readonly kit?: CheckOptions | undefined;
}

/** Examples by the name of the function. */
export type Examples = Readonly<Record<string, readonly Example[]>>;

/** The same entries through a view: axes in another order in memory, the last one reversed, gaps with other numbers in between. */
export function strided(x: NdArray): NdArray {
  const last = x.dimension - 1;
  const stride = rowMajorStride([...x.shape].reverse())
    .reverse()
    .map((step) => 2 * step);
  const back = last < 0 || x.size === 0 ? 0 : (stride[last] as number) * ((x.shape[last] as number) - 1);
  if (last >= 0) stride[last] = -(stride[last] as number);
  const view = viewOn(
    Float64Array.from({ length: 2 * x.size + 2 }, (_, k) => 77 - k),
    x.shape,
    stride,
    1 + back,
  );
  const entries = packedData(x, "float64");
  const walk = (head: readonly number[], n: number): number => {
    if (head.length > last) {
      view.set(...head, entries[n] as number);
      return n + 1;
    }
    let next = n;
    for (let i = 0; i < (x.shape[head.length] as number); i++) next = walk([...head, i], next);
    return next;
  };
  walk([], 0);
  return view;
}

/** The same numbers in single precision. */
export function single(x: NdArray): NdArray {
  return packed(x, "float32");
}

/** Four points as a number, a matrix, a view of it and in single precision, then the edges. */
export function unary(
  points: readonly [number, number, number, number],
  edges: readonly Example[] = [],
  kit?: CheckOptions,
): readonly Example[] {
  const [a, b, c, d] = points;
  const square = array([
    [a, b],
    [c, d],
  ]);
  return [
    { args: [a], kit },
    { args: [square], kit },
    { args: [strided(array([[a, b, c]]))], note: "a strided view", kit },
    { args: [single(array([b, c, d]))], note: "single precision", kit },
    ...edges,
  ];
}

/** Pairs of points as numbers, arrays, views, broadcast, and in single precision, then the edges. */
export function binary(
  xs: readonly [number, number, number],
  ys: readonly [number, number, number],
  edges: readonly Example[] = [],
  kit?: CheckOptions,
): readonly Example[] {
  const column = array(xs.map((x) => [x]));
  return [
    { args: [xs[0], ys[0]], kit },
    { args: [array([...xs]), array([...ys])], kit },
    { args: [strided(array([...xs])), strided(array([...ys]))], note: "strided views", kit },
    { args: [column, array([ys[0], ys[2]])], note: "a column with a row", kit },
    { args: [xs[1], array([[ys[1], ys[2]]])], note: "a number with an array", kit },
    { args: [single(array([...xs])), single(array([...ys]))], note: "single precision", kit },
    { args: [single(array([...xs])), array([...ys])], note: "single and double precision", kit },
    ...edges,
  ];
}

/** An array as it is, as a view and in single precision with the first list of further arguments, as it is with the others. */
export function over(x: NdArray, calls: readonly (readonly unknown[])[] = [[]], kit?: CheckOptions): readonly Example[] {
  const [first = [], ...others] = calls;
  return [
    { args: [x, ...first], kit },
    { args: [strided(x), ...first], note: "a strided view", kit },
    { args: [single(x), ...first], note: "single precision", kit },
    ...others.map((rest) => ({ args: [x, ...rest], kit })),
  ];
}

/** Two arrays as they are, as views, in single precision and in both, with the same further arguments. */
export function pairs(left: NdArray, right: NdArray, ...rest: readonly unknown[]): readonly Example[] {
  return [
    { args: [left, right, ...rest] },
    { args: [strided(left), strided(right), ...rest], note: "strided views" },
    { args: [single(left), single(right), ...rest], note: "single precision" },
    { args: [single(left), right, ...rest], note: "single and double precision" },
  ];
}
