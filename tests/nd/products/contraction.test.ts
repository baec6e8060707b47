import { test } from "uvu";
import * as assert from "uvu/assert";
import { array, broadcastView, type NdArray, packed, toNested, zeros } from "../../../lib/nd/index.js";
import { addRearranged, contract, rearranged } from "../../../lib/nd/products/contraction.js";
import { build, decimals, layouts } from "../../helpers/layouts.js";

const near = (got: NdArray, expected: NdArray): void => {
  assert.equal(got.shape, expected.shape);
  const [p, q] = [packed(got).data, packed(expected).data];
  for (let n = 0; n < p.length; n++) assert.ok(Math.abs((p[n] as number) - (q[n] as number)) < 1e-9, `entry ${n}`);
};

const a = decimals([2, 3, 4, 2], 1);
const b = decimals([3, 4, 2, 3], 2);
const summedTwice = build([2, 2, 3], (i, j, k) => {
  let total = 0;
  for (let p = 0; p < 3; p++) for (let q = 0; q < 4; q++) total += a.get(i, p, q, j) * b.get(p, q, i, k);
  return total;
});

for (const [layout, change] of Object.entries(layouts)) {
  if (layout === "on a list") continue;
  test(`a sum over two axes with one in common, arrays laid out ${layout}`, () => {
    near(contract(change(a), [0, 1, 2, 3], change(b), [1, 2, 0, 4], [0, 3, 4], [2, 2, 3]), summedTwice);
  });
  test(`the result's axes in any order, arrays laid out ${layout}`, () => {
    const y = contract(change(a), [0, 1, 2, 3], change(b), [1, 2, 0, 4], [4, 0, 3], [3, 2, 2]);
    near(
      y,
      build([3, 2, 2], (k, i, j) => summedTwice.get(i, j, k)),
    );
    assert.equal(y.stride, [4, 2, 1]);
  });
}

test("without a sum it is the product entry by entry, with broadcasting", () => {
  const [u, v] = [array([1, 2]), array([[3, 4, 5]])];
  assert.equal(toNested(contract(u, [7], v, [8, 9], [9, 7, 8], [3, 2, 1])), [
    [[3], [6]],
    [[4], [8]],
    [[5], [10]],
  ]);
});

test("an axis of extent 1 broadcasts, and in the result it is summed", () => {
  const [u, v] = [array([[2], [3]]), array([[1, 10]])];
  assert.equal(toNested(contract(u, [0, 1], v, [0, 1], [0, 1], [2, 2])), [
    [2, 20],
    [3, 30],
  ]);
  assert.equal(toNested(contract(u, [0, 1], v, [0, 1], [0, 1], [1, 2])), [[5, 50]]);
  assert.equal(toNested(contract(u, [0, 1], u, [0, 1], [0], [1])), [13]);
});

test("axes that one operand alone has are summed, axes that neither has are repeated", () => {
  const x = array([
    [1, 2],
    [3, 4],
  ]);
  assert.equal(toNested(contract(x, [0, 1], array([10, 1]), [1], [1], [2])), [40, 6]);
  assert.equal(toNested(contract(x, [0, 1], array([10, 1]), [1], [0, 2], [2, 2])), [
    [12, 12],
    [34, 34],
  ]);
});

test("sums over no entries are 0, and float32 operands give float32", () => {
  assert.equal(toNested(contract(zeros([2, 0]), [0, 1], zeros([0, 2]), [1, 2], [0, 2], [2, 2])), [
    [0, 0],
    [0, 0],
  ]);
  const single = packed(array([1, 2]), "float32");
  assert.is(contract(single, [0], single, [0], [], []).dtype, "float32");
  assert.is(contract(single, [0], single, [1], [0, 1], [2, 2]).dtype, "float32");
  assert.is(contract(single, [0], array([1, 2]), [0], [], []).dtype, "float64");
});

test("rearranging takes diagonals, sums and orders axes; its transpose adds to the same entries", () => {
  const x = decimals([2, 3, 2], 3);
  near(
    rearranged(x, [0, 1, 0], [1, 0], [3, 2]),
    build([3, 2], (j, i) => x.get(i, j, i)),
  );
  near(
    rearranged(x, [0, 1, 0], [0], [2]),
    build([2], (i) => x.get(i, 0, i) + x.get(i, 1, i) + x.get(i, 2, i)),
  );
  const acc = build([2, 3, 2], () => 1);
  addRearranged(acc, [0, 1, 0], array([10, 20]), [0]);
  near(
    acc,
    build([2, 3, 2], (i, _, k) => (i === k ? 11 + 10 * i : 1)),
  );
  assert.is.not(rearranged(x, [0, 1, 2], [0, 1, 2], [2, 3, 2]).data, x.data);
});

test("a repeated operand is read in place", () => {
  const row = broadcastView(array([1, 2]), [3, 2]);
  assert.equal(toNested(contract(row, [0, 1], array([1, 1, 1]), [0], [1], [2])), [3, 6]);
});

test.run();
