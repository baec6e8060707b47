import ndarray from "ndarray";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type AnyArray, add, array, copy, gradient, mul, type NdArray, pushforward, type Scalar, sum, zeros } from "../../../lib/index.js";

type Loose = { get(...args: unknown[]): Scalar; set(...args: unknown[]): unknown };

/** The message of what f does with a traced array, in each mode; fails where it does nothing. */
function messages(x: NdArray, f: (x: AnyArray & Loose) => unknown): string {
  const run = (y: AnyArray): Scalar => {
    f(y as AnyArray & Loose);
    return sum(y);
  };
  const seen = [() => gradient(run, x), () => pushforward(run, [x], [x]), () => gradient((y) => run(mul(y, 1)), x)].map((call) => {
    try {
      call();
    } catch (error) {
      assert.instance(error, / got \d+ ind/.test((error as Error).message) ? TypeError : RangeError);
      return (error as Error).message;
    }
    return "nothing";
  });
  assert.equal(new Set(seen).size, 1, seen.join("\n"));
  return seen[0] as string;
}

const two = array([
  [1, 2],
  [3, 4],
]);
const three = zeros([2, 3, 2]);

test("a wrong count of indices says how many there are to be, whatever the rank", () => {
  const of = "for a traced array of shape";
  assert.is(
    messages(two, (x) => x.get(1)),
    `get: got 1 index ${of} [2, 2]; give 2, one for each axis`,
  );
  assert.is(
    messages(two, (x) => x.get()),
    `get: got 0 indices ${of} [2, 2]; give 2, one for each axis`,
  );
  assert.is(
    messages(two, (x) => x.get(0, 0, 1)),
    `get: got 3 indices ${of} [2, 2]; give 2, one for each axis`,
  );
  assert.is(
    messages(array([1, 2]), (x) => x.get(0, 1)),
    `get: got 2 indices ${of} [2]; give 1, one for each axis`,
  );
  assert.is(
    messages(array([1, 2]), (x) => x.get()),
    `get: got 0 indices ${of} [2]; give 1, one for each axis`,
  );
  assert.is(
    messages(array(1), (x) => x.get(0)),
    `get: got 1 index ${of} []; give 0, one for each axis`,
  );
  assert.is(
    messages(three, (x) => x.get(0, 1)),
    `get: got 2 indices ${of} [2, 3, 2]; give 3, one for each axis`,
  );
  assert.is(
    messages(two, (x) => (copy(x) as never as Loose).set(1, 5)),
    `set: got 1 index ${of} [2, 2]; give 2, one for each axis, and the value as the last argument`,
  );
  assert.is(
    messages(array([1]), (x) => (copy(x) as never as Loose).set(5)),
    `set: got 0 indices ${of} [1]; give 1, one for each axis, and the value as the last argument`,
  );
  assert.is(
    messages(array(1), (x) => (copy(x) as never as Loose).set(0, 5)),
    `set: got 1 index ${of} []; give 0, one for each axis, and the value as the last argument`,
  );
  assert.is(
    messages(three, (x) => (copy(x) as never as Loose).set(0, 1, 5)),
    `set: got 2 indices ${of} [2, 3, 2]; give 3, one for each axis, and the value as the last argument`,
  );
});

test("an index that leaves its axis names both, where a neighbour would be read or written", () => {
  const of = "of a traced array of shape";
  assert.is(
    messages(two, (x) => x.get(0, 2)),
    `get: index 2 leaves axis 1 ${of} [2, 2]; give an integer from 0 to 1`,
  );
  assert.is(
    messages(two, (x) => x.get(1, -1)),
    `get: index -1 leaves axis 1 ${of} [2, 2]; give an integer from 0 to 1`,
  );
  assert.is(
    messages(two, (x) => x.get(0.5, 0)),
    `get: index 0.5 leaves axis 0 ${of} [2, 2]; give an integer from 0 to 1`,
  );
  assert.is(
    messages(two, (x) => x.get(2, 0)),
    `get: index 2 leaves axis 0 ${of} [2, 2]; give an integer from 0 to 1`,
  );
  assert.is(
    messages(two, (x) => x.get(Number.NaN, 0)),
    `get: index NaN leaves axis 0 ${of} [2, 2]; give an integer from 0 to 1`,
  );
  assert.is(
    messages(two, (x) => x.get("1", 0)),
    `get: index the string "1" leaves axis 0 ${of} [2, 2]; give an integer from 0 to 1`,
  );
  assert.is(
    messages(three, (x) => x.get(0, 3, 0)),
    `get: index 3 leaves axis 1 ${of} [2, 3, 2]; give an integer from 0 to 2`,
  );
  assert.is(
    messages(zeros([2, 0]), (x) => x.get(0, 0)),
    `get: index 0 leaves axis 1 ${of} [2, 0]; the axis has no entries`,
  );
  assert.is(
    messages(two, (x) => (copy(x) as never as Loose).set(0, 2, 1)),
    `set: index 2 leaves axis 1 ${of} [2, 2]; give an integer from 0 to 1`,
  );
  assert.is(
    messages(array([1, 2]), (x) => (copy(x) as never as Loose).set(2, 1)),
    `set: index 2 leaves axis 0 ${of} [2]; give an integer from 0 to 1`,
  );
  assert.is(
    messages(three, (x) => (copy(x) as never as Loose).set(2, 0, 0, 1)),
    `set: index 2 leaves axis 0 ${of} [2, 3, 2]; give an integer from 0 to 1`,
  );
});

test("views of a traced array are asked about their own axes", () => {
  const of = "of a traced array of shape";
  assert.is(
    messages(two, (x) => (x.pick(0) as never as Loose).get(2)),
    `get: index 2 leaves axis 0 ${of} [2]; give an integer from 0 to 1`,
  );
  assert.is(
    messages(two, (x) => (x.hi(1, 2) as never as Loose).get(1, 0)),
    `get: index 1 leaves axis 0 ${of} [1, 2]; give an integer from 0 to 0`,
  );
  assert.is(
    messages(three, (x) => (x.pick(0, null, null) as never as Loose).get(0, 2)),
    `get: index 2 leaves axis 1 ${of} [3, 2]; give an integer from 0 to 1`,
  );
  const f = (x: AnyArray): Scalar => add(x.lo(1, 0).get(0, 1), mul(10, x.transpose(1, 0).step(-1, 1).get(0, 0)));
  assert.equal([...gradient(f, two)[0].data], [0, 10, 0, 1]);
});

test("arrays of a user's own store are read as ndarray reads them", () => {
  gradient((x) => sum(x), two);
  const store = { length: 4, get: (k: number) => 10 * k, set: () => undefined };
  const x = ndarray(store as never, [2, 2]) as unknown as Loose;
  assert.is(x.get(0, 2), 20);
  assert.is(x.get(0, 1, 7), 10);
});

test.run();
