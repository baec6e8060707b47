import { array } from "../../../lib/nd/index.js";
import { maxPool1d, maxPool2d } from "../../../rules/nn/pooling.js";
import { sum } from "../../../rules/reductions/index.js";
import { type Kinks, on } from "../../kinks/cases.js";
import { lines } from "../../kinks/lines.js";
import { type Example, type Examples, single, strided } from "../../support/examples.js";

const signals = array([
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
const over = (x: typeof signals, ...options: readonly object[]): readonly Example[] => [
  ...options.map((each) => ({ args: [x, each] })),
  { args: [strided(x), options[0]], note: "a strided view" },
  { args: [single(x), options[0]], note: "single precision" },
];
const tied = array([[[2, 2, 3, -1, 1, 1]]]);

export const examples: Examples = {
  maxPool1d: [
    ...over(signals, { kernel: 2 }, { kernel: 3, stride: 1, padding: 1 }, { kernel: 5 }),
    { args: [tied, { kernel: 2 }], note: "ties" },
    { args: [signals, { kernel: 2, ceilMode: true }], note: "a shorter window at the end" },
  ],
  maxPool2d: over(
    planes,
    { kernel: 2 },
    { kernel: [2, 3], stride: [1, 2], padding: [1, 0] },
    { kernel: 3, padding: 1 },
    { kernel: 2, ceilMode: true },
  ),
  avgPool1d: over(
    signals,
    { kernel: 2 },
    { kernel: 3, stride: 1, padding: 1 },
    { kernel: 3, padding: 1, countIncludePad: false },
    { kernel: 3, ceilMode: true },
  ),
  avgPool2d: over(
    planes,
    { kernel: 2 },
    { kernel: [2, 3], stride: [1, 2], padding: [1, 0] },
    { kernel: 2, stride: 2, padding: 1, countIncludePad: false },
    { kernel: [2, 3], stride: 2, padding: [0, 1], ceilMode: true },
  ),
};

export const kinks: Kinks = [
  {
    ...lines.ties,
    names: ["maxPool1d", "maxPool2d"],
    cases: [
      on("maxPool1d of [2, 2, 1], kernel 3", (x) => sum(maxPool1d(x, { kernel: 3 })), array([[[2, 2, 1]]]), 2, array([[[1, 0, 0]]])),
      on(
        "maxPool2d of [[2, 2], [1, 2]], kernel 2",
        (x) => sum(maxPool2d(x, { kernel: [2, 2] })),
        array([
          [
            [
              [2, 2],
              [1, 2],
            ],
          ],
        ]),
        2,
        array([
          [
            [
              [1, 0],
              [0, 0],
            ],
          ],
        ]),
      ),
    ],
  },
];
