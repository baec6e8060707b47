import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  array,
  div,
  frule,
  gradient,
  hvp,
  inv,
  lstsq,
  matmul,
  mul,
  type NdArray,
  NoTangent,
  outer,
  pinv,
  rrule,
  solve,
  sum,
  toNested,
  transpose,
  unthunk,
  ZeroTangent,
  zeros,
} from "../../../lib/index.js";
import { assertClose } from "../../../lib/testing/index.js";
import { decimals, single } from "../../helpers/layouts.js";
import { flipped, product } from "../../helpers/matrices.js";
import { refused } from "../../helpers/refused.js";

const tight = { rtol: 1e-12, atol: 1e-12 };
const loose = { rtol: 1e-9, atol: 1e-9 };
const tall = decimals([5, 3], 2);
const wide = decimals([2, 4], 3);
const square = decimals([3, 3], 4);
const dot = (x: NdArray, y: NdArray): number => sum(mul(x, y));
const twice = array([
  [1, 2],
  [2, 4],
]);

test("pinv of small matrices is what one finds by hand", () => {
  assertClose(toNested(pinv(array([[3, 4]]))), [[0.12], [0.16]], tight);
  assertClose(
    toNested(pinv(twice)),
    [
      [0.04, 0.08],
      [0.08, 0.16],
    ],
    tight,
  );
  assert.equal(toNested(pinv(zeros([2, 3]))), toNested(zeros([3, 2])));
  assert.equal(pinv(zeros([3, 0])).shape, [0, 3]);
});

test("pinv fulfils the four equations of Penrose, whatever the shape and the rank", () => {
  for (const a of [tall, wide, square, twice, outer(decimals([4], 1), decimals([3], 2))]) {
    const y = pinv(a);
    assertClose(product(product(a, y), a), a, loose);
    assertClose(product(product(y, a), y), y, loose);
    assertClose(flipped(product(a, y)), product(a, y), loose);
    assertClose(flipped(product(y, a)), product(y, a), loose);
  }
});

const formulas: Readonly<Record<string, readonly [a: NdArray, formula: (x: AnyArray) => AnyArray]>> = {
  "(aᵀa)⁻¹ aᵀ for a tall matrix": [tall, (x) => matmul<NdArray>(inv(matmul<NdArray>(transpose(x), x)), transpose(x))],
  "aᵀ (a aᵀ)⁻¹ for a wide matrix": [wide, (x) => matmul<NdArray>(transpose(x), inv(matmul<NdArray>(x, transpose(x))))],
  "a⁻¹ for a square matrix": [square, (x) => inv(x)],
};

for (const [name, [a, formula]] of Object.entries(formulas)) {
  test(`pinv has the derivatives of ${name}`, () => {
    const c = decimals(formula(a).shape, 7);
    const v = decimals(a.shape, 8);
    assertClose(pinv(a), formula(a), loose);
    const [f, g] = [(x: AnyArray) => sum(mul(c, pinv(x))), (x: AnyArray) => sum(mul(c, formula(x)))];
    assertClose(gradient(f, a)[0], gradient(g, a)[0], loose);
    assertClose(hvp(f, a, v), hvp(g, a, v), { rtol: 1e-7, atol: 1e-7 });
  });

  test(`lstsq has the derivatives of ${name}, times b`, () => {
    const b = decimals([a.shape[0] as number, 2], 5);
    const c = decimals([a.shape[1] as number, 2], 7);
    assertClose(lstsq(a, b), product(formula(a) as NdArray, b), loose);
    const f = (x: AnyArray, y: AnyArray) => sum(mul(c, lstsq(x, y)));
    const g = (x: AnyArray, y: AnyArray) => sum(mul(c, matmul(formula(x), y)));
    assertClose(gradient(f, a, b), gradient(g, a, b), loose);
  });
}

test("a line through points is fitted as by hand", () => {
  // The means are 1 and 3, the slope is Σ (x − 1)(y − 3) / Σ (x − 1)² = 4 / 2.
  const a = array([
    [1, 0],
    [1, 1],
    [1, 2],
  ]);
  assertClose(toNested(lstsq(a, array([1, 3, 5]))), [1, 2], tight);
  assertClose(toNested(lstsq(a, array([2, 1, 6]))), [1, 2], tight);
});

test("of many solutions lstsq takes the shortest one", () => {
  assertClose(toNested(lstsq(array([[1, 2]]), array([5]))), [1, 2], tight);
  assertClose(toNested(lstsq(twice, array([5, 10]))), [1, 2], tight);
  assert.equal(toNested(lstsq(zeros([2, 3]), array([1, 2]))), [0, 0, 0]);
});

