import { test } from "uvu";
import * as assert from "uvu/assert";
import { array, eye, map1, matmulPlain, type NdArray, packed, zeros } from "../../../lib/nd/index.js";
import { choleskyFactor } from "../../../lib/nd/linalg/cholesky-factor.js";
import { qrFactors, svdFactors, symmetricEigen } from "../../../lib/nd/linalg/factorizations.js";
import { luFactors } from "../../../lib/nd/linalg/lu-factors.js";
import { assertClose } from "../../../lib/testing/index.js";
import { build, decimals, layouts, single } from "../../helpers/layouts.js";
import { seeded } from "../../helpers/random.js";
import { refused } from "../../helpers/refused.js";

const turned = (x: NdArray): NdArray => x.transpose(1, 0);
const times = (factor: number, x: NdArray): NdArray => map1((entry) => factor * entry, x);
const largestOf = (x: NdArray): number => Math.max(...(x.data as Float64Array).map(Math.abs));
const symmetric = (x: NdArray): NdArray =>
  build(x.shape, (i, j) => x.get(i as number, j as number) / 2 + x.get(j as number, i as number) / 2);
const columnsOrthonormal = (q: NdArray): void =>
  assertClose(matmulPlain(turned(q), q), eye(q.shape[1] as number), { atol: 1e-14 }, "the columns");

/** All that the factors of one matrix promise; `unit` is its size. */
function checkAll(x: NdArray, unit: number): void {
  const small = times(1 / unit, packed(x, "float64"));
  const close = { rtol: 0, atol: 1e-14 * Math.max(largestOf(small), 1e-300) * (x.shape[0] as number) };
  const { order, l, u } = luFactors("lu", x);
  assertClose(
    matmulPlain(l, times(1 / unit, u)),
    build(x.shape, (i, j) => small.get(order[i as number] as number, j as number)),
    close,
    "LU",
  );
  assert.ok(
    (l.data as Float64Array).every((entry) => Math.abs(entry) <= 1),
    "a multiplier is greater than 1",
  );
  const { q, r } = qrFactors("qr", x);
  columnsOrthonormal(q);
  assertClose(matmulPlain(q, times(1 / unit, r)), small, close, "QR");
  for (let i = 0; i < (r.shape[0] as number); i++) {
    assert.ok(r.get(i, i) >= 0, "the diagonal of r is negative");
    for (let j = 0; j < i; j++) assert.is(r.get(i, j), 0);
  }
  const { u: left, s, vt } = svdFactors("svd", x);
  columnsOrthonormal(left);
  columnsOrthonormal(turned(vt));
  assertClose(
    matmulPlain(
      build(left.shape, (i, k) => left.get(i as number, k as number) * (s.get(k as number) / unit)),
      vt,
    ),
    small,
    close,
    "SVD",
  );
  for (let k = 1; k < s.size; k++) assert.ok(s.get(k) <= s.get(k - 1), "singular values do not descend");
  assert.ok((s.data as Float64Array).every((value) => value >= 0));
}

function checkSymmetric(x: NdArray, unit: number): void {
  const small = symmetric(times(1 / unit, packed(x, "float64")));
  const { w, v } = symmetricEigen("eigh", x);
  columnsOrthonormal(v);
  const scaled = build(v.shape, (i, k) => v.get(i as number, k as number) * (w.get(k as number) / unit));
  assertClose(matmulPlain(scaled, turned(v)), small, { rtol: 0, atol: 1e-12 * Math.max(largestOf(small), 1e-300) }, "eigenvectors");
  for (let k = 1; k < w.size; k++) assert.ok(w.get(k) >= w.get(k - 1), "eigenvalues do not ascend");
}

/** Kinds of matrices on which iterations have stumbled, entry by entry; u and v are random. */
const kinds: Readonly<Record<string, (i: number, j: number, random: () => number) => number>> = {
  random: (_, __, random) => 2 * random() - 1,
  "small integers": (_, __, random) => Math.floor(3 * random()) - 1,
  ones: () => 1,
  zeros: () => 0,
  identity: (i, j) => (i === j ? 1 : 0),
  sparse: (_, __, random) => (random() < 0.3 ? random() - 0.5 : 0),
  graded: (i, j, random) => (random() - 0.5) * 10 ** (-3 * (i + j)),
  "of many sizes": (_, __, random) => (random() - 0.5) * 10 ** (-20 * random()),
  "of rank one": (i, j) => Math.sin(i + 1) * Math.cos(j + 1),
};

