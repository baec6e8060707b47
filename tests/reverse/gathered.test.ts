import { test } from "uvu";
import * as assert from "uvu/assert";
import { type AnyArray, array, gradient, mul, type NdArray, type Scalar, softmax, square, stack, sum, toNested } from "../../lib/index.js";
import { giveFloats } from "../../lib/nd/index.js";

// An array that is made of scalars hands cotangents to their slots. A view of it has fewer entries, or others, than it has slots.

type View = (x: AnyArray) => AnyArray;

/** Views of six entries, and which of them they hold, in their order. */
const views: readonly (readonly [name: string, view: View, held: readonly number[]])[] = [
  ["all of it", (x) => x, [0, 1, 2, 3, 4, 5]],
  ["the first four", (x) => x.hi(4), [0, 1, 2, 3]],
  ["the last four", (x) => x.lo(2), [2, 3, 4, 5]],
  ["those in the middle", (x) => x.lo(2).hi(3), [2, 3, 4]],
  ["backwards", (x) => x.step(-1), [5, 4, 3, 2, 1, 0]],
  ["every other one", (x) => x.step(2), [0, 2, 4]],
  ["none", (x) => x.hi(0), []],
];
const at = [1, -2, 3, -1, 2, 0.5];
const grads = (f: (x: AnyArray) => Scalar): number[] => gradient((...xs: Scalar[]) => f(stack(xs) as AnyArray), ...at) as number[];

/** The gradient by an array, put to the places that a view holds. */
const placed = (held: readonly number[], slopes: readonly number[]): number[] => at.map((_, k) => slopes[held.indexOf(k)] ?? 0);

for (const [name, view, held] of views) {
  const entries = held.map((k) => at[k] as number);
  const weights = array(held.map((k) => k + 2));

  test(`${name}: an elementwise function`, () => {
    assert.equal(
      grads((x) => sum(mul(weights, square(view(x))))),
      placed(
        held,
        held.map((k, n) => 2 * (k + 2) * (entries[n] as number)),
      ),
    );
  });

  test(`${name}: a rule of arrays`, () => {
    if (held.length === 0) return;
    const [wanted] = gradient((x) => sum(mul(weights, softmax(x))), array(entries));
    assert.equal(
      grads((x) => sum(mul(weights, softmax(view(x))))),
      placed(held, toNested(wanted as NdArray) as number[]),
    );
  });

  test(`${name}: a sum`, () => {
    assert.equal(
      grads((x) => sum(view(x))),
      placed(
        held,
        held.map(() => 1),
      ),
    );
  });
}

test("what memory held before it was given back is not seen: by arrays of scalars, and by sums of singles that broadcasting makes", () => {
  const dirty = (): void => {
    for (const data of [new Float64Array(6), new Float64Array(2), new Float32Array(6), new Float32Array(2)])
      giveFloats(data.fill(7) as Float64Array);
  };
  dirty();
  assert.equal(
    grads((x) => sum(square(x))),
    at.map((entry) => 2 * entry),
  );
  const row = array([1, 2], { dtype: "float32" });
  const rows = array([
    [1, 2],
    [3, 4],
    [5, 6],
  ]);
  dirty();
  const [g] = gradient((x) => sum(mul(x, rows)), row);
  assert.equal(toNested(g as NdArray), [9, 12]);
});

test.run();
