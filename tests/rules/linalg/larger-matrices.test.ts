import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  add,
  cholesky,
  choleskySolve,
  det,
  gradient,
  inv,
  logdet,
  matmul,
  mul,
  type NdArray,
  pullback,
  pushforward,
  type Scalar,
  slogdet,
  solve,
  solveTriangular,
  sum,
} from "../../../lib/index.js";
import { isNdArray, packed, rowMajor } from "../../../lib/nd/index.js";
import { assertClose } from "../../../lib/testing/index.js";
import { layouts, single } from "../../helpers/layouts.js";
import { seeded } from "../../helpers/random.js";

// Matrices of more rows than one block: there the rules have other loops than for the small ones of the other tests.

const n = 37;

function random(shape: readonly number[], seed: number): NdArray {
  const next = seeded(seed);
  return rowMajor(
    Float64Array.from({ length: shape.reduce((size, extent) => size * extent, 1) }, () => next() - 0.5),
    shape,
  );
}

/** Far from singular, with a determinant near 1. */
function regular(shape: readonly number[], seed: number): NdArray {
  const x = random(shape, seed);
  for (let at = 0; at < x.size; at++) x.data[at] = (x.data[at] as number) / 4 + (Math.floor(at / n) % n === at % n ? 1 : 0);
  return x;
}

const one = regular([n, n], 3);
const several = regular([2, n, n], 4);
const b = random([n, 5], 5);
const v = random([n], 6);
const positiveOf = (a: AnyArray): AnyArray => add(matmul(a, a), matmul(a, a)) as AnyArray;

const flags = [true, false];
const triangular = flags.flatMap((lower) =>
  flags.flatMap((transposed) =>
    flags.map((unitDiagonal): [string, (a: AnyArray) => AnyArray] => [
      `solveTriangular, lower ${lower}, transposed ${transposed}, unit ${unitDiagonal}`,
      (a) => solveTriangular(a, b, { lower, transposed, unitDiagonal }),
    ]),
  ),
);

const functions: readonly [string, (a: AnyArray) => Scalar | AnyArray][] = [
  ["inv", (a) => inv(a)],
  ["solve of a matrix", (a) => solve(a, b)],
  ["solve of the matrix itself", (a) => solve(a, mul(a, a))],
  ["solve of a vector", (a) => solve(a, v)],
  ["det", (a) => det<AnyArray>(a)],
  ["logdet", (a) => logdet<AnyArray>(a)],
  ["slogdet", (a) => slogdet<AnyArray>(a)[1]],
  ["cholesky", (a) => cholesky(a)],
  ["choleskySolve", (a) => choleskySolve(a, b)],
  ["cholesky of a sum of products", (a) => cholesky(positiveOf(a))],
  ...triangular,
];

const isArray = (y: Scalar | AnyArray): y is AnyArray => isNdArray(y);

const inner = (x: Scalar | AnyArray, y: Scalar | AnyArray): number => {
  const product = mul(x, y) as Scalar | AnyArray;
  return (typeof product === "number" ? product : sum(product as AnyArray)) as number;
};

for (const [name, f] of functions) {
  for (const [what, a] of [
    ["one matrix", one],
    ["two", several],
  ] as const) {
    if (what === "two" && name === "solve of a vector") continue;
    test(`${name} of ${what}: the adjoint identity holds`, () => {
      const da = random(a.shape, 8);
      const [y, dy] = pushforward(f, [a], [da]);
      const seed = typeof y === "number" ? 0.7 : random(y.shape, 9);
      const [, back] = pullback(f, a);
      const [abar] = back(seed as NdArray) as [NdArray];
      assertClose(inner(abar, da), inner(seed, dy), { rtol: 1e-10, atol: 1e-10 });
    });

    test(`${name} of ${what}: the pullback of plain arrays is that which an outer level traces`, () => {
      const weight = (y: Scalar | AnyArray): Scalar =>
        (typeof y === "object" && "shape" in y ? sum(mul(y, y) as AnyArray) : mul(y, y)) as Scalar;
      const slope = (x: AnyArray): AnyArray => gradient((z) => weight(f(z)), x as NdArray)[0];
      const plain = slope(a);
      const [traced] = pushforward(slope, [a], [random(a.shape, 2)]);
      assertClose(traced, plain, { rtol: 1e-9, atol: 1e-10 });
    });

    test(`${name} of ${what}: any layout, single precision`, () => {
      const total = (x: AnyArray): Scalar => {
        const y = f(x);
        return isArray(y) ? sum(y) : y;
      };
      const [expected] = gradient(total, a);
      for (const change of Object.values(layouts)) assertClose(gradient(total, change(a))[0], expected, { rtol: 1e-10, atol: 1e-11 });
      const [rounded] = gradient(total, single(a));
      assert.is(rounded.dtype, "float32");
      assertClose(packed(rounded, "float64"), expected, { rtol: 2e-3, atol: 2e-3 });
    });
  }
}

test("a weight of 0 sends exactly 0 to the matrix, of one and of several", () => {
  for (const f of [det, logdet]) {
    const [, back] = pullback(f<NdArray>, several);
    const seed = random([2], 3);
    seed.set(0, 0);
    const [abar] = back(seed) as [NdArray];
    assert.ok((abar.data as Float64Array).every((entry, k) => (entry === 0) === k < n * n));
    const [zeros] = pullback(f as (a: AnyArray) => Scalar, one)[1](0) as [NdArray];
    assert.ok((zeros.data as Float64Array).every((entry) => entry === 0));
  }
});

test.run();
