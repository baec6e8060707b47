// Tests: axes, turned, view-rule.
import { test } from "uvu";
import { expandDims, flip, moveaxis, type NdArray, rot90, squeeze, swapaxes, transpose } from "../../../lib/index.js";
import { modeTests } from "../../helpers/check-modes.js";
import { build, decimals } from "../../helpers/layouts.js";
import { refused } from "../../helpers/refused.js";

const v = decimals([5], 1);
const m = decimals([3, 4], 2);
const cube = decimals([2, 3, 4], 4);
const thin = decimals([1, 3, 1], 5);

modeTests([
  {
    title: "transpose reverses the axes",
    f: (x: NdArray) => transpose(x),
    args: [cube],
    value: build([4, 3, 2], (i, j, k) => cube.get(k, j, i)),
  },
  {
    title: "transpose puts axes in an order",
    f: (x: NdArray) => transpose(x, [2, 0, -2]),
    args: [cube],
    value: build([4, 2, 3], (i, j, k) => cube.get(j, k, i)),
  },
  {
    title: "moveaxis moves one axis",
    f: (x: NdArray) => moveaxis(x, 0, -1),
    args: [cube],
    value: build([3, 4, 2], (i, j, k) => cube.get(k, i, j)),
  },
  {
    title: "moveaxis moves several axes",
    f: (x: NdArray) => moveaxis(x, [0, 1], [2, 0]),
    args: [cube],
    value: build([3, 4, 2], (i, j, k) => cube.get(k, i, j)),
  },
  {
    title: "swapaxes exchanges two axes",
    f: (x: NdArray) => swapaxes(x, 0, -1),
    args: [cube],
    value: build([4, 3, 2], (i, j, k) => cube.get(k, j, i)),
  },
  { title: "squeeze drops all axes of extent 1", f: (x: NdArray) => squeeze(x), args: [thin], value: build([3], (i) => thin.get(0, i, 0)) },
  {
    title: "squeeze drops a named axis",
    f: (x: NdArray) => squeeze(x, { axis: -1 }),
    args: [thin],
    value: build([1, 3], (_, i) => thin.get(0, i, 0)),
  },
  {
    title: "expandDims adds axes at places of the result",
    f: (x: NdArray) => expandDims(x, [0, -1]),
    args: [m],
    value: build([1, 3, 4, 1], (_, i, j) => m.get(i, j)),
  },
  { title: "flip reverses all axes", f: (x: NdArray) => flip(x), args: [m], value: build([3, 4], (i, j) => m.get(2 - i, 3 - j)) },
  { title: "flip reverses one axis", f: (x: NdArray) => flip(x, { axis: 1 }), args: [m], value: build([3, 4], (i, j) => m.get(i, 3 - j)) },
  { title: "rot90 turns counterclockwise", f: (x: NdArray) => rot90(x), args: [m], value: build([4, 3], (i, j) => m.get(j, 3 - i)) },
  { title: "rot90 turns clockwise", f: (x: NdArray) => rot90(x, { k: -1 }), args: [m], value: build([4, 3], (i, j) => m.get(2 - j, i)) },
  { title: "rot90 turns halfway", f: (x: NdArray) => rot90(x, { k: 2 }), args: [m], value: build([3, 4], (i, j) => m.get(2 - i, 3 - j)) },
]);

refused([
  [() => transpose(m, [0]), RangeError, "transpose: axes = [0] for an array of shape [3, 4]; name each of its axes once"],
  [() => transpose(m, [0, 0]), RangeError, "transpose: axis 0 is named twice; name each axis once"],
  [() => transpose([1, 2] as never), TypeError, "transpose: x is a list of length 2; an array is needed: array(x) makes one of lists"],
  [() => moveaxis(m, [0, 1], 0), RangeError, "moveaxis: source names 2 axes, destination 1; name as many"],
  [() => squeeze(m, { axis: 1 }), RangeError, "squeeze: axis 1 of an array of shape [3, 4] has 4 entries; name axes of extent 1"],
  [() => expandDims(m, 3), RangeError, "expandDims: axis = 3 is not an axis of an array with 3 axes; use an integer from -3 to 2"],
  [() => rot90(v), RangeError, "rot90: an array of shape [5] has no plane; give one with two axes or more"],
  [() => rot90(m, { k: 0.5 }), RangeError, "rot90: k = 0.5 is not a number of quarter turns; give an integer"],
]);

test.run();
