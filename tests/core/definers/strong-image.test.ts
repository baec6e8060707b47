import { test } from "uvu";
import * as assert from "uvu/assert";
import { strongly, strongProduct } from "../../../lib/core/index.js";
import {
  type AnyArray,
  array,
  bilinearRule,
  cross,
  dot,
  gradient,
  hvp,
  matmul,
  mul,
  type NdArray,
  outer,
  pullback,
  pushforward,
  type Scalar,
  sqrt,
  sum,
  toNested,
} from "../../../lib/index.js";
import { rowMajor } from "../../../lib/nd/index.js";
import { seededRandom } from "../../../lib/testing/index.js";
import { single, strided } from "../../support/examples.js";

const [nan, inf] = [Number.NaN, Number.POSITIVE_INFINITY];
const infinite = array([
  [1, inf],
  [1, 1],
]);
const ones = array([
  [1, 1],
  [1, 1],
]);

test("an entry of a product sends nothing to what it does not depend on", () => {
  const f = (a: AnyArray): Scalar => matmul<NdArray>(a as NdArray, infinite).get(0, 0);
  assert.equal(toNested(gradient(f, ones)[0]), [
    [1, 1],
    [0, 0],
  ]);
  assert.is(
    pushforward(
      f,
      [ones],
      [
        array([
          [1, 2],
          [nan, 4],
        ]),
      ],
    )[1] as number,
    3,
  );
});

test("infinities of one sign add up to one, of both signs to NaN, and NaN stays where it counts", () => {
  const row = (b: readonly number[][], ...s: number[]): unknown =>
    toNested(
      pushforward((a: AnyArray) => matmul<AnyArray>(a, array(b as number[][])), [array([s.map(() => 1)])], [array([s])])[1] as NdArray,
    );
  const b = [
    [inf, 2, nan],
    [-inf, 3, inf],
    [5, 4, 7],
  ];
  assert.equal(row(b, 0, 0, 1), [[5, 4, 7]]);
  assert.equal(row(b, 1, 0, 1), [[inf, 6, nan]]);
  assert.equal(row(b, 0, 1, 1), [[-inf, 7, inf]]);
  assert.equal(row(b, 0, -1, 1), [[inf, 1, -inf]]);
  assert.equal(row(b, 2, -1, 1), [[inf, 5, nan]]);
  assert.equal(row(b, 1, 1, 0), [[nan, 5, nan]]);
  assert.equal(row(b, inf, 0, 0), [[inf, inf, nan]]);
  assert.equal(row([[0, 1, -1]], inf), [[0, inf, -inf]]);
  assert.equal(row([[0, 1, -1]], nan), [[0, nan, nan]]);
});

/** Σ s t over the inner axis by the strong product, entry by entry. */
function strongSums(s: NdArray, t: NdArray): number[][] {
  const [m, k] = s.shape as [number, number];
  return Array.from({ length: m }, (_, i) =>
    Array.from({ length: t.shape[1] as number }, (_, j) => {
      let total = 0;
      for (let p = 0; p < k; p++) total += strongProduct(s.get(i, p), t.get(p, j));
      return total;
    }),
  );
}

test("images of matrices with anything in them are the strong sums", () => {
  const random = seededRandom(11);
  const specials = [nan, inf, -inf, 0, 0, 0, 0];
  const entry = (): number =>
    random() < 0.4 ? (specials[Math.floor(random() * specials.length)] as number) : Math.round(random() * 8 - 4);
  const matrix = (m: number, n: number): NdArray => rowMajor(Float64Array.from({ length: m * n }, entry), [m, n]);
  for (let k = 0; k < 60; k++) {
    const [a, b, ybar] = [matrix(3, 4), matrix(4, 2), matrix(3, 2)];
    for (const kind of [(x: NdArray) => x, strided, single]) {
      const [p, q, r] = [a, b, ybar].map(kind) as [NdArray, NdArray, NdArray];
      const [, back] = pullback((x: AnyArray, y: AnyArray) => matmul<AnyArray>(x, y), p as AnyArray, q as AnyArray);
      const [abar, bbar] = back(r) as [NdArray, NdArray];
      assert.equal(toNested(abar), strongSums(ybar, b.transpose(1, 0)));
      assert.equal(toNested(bbar), strongSums(a.transpose(1, 0), ybar));
      assert.is(abar.dtype, p.dtype);
      assert.equal(toNested(pushforward((x: AnyArray) => matmul<AnyArray>(x, q), [p], [p])[1] as NdArray), strongSums(a, b));
    }
  }
});

