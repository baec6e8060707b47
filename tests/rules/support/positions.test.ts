import { test } from "uvu";
import * as assert from "uvu/assert";
import { array, type NdArray, toNested } from "../../../lib/index.js";
import { putPositions, takePositions } from "../../../rules/support/positions.js";
import { modeTests } from "../../helpers/check-modes.js";
import { build, decimals } from "../../helpers/layouts.js";

const m = decimals([3, 4], 1);
const places = Int32Array.of(11, 0, 5, 5, 0, 6);
const at = (position: number): number => m.get(Math.floor(position / 4), position % 4);
const y = decimals([2, 3], 2);
const put = build([3, 4], (i, j) => [...places.keys()].reduce((sum, n) => sum + (places[n] === 4 * i + j ? (y.data[n] as number) : 0), 0));

modeTests([
  {
    title: "takePositions reads entries, some of them twice",
    f: (x: NdArray) => takePositions(x, places, [2, 3]),
    args: [m],
    value: build([2, 3], (i, j) => at(places[3 * i + j] as number)),
  },
  {
    title: "takePositions without a shape reads one number",
    f: (x: NdArray) => takePositions(x, Int32Array.of(6), undefined),
    args: [m],
    value: at(6),
  },
  {
    title: "putPositions adds entries",
    f: (x: NdArray) => putPositions(x, places, [3, 4]),
    args: [y],
    value: put,
  },
  {
    title: "putPositions adds a number",
    f: (x: number) => putPositions(x, Int32Array.of(2), [4]),
    args: [2.5],
    value: array([0, 0, 2.5, 0]),
  },
]);

test("no positions give an empty array", () => {
  assert.equal(toNested(takePositions(m, new Int32Array(0), [0]) as NdArray), []);
});

test.run();
