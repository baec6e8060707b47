// Tests: determinants, cofactors.
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  array,
  det,
  gradient,
  hessian,
  logdet,
  type NdArray,
  pushforward,
  type Scalar,
  slogdet,
  sum,
  toNested,
  zeros,
} from "../../../lib/index.js";
import { assertClose } from "../../../lib/testing/index.js";
import { add, mul } from "../../../rules/index.js";
import { modeTests } from "../../helpers/check-modes.js";
import { build, decimals, layouts } from "../../helpers/layouts.js";
import { refused } from "../../helpers/refused.js";

/** Each permutation of 0 … n − 1 with its sign. */
function* permutations(n: number): Generator<readonly [order: number[], sign: number]> {
  if (n === 0) yield [[], 1];
  else
    for (const [order, sign] of permutations(n - 1))
      for (let k = 0; k < n; k++) yield [order.toSpliced(k, 0, n - 1), (n - 1 - k) % 2 === 0 ? sign : -sign];
}

/** The determinant by its definition: a polynomial that differentiates everywhere. */
function leibniz(a: AnyArray): Scalar {
  let total: Scalar = 0;
  for (const [order, sign] of permutations(a.shape[0] as number)) {
    total = add(
      total,
      order.reduce<Scalar>((product, j, i) => mul(product, a.get(i, j)), sign),
    );
  }
  return total;
}

/** The cofactors by their definition. */
function cofactors(a: NdArray): NdArray {
  const without = (i: number, j: number): NdArray =>
    build([(a.shape[0] as number) - 1, (a.shape[0] as number) - 1], (k, l) =>
      a.get((k as number) + ((k as number) >= i ? 1 : 0), (l as number) + ((l as number) >= j ? 1 : 0)),
    );
  return build(
    a.shape,
    (i, j) => (((i as number) + (j as number)) % 2 === 0 ? 1 : -1) * (leibniz(without(i as number, j as number)) as number),
  );
}

const regular = decimals([4, 4], 3);
const several = decimals([2, 1, 3, 3], 4);
const one = (k: number): NdArray => several.pick(k, 0, null, null);
const positive = build([3, 3], (i, j) => (i === j ? 30 : 0) + decimals([3, 3], 6).get(i as number, j as number));
const inverseTurned = (a: NdArray): NdArray =>
  build(a.shape, (i, j) => cofactors(a).get(i as number, j as number) / (leibniz(a) as number));

modeTests([
  { title: "det", f: (a: NdArray) => det(a), args: [regular], value: leibniz(regular), slopes: [cofactors(regular)], rtol: 1e-11 },
  {
    title: "det of several matrices",
    f: (a: NdArray) => det<NdArray>(a),
    args: [several],
    value: build([2, 1], (k) => leibniz(one(k as number)) as number),
    slopes: [build(several.shape, (k, _, i, j) => cofactors(one(k as number)).get(i as number, j as number))],
    rtol: 1e-11,
  },
  {
    title: "logdet",
    f: (a: NdArray) => logdet(a),
    args: [positive],
    value: Math.log(leibniz(positive) as number),
    slopes: [inverseTurned(positive)],
    rtol: 1e-12,
  },
  {
    title: "the second part of slogdet",
    f: (a: NdArray) => slogdet<AnyArray>(a)[1],
    args: [several],
    value: build([2, 1], (k) => Math.log(Math.abs(leibniz(one(k as number)) as number))),
    slopes: [build(several.shape, (k, _, i, j) => inverseTurned(one(k as number)).get(i as number, j as number))],
    rtol: 1e-10,
  },
]);

const singular: Readonly<Record<string, NdArray>> = {
  "of rank n − 1": array([
    [1, 2, 3],
    [4, 5, 6],
    [7, 8, 9],
  ]),
  "of rank n − 2": array([
    [1, 2, 3],
    [2, 4, 6],
    [-1, -2, -3],
  ]),
  "of zeros": zeros([3, 3]),
  "with a column of zeros": array([
    [1, 0, 2, 3],
    [4, 0, -1, 5],
    [2, 0, 3, 1],
    [7, 0, 1, 1],
  ]),
  "of two equal rows, four by four": array([
    [1, 2, 3, 4],
    [1, 2, 3, 4],
    [2, -1, 0.5, 1],
    [0, 3, 1, -2],
  ]),
};

for (const [kind, a] of Object.entries(singular)) {
  test(`det of a singular matrix ${kind}: the gradient is that of the polynomial, in any layout`, () => {
    const n = a.shape[0] as number;
    const tolerance = { rtol: 1e-13, atol: 1e-13 * 9 ** n };
    for (const change of Object.values(layouts)) assertClose(gradient(det, change(a))[0], cofactors(a), tolerance);
    assertClose(pushforward(det, [a], [decimals([n, n])])[1], sum(mul(cofactors(a), decimals([n, n]))), tolerance);
  });

  test(`det of a singular matrix ${kind}: so are the second and the third derivative`, () => {
    const n = a.shape[0] as number;
    const v = decimals([n, n], 8);
    const tolerance = { rtol: 1e-12, atol: 1e-12 * 9 ** n };
    assertClose(hessian(det, a), hessian(leibniz, a), tolerance);
    const third = (f: (a: AnyArray) => Scalar): unknown =>
      gradient((x) => pushforward((y: AnyArray) => pushforward(f, [y], [v])[1], [x], [v])[1], a)[0];
    assertClose(third(det), third(leibniz), { rtol: 1e-12, atol: 1e-11 * 9 ** n });
  });
}

