import { test } from "uvu";
import * as assert from "uvu/assert";
import { array, holdsFinite, holdsNaN, type NdArray, rowMajor } from "../../lib/nd/index.js";
import { single, strided } from "../support/examples.js";

const kinds = [(x: NdArray) => x, strided, single];

test("one NaN is found wherever it stands, at lengths around the unrolling", () => {
  for (let length = 0; length < 20; length++) {
    for (const kind of kinds) {
      const numbers = Float64Array.from({ length }, (_, k) => k - 3);
      assert.not(holdsNaN(kind(rowMajor(numbers, [length]))));
      assert.ok(holdsFinite(kind(rowMajor(numbers, [length]))));
      for (let k = 0; k < length; k++) {
        const x = kind(rowMajor(numbers.with(k, Number.NaN), [length]));
        assert.ok(holdsNaN(x), `${k} of ${length}`);
        assert.not(holdsFinite(x));
        assert.not(holdsFinite(kind(rowMajor(numbers.with(k, Number.NEGATIVE_INFINITY), [length]))));
      }
    }
  }
});

test("infinities of both signs, and sums that leave the range of doubles, are no NaN", () => {
  const [inf, huge] = [Number.POSITIVE_INFINITY, Number.MAX_VALUE];
  assert.not(holdsNaN(array([inf, -inf, 1])));
  assert.not(holdsNaN(array([huge, huge, -huge, -huge, ...new Array<number>(8).fill(huge), ...new Array<number>(8).fill(-huge)])));
  assert.ok(holdsFinite(array(new Array<number>(16).fill(huge))));
});

test("what lies beside a view does not count", () => {
  const x = array([Number.NaN, 1, 2, Number.NaN]);
  assert.not(holdsNaN(x.lo(1).hi(2)));
  assert.ok(holdsNaN(x.lo(2)));
});

test.run();
