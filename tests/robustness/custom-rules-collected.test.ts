import { test } from "uvu";
import * as assert from "uvu/assert";
import type { AnyFunction } from "../../lib/core/index.js";
import {
  type AnyArray,
  array,
  bilinearRule,
  callable,
  copy,
  defineRule,
  derivative,
  frule,
  gradient,
  linearRule,
  mul,
  type NdArray,
  NoTangent,
  nonDifferentiable,
  optOut,
  pullback,
  pushforward,
  rrule,
  ruleOf,
  type Scalar,
  scalarRule,
  sum,
  traced,
} from "../../lib/index.js";
import { alive, collectGarbage } from "./collect.js";

const two = array([1, 2]);

/** Ways to make a rule for a function that is made with it, and to use it in all that rules are used in. */
const makers: Record<string, (k: number) => AnyFunction> = {
  scalarRule: (k) =>
    scalarRule(
      (x: number) => k * x,
      () => [k],
    ),
  linearRule: (k) =>
    linearRule(
      (x: NdArray): NdArray => mul(x, k),
      (ybar: NdArray) => mul(ybar, k),
    ),
  bilinearRule: (k) => {
    const rule = bilinearRule(
      (x: NdArray, y: NdArray): NdArray => mul(mul(x, y), k),
      (ybar: NdArray, _x, y: NdArray) => mul(mul(ybar, y), k),
      (ybar: NdArray, x: NdArray) => mul(mul(ybar, x), k),
    );
    return (x: AnyArray) => rule(x, two) as AnyArray;
  },
  "defineRule, both halves": (k) =>
    defineRule((x: AnyArray): AnyArray => mul(x, k), {
      frule: ([, dx], x) => [mul(x, k), mul(dx, k)],
      rrule: (x) => [mul(x, k), (ybar: AnyArray) => [NoTangent, mul(ybar, k)]],
    }),
  "defineRule, frule alone": (k) => defineRule((x: AnyArray): AnyArray => mul(x, k), { frule: ([, dx], x) => [mul(x, k), mul(dx, k)] }),
  "defineRule, rrule alone": (k) =>
    defineRule((x: AnyArray): AnyArray => mul(x, k), { rrule: (x) => [mul(x, k), (ybar: AnyArray) => [NoTangent, mul(ybar, k)]] }),
  "defineRule with ad": (k) => {
    const rule = defineRule(
      (f: AnyFunction, x: AnyArray): unknown => f(x),
      (ad) => ({
        frule: ([, , dx], f, x) => ad.pushforward(f, [x], [dx]),
        rrule: (f, x) => {
          const [y, back] = ad.pullback(f, x);
          return [y, (ybar) => [NoTangent, NoTangent, back(ybar)[0]]];
        },
      }),
    );
    return (x: AnyArray) => rule((z: AnyArray) => mul(z, k), x);
  },
  nonDifferentiable: (k) => nonDifferentiable((x: NdArray) => mul(x, k)) as AnyFunction,
  optOut: (k) => optOut(defineRule((x: AnyArray): AnyArray => mul(x, k), { frule: ([, dx], x) => [x, dx] }) as AnyFunction, () => true),
  callable: (k) => callable({ k }, (p: { k: Scalar }, x: AnyArray) => mul(x, p.k)) as AnyFunction,
};

/** Uses a rule in both engines, in the protocol's calls and in an outer call, and keeps nothing of it. */
function use(rule: AnyFunction): void {
  gradient((x) => sum(rule(x) as AnyArray), two);
  pushforward((x) => rule(x) as AnyArray, [two], [two]);
  pullback((x) => rule(x) as AnyArray, two)[1](two);
  derivative((s) => gradient((x) => sum(rule(mul(s, x)) as AnyArray), two)[0].get(0), 3);
  if (ruleOf(rule) !== undefined) {
    rrule(rule, two)?.[1](two);
    frule([NoTangent, two], rule, two);
    traced(rule);
  }
}

for (const [title, make] of Object.entries(makers)) {
  test(`rules made in a loop are collected: ${title}`, async () => {
    const watched: WeakRef<object>[] = [];
    (() => {
      for (let k = 1; k <= 20; k++) {
        const rule = make(k);
        use(rule);
        watched.push(new WeakRef(rule));
        const raw = ruleOf(rule)?.primal;
        if (raw !== undefined) watched.push(new WeakRef(raw));
      }
    })();
    await collectGarbage();
    // The last ones may lie in a register or in a call's remains.
    assert.ok(alive(watched) <= 4, `${alive(watched)} of ${watched.length} are still there`);
  });
}

test("what a rule closes over is collected with it, and so is what a pullback kept", async () => {
  const watched: WeakRef<object>[] = [];
  (() => {
    for (let k = 0; k < 20; k++) {
      const table = array(Array.from({ length: 100 }, (_, i) => i * k));
      const rule = defineRule((x: AnyArray): AnyArray => copy(x), {
        rrule: (x) => [copy(x), (ybar: AnyArray) => [NoTangent, mul(ybar, table.get(1))]],
      }) as AnyFunction;
      const [y, back] = pullback((x) => rule(mul(x, x)) as AnyArray, two);
      back(two);
      watched.push(new WeakRef(table), new WeakRef(back), new WeakRef(y as object));
    }
  })();
  await collectGarbage();
  assert.ok(alive(watched) <= 6, `${alive(watched)} of ${watched.length} are still there`);
});

test("a rule that is still reachable keeps its rule, by the function and by the raw function", async () => {
  const raw = (x: number): number => 2 * x;
  const double = scalarRule(raw, () => [2]);
  await collectGarbage();
  assert.equal(
    gradient((x) => double(x), 3),
    [2],
  );
  assert.equal(rrule(raw, 3)?.[1](1), [NoTangent, 2]);
});

test("arrays of a gradient's tape are collected when it returns, also when its tape is used again", async () => {
  const watched: WeakRef<object>[] = [];
  (() => {
    for (let k = 0; k < 10; k++) {
      gradient(
        (x) => {
          const y = mul(x, x);
          watched.push(new WeakRef(y), new WeakRef(x.step(-1)));
          return sum(mul(y.step(-1), y));
        },
        array([1, 2, k]),
      );
    }
    gradient((x) => mul(x, x), 3);
  })();
  await collectGarbage();
  assert.ok(alive(watched) <= 2, `${alive(watched)} of ${watched.length} are still there`);
});

test.run();
