import { test } from "uvu";
import * as assert from "uvu/assert";
import { highestLevel, levelOf } from "../../../lib/core/index.js";
import {
  type AnyArray,
  add,
  array,
  callable,
  copy,
  derivative,
  gradient,
  ignoreDerivatives,
  mul,
  type NdArray,
  NotTraceableError,
  primal,
  pullback,
  pushforward,
  type Scalar,
  similar,
  sin,
  stopGradient,
  sum,
  toNested,
} from "../../../lib/index.js";
import { fails } from "../../helpers/fails.js";

test("plain values have no level and are their own primal", () => {
  const plain = [1, array([1, 2]), "s", null, undefined, { a: [1, array([2])] }, [1, 2], () => 1];
  for (const x of plain) {
    assert.is(levelOf(x), undefined);
    assert.is(primal(x), x);
  }
});

test("the level of a structure is the highest one in it", () => {
  gradient((x) => {
    const outer = levelOf(x);
    derivative((y) => {
      const inner = levelOf(y);
      assert.is.not(outer, inner);
      assert.is(highestLevel([x, y]), inner);
      assert.is(levelOf([x, { deep: [y] }]), inner);
      assert.is(levelOf({ x }), outer);
      assert.is(levelOf(callable({ w: y }, (p: { w: Scalar }) => p.w)), inner);
      return y;
    }, 1);
    return x;
  }, 2);
});

test("levels have ids that are never used twice", () => {
  const seen: number[] = [];
  const look = (x: Scalar): Scalar => {
    seen.push((x as unknown as { level: { id: number } }).level.id);
    return x;
  };
  gradient(look, 1);
  derivative(look, 1);
  gradient((x) => derivative((y) => look(mul(x, y)), 1), 1);
  gradient(look, 1);
  assert.is(new Set(seen).size, seen.length);
  assert.equal(
    [...seen].sort((a, b) => a - b),
    seen,
  );
});

test("primal goes through all levels, of numbers, arrays and structures", () => {
  const x = array([
    [1, 2],
    [3, 4],
  ]);
  gradient(
    (a, s) => {
      pushforward(
        (b: typeof a, t: Scalar) => {
          assert.is(primal(t), 5);
          assert.is(primal(mul(t, s)), 25);
          assert.equal(toNested(primal(b.transpose(1, 0).lo(1)) as NdArray), [[2, 4]]);
          const p = primal({ b, list: [t, "name"] });
          assert.equal(toNested(p.b as NdArray), [
            [1, 2],
            [3, 4],
          ]);
          assert.equal(p.list, [5, "name"] as never);
          return t;
        },
        [a, s],
        [x, 1],
      );
      return s;
    },
    x,
    5,
  );
});

test("primal of an array that the program wrote holds the values as they are then", () => {
  gradient(
    (x) => {
      const y = similar(x, [2]);
      y.set(0, mul(x.get(0), 10));
      const before = primal(y) as NdArray;
      y.set(0, 7);
      assert.equal(toNested(before), [10, 0]);
      assert.equal(toNested(primal(y) as NdArray), [7, 0]);
      return sum(y);
    },
    array([1, 2]),
  );
});

test("writable arrays whose entries are plain become plain arrays in functions", () => {
  gradient(
    (x) => {
      const y = similar(x, [2]);
      y.set(0, 3);
      const z = sin(y) as NdArray;
      assert.is(levelOf(z), undefined);
      assert.instance(z.data, Float64Array);
      return sum(mul(x, z));
    },
    array([1, 2]),
  );
});

test("a value of a call that has ended cannot be used, in either mode", () => {
  const leaks: (Scalar | AnyArray)[] = [];
  gradient(
    (x, v) => {
      leaks.push(x, mul(x, 2), v, mul(v, 2), copy(v));
      return x;
    },
    1,
    array([1, 2]),
  );
  pushforward(
    (x: Scalar, v: AnyArray) => {
      leaks.push(x, mul(x, 2), v, mul(v, 2), copy(v));
      return x;
    },
    [1, array([1, 2])],
    [1, array([1, 1])],
  );
  for (const leak of leaks) {
    fails(() => add(leak as Scalar, 1), NotTraceableError, "ended", "return it");
    fails(() => sin(leak as Scalar), NotTraceableError, "ended");
    fails(() => gradient((x) => sum(mul(leak as NdArray, x) as never), array([1, 2])), NotTraceableError, "ended");
    fails(() => derivative((x) => mul(leak as Scalar, x), 1), NotTraceableError, "ended");
    if (typeof leak !== "number" && "shape" in leak) fails(() => sum(leak), NotTraceableError, "ended");
  }
});

test("a value of a call that has ended cannot be returned from another one", () => {
  let leak: Scalar = 0;
  gradient((x) => {
    leak = x;
    return x;
  }, 1);
  fails(() => gradient(() => leak, 1), NotTraceableError, "ended");
  fails(() => derivative(() => leak, 1), NotTraceableError, "ended");
  fails(() => pullback(() => [leak], 1), NotTraceableError, "ended");
});

test("the plain number of a value that outlived its call can still be read", () => {
  let leak: Scalar = 0;
  gradient((x) => {
    leak = mul(x, 3);
    return x;
  }, 2);
  assert.is(primal(leak), 6);
});

test("stopGradient gives the plain value: nothing flows through it, in either mode", () => {
  assert.equal(
    gradient((x) => mul(x, stopGradient(x)), 3),
    [3],
  );
  assert.is(
    derivative((x) => mul(x, stopGradient(x)), 3),
    3,
  );
  const [g] = gradient((x) => sum(mul(x, stopGradient({ x }).x)), array([1, 2]));
  assert.equal(toNested(g), [1, 2]);
});

test("stopGradient stops outer levels too", () => {
  assert.is(
    derivative((x) => derivative((y) => mul(stopGradient(mul(x, y)), y), 3), 2),
    0,
  );
});

test("writing into what stopGradient or ignoreDerivatives returned changes neither input nor gradient", () => {
  for (const plainOf of [(x: NdArray) => stopGradient(x), (x: NdArray) => ignoreDerivatives(() => x)]) {
    const x = array([1, 2]);
    const [g] = gradient((a) => {
      plainOf(a as NdArray).set(0, 100);
      return sum(mul(a, a));
    }, x);
    assert.equal(toNested(x), [1, 2]);
    assert.equal(toNested(g), [2, 4]);
  }
});

test("ignoreDerivatives computes with plain results", () => {
  assert.equal(
    gradient(
      (x) =>
        mul(
          ignoreDerivatives(() => mul(x, x)),
          x,
        ),
      3,
    ),
    [9],
  );
  fails(() => ignoreDerivatives(3 as never), TypeError, "ignoreDerivatives", "() =>");
});

test.run();
