import { test } from "uvu";
import * as assert from "uvu/assert";
import { array, gradient, huber, type NdArray, NoTangent, type PadOptions, pad, pullback, type Scalar } from "../../../lib/index.js";
import { optionsCotangent } from "../../../rules/support/options-cotangent.js";

test("the fields that were given as numbers or arrays have their cotangents, others none", () => {
  const bars = { eps: 1, mask: 2 };
  assert.equal(optionsCotangent(undefined, bars), []);
  assert.equal(optionsCotangent({}, bars), []);
  assert.equal(optionsCotangent({ eps: undefined, shape: 3, mask: "all" }, bars), []);
  assert.equal(optionsCotangent({ shape: 3 }, bars), []);
  assert.equal(optionsCotangent({ eps: 1e-5, shape: 3 }, bars), [{ eps: 1, shape: NoTangent }]);
  assert.equal(optionsCotangent({ eps: 1e-5, mask: array([0, 1]) }, bars), [bars]);
});

test("a pullback takes options of every form: absent, empty, with a field that is not there", () => {
  const pull = pullback as unknown as (...args: unknown[]) => [unknown, (ybar: unknown) => readonly unknown[]];
  const lastOf = (f: unknown, args: readonly unknown[], ybar: unknown): unknown => pull(f, ...args)[1](ybar).at(-1);
  assert.is(lastOf(huber, [3, 1, undefined], 1), NoTangent);
  assert.equal(lastOf(huber, [3, 1, {}], 1), {});
  assert.equal(lastOf(huber, [3, 1, { delta: undefined }], 1), { delta: NoTangent });
  assert.equal(lastOf(huber, [3, 1, { delta: 0.5 }], 1), { delta: 1.5 });
  const [x, ones] = [array([1, 2]), array([1, 1, 1, 1])];
  const padded = (x: NdArray, options: PadOptions): NdArray => pad(x, 1, options);
  assert.equal(lastOf(padded, [x, {}], ones), {});
  assert.equal(lastOf(padded, [x, { mode: "constant" }], ones), { mode: NoTangent });
  assert.equal(lastOf(padded, [x, { mode: "edge" }], ones), { mode: NoTangent });
  assert.equal(lastOf(padded, [x, { value: 5 }], ones), { value: 2 });
});

test("a record of options moves as a whole, or by one of its fields", () => {
  assert.equal(
    gradient((options: { delta: Scalar }) => huber(3, 1, options), { delta: 0.5 }),
    [{ delta: 1.5 }],
  );
  assert.equal(
    gradient((delta: Scalar) => huber(3, 1, { delta }), 0.5),
    [1.5],
  );
});

test.run();