test("a vector on the right gives a vector, and cotangents of its shape", () => {
  const b = decimals([5], 6);
  const x = lstsq(tall, b);
  assert.equal(x.shape, [3]);
  assertClose(x, solve(product(flipped(tall), tall), matmul<NdArray>(flipped(tall), b)), loose);
  assert.equal(
    gradient((a, y) => sum(lstsq(a, y)), tall, b).map(({ shape }) => shape),
    [[5, 3], [5]],
  );
});

test("among matrices of rank 1 the derivatives are those of v uᵀ / (|u|² |v|²)", () => {
  const [u, v] = [decimals([4], 1), decimals([3], 2)];
  const c = decimals([3, 4], 3);
  const b = decimals([4], 4);
  const e = decimals([3], 5);
  const squares = (x: AnyArray) => sum(mul(x, x));
  const closed = (p: AnyArray, q: AnyArray) => div(outer(q, p), mul(squares(p), squares(q)));
  const pairs = [
    [(p: AnyArray, q: AnyArray) => sum(mul(c, pinv(outer(p, q)))), (p: AnyArray, q: AnyArray) => sum(mul(c, closed(p, q)))],
    [
      (p: AnyArray, q: AnyArray) => sum(mul(e, lstsq(outer(p, q), b))),
      (p: AnyArray, q: AnyArray) => sum(mul(e, matmul<AnyArray>(closed(p, q), b))),
    ],
  ] as const;
  for (const [through, direct] of pairs) assertClose(gradient(through, u, v), gradient(direct, u, v), loose);
});

test("one argument of lstsq may stand still in either mode", () => {
  const b = decimals([5], 6);
  const [da, db] = [decimals([5, 3], 9), decimals([5], 10)];
  const moved = (...tangents: unknown[]): NdArray => (frule([NoTangent, ...tangents], lstsq, tall, b) as [unknown, NdArray])[1];
  const both = moved(da, db);
  const parts = [moved(da, ZeroTangent), moved(ZeroTangent, db)] as const;
  assertClose(
    toNested(both),
    (toNested(parts[0]) as number[]).map((x, k) => x + parts[1].get(k)),
    loose,
  );
  const [x, back] = rrule(lstsq, tall, b) as unknown as [NdArray, (xbar: NdArray) => [unknown, NdArray, NdArray]];
  const xbar = decimals(x.shape, 11);
  const [, abar, bbar] = back(xbar).map(unthunk) as [unknown, NdArray, NdArray];
  assertClose(dot(xbar, parts[0]), dot(abar, da), loose);
  assertClose(dot(xbar, parts[1]), dot(bbar, db), loose);
});

test("singular values up to max(m, n) ε of the largest count as 0, with the ε of the kind of number", () => {
  const nearly = array([
    [1, 0],
    [0, 1e-8],
  ]);
  assertClose(pinv(nearly).get(1, 1), 1e8, tight);
  assert.is(pinv(single(nearly)).get(1, 1), 0);
  assert.is(
    pinv(
      array([
        [1, 0],
        [0, 4e-16],
      ]),
    ).get(1, 1),
    0,
  );
});

test("single precision is kept, each argument's own in cotangents", () => {
  const b = decimals([5], 6);
  assert.equal(
    [pinv(single(tall)).dtype, lstsq(single(tall), single(b)).dtype, lstsq(single(tall), b).dtype],
    ["float32", "float32", "float64"],
  );
  assert.equal(
    gradient((a, y) => sum(lstsq(a, y)), single(tall), b).map(({ dtype }) => dtype),
    ["float32", "float64"],
  );
});

test("NaN on the right propagates", () => {
  assert.ok((toNested(lstsq(tall, array([1, 2, Number.NaN, 4, 5]))) as number[]).every(Number.isNaN));
});

refused([
  [() => lstsq(tall, zeros([3])), RangeError, "lstsq: a has shape [5, 3], b has shape [3]; b needs 5 rows, one for each row of a"],
  [
    () => lstsq(tall, zeros([5, 2, 2])),
    RangeError,
    "lstsq: a has shape [5, 3], b has shape [5, 2, 2]; b needs 5 rows, one for each row of a",
  ],
  [
    () => lstsq(tall, [1] as never),
    TypeError,
    "lstsq: b is a list of length 1; a vector or a matrix is needed: array(b) makes one of lists",
  ],
  [
    () => lstsq(zeros([2, 3, 3]), zeros([2])),
    RangeError,
    "lstsq: a has shape [2, 3, 3], b has shape [2]; b needs 3 rows, one for each row of a",
  ],
  [() => lstsq(array([[Number.NaN]]), zeros([1])), RangeError, "lstsq: the matrix has NaN at [0, 0]; finite entries are needed"],
  [() => pinv(array([[1, Number.NaN]])), RangeError, "pinv: the matrix has NaN at [0, 1]; finite entries are needed"],
  [() => pinv(zeros([2])), RangeError, "pinv: a is an array of shape [2]; give a matrix, with two axes"],
]);

test.run();
