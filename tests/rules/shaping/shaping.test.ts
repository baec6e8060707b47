// Tests: linspace, padding, pad-modes, rolling.
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  array,
  concat,
  diag,
  flip,
  gradient,
  linspace,
  moveaxis,
  type NdArray,
  pad,
  repeat,
  reshape,
  roll,
  rot90,
  split,
  squeeze,
  sum,
  tile,
  toNested,
  trace,
  transpose,
  tril,
  zeros,
} from "../../../lib/index.js";
import { decimals } from "../../helpers/layouts.js";

test("results are fresh row-major arrays, also where nothing is moved", () => {
  const functions: ((x: NdArray) => NdArray | NdArray[])[] = [
    (x) => transpose(x, [0, 1]),
    (x) => reshape(x, [3, 4]),
    (x) => roll(x, 0),
    (x) => roll(x, [], { axis: [] }),
    (x) => flip(x, { axis: [] }),
    (x) => rot90(x, { k: 4 }),
    (x) => squeeze(x),
    (x) => moveaxis(x, 0, 0),
    (x) => pad(x, 0),
    (x) => tile(x, 1),
    (x) => concat([x]),
    (x) => split(x, 1),
    (x) => tril(x, { k: 9 }),
  ];
  for (const f of functions) {
    const x = decimals([3, 4], 12);
    const [y] = [f(x)].flat() as [NdArray];
    assert.equal(toNested(y), toNested(x), f.toString());
    assert.equal(y.stride, [4, 1]);
    y.set(0, 0, 100);
    assert.is.not(x.get(0, 0), 100, f.toString());
  }
});

test("empty arrays keep their shapes", () => {
  const empty = zeros([0, 3]);
  assert.equal(transpose(empty).shape, [3, 0]);
  assert.equal(reshape(empty, [3, 0, 2]).shape, [3, 0, 2]);
  assert.equal(flip(empty).shape, [0, 3]);
  assert.equal(roll(empty, 2, { axis: 0 }).shape, [0, 3]);
  assert.equal(roll(empty, 2).shape, [0, 3]);
  assert.equal(tile(empty, [2, 2]).shape, [0, 6]);
  assert.equal(tile(array([[1, 2]]), [0, 1]).shape, [0, 2]);
  assert.equal(repeat(empty, 2, { axis: 1 }).shape, [0, 6]);
  assert.equal(
    toNested(
      pad(
        empty,
        [
          [1, 0],
          [0, 0],
        ],
        { value: 7 },
      ),
    ),
    [[7, 7, 7]],
  );
  assert.equal(concat([empty, array([[1, 2, 3]])]).shape, [1, 3]);
  assert.equal(diag(zeros([0])).shape, [0, 0]);
  assert.equal(diag(array([[1, 2]]), { k: 5 }).shape, [0]);
  assert.is(trace(zeros([0, 0])), 0);
  assert.equal(linspace(0, 1, 0).shape, [0]);
  assert.equal(gradient((x) => sum(transpose(x)), empty)[0].shape, [0, 3]);
  assert.equal(gradient((x) => sum(concat([x, x])), empty)[0].shape, [0, 3]);
});

test.run();