test("an infinite cotangent counts nothing where a factor is 0", () => {
  const b = array([[1], [0]]);
  const f = (a: AnyArray): Scalar => sum(sqrt(matmul<AnyArray>(a, b)));
  const zero = array([[0, 3]]);
  assert.equal(toNested(gradient(f, zero)[0]), [[inf, 0]]);
  assert.is(pushforward(f, [zero], [array([[0, 1]])])[1] as number, 0);
});

test("where a small product says that its factors are finite, cotangents need not be", () => {
  const back = pullback((x: AnyArray, y: AnyArray) => dot<Scalar>(x, y), array([1, 0, 2]) as AnyArray, array([0, 3, 4]) as AnyArray)[1];
  assert.equal(
    (back(inf) as NdArray[]).map((x) => toNested(x)),
    [
      [0, inf, inf],
      [inf, 0, inf],
    ],
  );
});

test("cotangents that one pass makes are strong as well", () => {
  const back = pullback((x: AnyArray, y: AnyArray) => outer(x, y), array([nan, 1]) as AnyArray, array([inf, 2]) as AnyArray)[1];
  const ybar = array([
    [0, 0],
    [0, 3],
  ]);
  assert.equal(
    (back(ybar) as NdArray[]).map((x) => toNested(x)),
    [
      [0, 6],
      [0, 3],
    ],
  );
});

test("a map that subtracts", () => {
  const [a, b] = [array([1, inf, 2]), array([3, nan, 4])];
  const back = pullback((x: AnyArray, y: AnyArray) => cross(x, y), a as AnyArray, b as AnyArray)[1];
  assert.equal(
    (back(array([0, 1, 0])) as NdArray[]).map((x) => toNested(x)),
    [
      [-4, 0, 3],
      [2, 0, -1],
    ],
  );
  assert.equal(toNested((back(array([0, 0, 1])) as NdArray[])[0] as NdArray), [nan, -3, 0]);
});

test("a rule of one's own, of numbers", () => {
  const product = bilinearRule(
    (x: number, y: number) => x * y,
    (z: number, _: number, y: number) => z * y,
    (z: number, x: number) => z * x,
    { name: "product" },
  );
  const [, back] = pullback((x, y) => product(x, y), nan, inf);
  assert.equal(back(0), [0, 0]);
  assert.equal(back(2), [inf, nan]);
  assert.is(pushforward((x, y) => product(x, y), [nan, inf], [0, 0])[1], 0);
});

test("second derivatives: all four pairs of modes", () => {
  const b = array([
    [1, nan],
    [2, inf],
  ]);
  const x = array([[3, 4]]);
  const v = array([[1, 1]]);
  const f = (a: AnyArray): Scalar => {
    const y = matmul<AnyArray>(a, b);
    return mul(y.get(0, 0), y.get(0, 0));
  };
  assert.equal(toNested(hvp(f, x, v)), [[6, 12]]);
  const slope = (a: AnyArray): Scalar => pushforward(f, [a as NdArray], [v as AnyArray])[1] as Scalar;
  assert.equal(toNested(gradient(slope, x)[0]), [[6, 12]]);
  assert.is(pushforward(slope, [x], [v])[1] as number, 18);
  assert.equal(toNested(gradient((a: AnyArray) => sum(mul(gradient(f, a as NdArray)[0], v)), x)[0]), [[6, 12]]);
});

test("strongly gives the function with the strong product, for rules by hand", () => {
  const strong = strongly(matmul);
  assert.equal(toNested(matmul<NdArray>(array([[0, 1]]), array([[nan], [2]]))), [[nan]]);
  assert.equal(toNested(strong<NdArray>(array([[0, 1]]), array([[nan], [2]]))), [[2]]);
  assert.is(strongly(strong), strong);
  assert.equal(toNested(gradient((a: AnyArray) => sum(strong<AnyArray>(a, array([[nan], [2]]))), array([[0, 1]]))[0]), [[nan, 2]]);
  assert.throws(() => strongly(Math.sin), /^strongly: sin is no function of bilinearRule; multiply with scale/);
  assert.throws(() => strongly(undefined as never), /^strongly: undefined is no function of bilinearRule/);
});

test.run();
