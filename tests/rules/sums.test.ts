import { test } from "uvu";
import * as assert from "uvu/assert";
import { array, gradient, mean, type NdArray, sum, toNested, zeros } from "../../lib/index.js";
import { modeTests } from "../helpers/check-modes.js";
import { decimals } from "../helpers/layouts.js";

const m = decimals([3, 4], 1);
const cube = decimals([2, 3, 2], 2);

/** Σ over the last of three axes and the first, written out. */
const planes = (x: NdArray, divisor: number): NdArray => {
  const y = zeros([3]);
  for (let i = 0; i < 2; i++)
    for (let j = 0; j < 3; j++) for (let k = 0; k < 2; k++) y.data[j] = (y.data[j] as number) + x.get(i, j, k) / divisor;
  return y;
};
let total = 0;
for (let i = 0; i < 3; i++) for (let j = 0; j < 4; j++) total += m.get(i, j);

modeTests([
  {
    title: "sum of all",
    f: (x: NdArray) => sum(x),
    args: [m],
    value: total,
    slopes: [
      array([
        [1, 1, 1, 1],
        [1, 1, 1, 1],
        [1, 1, 1, 1],
      ]),
    ],
  },
  { title: "sum over two axes", f: (x: NdArray) => sum(x, { axis: [0, -1] }), args: [cube], value: planes(cube, 1) },
  { title: "mean of all", f: (x: NdArray) => mean(x), args: [m], value: total / 12 },
  { title: "mean over two axes", f: (x: NdArray) => mean(x, { axis: [2, 0] }), args: [cube], value: planes(cube, 4) },
  { title: "sum with kept axes", f: (x: NdArray) => sum(x, { keepDims: true }), args: [m], value: array([[total]]) },
]);

test.run();
