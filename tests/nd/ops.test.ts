import { test } from "uvu";
import * as assert from "uvu/assert";
import type { NdArray } from "../../lib/nd/index.js";
import { packed, sumData, viewOn, viewOnStore, zeros } from "../../lib/nd/index.js";
import { sumStrided } from "../../lib/nd/ops.js";
import { entriesOf, integers, sampleViews } from "./sample-views.js";

for (const [name, x] of sampleViews(51)) {
  test(`the strided sum of ${name} is the sum of its entries`, () => assert.is(sumStrided(x), sumData(x)));
}

for (const shape of [
  [130, 120],
  [30, 25, 28],
]) {
  test(`large views of shape [${shape}] are summed in whatever order of memory`, () => {
    const x = integers(shape, 53);
    const order = shape.map((_, k) => shape.length - 1 - k);
    for (const view of [x, x.transpose(...order), x.step(...shape.map(() => -1)), x.transpose(...order).step(-1)]) {
      assert.is(sumStrided(view), sumData(view));
    }
  });
}

test("stores of numbers are read through get", () => {
  for (const extent of [2, 150]) {
    const cells = Array.from({ length: extent * extent }, (_, i) => i);
    const store = { length: cells.length, get: (i: number) => cells[i] as number, set: () => undefined };
    const x = viewOnStore(store, [extent, extent], [1, extent], 0) as unknown as NdArray;
    assert.is(sumStrided(x), (cells.length * (cells.length - 1)) / 2);
  }
});

test("an empty view has the sum 0", () => {
  assert.is(sumStrided(zeros([3, 0])), 0);
});

test("sums of integers and lists are exact", () => {
  const x = integers([120, 130], 3, "uint8").transpose(1, 0);
  assert.is(
    sumStrided(x),
    entriesOf(x).reduce((a, b) => a + b, 0),
  );
  const list = Array.from({ length: 20_000 }, (_, i) => i);
  assert.is(sumStrided(viewOn(list, [10_000], [2], 0)), sumData(packed(viewOn(list, [10_000], [2], 0))));
});

test.run();
