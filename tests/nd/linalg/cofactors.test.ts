import { test } from "uvu";
import * as assert from "uvu/assert";
import { array, type NdArray, toNested, zeros } from "../../../lib/nd/index.js";
import { cofactorSlopeOf, cofactorsOf, farFromSingular } from "../../../lib/nd/linalg/cofactors.js";
import { assertClose } from "../../../lib/testing/index.js";
import { build, decimals, single } from "../../helpers/layouts.js";

/** The cofactors of a three by three matrix: cross products of its other rows. */
const crosses = (a: NdArray): NdArray =>
  build([3, 3], (i, j) => {
    const at = (di: number, dj: number): number => a.get(((i as number) + di) % 3, ((j as number) + dj) % 3);
    return at(1, 1) * at(2, 2) - at(1, 2) * at(2, 1);
  });

const matrices: Readonly<Record<string, NdArray>> = {
  regular: decimals([3, 3], 2),
  singular: array([
    [1, 2, 3],
    [4, 5, 6],
    [7, 8, 9],
  ]),
  "of rank one": array([
    [1, 2, 3],
    [2, 4, 6],
    [-1, -2, -3],
  ]),
  "of zeros": zeros([3, 3]),
};

for (const [kind, a] of Object.entries(matrices)) {
  test(`cofactors of a matrix ${kind}, and their slopes`, () => {
    assertClose(cofactorsOf(a), crosses(a), { rtol: 1e-13, atol: 1e-13 });
    // Cofactors are quadratic here: half the difference of two steps is the slope.
    const e = decimals([3, 3], 3);
    const at = (h: number): NdArray =>
      crosses(build([3, 3], (i, j) => a.get(i as number, j as number) + h * e.get(i as number, j as number)));
    assertClose(
      cofactorSlopeOf(a, e),
      build([3, 3], (i, j) => (at(1).get(i as number, j as number) - at(-1).get(i as number, j as number)) / 2),
      {
        rtol: 1e-12,
        atol: 1e-12,
      },
    );
  });
}

test("small integers stay exact", () => {
  assert.equal(
    toNested(
      cofactorsOf(
        array([
          [1, 2],
          [2, 4],
        ]),
      ),
    ),
    [
      [4, -2],
      [-2, 1],
    ],
  );
  assert.equal(toNested(cofactorsOf(array([[7]]))), [[1]]);
  assert.equal(cofactorsOf(zeros([2, 0, 0])).shape, [2, 0, 0]);
});

test("single precision stays single, integers become doubles", () => {
  assert.is(cofactorsOf(single(zeros([2, 2]))).dtype, "float32");
  assert.is(cofactorsOf(array([[1]], { dtype: "int32" })).dtype, "float64");
});

test("what is far from singular", () => {
  assert.ok(farFromSingular(decimals([2, 3, 3], 2)));
  assert.not(farFromSingular(zeros([2, 2])));
  assert.not(
    farFromSingular(
      array([
        [
          [1, 0],
          [0, 1],
        ],
        [
          [1, 1],
          [1, 1.00001],
        ],
      ]),
    ),
  );
});

test.run();
