import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  array,
  exp,
  eye,
  frule,
  gradient,
  hvp,
  inv,
  jacobian,
  matmul,
  mul,
  type NdArray,
  NoTangent,
  pow,
  rrule,
  type Scalar,
  slice,
  sub,
  sum,
  svd,
  svdvals,
  toNested,
  transpose,
  ZeroTangent,
  zeros,
} from "../../../lib/index.js";
import { assertClose } from "../../../lib/testing/index.js";
import { build, decimals, single } from "../../helpers/layouts.js";
import { diagonalOf, flipped, product, reflection } from "../../helpers/matrices.js";
import { refused } from "../../helpers/refused.js";

const tight = { rtol: 1e-12, atol: 1e-12 };
const loose = { rtol: 1e-10, atol: 1e-10 };
const values = (x: NdArray): number[] => toNested(x) as number[];
const dot = (x: NdArray, y: NdArray): number => sum(mul(x, y));

/** The m × n matrix with these singular values, between two reflections. */
function withValues(m: number, n: number, s: readonly number[]): NdArray {
  const middle = build([m, n], (i, j) => (i === j ? (s[i] ?? 0) : 0));
  return product(product(reflection(m), middle), reflection(n));
}

const shapes = { square: decimals([4, 4], 1), tall: decimals([5, 3], 2), wide: decimals([2, 4], 3) };

test("svd of a small matrix is what one finds by hand", () => {
  const [u, s, vt] = svd(
    array([
      [3, 0],
      [4, 5],
    ]),
  );
  const [t, h] = [1 / Math.sqrt(10), Math.SQRT1_2];
  assertClose(values(s), [Math.sqrt(45), Math.sqrt(5)], tight);
  assertClose(
    toNested(u),
    [
      [t, 3 * t],
      [3 * t, -t],
    ],
    tight,
  );
  assertClose(
    toNested(vt),
    [
      [h, h],
      [h, -h],
    ],
    tight,
  );
});

test("the singular values of a first difference are 2 sin(kπ / 2(n + 1)), to 1e-14 of the largest", () => {
  const n = 30;
  const a = build([n, n + 1], (i, j) => (i === j ? 1 : j === i + 1 ? -1 : 0));
  const known = Array.from({ length: n }, (_, k) => 2 * Math.sin(((n - k) * Math.PI) / (2 * (n + 1))));
  for (const x of [a, flipped(a)]) {
    assertClose(values(svdvals(x)), known, { rtol: 0, atol: 2e-14 });
    const [u, s, vt] = svd(x);
    assertClose(product(product(u, diagonalOf(...values(s))), vt), x, tight);
    assertClose(product(flipped(u), u), eye(n), tight);
    assertClose(product(vt, flipped(vt)), eye(n), tight);
  }
});

test("singular values may repeat, be 0, or differ by many powers of ten", () => {
  for (const s of [
    [3, 3, 3],
    [2, 1, 1],
    [2, 0, 0],
    [0, 0, 0],
    [1, 1e-4, 1e-8],
    [1, 1e-10, 1e-14],
    [1e150, 1e149, 0],
    [1e-150, 1e-151, 1e-152],
  ]) {
    for (const [m, n] of [
      [3, 3],
      [5, 3],
      [3, 4],
    ] as const) {
      const a = withValues(m, n, s);
      assertClose(values(svdvals(a)), s, { rtol: 0, atol: 1e-14 * (s[0] as number) });
      const [u, , vt] = svd(a);
      assertClose(product(flipped(u), u), eye(3), tight);
      assertClose(product(vt, flipped(vt)), eye(3), tight);
    }
  }
});

test("the first entry of each left singular vector that comes within a tenth of its largest magnitude is positive", () => {
  for (const a of Object.values(shapes)) {
    const [u] = svd(a);
    for (let j = 0; j < (u.shape[1] as number); j++) {
      const column = Array.from({ length: u.shape[0] as number }, (_, i) => u.get(i, j));
      const largest = Math.max(...column.map(Math.abs));
      assert.ok((column.find((entry) => Math.abs(entry) >= 0.9 * largest) as number) > 0);
    }
  }
});

