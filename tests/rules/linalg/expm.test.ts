import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  array,
  derivative,
  expm,
  eye,
  gradient,
  mul,
  type NdArray,
  pushforward,
  type Scalar,
  sum,
  toNested,
  zeros,
} from "../../../lib/index.js";
import { assertClose } from "../../../lib/testing/index.js";
import { build, decimals, single } from "../../helpers/layouts.js";
import { diagonalOf, flipped, product, withEigenvalues } from "../../helpers/matrices.js";
import { refused } from "../../helpers/refused.js";

const tight = { rtol: 1e-13, atol: 1e-13 };
const moved = (a: NdArray, e: NdArray): NdArray => pushforward(expm, [a], [e])[1] as NdArray;

test("expm of diagonal, nilpotent and rotating matrices is what one finds by hand", () => {
  assertClose(expm(diagonalOf(1, -2, 0)), diagonalOf(Math.E, Math.exp(-2), 1), tight);
  assert.equal(toNested(expm(zeros([2, 2]))), toNested(eye(2)));
  assertClose(
    toNested(
      expm(
        array([
          [0, 2, 3],
          [0, 0, 4],
          [0, 0, 0],
        ]),
      ),
    ),
    [
      [1, 2, 7],
      [0, 1, 4],
      [0, 0, 1],
    ],
    tight,
  );
  for (const angle of [0.001, 1, 30]) {
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    assertClose(
      expm(
        array([
          [0, -angle],
          [angle, 0],
        ]),
      ),
      array([
        [c, -s],
        [s, c],
      ]),
      { rtol: 0, atol: 2e-16 * (10 + angle) },
    );
  }
  assertClose(expm(array([[-700]])), array([[Math.exp(-700)]]), { rtol: 1e-12, atol: 0 });
  assert.is(expm(array([[800]])).get(0, 0), Number.POSITIVE_INFINITY);
});

test("expm of a matrix that is far from normal agrees with numbers of 60 digits", () => {
  // Computed with mpmath; the eigenvalues are −1, −2 and −20.
  const a = array([
    [-131, 19, 18],
    [-390, 56, 54],
    [-387, 57, 52],
  ]);
  const known = array([
    [-1.5096441587960896, 0.3678794391102887, 0.13533528117545907],
    [-5.632570799902596, 1.4715177585023085, 0.4060058435263772],
    [-4.9349383260981075, 1.1036383173308661, 0.54134112676299],
  ]);
  assertClose(expm(a), known, { rtol: 2e-12, atol: 2e-12 });
});

test("for a symmetric matrix expm is v diag(eʷ) vᵀ, and the derivative has the divided differences of eʷ", () => {
  for (const w of [
    [-1, 0.5, 1, 2],
    [1, 1, 1, 3],
    [0.01, -0.02, 0, 0],
    [-6, 4, 5, 5],
  ]) {
    const a = withEigenvalues(...w);
    assertClose(expm(a), withEigenvalues(...w.map(Math.exp)), { rtol: 1e-12, atol: 1e-12 * Math.exp(Math.max(...w)) });
    const divided = (p: number, q: number): number => (p === q ? Math.exp(p) : (Math.exp(q) * Math.expm1(p - q)) / (p - q));
    const e = decimals([4, 4], 5);
    const slopes = build([4, 4], (i, j) => divided(w[i] as number, w[j] as number) * e.get(i, j));
    assertClose(moved(diagonalOf(...w), e), slopes, { rtol: 1e-12, atol: 1e-12 });
    // The pullback's own: divided differences are symmetric.
    const abar = gradient((x: AnyArray) => sum(mul(e, expm(x))), diagonalOf(...w))[0];
    assertClose(abar, slopes, { rtol: 1e-12, atol: 1e-12 });
  }
});

test("t ↦ e^(t a) has the derivatives a e^(t a), a² e^(t a) and a³ e^(t a)", () => {
  const a = mul(0.1, decimals([3, 3], 4));
  const c = decimals([3, 3], 6);
  const f = (t: Scalar): Scalar => sum(mul(c, expm(mul(t, a))));
  let power = a;
  let slope = f;
  for (let order = 1; order <= 3; order++) {
    const before = slope;
    slope = (t) => derivative(before as (t: Scalar) => Scalar, t as number);
    assertClose(slope(1.5), sum(mul(c, product(power, expm(mul(1.5, a))))), { rtol: 1e-10, atol: 1e-10 });
    power = product(power, a);
  }
});

test("second derivatives do not depend on the size of the directions", () => {
  const a = mul(0.2, decimals([3, 3], 4));
  const [e, f] = [decimals([3, 3], 5), decimals([3, 3], 6)];
  const second = (scale: number): NdArray =>
    pushforward((x: AnyArray) => pushforward(expm, [x as NdArray], [e])[1], [a], [mul(scale, f)])[1] as NdArray;
  const one = second(1);
  for (const scale of [1e-12, 1e12]) assertClose(mul(1 / scale, second(scale)), one, { rtol: 1e-12, atol: 1e-12 });
  assert.equal(toNested(second(0)), toNested(zeros([3, 3])));
});

test("e^a e^(−a) = 1, e^(aᵀ) = (e^a)ᵀ", () => {
  const a = mul(0.3, decimals([4, 4], 9));
  assertClose(product(expm(a), expm(mul(-1, a))), eye(4), { rtol: 0, atol: 1e-11 });
  assertClose(expm(flipped(a)), flipped(expm(a)), { rtol: 1e-12, atol: 1e-12 });
});

test("single precision is kept, integers give doubles, and no entries give none", () => {
  assert.is(expm(single(eye(2))).dtype, "float32");
  assert.is(moved(single(eye(2)), single(eye(2))).dtype, "float32");
  assert.is(expm(array([[1]], { dtype: "int32" })).get(0, 0), expm(array([[1]])).get(0, 0));
  assert.equal(expm(zeros([0, 0])).shape, [0, 0]);
});

refused([
  [() => expm(zeros([2, 3])), RangeError, "expm: a is an array of shape [2, 3], not square; give as many rows as columns"],
  [() => expm(zeros([2, 3, 4])), RangeError, "expm: a is an array of shape [3, 4], not square; give as many rows as columns"],
  [() => expm(1 as never), TypeError, "expm: a is a number; a matrix is needed"],
  [() => expm(array([[Number.NaN]])), RangeError, "expm: the matrix has NaN at [0, 0]; finite entries are needed"],
]);

test.run();
