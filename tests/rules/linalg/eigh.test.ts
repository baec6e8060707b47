import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  array,
  eigh,
  eigvalsh,
  exp,
  expm,
  eye,
  frule,
  gradient,
  hvp,
  jacobian,
  matmul,
  mul,
  type NdArray,
  NoTangent,
  pow,
  rrule,
  type Scalar,
  slice,
  sum,
  toNested,
  transpose,
  ZeroTangent,
  zeros,
} from "../../../lib/index.js";
import { assertClose } from "../../../lib/testing/index.js";
import { build, decimals, single } from "../../helpers/layouts.js";
import { diagonalOf, flipped, product, reflection, withEigenvalues } from "../../helpers/matrices.js";
import { refused } from "../../helpers/refused.js";

const tight = { rtol: 1e-12, atol: 1e-12 };
const loose = { rtol: 1e-10, atol: 1e-10 };
const c = decimals([4, 4], 3);
const symmetric = (x: NdArray): NdArray => build(x.shape, (i, j) => (x.get(i, j) + x.get(j, i)) / 2);
const values = (x: NdArray): number[] => toNested(x) as number[];

/** v diag(g(w)) vᵀ. */
function matrixFunction(x: AnyArray, g: (w: AnyArray) => AnyArray): AnyArray {
  const [w, v] = eigh(x);
  return matmul<NdArray>(mul(v, g(w)), transpose(v));
}

test("eigh of a small matrix is what one finds by hand", () => {
  const [w, v] = eigh(
    array([
      [2, 1],
      [1, 2],
    ]),
  );
  const h = Math.SQRT1_2;
  assertClose(values(w), [1, 3], tight);
  assertClose(
    toNested(v),
    [
      [h, h],
      [-h, h],
    ],
    tight,
  );
});

test("the eigenvalues of a second difference are 2 − 2 cos(kπ / (n + 1)), to 1e-14 of the largest", () => {
  const n = 30;
  const a = build([n, n], (i, j) => (i === j ? 2 : Math.abs(i - j) === 1 ? -1 : 0));
  const known = Array.from({ length: n }, (_, k) => 2 - 2 * Math.cos(((k + 1) * Math.PI) / (n + 1)));
  assertClose(values(eigvalsh(a)), known, { rtol: 0, atol: 4e-14 });
  const [w, v] = eigh(a);
  assertClose(values(w), known, { rtol: 0, atol: 4e-14 });
  assertClose(product(flipped(v), v), eye(n), tight);
  assertClose(product(product(v, diagonalOf(...values(w))), flipped(v)), a, tight);
});

test("eigenvalues may repeat, be 0, or differ by many powers of ten", () => {
  for (const w of [
    [-1, 2, 2, 2, 5],
    [0, 0, 0, 1],
    [-3, -3, 0, 0, 4],
    [1e-12, 1e-8, 1e-4, 1],
    [1e150, 2e150],
    [1e-200, 2e-200],
  ]) {
    const a = withEigenvalues(...w);
    const largest = Math.max(...w.map(Math.abs));
    assertClose(values(eigvalsh(a)), w, { rtol: 0, atol: 1e-14 * largest });
    const [, v] = eigh(a);
    assertClose(product(flipped(v), v), eye(w.length), tight);
  }
});

test("only the symmetric part of a counts, and its cotangent is symmetric", () => {
  const a = decimals([4, 4], 7);
  assertClose(eigvalsh(a), eigvalsh(symmetric(a)), tight);
  const abar = gradient((x) => sum(mul(c, eigh(x)[1])), a)[0];
  assert.equal(toNested(abar), toNested(flipped(abar)));
});

test("the first entry of each eigenvector that comes within a tenth of its largest magnitude is positive", () => {
  const [, v] = eigh(symmetric(decimals([7, 7], 12)));
  for (let j = 0; j < 7; j++) {
    const column = Array.from({ length: 7 }, (_, i) => v.get(i, j));
    const largest = Math.max(...column.map(Math.abs));
    assert.ok((column.find((entry) => Math.abs(entry) >= 0.9 * largest) as number) > 0);
  }
});

