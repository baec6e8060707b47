import { array } from "../../../lib/nd/index.js";
import { type Example, type Examples, single, strided } from "../../support/examples.js";

const lines = array([
  [
    [1, -2, 3, 0.5, 2.5],
    [-1, -4, -3, 4, 0.25],
  ],
]);
const planes = array([
  [
    [
      [1, -2, 3, 0.5],
      [4, 2.5, -1, 6],
      [-3, 0.25, 5, 2],
    ],
  ],
]);
const over = (x: typeof lines, ...options: readonly object[]): readonly Example[] => [
  ...options.map((each) => ({ args: [x, each] })),
  { args: [strided(x), options[0]], note: "a strided view" },
  { args: [single(x), options[0]], note: "single precision" },
];
const tied = array([[[2, 2, 3, -1, 1, 1]]]);

export const examples: Examples = {
  maxPool1d: [
    ...over(lines, { kernel: 2 }, { kernel: 3, stride: 1, padding: 1 }, { kernel: 5 }),
    { args: [tied, { kernel: 2 }], note: "ties" },
  ],
  maxPool2d: over(planes, { kernel: 2 }, { kernel: [2, 3], stride: [1, 2], padding: [1, 0] }, { kernel: 3, padding: 1 }),
  avgPool1d: over(lines, { kernel: 2 }, { kernel: 3, stride: 1, padding: 1 }, { kernel: 3, padding: 1, countIncludePad: false }),
  avgPool2d: over(
    planes,
    { kernel: 2 },
    { kernel: [2, 3], stride: [1, 2], padding: [1, 0] },
    { kernel: 2, stride: 2, padding: 1, countIncludePad: false },
  ),
};
