import { test } from "uvu";
import * as assert from "uvu/assert";
import { allClose, array, matmulData, matmulPlain, ones, toNested, viewOn, zeros } from "../../../lib/nd/index.js";
import { seeded } from "../../helpers/random.js";
import { entriesOf, forIndices, integers, makes, plainProduct } from "../sample-views.js";

for (const [m, k, n] of [
  [1, 1, 1],
  [2, 3, 4],
  [5, 6, 7],
  [7, 9, 8],
  [13, 17, 11],
  [3, 60, 3],
  [2, 50, 40],
  [40, 50, 2],
  [1, 90, 70],
  [70, 90, 1],
  [50, 1, 60],
  [66, 20, 30],
] as const) {
  test(`a product ${m} × ${k} by ${k} × ${n} is exact for integers, whatever the strides`, () => {
    for (const [nameA, a] of makes(m, k, 10 * m + n)) {
      for (const [nameB, b] of makes(k, n, 10 * k + m)) {
        const y = matmulData(a, b);
        assert.equal(y.shape, [m, n]);
        assert.equal(y.stride, [n, 1]);
        assert.equal(entriesOf(y), entriesOf(plainProduct(a, b)), `${nameA} by ${nameB}`);
      }
    }
  });
}

test("products larger than one block of rows, depth and columns are exact", () => {
  for (const [m, k, n] of [
    [131, 20, 9],
    [9, 520, 10],
    [6, 12, 1030],
    [67, 259, 515],
  ] as const) {
    const a = integers([m, k], m);
    const b = integers([k, n], n);
    assert.equal(entriesOf(matmulData(a, b)), entriesOf(plainProduct(a, b)));
  }
});

test("products of real numbers agree with the sum of products to rounding", () => {
  const random = seeded(8);
  const a = zeros([33, 41]);
  const b = zeros([41, 29]);
  for (const x of [a, b]) forIndices(x.shape, (indices) => x.set(...indices, random() - 0.5));
  assert.ok(allClose(matmulData(a, b), plainProduct(a, b), { rtol: 1e-12, atol: 1e-13 }));
});

test("a small product after a large one is not disturbed by it", () => {
  matmulData(integers([64, 64], 1), integers([64, 64], 2));
  const a = integers([9, 10], 3);
  const b = integers([10, 7], 4);
  assert.equal(entriesOf(matmulData(a, b)), entriesOf(plainProduct(a, b)));
});

test("NaN and infinities propagate: 0 · NaN and 0 · ∞ are NaN", () => {
  for (const size of [2, 9]) {
    const odd = zeros([size, size]);
    odd.set(0, 1, Number.NaN);
    odd.set(1, 0, Number.POSITIVE_INFINITY);
    const nil = zeros([size, size]);
    for (const y of [matmulData(odd, nil), matmulData(nil, odd), matmulData(odd, ones([size, 1])), matmulData(ones([1, size]), odd)]) {
      assert.ok(entriesOf(y).some(Number.isNaN));
    }
    const y = matmulData(odd, nil);
    for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) assert.is(Number.isNaN(y.get(i, j)), i < 2);
    assert.is(matmulData(odd, ones([size, size])).get(1, 0), Number.POSITIVE_INFINITY);
  }
});

test("odd entries do not leak into neighbouring results at the edge of a tile", () => {
  const a = ones([5, 9]);
  for (let p = 0; p < 9; p++) a.set(4, p, Number.NaN);
  const b = ones([9, 6]);
  for (let p = 0; p < 9; p++) b.set(p, 5, Number.POSITIVE_INFINITY);
  const y = matmulData(a, b);
  forIndices([5, 6], ([i, j]) => {
    const entry = y.get(i as number, j as number);
    if (i === 4) assert.ok(Number.isNaN(entry));
    else assert.is(entry, j === 5 ? Number.POSITIVE_INFINITY : 9);
  });
});

test("single precision by single precision is single, added up in double", () => {
  const a = array([[1, 2 ** -30, -1]], { dtype: "float32" });
  const b = array([[1], [1], [1]], { dtype: "float32" });
  assert.is(matmulData(a, b).dtype, "float32");
  assert.is(matmulData(a, b).get(0, 0), 2 ** -30);
  assert.is(matmulData(a, array([[1], [1], [1]])).dtype, "float64");
});

test("integers and lists multiply as float64", () => {
  const a = array([[200, 200]], { dtype: "uint8" });
  assert.equal(toNested(matmulData(a, viewOn([200, 200], [2, 1], [1, 1], 0))), [[80000]]);
  assert.is(matmulData(a, a.transpose(1, 0)).dtype, "float64");
});

test("an empty inner axis gives zeros, empty outer axes an empty result", () => {
  assert.equal(toNested(matmulData(zeros([2, 0]), zeros([0, 3]))), [
    [0, 0, 0],
    [0, 0, 0],
  ]);
  assert.equal(matmulData(zeros([0, 3]), zeros([3, 2])).shape, [0, 2]);
  assert.equal(matmulData(zeros([2, 3]), zeros([3, 0])).shape, [2, 0]);
  assert.equal(matmulPlain(zeros([0, 2, 3]), zeros([3, 2])).shape, [0, 2, 2]);
  assert.equal(matmulPlain(zeros([0, 2, 3]), zeros([1, 3, 2])).shape, [0, 2, 2]);
});

test("matmulData takes matrices only", () => {
  assert.throws(() => matmulData(zeros([3]), zeros([3, 2])), /matmul: shapes \[3\] and \[3, 2\] do not fit: matrices have two axes/);
});

test.run();
