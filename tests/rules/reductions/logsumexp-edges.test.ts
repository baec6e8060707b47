// Tests: logsumexp.
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type AnyArray, array, logsumexp, type NdArray, pullback, pushforward, toNested } from "../../../lib/index.js";
import { assertClose } from "../../../lib/testing/index.js";

// Zero stays zero beside NaN and infinities: of rows that get nothing, and of entries that do not move.

const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
const rows = (x: AnyArray): AnyArray => logsumexp(x, { axis: 1 });
const reverse = (x: NdArray, ybar: NdArray): NdArray => pullback(rows, x)[1](ybar)[0] as NdArray;
const forward = (x: NdArray, dx: NdArray): NdArray => pushforward(rows, [x], [dx])[1] as NdArray;

for (const wild of [nan, infinity, -infinity]) {
  const x = array([
    [1, wild],
    [2, 2],
  ]);

  test(`a row with ${wild} whose result gets 0 hands on 0`, () => {
    assert.equal(toNested(reverse(x, array([0, 3]))), [
      [0, 0],
      [1.5, 1.5],
    ]);
  });

  test(`a row with ${wild} that does not move gives 0`, () => {
    const still = array([
      [0, 0],
      [1, 3],
    ]);
    assert.equal(toNested(forward(x, still)), [0, 2]);
  });
}

test("a row with NaN gives NaN where something of it moves, and hands on NaN", () => {
  const x = array([
    [1, nan],
    [2, 2],
  ]);
  const moving = array([
    [1, 0],
    [1, 3],
  ]);
  assert.equal(toNested(forward(x, moving)), [nan, 2]);
  assert.equal(toNested(reverse(x, array([1, 3]))), [
    [nan, nan],
    [1.5, 1.5],
  ]);
});

test("an entry of −∞ has no share: what it moves by is lost", () => {
  const x = array([[0, -infinity, 0]]);
  for (const wild of [nan, infinity]) assertClose(forward(x, array([[1, wild, 3]])), array([2]), { rtol: 1e-15, atol: 0 });
});

test.run();
