import { test } from "uvu";
import * as assert from "uvu/assert";
import type { AnyFunction } from "../../../lib/core/index.js";
import { type AnyArray, array, copy, defineRule, type NdArray, NoTangent, pushforward, toNested } from "../../../lib/index.js";
import { warnings } from "../../helpers/warnings.js";

const nested = (x: unknown): unknown => toNested(x as NdArray);

/** outer(x, y)[i, j] = xᵢ yⱼ, reading raw data both ways. */
function rawOuter(): AnyFunction {
  const table = (x: NdArray, y: NdArray): NdArray => array(Array.from(x.data, (a) => Array.from(y.data, (b) => a * b)));
  return defineRule(
    (x: NdArray, y: NdArray): NdArray => table(x, y),
    {
      rrule: (x, y) => [
        table(x, y),
        (ybar: NdArray) => {
          const xbar = [0, 0];
          const zbar = [0, 0, 0];
          for (let i = 0; i < 2; i++) {
            for (let j = 0; j < 3; j++) {
              const seed = ybar.data[ybar.index(i, j)] as number;
              xbar[i] = (xbar[i] as number) + seed * (y.data[j] as number);
              zbar[j] = (zbar[j] as number) + seed * (x.data[i] as number);
            }
          }
          return [NoTangent, array(xbar), array(zbar)];
        },
      ],
    },
    { name: "rawOuter" },
  );
}

test("a pullback that reads raw data: one pullback per output entry gives the frule, with one warning", () => {
  const outer = rawOuter();
  const [x, y, dx] = [array([1, 2]), array([3, 4, 5]), array([10, 20])];
  let dz: unknown;
  const seen = warnings(() => {
    for (let k = 0; k < 3; k++) dz = pushforward((a: AnyArray, b: AnyArray) => outer(a, b), [x, y], [dx, array([1, 0, 0])])[1];
  });
  assert.equal(nested(dz), [
    [31, 40, 50],
    [62, 80, 100],
  ]);
  assert.is(seen.length, 1);
  for (const part of ["rawOuter has no frule", "one pullback for each output entry", "defineRule(rawOuter, { frule })"])
    assert.ok(seen[0]?.includes(part));
});

test("a pullback that reads raw data by iterating, mapping or copying falls back just so", () => {
  const reads: ((ybar: NdArray) => number[])[] = [
    (ybar) => [...(ybar.data as Float64Array)],
    (ybar) => Array.from(ybar.data),
    (ybar) => Array.from((ybar.data as Float64Array).map((b) => b)),
    (ybar) => Array.from(new Float64Array(ybar.data)),
  ];
  for (const read of reads) {
    const f = defineRule(
      (x: NdArray): NdArray => copy(x),
      { rrule: (x) => [copy(x), (ybar: NdArray) => [NoTangent, array(read(ybar).map((b) => 3 * b))]] },
      { name: "f" },
    );
    const seen = warnings(() => {
      assert.equal(nested(pushforward((x) => f(x as NdArray), [array([1, 2])], [array([5, 7])])[1]), [15, 21]);
    });
    assert.is(seen.length, 1);
  }
});

test.run();
