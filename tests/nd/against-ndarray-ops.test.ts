import ops from "ndarray-ops";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { add, exp, max, min, mul, sum } from "../../lib/index.js";
import { packed, zeros } from "../../lib/nd/index.js";
import { entriesOf, integers, sampleViews } from "./sample-views.js";

// ndarray-ops walks views in its own order of memory: another way to the same numbers.

for (const [name, x] of sampleViews(51)) {
  test(`${name}: sums, extremes, copies and arithmetic are those of ndarray-ops`, () => {
    const y = integers(x.shape, 52);
    const made = (fill: (dst: unknown) => void): number[] => {
      const dst = zeros(x.shape);
      fill(dst);
      return entriesOf(dst);
    };
    assert.is(sum(x), ops.sum(x));
    assert.is(max(x), ops.sup(x));
    assert.is(min(x), ops.inf(x));
    assert.equal(
      entriesOf(packed(x)),
      made((dst) => ops.assign(dst, x)),
    );
    assert.equal(
      entriesOf(add(x, y)),
      made((dst) => ops.add(dst, x, y)),
    );
    assert.equal(
      entriesOf(mul(x, y)),
      made((dst) => ops.mul(dst, x, y)),
    );
    assert.equal(
      entriesOf(exp(x)),
      made((dst) => ops.exp(dst, x)),
    );
  });
}

test.run();
