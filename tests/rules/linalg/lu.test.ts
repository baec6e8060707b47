import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  array,
  gradient,
  lu,
  matmul,
  type NdArray,
  pullback,
  pushforward,
  sum,
  toNested,
  zeros,
} from "../../../lib/index.js";
import { assertClose } from "../../../lib/testing/index.js";
import { add, mul } from "../../../rules/index.js";
import { modeTests } from "../../helpers/check-modes.js";
import { build, decimals } from "../../helpers/layouts.js";
import { refused } from "../../helpers/refused.js";

const dot = (...factors: NdArray[]): NdArray => factors.reduce((x, y) => matmul<NdArray>(x, y));
const a = array([
  [1, 2],
  [4, -2],
]);

modeTests([
  {
    title: "lu",
    f: (x: NdArray) => lu(x).slice(1),
    args: [a],
    value: [
      array([
        [1, 0],
        [0.25, 1],
      ]),
      array([
        [4, -2],
        [0, 2.5],
      ]),
    ],
    // l[1, 0] = a / c, u = [c, d; 0, b − d a / c], for [a, b; c, d]
    slopes: [
      array([
        [1 / 4 + 2 / 4, 1],
        [-1 / 16 + 1 - 2 / 16, 1 - 1 / 4],
      ]),
    ],
    rtol: 1e-12,
  },
]);

for (const [rows, cols] of [
  [4, 4],
  [5, 3],
  [3, 5],
  [1, 3],
  [3, 1],
] as const) {
  const x = decimals([rows, cols], rows + cols);
  const least = Math.min(rows, cols);

  test(`lu of shape [${rows}, ${cols}]: a = p l u, each factor of its form`, () => {
    const [p, l, u] = lu(x);
    assert.equal(
      [p.shape, l.shape, u.shape],
      [
        [rows, rows],
        [rows, least],
        [least, cols],
      ],
    );
    assertClose(dot(p, l, u), x, { rtol: 1e-13, atol: 1e-13 });
    assertClose(
      dot(p, p.transpose(1, 0)),
      build([rows, rows], (i, j) => (i === j ? 1 : 0)),
    );
    for (let i = 0; i < rows; i++) for (let j = i; j < least; j++) assert.is(l.get(i, j), i === j ? 1 : 0);
    for (let i = 0; i < least; i++) for (let j = 0; j < i; j++) assert.is(u.get(i, j), 0);
  });

  test(`lu of shape [${rows}, ${cols}]: tangents of the factors make up that of a, and keep their forms`, () => {
    const v = decimals([rows, cols], 77);
    const [[p, l, u], [dp, dl, du]] = pushforward((y) => lu(y), [x], [v]) as [NdArray[], NdArray[]] as [
      [NdArray, NdArray, NdArray],
      [NdArray, NdArray, NdArray],
    ];
    assertClose(dp, zeros([rows, rows]));
    assertClose(add(dot(p, dl, u), dot(p, l, du)), v, { rtol: 1e-11, atol: 1e-11 });
    for (let i = 0; i < rows; i++) for (let j = i; j < least; j++) assert.is(dl.get(i, j), 0);
    for (let i = 0; i < least; i++) for (let j = 0; j < i; j++) assert.is(du.get(i, j), 0);
  });

  test(`lu of shape [${rows}, ${cols}]: what multiplies the factors again has the gradient of the product`, () => {
    const w = decimals([rows, cols], 78);
    const back = (y: AnyArray): AnyArray => {
      const [p, l, u] = lu(y);
      return mul(w, matmul<NdArray>(p, matmul<NdArray>(l, u))) as AnyArray;
    };
    assertClose(gradient((y) => sum(mul(back(y), back(y))), x)[0], mul(mul(2, mul(w, w)), x), { rtol: 1e-10, atol: 1e-9 });
  });
}

test("lu: the permutation takes any cotangent", () => {
  const [, back] = pullback((x) => lu(x)[0], a);
  assertClose(back(a)[0], zeros([2, 2]));
  assertClose(gradient((x) => sum(lu(x)[0]), a)[0], zeros([2, 2]));
});

test("lu: a singular matrix has factors, without entries too", () => {
  assert.equal(
    toNested(
      lu(
        array([
          [1, 2],
          [2, 4],
        ]),
      )[2],
    ),
    [
      [2, 4],
      [0, 0],
    ],
  );
  assert.equal(lu(zeros([0, 2]))[2].shape, [0, 2]);
});

const singular = array([
  [1, 2],
  [2, 4],
]);
const message = "lu: the matrix is singular: u has a 0 at [1, 1], and the factors have no derivative; give one of full rank";

refused([
  [() => gradient((x) => sum(lu(x)[2]), singular), RangeError, message],
  [() => pushforward((x) => lu(x)[1], [singular], [singular]), RangeError, message],
  [() => lu(zeros([2, 2, 2])), RangeError, "lu: a is an array of shape [2, 2, 2]; give one matrix, with two axes"],
  [() => lu(zeros([2])), RangeError, "lu: a is an array of shape [2]; give a matrix, with two axes"],
  [() => lu(array([[1, Number.NaN]])), RangeError, "lu: the matrix has NaN at [0, 1]; finite entries are needed"],
  [() => lu("a" as never), TypeError, "lu: a is a string; a matrix is needed"],
]);

test.run();
