import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  array,
  gradient,
  greater,
  hessian,
  mean,
  mul,
  type NdArray,
  pushforward,
  type Scalar,
  square,
  sum,
  toNested,
  zeros,
} from "../../../lib/index.js";
import { assertClose } from "../../../lib/testing/index.js";
import { refused } from "../../helpers/refused.js";

const x = array([
  [1, -2, 3],
  [4, 5, -6],
]);
const positive = greater(x, 0);
const bytes = (list: number[]): NdArray => array(list, { dtype: "uint8" });

test("only the entries at which the mask holds are added up: of all, along axes, with axes kept", () => {
  assert.is(sum(x, { where: positive }), 13);
  assert.equal(toNested(sum(x, { where: positive, axis: 0 })), [5, 5, 3]);
  assert.equal(toNested(sum(x, { where: positive, axis: 1, keepDims: true })), [[4], [9]]);
  assert.is(mean(x, { where: positive }), 13 / 4);
  assert.equal(toNested(mean(x, { where: positive, axis: 0 })), [2.5, 5, 3]);
  assert.equal(toNested(mean(x, { where: positive, axis: 1, keepDims: true })), [[2], [4.5]]);
  assert.is(sum(x, { where: undefined }), 5);
});

test("a mask broadcasts, counts as it stands in a view, and holds wherever it is not 0", () => {
  assert.equal(toNested(sum(x, { where: bytes([1, 0, 1]), axis: 1 })), [4, -2]);
  assert.equal(toNested(mean(x, { where: array([[0], [7]]), axis: 0 })), [4, 5, -6]);
  assert.equal(toNested(mean(x, { where: bytes([1, 0, 1]), axis: 1 })), [2, -1]);
  assert.is(sum(x.transpose(1, 0), { where: positive.transpose(1, 0) }), 13);
  assert.is(sum(x, { where: bytes([1, 1, 0]).step(-1) }), 1 - 2 + 3 + 4 + 5 - 6 - (1 + 4));
  assert.is(sum(x, { where: zeros([1]) }), 0);
});

test("kinds stay: single precision is single, integers are added up in double precision", () => {
  const single = array([0.5, 2], { dtype: "float32" });
  assert.is(sum(single, { where: bytes([0, 1]), axis: 0, keepDims: true }).dtype, "float32");
  assert.is(mean(bytes([3, 4, 6]), { where: bytes([1, 1, 0]) }), 3.5);
});

test("gradients and tangents are those of the entries that take part, and exactly 0 elsewhere", () => {
  assert.equal(toNested(gradient((v: AnyArray) => sum(v, { where: positive }), x)[0]), [
    [1, 0, 1],
    [1, 1, 0],
  ]);
  assert.equal(toNested(gradient((v: AnyArray) => mean(v, { where: positive }), x)[0]), [
    [0.25, 0, 0.25],
    [0.25, 0.25, 0],
  ]);
  const weighted = (v: AnyArray): Scalar => sum(mul(mean(v, { where: positive, axis: 0 }), array([2, 10, 100])));
  assert.equal(toNested(gradient(weighted, x)[0]), [
    [1, 0, 100],
    [1, 10, 0],
  ]);
  const [y, dy] = pushforward((v: AnyArray) => mean(v, { where: positive, axis: 1 }) as AnyArray, [x], [square(x) as NdArray]);
  assert.equal(
    [toNested(y as NdArray), toNested(dy as NdArray)],
    [
      [2, 4.5],
      [5, 20.5],
    ],
  );
});

test("second derivatives, by both modes in both", () => {
  const f = (v: AnyArray): Scalar => square(mean(v, { where: bytes([1, 0, 1]) }));
  for (const mode of ["forward", "reverse"] as const) {
    assertClose(toNested(hessian(f, array([1, 2, 4]), { mode })), [
      [0.5, 0, 0.5],
      [0, 0, 0],
      [0.5, 0, 0.5],
    ]);
  }
});

test("sum(f, x) takes a mask for what f makes of the entries", () => {
  assert.is(sum(square, x, { where: positive }), 51);
  assert.equal(toNested(gradient((v: AnyArray) => sum(square, v, { where: positive }) as Scalar, x)[0]), [
    [2, 0, 6],
    [8, 10, 0],
  ]);
});

refused([
  [() => sum(x, { where: true } as never), TypeError, "sum: where is true; give an array of 1 and 0, such as greater(x, 0)"],
  [
    () => mean(x, { where: [1, 0, 1] } as never),
    TypeError,
    "mean: where is a list of length 3; give an array of 1 and 0, such as greater(x, 0)",
  ],
  [() => sum(x, { where: bytes([1, 0]) }), RangeError, "sum: where has shape [2], x has [2, 3]; give a mask that broadcasts to x"],
  [
    () => sum(bytes([1, 0, 1]), { where: positive }),
    RangeError,
    "sum: where has shape [2, 3], x has [3]; give a mask that broadcasts to x",
  ],
  [
    () => mean(x, { where: bytes([1, 0, 0]), axis: 0 }),
    RangeError,
    "mean: where leaves no entry to take the mean of; give a mask that holds in each line",
  ],
  [
    () => gradient((v: AnyArray) => sum(x, { where: v as NdArray }), x),
    TypeError,
    "sum: option where is an array of shape [2, 3], traced; it has no derivative there, which would be lost: give its plain value, primal(where)",
  ],
]);

test.run();
