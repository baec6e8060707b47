import { test } from "uvu";
import * as assert from "uvu/assert";
import { array, matmul, type NdArray, pullback, solveTriangular, toNested } from "../../../lib/index.js";
import { assertClose } from "../../../lib/testing/index.js";
import { modeTests } from "../../helpers/check-modes.js";
import { build } from "../../helpers/layouts.js";
import { refused } from "../../helpers/refused.js";

const a = array([
  [2, 1],
  [-4, 3],
]);
const v = array([5, -2]);
const dot = (x: NdArray, y: NdArray): NdArray => matmul<NdArray>(x, y);
const rtol = 1e-12;

modeTests([
  {
    title: "solveTriangular with the lower triangle: what stands above does not count",
    f: (x: NdArray, y: NdArray) => solveTriangular(x, y),
    args: [a, v],
    value: array([2.5, 8 / 3]),
    slopes: [
      array([
        [-35 / 12, 0],
        [-5 / 6, -8 / 9],
      ]),
      array([7 / 6, 1 / 3]),
    ],
    rtol,
  },
  {
    title: "solveTriangular with the upper triangle, transposed",
    f: (x: NdArray, y: NdArray) => solveTriangular(x, y, { lower: false, transposed: true }),
    args: [a, v],
    // [2, 0; 1, 3] x = v
    value: array([2.5, -1.5]),
    slopes: [
      array([
        [-2.5 / 3, -2.5 / 3],
        [0, 0.5],
      ]),
      array([1 / 3, 1 / 3]),
    ],
    rtol,
  },
]);

test("solveTriangular: eight ways to read a matrix", () => {
  const full = build([3, 3], (i, j) => (i === j ? 2 : 1) + (i as number) - 0.5 * (j as number));
  for (const lower of [true, false]) {
    for (const transposed of [true, false]) {
      for (const unitDiagonal of [true, false]) {
        const t = build([3, 3], (row, col) => {
          const [i, j] = (transposed ? [col, row] : [row, col]) as [number, number];
          if (i === j && unitDiagonal) return 1;
          return lower ? (i >= j ? full.get(i, j) : 0) : i <= j ? full.get(i, j) : 0;
        });
        const x = array([1, -2, 3]);
        assertClose(
          solveTriangular(full, dot(t, x), { lower, transposed, unitDiagonal }),
          x,
          { rtol: 1e-13 },
          JSON.stringify({ lower, transposed, unitDiagonal }),
        );
      }
    }
  }
});

test("solveTriangular: NaN in the other triangle is not seen, nor on a diagonal of ones", () => {
  const lower = array([
    [2, Number.NaN],
    [1, 4],
  ]);
  const [x, back] = pullback((t) => solveTriangular(t, v), lower);
  assert.equal(toNested(x), [2.5, -1.125]);
  assert.is(back(v)[0].get(0, 1), 0);
  const unit = array([
    [Number.NaN, 0],
    [1, 0],
  ]);
  assert.equal(toNested(solveTriangular(unit, v, { unitDiagonal: true })), [5, -7]);
});

refused([
  [
    () =>
      solveTriangular(
        array([
          [1, 2],
          [3, 0],
        ]),
        v,
      ),
    RangeError,
    "solveTriangular: the matrix is singular: its diagonal has a 0 in row 1; give one without",
  ],
  [() => solveTriangular(a, v, { lower: "yes" as never }), TypeError, "solveTriangular: lower is a string; give true or false"],
  [
    () => solveTriangular(a, v, 3 as never),
    TypeError,
    "solveTriangular: the options are a number; give a record, { lower, transposed, unitDiagonal }",
  ],
]);

test.run();