test("a matrix function of distinct eigenvalues has the gradient and the curvature of the function itself", () => {
  const a = withEigenvalues(-1, 0.5, 1, 2);
  const through = (x: AnyArray) =>
    sum(
      mul(
        c,
        matrixFunction(x, (w) => exp(w)),
      ),
    );
  const direct = (x: AnyArray) => sum(mul(c, expm(x)));
  assertClose(gradient(through, a)[0], symmetric(gradient(direct, a)[0]), loose);
  const v = symmetric(decimals([4, 4], 5));
  assertClose(hvp(through, a, v), symmetric(hvp(direct, a, v)), { rtol: 1e-8, atol: 1e-8 });
});

test("Σ g(w) has the gradient g′(a), whether eigenvalues repeat or not", () => {
  for (const w of [
    [-1, 0.5, 1, 2],
    [2, 2, 2, 5],
    [3, 3, 3, 3],
    [0, 0, 1, 1],
  ]) {
    for (const a of [withEigenvalues(...w), diagonalOf(...w)]) {
      const cubes = (x: AnyArray) => sum(pow(eigvalsh(x), 3));
      assertClose(gradient(cubes, a)[0], mul(3, product(a, a)), loose);
      assertClose(gradient((x) => sum(pow(eigh(x)[0], 3)), a)[0], mul(3, product(a, a)), loose);
      assertClose(gradient((x) => sum(exp(eigvalsh(x))), a)[0], expm(a), loose);
    }
  }
});

test("Σ w³ has the curvature v ↦ 3 (a v + v a) where eigenvalues are distinct", () => {
  const a = withEigenvalues(-1, 0.5, 1, 2);
  const v = symmetric(decimals([4, 4], 5));
  const both = build([4, 4], (i, j) => 3 * (product(a, v).get(i, j) + product(v, a).get(i, j)));
  assertClose(
    hvp((x) => sum(pow(eigvalsh(x), 3)), a, v),
    both,
    loose,
  );
});

/** The projection onto the eigenvectors from `start` to `stop`. */
function projection(x: AnyArray, start: number, stop: number): AnyArray {
  const [, v] = eigh(x);
  const space = slice(v, [null, [start, stop]]) as AnyArray;
  return matmul<NdArray>(space, transpose(space));
}

test("the projection onto the whole space of a repeated eigenvalue has the gradient of perturbation theory", () => {
  const q = reflection(4);
  for (const [w, start, stop] of [
    [[2, 2, 5, 7], 0, 2],
    [[1, 3, 3, 3], 1, 4],
    [[1, 3, 3, 8], 1, 3],
    [[1, 1, 4, 4], 0, 2],
  ] as const) {
    // ⟨c, Ṗ⟩ for Ṗ = Σ (m[i, j] / (w[i] − w[j])) over pairs with one of i, j in the space, in the eigenvectors' own coordinates.
    const turned = symmetric(product(product(q, c), q));
    const within = (i: number): boolean => i >= start && i < stop;
    const slopes = build([4, 4], (i, j) => {
      if (within(i) === within(j)) return 0;
      const [p, r] = within(i) ? [i, j] : [j, i];
      return turned.get(i, j) / ((w[p] as number) - (w[r] as number));
    });
    const found = gradient((x) => sum(mul(c, projection(x, start, stop))), withEigenvalues(...w))[0];
    assertClose(found, product(product(q, slopes), q), loose);
  }
});

