// Tests: softmax-lines, softmax.
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type AnyArray, array, logSoftmax, type NdArray, pullback, pushforward, softmax, toNested } from "../../../lib/index.js";
import { assertClose } from "../../../lib/testing/index.js";

// A share of 0 counts nothing, whatever it meets; what does not move counts nothing, whatever its share.

const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
const p = 1 / (1 + Math.E);
const hidden = array([1, -infinity, 2]);
const forward = (f: typeof softmax, x: NdArray, dx: NdArray): NdArray => pushforward((a: AnyArray) => f(a), [x], [dx])[1] as NdArray;
const reverse = (f: typeof softmax, x: NdArray, ybar: NdArray): NdArray => pullback((a: AnyArray) => f(a), x)[1](ybar)[0] as NdArray;
const close = (got: NdArray, wanted: number[]): void => assertClose(got, array(wanted), { rtol: 1e-14, atol: 1e-15 });

/** [ẏ] of the shares of 1 and 2, moved by 1 and 3: as if the entry between them were not there. */
const mean = p + 3 * (1 - p);

for (const wild of [nan, infinity, -infinity]) {
  test(`softmax: what has no share may move by ${wild}`, () => {
    close(forward(softmax, hidden, array([1, wild, 3])), [p * (1 - mean), 0, (1 - p) * (3 - mean)]);
  });
  test(`softmax: a cotangent of ${wild} of what has no share is lost`, () => {
    close(reverse(softmax, hidden, array([1, wild, 3])), [p * (1 - mean), 0, (1 - p) * (3 - mean)]);
  });
  test(`logSoftmax: what has no share may move by ${wild}, and the others do not see it`, () => {
    const dy = toNested(forward(logSoftmax, hidden, array([1, wild, 3]))) as number[];
    assertClose(array([dy[0] as number, dy[2] as number]), array([1 - mean, 3 - mean]), { rtol: 1e-14, atol: 1e-15 });
    assert.ok(Object.is(dy[1], wild), `${dy[1]}`);
  });
  test(`logSoftmax: a cotangent of ${wild} reaches nothing that has no share`, () => {
    assert.is((toNested(reverse(logSoftmax, hidden, array([wild, 0, 0]))) as number[])[1], 0);
  });
  test(`what does not move does not move where an entry is ${wild}`, () => {
    const x = array([wild, 1, 2]);
    const still = array([0, 0, 0]);
    for (const f of [softmax, logSoftmax]) {
      assert.equal(toNested(forward(f, x, still)), [0, 0, 0]);
      assert.equal(toNested(reverse(f, x, still)), [0, 0, 0]);
    }
  });
}

test.run();
