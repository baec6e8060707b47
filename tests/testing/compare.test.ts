import { test } from "uvu";
import * as assert from "uvu/assert";
import { array, createRange, NoTangent, range, thunk, ZeroTangent, zeros } from "../../lib/index.js";
import { assertClose, randTangent, relativeDifference, seededRandom } from "../../lib/testing/index.js";
import { complaint } from "./complaint.js";

test("assertClose names the path of the first difference", () => {
  const message = (...args: Parameters<typeof assertClose>) => complaint(() => assertClose(...args));
  const weights = (last: number) => ({ weights: [1, 2, array([[1, 2, 3, last]])] });
  assert.is(message(weights(2), weights(2.5), {}, "x̄"), "x̄.weights[2][0, 3]: got 2, expected 2.5, 0.500 apart");
  assert.is(message(weights(2), weights(2.0012), {}, "x̄"), "x̄.weights[2][0, 3]: got 2, expected 2.0012, 1.2e-3 apart");
  assert.is(message(array([1]), array([1, 2])), "value: got shape [1], expected shape [2]");
  assert.is(message(ZeroTangent, NoTangent), "value: got ZeroTangent, expected NoTangent");
  assert.is(message(array([1], { dtype: "float32" }), array([1])), "value: got an array of float32, expected one of float64");
  assert.is(message([1, 2], [1]), "value: got a list of length 2, expected a list of length 1");
  assert.is(message({ a: 1 }, { a: 1, b: 2 }), "value.b: got undefined, expected 2");
  assert.is(message(1, "1"), "value: got 1, expected a string");
});

test("assertClose: NaN equals NaN, an infinity itself, a thunk its value", () => {
  assertClose([Number.NaN, Number.POSITIVE_INFINITY], [Number.NaN, Number.POSITIVE_INFINITY]);
  assertClose(
    thunk(() => 2),
    2,
  );
  assert.throws(() => assertClose(Number.NaN, 1));
  assert.throws(() => assertClose(Number.POSITIVE_INFINITY, 1e308));
});

test("assertClose: 1e-9 relative unless another tolerance is given", () => {
  assertClose(1 + 1e-10, 1);
  assert.throws(() => assertClose(1 + 1e-8, 1));
  assertClose(1.1, 1, { rtol: 0.1 });
  assertClose(0.1, 0, { atol: 0.1 });
});

test("relativeDifference: relative to the largest number, infinite where one is not finite", () => {
  assert.is(relativeDifference([1, 100], [2, 100]), 0.01);
  assert.is(relativeDifference([1], [Number.NaN]), Number.POSITIVE_INFINITY);
  assert.is(relativeDifference(array([1, 2]), array([1, 2])), 0);
  assert.throws(() => relativeDifference([1], [1, 2]), /1 numbers meet 2/);
});

test("randTangent: short decimals of the value's structure, the same for the same seed", () => {
  const value = {
    w: zeros([2, 3]),
    n: [1, "label"],
    k: array([1, 2], { dtype: "int32" }),
    s: array([1], { dtype: "float32" }),
    rows: createRange(4, 2),
    row: range(0, 1),
  };
  const t = randTangent(value, seededRandom(3)) as {
    w: ReturnType<typeof zeros>;
    n: unknown[];
    k: unknown;
    s: { dtype: string };
    rows: unknown;
    row: unknown;
  };
  assert.equal(t.w.shape, [2, 3]);
  for (let k = 0; k < 6; k++) {
    const entry = t.w.data[k] as number;
    assert.ok(entry !== 0 && Math.abs(entry) <= 9 && Math.abs(entry * 100 - Math.round(entry * 100)) < 1e-9);
  }
  assert.is(typeof t.n[0], "number");
  for (const still of [t.n[1], t.k, t.rows, t.row]) assert.is(still, NoTangent);
  assert.is(t.s.dtype, "float32");
  assertClose(randTangent(value, seededRandom(3)), t, { rtol: 0, atol: 0 });
  assert.not.equal(randTangent(1, seededRandom(3)), randTangent(1, seededRandom(4)));
});

test.run();