test("det: third derivatives of regular matrices are those of the polynomial, of one and of several", () => {
  const third = (f: (a: AnyArray) => Scalar, a: NdArray): NdArray => {
    const v = decimals(a.shape, 8);
    return gradient((x) => sum(mul(gradient((z) => sum(mul(gradient(f, z)[0], v)), x)[0], v)), a)[0] as NdArray;
  };
  assertClose(third(det, regular), third(leibniz, regular), { rtol: 1e-9, atol: 1e-8 });
  const both = third((a) => sum(det<AnyArray>(a)), several);
  const parts = [0, 1].map((k) => third((a) => leibniz(a.pick(k, 0, null, null) as AnyArray), several));
  assertClose(both, add(parts[0] as NdArray, parts[1] as NdArray), { rtol: 1e-9, atol: 1e-8 });
});

test("det: of small matrices all orders above their size are exactly 0, tiny entries or not", () => {
  const along = (f: (a: AnyArray) => Scalar, v: NdArray, order: number): ((a: AnyArray) => Scalar) => {
    if (order === 0) return f;
    return along((a) => pushforward(f, [a], [v])[1] as Scalar, v, order - 1);
  };
  for (const n of [0, 1, 2, 3]) {
    const v = decimals([n, n], 8);
    for (const size of [1, 1e-9]) assert.is(Math.abs(along(det, v, n + 1)(mul(size, decimals([n, n])) as NdArray) as number), 0);
    const sized = mul(1e-9, decimals([n, n])) as NdArray;
    assertClose(along(det, v, n)(sized), along(leibniz, v, n)(sized), { rtol: 1e-14 });
  }
});

test("det: small cases by hand", () => {
  assert.is(det(zeros([0, 0])), 1);
  assert.is(det(array([[-3]])), -3);
  assert.is(
    det(
      array([
        [0, 1],
        [1, 0],
      ]),
    ),
    -1,
  );
  assert.equal(toNested(gradient(det, array([[0]]))[0]), [[1]]);
  assert.equal(
    toNested(
      gradient(
        det,
        array([
          [1, 2],
          [2, 4],
        ]),
      )[0],
    ),
    [
      [4, -2],
      [-2, 1],
    ],
  );
  assert.equal(det<NdArray>(zeros([0, 2, 2])).shape, [0]);
});

test("logdet and slogdet neither overflow nor underflow", () => {
  const large = build([200, 200], (i, j) => (i === j ? 1e5 : 0));
  assertClose(logdet(large), 200 * Math.log(1e5), { rtol: 1e-14 });
  assertClose(slogdet(mul(large, -1e-10)), [1, 200 * Math.log(1e-5)], { rtol: 1e-14 });
  assertClose(gradient(logdet, large)[0].get(7, 7), 1e-5, { rtol: 1e-14 });
});

test("slogdet of a singular matrix is [0, −∞], the 0 never −0", () => {
  for (const rows of [
    [
      [1, 2],
      [2, 4],
    ],
    [
      [2, 1],
      [4, 2],
    ],
  ]) {
    const [sign, log] = slogdet(array(rows));
    assert.ok(Object.is(sign, 0));
    assert.is(log, -Infinity);
  }
});

test("slogdet of one traced matrix has scalar parts, without a type argument", () => {
  const a = array([
    [2, 1],
    [1, 3],
  ]);
  assertClose(gradient((x) => slogdet<number>(x)[1], a)[0], gradient(logdet, a)[0], { rtol: 1e-15 });
});

test("slogdet: the sign does not move and takes any cotangent", () => {
  const a = array([
    [0, 2],
    [1, 0],
  ]);
  assertClose(slogdet(a), [-1, Math.log(2)], { rtol: 1e-15 });
  assert.equal(pushforward((x) => slogdet<Scalar>(x)[0], [a], [a])[1], 0);
  assertClose(
    gradient((x) => {
      const [sign, log] = slogdet<Scalar>(x);
      return mul(sign, log);
    }, a)[0],
    array([
      [0, -0.5],
      [-1, 0],
    ]),
    { rtol: 1e-15 },
  );
  assertClose(gradient((x) => slogdet<Scalar>(x)[0], a)[0], zeros([2, 2]));
});

test("singular matrices: logdet is −∞, slogdet [0, −∞]; a negative determinant has no logdet, but its derivative", () => {
  assert.is(logdet(zeros([2, 2])), Number.NEGATIVE_INFINITY);
  assert.equal(slogdet(zeros([2, 2])), [0, Number.NEGATIVE_INFINITY]);
  assert.ok(Number.isNaN(logdet(array([[-2]]))));
  assert.equal(toNested(gradient(logdet, array([[-2]]))[0]), [[-0.5]]);
});

refused([
  [() => det(zeros([2, 3])), RangeError, "det: a is an array of shape [2, 3], not square; give as many rows as columns"],
  [() => logdet(zeros([3])), RangeError, "logdet: a is an array of shape [3]; give a matrix, with two axes"],
  [() => slogdet(3 as never), TypeError, "slogdet: a is a number; a matrix is needed"],
  [() => det(array([[Number.NaN]])), RangeError, "det: the matrix has NaN at [0, 0]; finite entries are needed"],
  [
    () => gradient(logdet, zeros([2, 2])),
    RangeError,
    "logdet: the matrix is singular; give one that has an inverse (lstsq and pinv take singular ones)",
  ],
  [
    () => gradient((a) => sum(slogdet<AnyArray>(a)[1]), array([[[1]], [[0]]])),
    RangeError,
    "slogdet: the matrix at [1] is singular; give one that has an inverse (lstsq and pinv take singular ones)",
  ],
]);

test.run();
