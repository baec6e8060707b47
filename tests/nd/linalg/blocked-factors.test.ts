import { test } from "uvu";
import * as assert from "uvu/assert";
import { matmulPlain, type NdArray, rowMajor } from "../../../lib/nd/index.js";
import { choleskyCotangents } from "../../../lib/nd/linalg/cholesky-cotangents.js";
import { choleskyFactor } from "../../../lib/nd/linalg/cholesky-factor.js";
import { cofactorsOf } from "../../../lib/nd/linalg/cofactors.js";
import { eliminate, naturalOrder } from "../../../lib/nd/linalg/elimination.js";
import { luInverter } from "../../../lib/nd/linalg/inverses.js";
import { luSolver, luSystems, triangularSolver } from "../../../lib/nd/linalg/linear-systems.js";
import { luFactors } from "../../../lib/nd/linalg/lu-factors.js";
import { minusOuter, type Part } from "../../../lib/nd/products/outer-products.js";
import { allowSimd } from "../../../lib/nd/products/simd-kernel.js";
import { assertClose } from "../../../lib/testing/index.js";
import { seeded } from "../../helpers/random.js";
import { makes } from "../sample-views.js";

/** Around each order at which blocks are halved, rows grouped or panels filled. */
const orders = [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 18, 31, 32, 33, 47, 48, 49, 63, 64, 65, 100, 129];

function random(shape: readonly number[], seed: number): NdArray {
  const next = seeded(seed);
  return rowMajor(
    Float64Array.from({ length: shape.reduce((size, extent) => size * extent, 1) }, () => next() - 0.5),
    shape,
  );
}

/** The entries for which a condition on their indices holds; 0 elsewhere. */
function where(x: NdArray, holds: (i: number, j: number) => boolean): NdArray {
  const [, n] = x.shape as [number, number];
  return rowMajor(
    Float64Array.from({ length: x.size }, (_, k) => (holds(Math.floor(k / n), k % n) ? x.get(Math.floor(k / n), k % n) : 0)),
    x.shape,
  );
}

const identity = (n: number): NdArray => where(rowMajor(new Float64Array(n * n).fill(1), [n, n]), (i, j) => i === j);
const turned = (x: NdArray): NdArray => x.transpose(1, 0);
const plus = (x: NdArray, y: NdArray, times = 1): NdArray =>
  rowMajor(
    Float64Array.from({ length: x.size }, (_, k) => {
      const [i, j] = [Math.floor(k / (x.shape[1] as number)), k % (x.shape[1] as number)];
      return x.get(i, j) + times * y.get(i, j);
    }),
    x.shape,
  );
const norm = (x: NdArray): number => Math.sqrt(Array.from(x.data as Float64Array).reduce((total, entry) => total + entry * entry, 0));
const inner = (x: NdArray, y: NdArray): number =>
  (x.data as Float64Array).reduce((total, entry, k) => total + entry * (y.data[k] as number), 0);

/** The error that rounding makes, in units of what it is known to make: ε times the order. */
function small(error: number, size: number, n: number, what: string): void {
  assert.ok(error <= 2 * Number.EPSILON * Math.max(1, n) * size, `${what}: ${error} for ${size}`);
}

test("elimination: the rows in their new order are l u, pivots the largest, the sign that of the order", () => {
  for (const m of orders) {
    for (const n of [m, Math.ceil(m / 3), m + 20]) {
      const a = random([m, n], 3 * m + n);
      const { order, l, u } = luFactors("lu", a);
      const back = matmulPlain(l, u);
      const permuted = rowMajor(
        Float64Array.from({ length: m * n }, (_, k) => a.get(order[Math.floor(k / n)] as number, k % n)),
        [m, n],
      );
      small(norm(plus(back, permuted, -1)), norm(a), Math.min(m, n), `${m} × ${n}`);
      assert.ok(
        (l.data as Float64Array).every((entry) => Math.abs(entry) <= 1),
        `${m} × ${n}: a multiplier above 1`,
      );
      assert.equal(
        [...order].sort((p, q) => p - q),
        [...naturalOrder(m)],
      );
    }
  }
});

test("elimination: a permutation matrix is its own, with its sign; the first of equal pivots is taken", () => {
  for (const n of [2, 9, 33, 70]) {
    const data = new Float64Array(n * n);
    for (let i = 0; i < n; i++) data[i * n + ((i + 1) % n)] = 1;
    const order = naturalOrder(n);
    assert.is(eliminate(data, 0, n, n, order), n % 2 === 0 ? -1 : 1, `a cycle of ${n}`);
    assert.equal([...order], [n - 1, ...Array.from({ length: n - 1 }, (_, i) => i)]);
    const ones = new Float64Array(n * n).fill(1);
    const kept = naturalOrder(n);
    assert.is(eliminate(ones, 0, n, n, kept), 1);
    assert.equal([...kept], [...naturalOrder(n)]);
  }
});

