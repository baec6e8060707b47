import { test } from "uvu";
import * as assert from "uvu/assert";
import type { AnyFunction } from "../../lib/core/index.js";
import {
  add,
  array,
  copy,
  defineRule,
  derivative,
  gradient,
  mul,
  type NdArray,
  NoTangent,
  pullback,
  type Scalar,
  sin,
  sum,
  toNested,
  withGradient,
} from "../../lib/index.js";

/** What must hold after anything went wrong. */
function stillRight(): void {
  assert.equal(
    withGradient((x, a) => add(mul(x, x), sum(mul(a, a))), 3, array([1, 2])),
    {
      value: 14,
      gradient: [6, array([2, 4])],
    },
  );
  assert.is(
    derivative((x) => gradient((y) => mul(mul(x, y), y), 2)[0] as Scalar, 5),
    4,
  );
}

const thrower = defineRule((x: Scalar): Scalar => x, {
  rrule: (x) => [
    x,
    () => {
      throw new Error("in the pullback");
    },
  ],
});

const accidents: Record<string, () => unknown> = {
  "f throws at once": () =>
    gradient(
      (() => {
        throw new Error("at once");
      }) as AnyFunction,
      1,
    ),
  "f throws after many operations": () =>
    gradient((x) => {
      for (let k = 0; k < 3000; k++) sin(x);
      throw new Error("late");
    }, 1),
  "an inner call throws": () =>
    gradient(
      (x) =>
        gradient((y) => {
          mul(x, y);
          throw new Error("inside");
        }, 1)[0] as Scalar,
      1,
    ),
  "a pullback throws": () => gradient((x) => mul(thrower(mul(x, x)) as Scalar, x), 3),
  "a pullback throws inside another call": () => derivative((x) => gradient((y) => thrower(mul(x, y)) as Scalar, 3)[0] as Scalar, 2),
  "a result is no scalar": () => gradient((a) => mul(a, a) as never, array([1, 2])),
  "an array rule throws": () => gradient((a) => sum(add(a, array([1, 2, 3]))), array([1, 2])),
};

for (const [title, accident] of Object.entries(accidents)) {
  test(`after ${title.replace("throws", "threw")}, all calls give what they gave before`, () => {
    for (let k = 0; k < 10; k++) {
      assert.throws(accident);
      stillRight();
    }
  });
}

test("a call inside a pullback, and one that goes on after an inner one threw", () => {
  const nestedCall = defineRule((x: Scalar): Scalar => sin(x), {
    rrule: (x) => [sin(x), (ybar) => [NoTangent, mul(ybar, derivative(sin, x))]],
  });
  assert.equal(
    gradient((x) => mul(nestedCall(x) as Scalar, 2), 0.5),
    [2 * Math.cos(0.5)],
  );
  const [g] = gradient((x) => {
    const before = mul(x, x);
    assert.throws(() => gradient((y) => mul(mul(x, y), "s" as never), 1));
    return mul(before, x);
  }, 2);
  assert.is(g, 12);
});

test("a pullback that threw can be called again", () => {
  let broken = true;
  const fragile = defineRule((x: NdArray): NdArray => copy(x), {
    rrule: (x) => [
      copy(x),
      (ybar: NdArray) => {
        if (broken) throw new Error("broken");
        return [NoTangent, ybar];
      },
    ],
  });
  const [, back] = pullback((a) => mul(fragile(mul(a, 2) as NdArray), 3), array([1, 2]));
  assert.throws(() => back(array([1, 1])), "broken");
  broken = false;
  assert.equal(toNested(back(array([1, 10]))[0]), [6, 60]);
});

test.run();