for (const [kind, entry] of Object.entries(kinds)) {
  test(`${kind}: factors of all shapes multiply back to the matrix, from the largest numbers to the smallest`, () => {
    const random = seeded(3);
    for (const unit of [1, 1e300, 1e-290]) {
      for (let rows = 1; rows < 6; rows++) {
        for (let cols = 1; cols < 6; cols++) {
          checkAll(
            build([rows, cols], (i, j) => unit * entry(i as number, j as number, random)),
            unit,
          );
        }
        checkSymmetric(
          build([rows, rows], (i, j) => unit * entry(i as number, j as number, random)),
          unit,
        );
      }
    }
  });
}

const square = decimals([4, 4], 5);
const positive = build([4, 4], (i, j) => (i === j ? 40 : 0) + square.get(i as number, j as number));

test("Cholesky: l lᵀ is the symmetric part, l is lower triangular with a positive diagonal", () => {
  for (const unit of [1, 1e300, 1e-290]) {
    const l = times(1 / Math.sqrt(unit), choleskyFactor("cholesky", times(unit, positive)));
    assertClose(matmulPlain(l, turned(l)), symmetric(positive), { rtol: 1e-13 });
    for (let i = 0; i < 4; i++) {
      assert.ok(l.get(i, i) > 0);
      for (let j = i + 1; j < 4; j++) assert.is(l.get(i, j), 0);
    }
  }
});

const all = {
  luFactors: (x: NdArray) => luFactors("lu", x),
  choleskyFactor: (x: NdArray) => ({ l: choleskyFactor("cholesky", x) }),
  qrFactors: (x: NdArray) => qrFactors("qr", x),
  svdFactors: (x: NdArray) => svdFactors("svd", x),
  symmetricEigen: (x: NdArray) => symmetricEigen("eigh", x),
} as const;

for (const [name, f] of Object.entries(all)) {
  test(`${name}: any view, and the argument stays as it is`, () => {
    for (const change of Object.values(layouts)) {
      const view = change(positive);
      assert.equal(f(view), f(positive));
      assertClose(packed(view), positive, { rtol: 0, atol: 0 });
    }
  });

  test(`${name}: single precision in, single precision out; integers give doubles`, () => {
    const kindOf = (x: NdArray): string[] =>
      Object.values(f(x)).flatMap((part) => ((part as NdArray).dtype === undefined ? [] : [(part as NdArray).dtype]));
    assert.ok(kindOf(single(positive)).every((dtype) => dtype === "float32"));
    assert.ok(kindOf(array([[4]], { dtype: "int32" })).every((dtype) => dtype === "float64"));
  });
}

test("matrices without rows or columns have factors without entries", () => {
  assert.equal(luFactors("lu", zeros([0, 3])).u.shape, [0, 3]);
  assert.equal(luFactors("lu", zeros([3, 0])).l.shape, [3, 0]);
  assert.equal(qrFactors("qr", zeros([3, 0])).q.shape, [3, 0]);
  assert.equal(svdFactors("svd", zeros([0, 3])).vt.shape, [0, 3]);
  assert.equal(symmetricEigen("eigh", zeros([0, 0])).w.shape, [0]);
  assert.equal(choleskyFactor("cholesky", zeros([0, 0])).shape, [0, 0]);
});

test("the sign of LU's order is that of the determinant, given the product of u's diagonal", () => {
  assert.is(
    luFactors(
      "lu",
      array([
        [0, 1],
        [1, 0],
      ]),
    ).sign,
    -1,
  );
  assert.is(
    luFactors(
      "lu",
      array([
        [0, 1, 0],
        [0, 0, 1],
        [1, 0, 0],
      ]),
    ).sign,
    1,
  );
  assert.equal(
    [
      ...luFactors(
        "lu",
        array([
          [1, 2],
          [3, 4],
        ]),
      ).order,
    ],
    [1, 0],
  );
});

const spoilt = array([
  [1, 2],
  [Number.NaN, 4],
]);
const infinite = array([[Number.POSITIVE_INFINITY]]);

refused([
  [() => svdFactors("svd", spoilt), RangeError, "svd: the matrix has NaN at [1, 0]; finite entries are needed"],
  [() => symmetricEigen("eigh", infinite), RangeError, "eigh: the matrix has Infinity at [0, 0]; finite entries are needed"],
  [() => qrFactors("qr", spoilt), RangeError, "qr: the matrix has NaN at [1, 0]; finite entries are needed"],
  [() => luFactors("det", spoilt), RangeError, "det: the matrix has NaN at [1, 0]; finite entries are needed"],
  [
    () =>
      choleskyFactor(
        "cholesky",
        array([
          [1, 2],
          [2, 1],
        ]),
      ),
    RangeError,
    "cholesky: the matrix is not positive definite; a small multiple of the identity, added to it, may make it so",
  ],
]);

test.run();