test("systems, inverses and their transposes leave residuals of rounding alone, whatever the order of the matrix", () => {
  for (const n of orders) {
    const a = plus(random([n, n], n + 1), identity(n), 2);
    const systems = luSystems("solve", a);
    for (const k of [1, 2, 5, 40]) {
      const b = random([n, k], k);
      const solver = luSolver("solve", a, systems);
      for (const transposed of [false, true]) {
        const x = solver(b, transposed);
        const residual = plus(matmulPlain(transposed ? turned(a) : a, x), b, -1);
        small(norm(residual), norm(a) * norm(x) + norm(b), n, `${n}, ${k} columns, ${transposed}`);
      }
    }
    const inverter = luInverter("inv", a, systems);
    const inverse = inverter(false);
    small(norm(plus(matmulPlain(a, inverse), identity(n), -1)), norm(a) * norm(inverse), n, `a a⁻¹ of ${n}`);
    assertClose(inverter(true), turned(inverse), { rtol: 1e-11, atol: 1e-13 }, `the transposed inverse of ${n}`);
    assertClose(
      inverter(true, [-3]),
      rowMajor(
        Float64Array.from(inverter(true).data, (entry) => -3 * entry),
        [n, n],
      ),
      { rtol: 1e-15 },
    );
  }
});

test("triangles: each of the eight kinds, and the other triangle is not read", () => {
  for (const n of orders) {
    const full = plus(random([n, n], n + 5), identity(n), 3);
    for (const lower of [true, false]) {
      for (const unitDiagonal of [true, false]) {
        const counts = (i: number, j: number): boolean => (i === j ? !unitDiagonal : i > j === lower);
        const triangle = plus(
          where(full, counts),
          where(identity(n), () => unitDiagonal),
        );
        const spoiled = rowMajor(
          Float64Array.from({ length: n * n }, (_, k) =>
            counts(Math.floor(k / n), k % n) ? full.get(Math.floor(k / n), k % n) : Number.NaN,
          ),
          [n, n],
        );
        // Multipliers around 0.1 keep the inverse of a unit triangle small.
        const scaled = unitDiagonal
          ? rowMajor(
              Float64Array.from(spoiled.data, (entry) => entry / 10),
              [n, n],
            )
          : spoiled;
        const expected = unitDiagonal ? plus(identity(n), plus(triangle, identity(n), -1), 0.1) : triangle;
        const solver = triangularSolver("t", scaled, { lower, transposed: false, unitDiagonal });
        for (const transposed of [true, false]) {
          for (const k of [1, 3, 21]) {
            const b = random([n, k], n + k);
            const x = solver(b, transposed);
            const residual = plus(matmulPlain(transposed ? turned(expected) : expected, x), b, -1);
            small(norm(residual), norm(expected) * norm(x) + norm(b), n, `${n}, ${k} columns, ${lower}, ${unitDiagonal}, ${transposed}`);
          }
        }
      }
    }
  }
});

test("cholesky: l lᵀ is the symmetric part, for every order and any strides", () => {
  for (const n of orders) {
    const a = random([n, n], n);
    const positive = plus(plus(matmulPlain(a, turned(a)), identity(n), 0.1), plus(a, turned(a), -1));
    const symmetric = plus(matmulPlain(a, turned(a)), identity(n), 0.1);
    const l = choleskyFactor("cholesky", positive);
    small(norm(plus(matmulPlain(l, turned(l)), symmetric, -1)), norm(symmetric), n, `${n}`);
    for (let i = 0; i < n; i++) {
      assert.ok(l.get(i, i) > 0);
      for (let j = i + 1; j < n; j++) assert.is(l.get(i, j), 0);
    }
  }
  for (const [name, view] of makes(40, 40, 3)) {
    const positive = matmulPlain(view, turned(view));
    for (let i = 0; i < 40; i++) positive.set(i, i, positive.get(i, i) + 1);
    const l = choleskyFactor("cholesky", turned(positive));
    assertClose(matmulPlain(l, turned(l)), positive, { rtol: 1e-11, atol: 1e-9 }, name);
  }
});

test("cholesky: a matrix that is not positive definite is refused, wherever that shows", () => {
  for (const n of [1, 8, 17, 40, 90]) {
    for (const bad of [0, Math.floor(n / 2), n - 1]) {
      const a = identity(n);
      a.set(bad, bad, -1e-3);
      assert.throws(() => choleskyFactor("cholesky", a), /cholesky: the matrix is not positive definite/);
    }
  }
});

