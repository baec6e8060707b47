import { test } from "uvu";
import { broadcastTo, type NdArray, ravel, reshape } from "../../../lib/index.js";
import { modeTests } from "../../helpers/check-modes.js";
import { build, decimals } from "../../helpers/layouts.js";
import { refused } from "../../helpers/refused.js";

const m = decimals([3, 4], 2);

modeTests([
  {
    title: "reshape keeps the row-major order",
    f: (x: NdArray) => reshape(x, [2, -1]),
    args: [m],
    value: build([2, 6], (i, j) => m.get(Math.floor((6 * i + j) / 4), (6 * i + j) % 4)),
  },
  {
    title: "ravel lines the entries up",
    f: (x: NdArray) => ravel(x),
    args: [m],
    value: build([12], (i) => m.get(Math.floor(i / 4), i % 4)),
  },
  {
    title: "broadcastTo repeats",
    f: (x: NdArray) => broadcastTo(x, [2, 3, 4]),
    args: [m],
    value: build([2, 3, 4], (_, i, j) => m.get(i, j)),
  },
]);

refused([
  [
    () => reshape(m, [5, 2]),
    RangeError,
    "reshape: shape [5, 2] for an array of shape [3, 4]: it has 10 entries, the array 12; make them equal",
  ],
  [
    () => reshape(m, [-1, 5]),
    RangeError,
    "reshape: shape [-1, 5] for an array of shape [3, 4]: 12 entries do not fill it; choose the other extents so that they divide 12",
  ],
  [
    () => reshape(m, [-1, -1]),
    RangeError,
    "reshape: shape [-1, -1] for an array of shape [3, 4]: extents are integers, 0 or more, and one may be −1",
  ],
]);

test.run();