for (const [name, a] of Object.entries(shapes)) {
  test(`svd of a ${name} matrix: the product of the factors has derivatives of the matrix itself`, () => {
    const c = decimals(a.shape, 8);
    const whole = (x: AnyArray) => {
      const [u, s, vt] = svd(x);
      return sum(mul(c, matmul(mul(u, s), vt)));
    };
    assertClose(gradient(whole, a)[0], c, loose);
    assertClose(hvp(whole, a, decimals(a.shape, 5)), zeros(a.shape), { rtol: 0, atol: 1e-9 });
  });

  test(`svd of a ${name} matrix: a pullback takes symbolic zeros for any part`, () => {
    const [y, back] = rrule(svd, a) as unknown as [NdArray[], (ybar: unknown) => [unknown, NdArray]];
    const seeds = y.map((part, k) => decimals(part.shape, 20 + k));
    for (let mask = 1; mask < 8; mask++) {
      const given = (zero: (part: NdArray) => unknown) => seeds.map((seed, k) => ((mask >> k) & 1 ? seed : zero(seed)));
      assertClose(back(given(() => ZeroTangent))[1], back(given((part) => zeros(part.shape)))[1], tight);
    }
    assert.is(back([ZeroTangent, ZeroTangent, ZeroTangent])[1], ZeroTangent);
  });
}

test("Σ g(s) has the gradient u diag(g′(s)) vt, whether singular values repeat or not", () => {
  for (const s of [
    [5, 3, 1],
    [2, 2, 2],
    [4, 1, 1],
  ]) {
    for (const [m, n] of [
      [3, 3],
      [5, 3],
      [3, 4],
    ] as const) {
      const a = withValues(m, n, s);
      assertClose(gradient((x) => sum(pow(svdvals(x), 2)), a)[0], mul(2, a), loose);
      assertClose(gradient((x) => sum(pow(svd(x)[1], 4)), a)[0], mul(4, product(product(a, flipped(a)), a)), { rtol: 1e-9, atol: 1e-9 });
      const slopes = withValues(m, n, s.map(Math.exp));
      assertClose(gradient((x) => sum(exp(svdvals(x))), a)[0], slopes, { rtol: 1e-9, atol: 1e-9 });
    }
  }
});

test("a singular value that is 0 has the slope 0", () => {
  const a = array([
    [2, 0],
    [0, 0],
  ]);
  assert.equal(toNested(gradient((x) => sum(svdvals(x)), a)[0]), [
    [1, 0],
    [0, 0],
  ]);
  assert.equal(toNested(gradient((x) => sum(svdvals(x)), zeros([2, 3]))[0]), toNested(zeros([2, 3])));
  const [, ds] = frule([NoTangent, eye(2)], svdvals, a) as unknown as [unknown, NdArray];
  assert.equal(toNested(ds), [1, 0]);
});

test("the polar factor u vt has the derivative of a (aᵀa)^(−1/2), at equal singular values too", () => {
  const polar = (x: AnyArray) => {
    const [u, , vt] = svd(x);
    return matmul(u, vt);
  };
  const c = decimals([3, 3], 4);
  // At 2 q, q orthogonal: q skew(qᵀ ȧ) / 2.
  const q = reflection(3);
  const inside = product(q, c);
  const skew = build([3, 3], (i, j) => (inside.get(i, j) - inside.get(j, i)) / 4);
  assertClose(gradient((x) => sum(mul(c, polar(x))), mul(2, q))[0], product(q, skew), loose);
  // Of a tall matrix with orthonormal columns what leads out of its space counts as well.
  const tall = build([4, 3], (i, j) => reflection(4).get(i, j));
  const d = decimals([4, 3], 4);
  const own = product(flipped(tall), d);
  const turning = build([3, 3], (i, j) => (own.get(i, j) - own.get(j, i)) / 2);
  const found = gradient((x) => sum(mul(d, polar(x))), tall)[0];
  const direct = build([4, 3], (i, j) => product(tall, turning).get(i, j) + d.get(i, j) - product(tall, own).get(i, j));
  assertClose(found, direct, loose);
});

/** Matrices whose smallest singular values are what rounding leaves of 0, none of them exactly 0. */
const deficient: Readonly<Record<string, NdArray>> = {
  "3×2 of rank 1": build([3, 2], (i, j) => (i + 1) * (j + 1)),
  "2×3 of rank 1": build([2, 3], (i, j) => (i + 1) * (j + 1)),
  "4×3 of rank 1": product(decimals([4, 1], 1), decimals([1, 3], 2)),
  "3×5 of rank 2": product(decimals([3, 2], 1), decimals([2, 5], 2)),
  "5×3 of rank 2": withValues(5, 3, [3, 1, 0]),
  "4×4 of rank 2": withValues(4, 4, [3, 1, 0, 0]),
};

for (const [name, a] of Object.entries(deficient)) {
  test(`Σ w∘(u·s)vᵀ of a matrix ${name} has the gradient w, both ways`, () => {
    const w = decimals(a.shape, 7);
    const whole = (x: AnyArray): Scalar => {
      const [u, s, vt] = svd(x);
      return sum(mul(matmul(mul(u, s), vt), w));
    };
    for (const [x, error] of [[a, 1e-12] as const, [single(a), 1e-5] as const]) {
      assert.ok(values(svdvals(x)).every((s) => s !== 0));
      assertClose(toNested(gradient(whole, x)[0]), toNested(w), { rtol: 0, atol: error });
      assertClose(toNested(jacobian(whole, x, { mode: "forward" })), toNested(w), { rtol: 0, atol: error });
    }
  });
}

