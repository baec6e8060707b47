import { test } from "uvu";
import * as assert from "uvu/assert";
import { array, type ConvolveOptions, convolve, type NdArray, polyval, toNested } from "../../../lib/index.js";
import { modeTests } from "../../helpers/check-modes.js";
import { build, decimals } from "../../helpers/layouts.js";
import { refused } from "../../helpers/refused.js";

/** All sums of products of entries whose places add up to k. */
const full = (a: NdArray, b: NdArray): number[] => {
  const y = new Array<number>(a.size + b.size - 1).fill(0);
  for (let i = 0; i < a.size; i++) for (let j = 0; j < b.size; j++) y[i + j] = (y[i + j] as number) + a.get(i) * b.get(j);
  return y;
};
const pairs: readonly (readonly [n: number, m: number])[] = [
  [5, 3],
  [3, 5],
  [4, 4],
  [5, 2],
  [2, 6],
  [4, 1],
];
/** Where "same" and "valid" begin and end in the full convolution, for each pair of lengths, as NumPy gives them. */
const ranges: Readonly<Record<string, readonly (readonly [start: number, end: number])[]>> = {
  same: [
    [1, 6],
    [1, 6],
    [1, 5],
    [0, 5],
    [0, 6],
    [0, 4],
  ],
  valid: [
    [2, 5],
    [2, 5],
    [3, 4],
    [1, 5],
    [1, 6],
    [0, 4],
  ],
};

modeTests(
  pairs.flatMap(([n, m], k) => {
    const [a, b] = [decimals([n], 1), decimals([m], 2)];
    const y = full(a, b);
    return ["full", "same", "valid"].map((mode) => {
      const [start, end] = ranges[mode]?.[k] ?? [0, n + m - 1];
      return {
        title: `convolve of ${n} and ${m} entries, ${mode}`,
        f: (p: NdArray, q: NdArray) => convolve(p, q, { mode } as ConvolveOptions),
        args: [a, b],
        value: build([end - start], (i) => y[start + i] as number),
        rtol: 1e-12,
      };
    });
  }),
);

test("the full convolution is what is meant when nothing is said, and multiplies polynomials", () => {
  const [p, q] = [array([1, 2]), array([3, 0, -1])];
  assert.equal(toNested(convolve(p, q)), [3, 6, -1, -2]);
  assert.is(polyval(convolve(p, q), 1.5), polyval(p, 1.5) * polyval(q, 1.5));
});

refused([
  [() => convolve(array([]), array([1])), RangeError, "convolve: argument 1 has shape [0]; give vectors with at least one entry"],
  [() => convolve(array([1]), array([[1]])), RangeError, "convolve: argument 2 has shape [1, 1]; give vectors with at least one entry"],
  [() => convolve(array([1]), 2 as never), TypeError, "convolve: argument 2 is a number; an array is needed (mul multiplies by numbers)"],
  [
    () => convolve(array([1]), array([1]), { mode: "half" as never }),
    RangeError,
    'convolve: mode is the string "half"; give "full", "same" or "valid"',
  ],
]);

test.run();
