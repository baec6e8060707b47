import { test } from "uvu";
import * as assert from "uvu/assert";
import { elementsOf, fromElements, levelOf } from "../../../lib/core/index.js";
import {
  type AnyArray,
  add,
  array,
  copy,
  derivative,
  gradient,
  mul,
  type NdArray,
  NotTraceableError,
  pullback,
  pushforward,
  type Scalar,
  similar,
  sin,
  sum,
  toNested,
} from "../../../lib/index.js";
import { fails } from "../../helpers/fails.js";

const nested = (x: unknown): unknown => toNested(x as NdArray);

test("similar of a plain array is a plain array of zeros, of the same float kind", () => {
  const y = similar(array([[1, 2]]));
  assert.instance(y.data, Float64Array);
  assert.equal(nested(y), [[0, 0]]);
  assert.is(similar(array([1], { dtype: "float32" })).dtype, "float32");
  assert.is(similar(array([1], { dtype: "int32" })).dtype, "float64");
  assert.equal(nested(similar(array([1]), [2, 1])), [[0], [0]]);
});

test("similar of a traced array holds traced numbers and keeps the kind", () => {
  const [g] = gradient(
    (x) => {
      const y = similar(x, [3]);
      y.set(2, mul(x.get(0), x.get(1)));
      return y.get(2);
    },
    array([2, 5], { dtype: "float32" }),
  );
  assert.equal(nested(g), [5, 2]);
  assert.is(g.dtype, "float32");
});

test("holds makes an array that can hold another value: a number alone, in a structure, in either mode", () => {
  const w = array([1, 2]);
  for (const wrap of [(t: Scalar) => t, (t: Scalar) => [t], (t: Scalar) => ({ deep: [t] })]) {
    const f = (theta: Scalar): Scalar => {
      const y = similar(w, [2], { holds: [wrap(theta)] });
      y.set(0, mul(theta, w.get(0)));
      y.set(1, mul(theta, mul(theta, w.get(1))));
      return sum(y);
    };
    assert.equal(gradient(f, 3), [13]);
    assert.is(derivative(f, 3), 13);
    assert.is(
      derivative((t) => gradient(f, t)[0], 3),
      4,
    );
  }
});

test("similar of a plain array without holds refuses a traced number, with the cure", () => {
  gradient((x) => {
    fails(() => (similar(array([1, 2])) as AnyArray).set(0, x), NotTraceableError, "holds: [a]");
    return x;
  }, 1);
});

test("copy is a fresh row-major array of the same entries", () => {
  const x = array([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  const y = copy(x.transpose(1, 0).step(-1, 1));
  assert.equal(nested(y), [
    [3, 6],
    [2, 5],
    [1, 4],
  ]);
  assert.equal(y.stride, [2, 1]);
  y.set(0, 0, 99);
  assert.is(x.get(0, 2), 3);
});

test("copy of a traced view can be written, and the rest still flows back", () => {
  const [g] = gradient(
    (x) => {
      const y = copy(x.transpose(1, 0).lo(1, 0));
      y.set(0, 0, 7);
      return sum(mul(y, y));
    },
    array([
      [1, 2, 3],
      [4, 5, 6],
    ]),
  );
  assert.equal(nested(g), [
    [0, 0, 6],
    [0, 10, 12],
  ]);
});

test("similar and copy refuse what is no array", () => {
  fails(() => similar(3 as never), TypeError, "similar", "a number");
  fails(() => copy([1, 2] as never), TypeError, "copy", "a list of length 2");
});

/** y holds a plain number, one of the outer call and one of the inner call. */
function promoted(outer: Scalar, inner: Scalar, like: AnyArray): Scalar {
  const y = similar(like, [3]);
  y.set(0, mul(outer, outer));
  y.set(1, 4);
  y.set(2, mul(inner, outer));
  return sum(mul(y, sin(y)));
}

/** d/ds d/dt of Σ y sin y with y = [s², 4, t s]. */
function promotedSlope(s: number, t: number): number {
  const u = s * t;
  return 2 * Math.cos(u) * u - u * u * Math.sin(u) + Math.sin(u) + u * Math.cos(u);
}

test("storing a value of an inner call in an array of an outer one promotes the array: all four nestings", () => {
  const like = array([0.5]);
  const modes = [
    (f: (x: Scalar) => Scalar, x: Scalar): Scalar => derivative(f, x),
    (f: (x: Scalar) => Scalar, x: Scalar): Scalar => gradient(f, x)[0] as Scalar,
  ];
  for (const outer of modes) {
    for (const inner of modes) {
      const slope = outer((s) => inner((t) => promoted(s, t, mul(s, like)), 0.7), 1.1);
      assert.ok(Math.abs((slope as number) - promotedSlope(1.1, 0.7)) < 1e-13);
    }
  }
});

test("an array of an inner call takes values of the outer one", () => {
  const [g] = gradient(
    (s) =>
      gradient(
        (x) => {
          const y = copy(x);
          y.set(0, mul(s, x.get(1)));
          return sum(mul(y, y));
        },
        array([2, 3]),
      )[0].get(1),
    5,
  );
  assert.is(g, 60);
});

test("overwriting the only traced entry leaves a constant", () => {
  const f = (x: AnyArray): Scalar => {
    const y = similar(x, [2]);
    y.set(0, x.get(0));
    y.set(0, 3);
    return sum(mul(y, y));
  };
  assert.equal(nested(gradient(f, array([1]))[0]), [0]);
  assert.is(pushforward(f, [array([1])], [array([1])])[1], 0);
});

test("an array of an outer call that an inner call wrote into is usable after the inner call has ended", () => {
  const [g] = gradient((s) => {
    const y = similar(array([0]), [2], { holds: [s] });
    y.set(0, mul(s, s));
    const inner = derivative((t) => {
      y.set(1, t);
      const total = sum(mul(y, y));
      y.set(1, s);
      return total;
    }, 3);
    return add(sum(y), inner);
  }, 5);
  assert.is(g, 11);
});

test("an array that still holds a value of an ended call throws when it is used", () => {
  gradient((s) => {
    const y = similar(array([0]), [1], { holds: [s] });
    derivative((t) => {
      y.set(0, t);
      return t;
    }, 3);
    fails(() => sum(y), NotTraceableError, "ended");
    return s;
  }, 5);
});

test("fromElements gathers numbers of all kinds into the array that holds them", () => {
  assert.instance(fromElements([1, 2], [2]).data, Float64Array);
  assert.instance(fromElements([1, 2], [2], "float32").data, Float32Array);
  const [y, back] = pullback(
    (a, b) => {
      const x = fromElements([a, 5, b, a], [2, 2]);
      assert.is(levelOf(x), levelOf(a));
      assert.is(elementsOf(x.pick(null, 0)).length, 2);
      return x;
    },
    1,
    2,
  );
  assert.equal(nested(y), [
    [1, 5],
    [2, 1],
  ]);
  assert.equal(
    back(
      array([
        [1, 10],
        [100, 1000],
      ]),
    ),
    [1001, 100],
  );
});

test.run();
