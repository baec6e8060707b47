import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Effort, lastAnswer, shortestOf, speedUp, timesInTurn } from "../../perf/lab/rounds.js";

/** A round is one call; nothing counts as slow. */
const effort: Effort = {
  rounds: 3,
  roundTime: 0,
  warm: { calls: 2, time: Number.POSITIVE_INFINITY },
  slow: { time: Number.POSITIVE_INFINITY, total: 0 },
};

test("runs are warm first, then they take turns", () => {
  const order: string[] = [];
  const run = (name: string) => () => {
    order.push(name);
    return name;
  };
  const times = timesInTurn([run("a"), run("b")], effort);
  assert.is(order.join(""), "aabbababab");
  assert.equal(
    times.map(({ length }) => length),
    [3, 3],
  );
  assert.is(lastAnswer(), "b");
});

test("slow runs are called once before they count, and take part in the first rounds only", () => {
  let calls = 0;
  const [times] = timesInTurn([() => calls++], { ...effort, slow: { time: -1, total: 0 } });
  assert.is(times?.length, 2);
  assert.is(calls, 3);
});

test("a speed-up is the ratio of the shortest rounds; its range holds it and the middle half of the single ones", () => {
  assert.equal(speedUp([10, 11, 12, 50], [2, 2, 3, 2]), { best: 5, low: 5, high: 5.5 });
  assert.equal(speedUp([10], [2, 1]), { best: 10, low: 5, high: 10 });
});

test("what was not measured is NaN", () => {
  assert.equal(speedUp([], [1]), { best: Number.NaN, low: Number.NaN, high: Number.NaN });
  assert.is.not(shortestOf([]), shortestOf([]));
  assert.is(shortestOf([3, 1, 2]), 1);
});

test.run();
