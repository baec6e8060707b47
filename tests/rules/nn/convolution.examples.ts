import { array, rowMajor } from "../../../lib/nd/index.js";
import type { Calls } from "../../support/calls.js";
import { type Examples, single, strided } from "../../support/examples.js";

/** Numbers in quarters between −4 and 4, in this shape. */
const quarters = (shape: readonly number[], start: number): ReturnType<typeof rowMajor> => {
  const size = shape.reduce((product, extent) => product * extent, 1);
  return rowMajor(
    Float64Array.from({ length: size }, (_, k) => (((start + 7 * k) % 33) - 16) / 4),
    shape,
  );
};
const x = quarters([2, 2, 5], 1);
const w = quarters([2, 2, 3], 5);
const bias = array([0.5, -1]);
const image = quarters([1, 2, 3, 4], 2);
const kernels = quarters([2, 2, 2, 3], 9);

export const examples: Examples = {
  conv1d: [
    { args: [x, w] },
    { args: [strided(x), strided(w), strided(bias)], note: "strided views" },
    { args: [single(x), single(w), single(bias)], note: "single precision" },
    { args: [x, w, single(bias), { padding: 2, stride: 2 }], note: "single and double precision, padding and stride" },
    { args: [x, quarters([2, 1, 2], 3), undefined, { dilation: 3, groups: 2 }], note: "dilation and groups" },
    { args: [x, w, bias, { stride: 5 }], note: "windows that leave entries out" },
  ],
  conv2d: [
    { args: [image, kernels] },
    { args: [strided(image), strided(kernels), bias], note: "strided views" },
    { args: [single(image), single(kernels), single(bias), { padding: 1 }], note: "single precision" },
    { args: [image, kernels, bias, { padding: [1, 0], stride: [2, 1] }], note: "each side its own padding and stride" },
    { args: [image, quarters([4, 1, 2, 2], 3), undefined, { groups: 2, dilation: [1, 2] }], note: "groups and dilation" },
  ],
  convTranspose1d: [
    { args: [x, w] },
    { args: [strided(x), strided(w)], note: "strided views" },
    { args: [single(x), single(w)], note: "single precision" },
    { args: [x, quarters([2, 1, 3], 4), { stride: 2, padding: 1 }], note: "stride and padding" },
    { args: [x, quarters([2, 1, 2], 4), { stride: 3 }], note: "kernels that do not overlap" },
  ],
};

export const calls: Calls = {
  conv1d: ["array array points options", array([[[1, 2, 3]]]), array([[[1, 2]]]), array([1]), {}],
  conv2d: ["array array points options", array([[[[1, 2, 3]]]]), array([[[[1, 2]]]]), array([1]), {}],
};
