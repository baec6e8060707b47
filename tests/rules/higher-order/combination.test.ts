// Tests: combination, still.
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type AnyArray, array, gradient, mul, type Scalar, sum, toNested } from "../../../lib/index.js";
import { assertClose, testKit } from "../../../lib/testing/index.js";
import { combination } from "../../../rules/higher-order/combination.js";
import { advanced, intervalOf, replayed, stepped, timeAt } from "../../../rules/higher-order/dormand-prince.js";
import { strided } from "../../support/examples.js";

const y = array([1, 2]);
const ks = [array([10, 0]), array([0, 100])];

test("y + h Σ w k, and all of its slopes", () => {
  assert.equal(toNested(combination(y, 0.5, ks, [2, 3]) as never), [11, 152]);
  const [ybar, hbar, kbars] = gradient(
    ((a: AnyArray, h: Scalar, list: AnyArray[]) => sum(combination(a, h, list, [2, 3]))) as never,
    y,
    0.5,
    ks,
  );
  assert.equal([ybar, hbar, kbars] as unknown, [array([1, 1]), 320, [array([1, 1]), array([1.5, 1.5])]]);
});

test("the kit finds nothing wrong with it, views included, up to order 2", () => {
  const kit = testKit({ exclude: [3] });
  kit.testRule(combination, y, 0.5, ks, [2, -3]);
  kit.testRule(combination, strided(y), 0.5, ks.map(strided), [2, -3]);
});

test("a state advances part by part, numbers as arrays do, and what cannot move stays", () => {
  const state = { x: 1, v: array([1, 2]), name: "s" };
  const slopes = [
    { x: 2, v: array([4, 0]), name: "s" },
    { x: 5, v: array([1, 1]), name: "s" },
  ];
  assert.equal(advanced(state, 0.1, slopes, [10, 0]), { x: 3, v: array([5, 2]), name: "s" });
});

test("a step of the method is right to the fifth order, and its last slope is the next one's first", () => {
  const error = (h: number): number => Math.abs((stepped((state) => mul(-1, state as number), 1, 0, h, -1).y as number) - Math.exp(-h));
  const order = Math.log2(error(0.2) / error(0.1));
  assert.ok(order > 5.8 && order < 6.2, `the error of one step falls with h to the ${order}`);
  const { y: end, slopes } = stepped((state) => mul(-1, state as number), 1, 0, 0.1, -1);
  assert.is(slopes[6], -(end as number));
});

test("times stand at fractions of their interval, and a single time has the first state alone", () => {
  const interval = intervalOf(2, 4);
  assert.equal([timeAt(interval, 0), timeAt(interval, 0.25), timeAt(interval, 1)], [2, 2.5, 4]);
  assert.equal(
    replayed(() => 1, 5, [2], []),
    [5],
  );
  assertClose(replayed((_, t) => t, 0, [0, 2], [[0.5, 1]])[1], 2, { rtol: 1e-15 });
});

test.run();
