import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  argmax,
  argmin,
  array,
  findmax,
  findmin,
  gradient,
  hessian,
  max,
  mul,
  type NdArray,
  pushforward,
  type Scalar,
  square,
  sum,
  toNested,
} from "../../../lib/index.js";
import { refused } from "../../helpers/refused.js";

const x = array([
  [3, 9, 9],
  [7, -1, 2],
]);

test("without an axis a number and its row-major position, the first of equals", () => {
  assert.equal(findmax(x), [9, 1]);
  assert.equal(findmin(x), [-1, 4]);
  assert.equal(findmax(array(5)), [5, 0]);
  assert.equal(findmin(x.transpose(1, 0)), [-1, 3]);
});

test("along an axis values and indices in an int32 array; keepDims keeps the axes of both", () => {
  for (const axis of [0, 1, -1]) {
    const [values, positions] = findmax(x, { axis });
    assert.equal([toNested(values), toNested(positions)], [toNested(max(x, { axis }) as NdArray), toNested(argmax(x, { axis }))]);
    assert.is(positions.dtype, "int32");
    assert.equal(toNested(findmin(x, { axis })[1]), toNested(argmin(x, { axis })));
  }
  const kept = findmax(x, { axis: 1, keepDims: true });
  assert.equal(kept.map(toNested), [
    [[9], [7]],
    [[1], [0]],
  ]);
  assert.equal(findmin(x, { keepDims: true }).map(toNested), [[[-1]], [[4]]]);
});

test("integers give double precision, single precision stays", () => {
  const integers = array([3, 1, 2], { dtype: "int32" });
  assert.equal(
    findmax(integers, { axis: 0 }).map((part) => part.dtype),
    ["float64", "int32"],
  );
  assert.is(findmax(array([3, 1], { dtype: "float32" }), { axis: 0 })[0].dtype, "float32");
});

test("the first NaN beats all", () => {
  assert.equal(findmax(array([1, Number.NaN, 5, Number.NaN])), [Number.NaN, 1]);
  assert.equal(findmin(array([1, Number.NaN, -5])), [Number.NaN, 1]);
});

test("positions are plain while values are traced: they index, at every order", () => {
  const f = (v: AnyArray): Scalar => {
    const [value, position] = findmax(v);
    assert.type(position, "number");
    return mul(value, square(v.get(Math.floor(position / 3), 0)));
  };
  // x₀₁ x₀₀² of the entries at [0, 1] and [0, 0]
  assert.equal(toNested(gradient(f, x)[0]), [
    [2 * 9 * 3, 9, 0],
    [0, 0, 0],
  ]);
  for (const mode of ["forward", "reverse"] as const) {
    const rows = toNested(hessian(f, x, { mode })) as number[][][][];
    assert.equal(rows[0]?.[0], [
      [18, 6, 0],
      [0, 0, 0],
    ]);
    assert.equal(rows[0]?.[1], [
      [6, 0, 0],
      [0, 0, 0],
    ]);
  }
});

test("along an axis the positions are a plain array, and the gradient goes to the entries found", () => {
  const weights = array([1, 10, 100]);
  const f = (v: AnyArray): Scalar => {
    const [values, positions] = findmin(v, { axis: 0 });
    assert.is(positions.dtype, "int32");
    return sum(mul(values, weights));
  };
  assert.equal(toNested(gradient(f, x)[0]), [
    [1, 0, 0],
    [0, 10, 100],
  ]);
});

test("a tangent goes with the values only, and a cotangent of the position does not count", () => {
  const [y, dy] = pushforward(
    (v: AnyArray) => findmax(v)[0],
    [x],
    [
      array([
        [1, 2, 3],
        [4, 5, 6],
      ]),
    ],
  );
  assert.equal([y, dy], [9, 2]);
  assert.equal(toNested(gradient((v: AnyArray) => mul(findmax(v)[1], sum(v)), x)[0]), [
    [1, 1, 1],
    [1, 1, 1],
  ]);
});

refused([
  [() => findmax(array([]), {}), RangeError, "findmax: an array of shape [0] is empty; give one that has entries"],
  [() => findmax(x, { axis: 2 }), RangeError, "findmax: axis = 2 is not an axis of an array with 2 axes; use an integer from -2 to 1"],
  [
    () => findmin(x, { axis: [0, 1] } as never),
    TypeError,
    "findmin: axis is a list of length 2; a position counts along one axis: give one, or none for the whole array",
  ],
]);

test.run();