test("the best approximation of rank r has a derivative where the singular values left out are 0 or equal", () => {
  // Near diag(4, 1, 1) the part of rank 1: x[0, 0] e₀e₀ᵀ, and the off-diagonal entries as the theory says.
  const c = decimals([3, 3], 6);
  for (const rest of [0, 1]) {
    const first = (x: AnyArray) => {
      const [u, s, vt] = svd(x);
      const kept = mul(slice(u, [null, [0, 1]]), slice(s, [[0, 1]])) as AnyArray;
      return sum(mul(c, matmul(kept, slice(vt, [[0, 1], null]) as AnyArray)));
    };
    const slopes = build([3, 3], (i, j) => {
      if (i === 0 && j === 0) return c.get(0, 0);
      if (i !== 0 && j !== 0) return 0;
      // u₀ moves by (4 ȧᵢ₀ + rest ȧ₀ᵢ) / (16 − rest²), v₀ by (4 ȧ₀ᵢ + rest ȧᵢ₀) / (16 − rest²); the approximation by 4 times these.
      const gap = 16 - rest * rest;
      return i === 0 ? (4 * rest * c.get(j, 0) + 16 * c.get(0, j)) / gap : (16 * c.get(i, 0) + 4 * rest * c.get(0, i)) / gap;
    });
    assertClose(gradient(first, diagonalOf(4, rest, rest))[0], slopes, loose);
  }
});

test("wherever values repeat or vanish, whatever is asked for is finite, in both modes, which agree", () => {
  for (const a of [eye(3), diagonalOf(2, 2, 0), withValues(5, 3, [2, 2, 1]), withValues(3, 4, [1, 1, 0]), zeros([3, 2])]) {
    const da = decimals(a.shape, 4);
    const [y, dy] = frule([NoTangent, da], svd, a) as unknown as [NdArray[], NdArray[]];
    const [, back] = rrule(svd, a) as unknown as [unknown, (ybar: unknown) => [unknown, NdArray]];
    const ybar = y.map((part, k) => decimals(part.shape, 30 + k));
    const left = ybar.reduce((total, seed, k) => total + dot(seed, dy[k] as NdArray), 0);
    assert.ok(Number.isFinite(left));
    assertClose(left, dot(back(ybar)[1], da), { rtol: 1e-9, atol: 1e-9 });
  }
});

test("the space of a tall matrix has the projection a (aᵀa)⁻¹ aᵀ", () => {
  const c = decimals([5, 5], 4);
  const a = withValues(5, 3, [3, 3, 1]);
  const through = gradient((x) => {
    const [u] = svd(x);
    return sum(mul(c, matmul(u, transpose(u))));
  }, a)[0];
  const direct = gradient(
    (x) => sum(mul(c, matmul<NdArray>(x, matmul<NdArray>(inv(matmul<NdArray>(transpose(x), x)), transpose(x))))),
    a,
  )[0];
  assertClose(through, direct, { rtol: 1e-9, atol: 1e-9 });
});

test("single precision is kept, integers give doubles, and no entries give none", () => {
  assert.equal(
    svd(single(shapes.tall)).map(({ dtype }) => dtype),
    ["float32", "float32", "float32"],
  );
  assertClose(sub(svdvals(single(shapes.tall)), svdvals(shapes.tall)), zeros([3]), { rtol: 0, atol: 1e-5 });
  assert.is(svdvals(array([[2]], { dtype: "int32" })).dtype, "float64");
  assert.equal(
    svd(zeros([3, 0])).map(({ shape }) => shape),
    [[3, 0], [0], [0, 0]],
  );
});

refused(
  ([svd, svdvals] as const).flatMap((f) => {
    const who = f.name;
    return [
      [() => f(zeros([3])), RangeError, `${who}: a is an array of shape [3]; give a matrix, with two axes`],
      [() => f(3 as never), TypeError, `${who}: a is a number; a matrix is needed`],
      [() => f(array([[1, 2, Number.NaN]])), RangeError, `${who}: the matrix has NaN at [0, 2]; finite entries are needed`],
    ] as const;
  }),
);

refused([
  [
    () => gradient((x) => sum(svdvals(x)), array([[Number.POSITIVE_INFINITY]])),
    RangeError,
    "svdvals: the matrix has Infinity at [0, 0]; finite entries are needed",
  ],
]);

test.run();
