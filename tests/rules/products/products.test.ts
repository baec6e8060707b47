// Tests: matmul, dot, outer, product-shortcuts, contraction-rule.
import { test } from "uvu";
import * as assert from "uvu/assert";
import { array, dot, gradient, matmul, mul, type NdArray, ones, outer, sum, toNested, zeros } from "../../../lib/index.js";
import { modeTests } from "../../helpers/check-modes.js";
import { build, decimals } from "../../helpers/layouts.js";
import { refused } from "../../helpers/refused.js";

const a = decimals([3, 4], 1);
const b = decimals([4, 2], 2);
const u = decimals([4], 3);
const v = decimals([4], 4);
const stackA = decimals([2, 3, 4], 5);
const stackB = decimals([2, 4, 2], 6);
const wide = decimals([5, 1, 3, 4], 7);
const total = (n: number, term: (p: number) => number): number => Array.from({ length: n }, (_, p) => term(p)).reduce((x, y) => x + y, 0);
const rtol = 1e-12;

modeTests([
  {
    title: "matmul of matrices",
    f: (x: NdArray, y: NdArray) => matmul(x, y),
    args: [a, b],
    value: build([3, 2], (i, j) => total(4, (p) => a.get(i, p) * b.get(p, j))),
    slopes: [build([3, 4], (_, p) => b.get(p, 0) + b.get(p, 1)), build([4, 2], (p) => total(3, (i) => a.get(i, p)))],
    rtol,
  },
  {
    title: "matmul of a matrix and a vector",
    f: (x: NdArray, y: NdArray) => matmul(x, y),
    args: [a, v],
    value: build([3], (i) => total(4, (p) => a.get(i, p) * v.get(p))),
    rtol,
  },
  {
    title: "matmul of a vector and a matrix",
    f: (x: NdArray, y: NdArray) => matmul(x, y),
    args: [v, b],
    value: build([2], (j) => total(4, (p) => v.get(p) * b.get(p, j))),
    rtol,
  },
  {
    title: "matmul of vectors is a number",
    f: (x: NdArray, y: NdArray) => matmul<number>(x, y),
    args: [u, v],
    value: total(4, (p) => u.get(p) * v.get(p)),
    slopes: [v, u],
    rtol,
  },
  {
    title: "matmul of stacks",
    f: (x: NdArray, y: NdArray) => matmul(x, y),
    args: [stackA, stackB],
    value: build([2, 3, 2], (h, i, j) => total(4, (p) => stackA.get(h, i, p) * stackB.get(h, p, j))),
    rtol,
  },
  {
    title: "matmul of a stack and one matrix sums that one's gradient",
    f: (x: NdArray, y: NdArray) => matmul(x, y),
    args: [stackA, b],
    value: build([2, 3, 2], (h, i, j) => total(4, (p) => stackA.get(h, i, p) * b.get(p, j))),
    rtol,
  },
  {
    title: "matmul broadcasts leading axes of both",
    f: (x: NdArray, y: NdArray) => matmul(x, y),
    args: [wide, stackB],
    value: build([5, 2, 3, 2], (g, h, i, j) => total(4, (p) => wide.get(g, 0, i, p) * stackB.get(h, p, j))),
    rtol,
  },
  {
    title: "matmul of a stack and a vector",
    f: (x: NdArray, y: NdArray) => matmul(x, y),
    args: [stackA, v],
    value: build([2, 3], (h, i) => total(4, (p) => stackA.get(h, i, p) * v.get(p))),
    rtol,
  },
  {
    title: "matmul of a vector and a stack",
    f: (x: NdArray, y: NdArray) => matmul(x, y),
    args: [v, stackB],
    value: build([2, 2], (h, j) => total(4, (p) => v.get(p) * stackB.get(h, p, j))),
    rtol,
  },
  {
    title: "matmul of a matrix with itself",
    f: (x: NdArray) => matmul(x, x),
    args: [decimals([3, 3], 8)],
    value: build([3, 3], (i, j) => total(3, (p) => decimals([3, 3], 8).get(i, p) * decimals([3, 3], 8).get(p, j))),
    rtol,
  },
  {
    title: "dot of vectors is a number",
    f: (x: NdArray, y: NdArray) => dot(x, y),
    args: [u, v],
    value: total(4, (p) => u.get(p) * v.get(p)),
    slopes: [v, u],
    rtol,
  },
  {
    title: "dot of matrices",
    f: (x: NdArray, y: NdArray) => dot<NdArray>(x, y),
    args: [a, b],
    value: build([3, 2], (i, j) => total(4, (p) => a.get(i, p) * b.get(p, j))),
    rtol,
  },
  {
    title: "dot of stacks pairs all of them",
    f: (x: NdArray, y: NdArray) => dot<NdArray>(x, y),
    args: [stackA, stackB],
    value: build([2, 3, 2, 2], (g, i, h, j) => total(4, (p) => stackA.get(g, i, p) * stackB.get(h, p, j))),
    rtol,
  },
  {
    title: "dot of a stack and a vector",
    f: (x: NdArray, y: NdArray) => dot<NdArray>(x, y),
    args: [stackA, v],
    value: build([2, 3], (g, i) => total(4, (p) => stackA.get(g, i, p) * v.get(p))),
    rtol,
  },
  {
    title: "dot of a vector and a stack",
    f: (x: NdArray, y: NdArray) => dot<NdArray>(x, y),
    args: [v, stackB],
    value: build([2, 2], (h, j) => total(4, (p) => v.get(p) * stackB.get(h, p, j))),
    rtol,
  },
  {
    title: "outer of vectors",
    f: (x: NdArray, y: NdArray) => outer(x, y),
    args: [u, decimals([3], 9)],
    value: build([4, 3], (i, j) => u.get(i) * decimals([3], 9).get(j)),
    rtol,
  },
  {
    title: "outer flattens",
    f: (x: NdArray, y: NdArray) => outer(x, y),
    args: [b, u],
    value: build([8, 4], (i, j) => b.get(i >> 1, i % 2) * u.get(j)),
    rtol,
  },
]);

