import { test } from "uvu";
import * as assert from "uvu/assert";
import { array, matmulPlain, type NdArray, toNested } from "../../../lib/nd/index.js";
import { luSolver, luSystems, triangularSolver } from "../../../lib/nd/linalg/linear-systems.js";
import { matrixPairs, metMatrices } from "../../../lib/nd/linalg/triangular.js";
import { assertClose } from "../../../lib/testing/index.js";
import { decimals, layouts, single } from "../../helpers/layouts.js";
import { refused } from "../../helpers/refused.js";

const a = decimals([2, 4, 4], 2);
const b = decimals([3, 1, 4, 2], 3);
const turned = (x: NdArray): NdArray => x.transpose(0, 2, 1);

test("one solver solves with the matrices and with their transposes, for whatever broadcasts", () => {
  const solver = luSolver("solve", a);
  for (const [transposed, matrix] of [
    [false, a],
    [true, turned(a)],
  ] as const) {
    const x = solver(b, transposed);
    assert.equal(x.shape, [3, 2, 4, 2]);
    const back = matmulPlain(matrix, x);
    for (const k of [0, 1]) assertClose(back.pick(null, k, null, null), b.pick(null, 0, null, null), { rtol: 1e-11, atol: 1e-11 });
  }
});

test("the factors keep rows in order of their pivots, and the sign of that order", () => {
  const { factors, orders, signs } = luSystems(
    "lu",
    array([
      [1, 2],
      [4, -2],
    ]),
  );
  assert.equal([...factors], [4, -2, 0.25, 2.5]);
  assert.equal(
    orders.map((order) => [...order]),
    [[1, 0]],
  );
  assert.equal(signs, [-1]);
});

test("a solver reads any layout, changes none, and answers in the common kind", () => {
  const expected = luSolver("solve", a)(b, false);
  for (const change of Object.values(layouts)) assertClose(luSolver("solve", change(a))(change(b), false), expected, { rtol: 1e-14 });
  assert.is(luSolver("solve", single(a))(single(b), false).dtype, "float32");
  assert.is(luSolver("solve", single(a))(b, false).dtype, "float64");
});

test("substitution: a triangle, and that of the transpose", () => {
  const t = array([
    [2, 9],
    [1, 4],
  ]);
  const solver = triangularSolver("t", t, { lower: true, transposed: false, unitDiagonal: false });
  assert.equal(toNested(solver(array([[4], [10]]), false)), [[2], [2]]);
  assert.equal(toNested(solver(array([[5], [8]]), true)), [[1.5], [2]]);
});

test("pairs of matrices meet by broadcasting", () => {
  const pairs = matrixPairs("f", [2, 4, 4], [3, 1, 4, 2]);
  assert.equal(pairs.lead, [3, 2]);
  assert.equal([...pairs.left], [0, 1, 0, 1, 0, 1]);
  assert.equal([...pairs.right], [0, 0, 1, 1, 2, 2]);
  assert.equal([...metMatrices(array([[[1]], [[2]]]), Int32Array.of(1, 0, 1))], [2, 1, 2]);
});

refused([
  [
    () => luSolver("inv", array([[[1]], [[0]]])),
    RangeError,
    "inv: the matrix at [1] is singular; give one that has an inverse (lstsq and pinv take singular ones)",
  ],
  [
    () =>
      triangularSolver(
        "t",
        array([
          [1, 0],
          [1, 0],
        ]),
        { lower: true, transposed: false, unitDiagonal: false },
      ),
    RangeError,
    "t: the matrix is singular: its diagonal has a 0 in row 1; give one without",
  ],
  [
    () => matrixPairs("f", [2, 1, 1], [3, 1, 1]),
    RangeError,
    "f: axes before the last two of shapes [2, 1, 1] and [3, 1, 1]: shapes [2] and [3] do not broadcast: axis 0 has extents 2 and 3; make them equal, or one of them 1",
  ],
]);

test.run();