test("at repeated eigenvalues whatever is asked for is finite, in both modes, which agree", () => {
  for (const a of [eye(4), diagonalOf(2, 2, 5, 5), withEigenvalues(1, 1, 1, 1 + 1e-15), withEigenvalues(3, 3, 3, 7), zeros([4, 4])]) {
    const ybar = [decimals([4], 1), decimals([4, 4], 2)];
    const da = decimals([4, 4], 4);
    const [, [dw, dv]] = frule([NoTangent, da], eigh, a) as unknown as [unknown, [NdArray, NdArray]];
    const [, back] = rrule(eigh, a) as unknown as [unknown, (ybar: unknown) => [unknown, NdArray]];
    const abar = back(ybar)[1];
    const dot = (x: NdArray, y: NdArray): number => sum(mul(x, y));
    const left = dot(ybar[0] as NdArray, dw) + dot(ybar[1] as NdArray, dv);
    assert.ok(Number.isFinite(left));
    assertClose(left, dot(abar, da), loose);
    const turning = product(flipped(eigh(a)[1]), dv);
    assertClose(turning, mul(-1, flipped(turning)), loose);
    assert.ok(
      values(
        sum(
          hvp(
            (x) =>
              sum(
                mul(
                  c,
                  matrixFunction(x, (w) => exp(w)),
                ),
              ),
            a,
            da,
          ),
          { axis: 0 },
        ),
      ).every(Number.isFinite),
    );
  }
});

test("a pullback takes symbolic zeros for either part", () => {
  const a = withEigenvalues(-1, 0.5, 1, 2);
  const [[w, v], back] = rrule(eigh, a) as unknown as [[NdArray, NdArray], (ybar: unknown) => [unknown, NdArray]];
  const [wbar, vbar] = [decimals([4], 1), decimals([4, 4], 2)];
  assertClose(back([wbar, ZeroTangent])[1], back([wbar, zeros(v.shape)])[1], tight);
  assertClose(back([ZeroTangent, vbar])[1], back([zeros(w.shape), vbar])[1], tight);
  assert.is(back([ZeroTangent, ZeroTangent])[1], ZeroTangent);
});

test("single precision is kept, integers give doubles, and no entries give none", () => {
  const a = array([
    [2, 1],
    [1, 2],
  ]);
  assert.equal(
    eigh(single(a)).map(({ dtype }) => dtype),
    ["float32", "float32"],
  );
  assert.is(eigvalsh(array([[2]], { dtype: "int32" })).dtype, "float64");
  assert.equal(
    eigh(zeros([0, 0])).map(({ shape }) => shape),
    [[0], [0, 0]],
  );
});

refused(
  ([eigh, eigvalsh] as const).flatMap((f) => {
    const who = f.name;
    return [
      [() => f(zeros([2, 3])), RangeError, `${who}: a is an array of shape [2, 3], not square; give as many rows as columns`],
      [() => f(zeros([2, 3, 4])), RangeError, `${who}: a is an array of shape [3, 4], not square; give as many rows as columns`],
      [() => f(undefined as never), TypeError, `${who}: a is undefined; a matrix is needed`],
      [() => f(array([[Number.NaN]])), RangeError, `${who}: the matrix has NaN at [0, 0]; finite entries are needed`],
    ] as const;
  }),
);

refused([
  [
    () => gradient((x) => sum(eigvalsh(x)), array([[Number.POSITIVE_INFINITY]])),
    RangeError,
    "eigvalsh: the matrix has Infinity at [0, 0]; finite entries are needed",
  ],
]);

test("Σ c∘(v·w)vᵀ of a matrix of half its rank has the gradient sym c, both ways", () => {
  const a = withEigenvalues(3, -1, 0, 0);
  const whole = (x: AnyArray): Scalar =>
    sum(
      mul(
        matrixFunction(x, (w) => w),
        c,
      ),
    );
  for (const [x, error] of [[a, 1e-12] as const, [single(a), 1e-5] as const]) {
    assertClose(toNested(gradient(whole, x)[0]), toNested(symmetric(c)), { rtol: 0, atol: error });
    assertClose(toNested(jacobian(whole, x, { mode: "forward" })), toNested(symmetric(c)), { rtol: 0, atol: error });
  }
});

test.run();