test("empty products are zeros, and gradients keep their shapes", () => {
  assert.equal(toNested(matmul<NdArray>(zeros([2, 0]), zeros([0, 3]))), [
    [0, 0, 0],
    [0, 0, 0],
  ]);
  assert.is(dot(zeros([0]), zeros([0])), 0);
  assert.equal(dot<NdArray>(zeros([2, 3, 0]), zeros([0, 2])).shape, [2, 3, 2]);
  assert.equal(outer(zeros([0]), ones([2])).shape, [0, 2]);
  const [abar, bbar] = gradient((x, y) => sum(matmul<NdArray>(x, y)), zeros([2, 0]), zeros([0, 3]));
  assert.equal(
    [abar.shape, bbar.shape],
    [
      [2, 0],
      [0, 3],
    ],
  );
});

test("float32 by float64 is float64, and each gets a gradient of its own kind", () => {
  const single = array([[1, 2]], { dtype: "float32" });
  assert.is(matmul<NdArray>(single, ones([2, 2])).dtype, "float64");
  assert.equal(
    gradient((x, y) => sum(matmul<NdArray>(x, y)), single, ones([2, 2])).map((g) => g.dtype),
    ["float32", "float64"],
  );
});

test("a constant factor takes part in the gradient of the other", () => {
  const e = array([1, 0, 0, 0]);
  assert.equal(
    toNested(gradient((x) => mul(0.5, dot<number>(matmul<NdArray>(a, x), matmul<NdArray>(a, x))), e)[0]),
    [0, 1, 2, 3].map((q) => total(3, (i) => a.get(i, q) * a.get(i, 0))),
  );
  assert.equal(
    toNested(gradient((x) => sum(matmul<NdArray>(x, v)), a)[0]),
    [0, 1, 2].map(() => [...v.data]),
  );
});

refused([
  [
    () => matmul(a, a),
    RangeError,
    "matmul: shapes [3, 4] and [3, 4] do not fit: axis 1 of the first has 4 entries, axis 0 of the second has 3; make them equal",
  ],
  [
    () => matmul(a, array(2)),
    RangeError,
    "matmul: shapes [3, 4] and [] do not fit: both need at least one axis; multiply by a scalar with mul",
  ],
  [() => matmul(a, 2 as never), TypeError, "matmul: argument 2 is a number; an array is needed (mul multiplies by numbers)"],
  [
    () => dot(a, u.hi(3)),
    RangeError,
    "dot: shapes [3, 4] and [3] do not fit: axis 1 of the first has 4 entries, axis 0 of the second has 3; make them equal",
  ],
  [
    () => dot(stackA, stackA),
    RangeError,
    "dot: shapes [2, 3, 4] and [2, 3, 4] do not fit: axis 2 of the first has 4 entries, axis 1 of the second has 3; make them equal",
  ],
  [() => outer(a, undefined as never), TypeError, "outer: argument 2 is undefined; an array is needed (mul multiplies by numbers)"],
]);

test.run();