test("the cotangents of cholesky are the adjoint of its tangents", () => {
  for (const n of orders.filter((each) => each > 0)) {
    const a = random([n, n], n + 2);
    const l = choleskyFactor("cholesky", plus(matmulPlain(a, turned(a)), identity(n)));
    // Any tangent l̇ comes from the symmetric matrix l̇ lᵀ + l l̇ᵀ.
    const dl = where(random([n, n], n + 3), (i, j) => i >= j);
    const half = matmulPlain(dl, turned(l));
    const lbar = random([n, n], n + 4);
    const abar = choleskyCotangents(l, lbar);
    const left = inner(abar, plus(half, turned(half)));
    const right = inner(lbar, dl);
    assert.ok(Math.abs(left - right) <= 1e-11 * n * (norm(abar) * norm(half) + norm(lbar) * norm(dl)), `${n}: ${left} and ${right}`);
    assertClose(abar, turned(abar), { rtol: 1e-15, atol: 0 }, "symmetric");
  }
});

test("cofactors of larger matrices: by the inverse where that is exact, by pivots where the matrix is singular or near it", () => {
  for (const n of [17, 24, 40]) {
    const regular = plus(random([n, n], n), identity(n));
    const { factors, signs } = luSystems("det", regular);
    let det = signs[0] as number;
    for (let i = 0; i < n; i++) det *= factors[i * (n + 1)] as number;
    const slopes = cofactorsOf(regular);
    const off = plus(matmulPlain(slopes, turned(regular)), identity(n), -det);
    small(norm(off) / 50, norm(slopes) * norm(regular), n, "c aᵀ − det");
    assertClose(slopes, luInverter("inv", regular)(true, [det]), { rtol: 1e-10, atol: 1e-13 * norm(slopes) });
    // A matrix of rank n − 1 with a x = 0 and yᵀ a = 0 has the cofactors c y xᵀ; the same a little further on are near them.
    const below = where(regular, (i) => i < n - 1);
    for (let j = 0; j < n; j++) below.set(n - 1, j, below.get(0, j) + below.get(1, j));
    const c = cofactorsOf(below);
    assert.ok(norm(c) > 0);
    const size = norm(c) * norm(below);
    small(norm(matmulPlain(turned(below), c)) / 50, size, n, "yᵀ a");
    small(norm(matmulPlain(c, turned(below))) / 50, size, n, "a x");
    const near = plus(below, identity(n), 1e-13);
    assertClose(cofactorsOf(near), c, { rtol: 1e-9, atol: 1e-10 * norm(c) });
    assert.equal([...cofactorsOf(regular, undefined, [0]).data], new Array(n * n).fill(0));
    assertClose(cofactorsOf(below, undefined, [2]), plus(c, c), { rtol: 1e-14 });
    assertClose(cofactorsOf(regular, undefined, [2]), plus(cofactorsOf(regular), cofactorsOf(regular)), { rtol: 1e-14 });
  }
});

test("−u vᵀ, or the part of it that counts", () => {
  const parts: readonly [Part, (i: number, j: number) => boolean][] = [
    ["all", () => true],
    ["lower", (i, j) => i >= j],
    ["strictly lower", (i, j) => i > j],
    ["upper", (i, j) => i <= j],
    ["strictly upper", (i, j) => i < j],
  ];
  for (const n of [1, 3, 63, 64, 65, 130]) {
    const [u, v] = [random([2, n, 5], n), random([2, n, 5], n + 1)];
    for (const [part, holds] of parts) {
      const y = minusOuter(u, v, part);
      for (const [name, view] of makes(n, 5, n)) {
        const product = matmulPlain(view, turned(v.pick(0, null, null)));
        const expected = where(plus(plus(product, product, -1), product, -1), holds);
        assertClose(minusOuter(view, v.pick(0, null, null), part), expected, { rtol: 1e-13, atol: 1e-13 }, name);
      }
      for (const k of [0, 1]) {
        const product = matmulPlain(u.pick(k, null, null), turned(v.pick(k, null, null)));
        const expected = where(plus(plus(product, product, -1), product, -1), holds);
        assertClose(y.pick(k, null, null), expected, { rtol: 1e-14, atol: 1e-15 }, `${n}, ${part}`);
      }
    }
  }
});

test("all of this is the same to the last bit with the plain kernel", () => {
  const a = plus(random([90, 90], 1), identity(90), 3);
  const both = [true, false].map((simd) => {
    allowSimd(simd);
    const positive = matmulPlain(a, turned(a));
    const l = choleskyFactor("cholesky", positive);
    return [luSystems("lu", a).factors, luInverter("inv", a)(true).data, l.data, choleskyCotangents(l, a).data, positive.data];
  });
  allowSimd(true);
  assert.equal(both[0], both[1]);
});

test.run();
