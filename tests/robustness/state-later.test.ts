import { setTimeout as sleep } from "node:timers/promises";
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  add,
  array,
  copy,
  derivative,
  exp,
  gradient,
  mul,
  type NdArray,
  pullback,
  type Scalar,
  sin,
  sum,
  toNested,
} from "../../lib/index.js";

/** Σ sin(a xₖ)², by entries, a written copy and array operations. */
const program =
  (a: number) =>
  (x: AnyArray): Scalar => {
    const y = copy(x);
    for (let k = 0; k < x.size; k++) y.set(k, sin(mul(a, x.get(k))));
    return sum(mul(y, y));
  };
const expected = (a: number, x: readonly number[], seed: number): number[] =>
  x.map((entry) => seed * 2 * a * Math.sin(a * entry) * Math.cos(a * entry));

function check(got: NdArray, exact: readonly number[]): void {
  (toNested(got) as number[]).forEach((entry, k) => {
    assert.ok(Math.abs(entry - (exact[k] as number)) < 1e-12, `${entry} is not ${exact[k]}`);
  });
}

/** Other work, which uses the tapes that are used again. */
function work(): void {
  for (let k = 0; k < 5; k++) gradient((x) => mul(sin(exp(sin(x))), add(x, k)), 0.3);
  gradient((x) => sum(mul(x, exp(x))), array([1, 2, 3]));
  derivative((x) => gradient((y) => mul(mul(x, y), y), x)[0] as Scalar, 2);
}

test("pullbacks kept across awaits give what they gave at once, in any order, many times", async () => {
  const point = [0.1, 0.2, 0.3];
  const kept: { a: number; back: (ybar: number) => unknown[] }[] = [];
  for (let a = 1; a <= 10; a++) {
    kept.push({ a, back: pullback(program(a), array(point))[1] as (ybar: number) => unknown[] });
    await null;
    work();
    for (const { a: other, back } of kept) check(back(a)[0] as NdArray, expected(other, point, a));
  }
  await sleep(1);
  for (const { a, back } of kept.reverse()) check(back(3)[0] as NdArray, expected(a, point, 3));
});

test("tasks that differentiate in turns, each with pullbacks of its own, do not meet", async () => {
  const results = await Promise.all(
    Array.from({ length: 8 }, async (_, task) => {
      let x = 1 + task;
      for (let step = 0; step < 10; step++) {
        const [y, back] = pullback((z) => mul(mul(z, z), task), x);
        await (step % 2 === 0 ? null : sleep(task % 3));
        assert.is(y, x * x * task);
        x -= 0.01 * (back(1)[0] as number);
        work();
      }
      return x;
    }),
  );
  results.forEach((x, task) => {
    assert.ok(Math.abs(x - (1 + task) * (1 - 0.02 * task) ** 10) < 1e-12, `task ${task}: ${x}`);
  });
});

test("pullbacks called from timers, microtasks and callbacks of their own", async () => {
  const point = [0.5, 0.7];
  const [, back] = pullback(program(2), array(point));
  const seen: NdArray[] = [];
  const call = (): void => {
    seen.push(back(1)[0] as NdArray);
  };
  await new Promise<void>((settle) => {
    setImmediate(call);
    queueMicrotask(call);
    process.nextTick(call);
    setTimeout(call, 0);
    setTimeout(settle, 5);
  });
  assert.is(seen.length, 4);
  for (const g of seen) check(g, expected(2, point, 1));
});

test("a pullback used long after, when its tape's neighbours have been used a thousand times", async () => {
  const point = Array.from({ length: 300 }, (_, k) => Math.cos(k));
  const [y, back] = pullback(program(3), array(point));
  const value = point.reduce((total, x) => total + Math.sin(3 * x) ** 2, 0);
  for (let k = 0; k < 1000; k++) {
    work();
    if (k % 250 === 0) await sleep(1);
  }
  assert.ok(Math.abs(y - value) < 1e-10);
  check(back(2)[0] as NdArray, expected(3, point, 2));
});

test("a rejected task leaves nothing behind for those that go on", async () => {
  const failing = async (): Promise<void> => {
    const [, back] = pullback((x) => mul(x, x), 3);
    await null;
    gradient(() => {
      back(1);
      throw new Error("in the middle");
    }, 1);
  };
  const outcomes = await Promise.allSettled([failing(), sleep(1).then(() => gradient((x) => mul(x, x), 3)), failing()]);
  assert.equal(
    outcomes.map(({ status }) => status),
    ["rejected", "fulfilled", "rejected"],
  );
  assert.equal((outcomes[1] as PromiseFulfilledResult<unknown>).value, [6]);
});

test.run();
