import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  add,
  array,
  configure,
  copy,
  defineRule,
  derivative,
  exp,
  frule,
  gradient,
  hessian,
  mul,
  type NdArray,
  NoTangent,
  primal,
  pullback,
  pushforward,
  rrule,
  type Scalar,
  similar,
  sin,
  stack,
  sum,
  thunk,
  toNested,
  withGradient,
} from "../../lib/index.js";
import { seeded } from "../helpers/random.js";

/** Throws when it has been passed so many times. */
class Fuse {
  left = Number.POSITIVE_INFINITY;
  passed = 0;
  pass<T>(x: T): T {
    this.passed++;
    if (this.left-- <= 0) throw new RangeError("blown");
    return x;
  }
}

/** A rule each of whose parts passes the fuse. */
const fused = (fuse: Fuse): ((x: Scalar) => Scalar) =>
  defineRule((x: Scalar): Scalar => fuse.pass(sin(x)), {
    frule: ([, dx], x) => [fuse.pass(sin(x)), fuse.pass(mul(dx, derivative(sin as (z: Scalar) => Scalar, x)))],
    rrule: (x) => [
      fuse.pass(sin(x)),
      (ybar) => [NoTangent, thunk(() => fuse.pass(mul(ybar, gradient(sin as (z: Scalar) => Scalar, x)[0] as Scalar)))],
    ],
  }) as (x: Scalar) => Scalar;

/** A program with numbers, entries, written arrays, array operations, and calls of both engines inside. */
const program =
  (fuse: Fuse) =>
  (x: Scalar, a: AnyArray): Scalar => {
    const rule = fused(fuse);
    let total: Scalar = fuse.pass(x);
    const y = similar(a, a.shape, { holds: [x] });
    for (let k = 0; k < a.size; k++) y.set(k, fuse.pass(rule(mul(a.get(k), total))));
    total = add(total, fuse.pass(sum(mul(y, a))));
    total = add(
      total,
      derivative((z) => fuse.pass(mul(rule(z), x)), total),
    );
    return add(total, gradient((z) => fuse.pass(mul(z, rule(mul(z, x)))), total)[0] as Scalar);
  };

const point = [0.7, array([0.1, 0.2, 0.3])] as const;
const fresh = (): unknown => {
  const { value, gradient: g } = withGradient(program(new Fuse()), ...point);
  const along = pushforward(program(new Fuse()), [...point], [1, array([1, 0, 2])]);
  return [value, g[0], toNested(g[1] as NdArray), along, hessian((x) => program(new Fuse())(x, point[1]), point[0])];
};

test("wherever it throws, in a forward pass, a pullback, a thunk or a nested call, all that follows is as before", () => {
  const expected = fresh();
  const runs: Record<string, (fuse: Fuse) => unknown> = {
    gradient: (fuse) => gradient(program(fuse), ...point),
    pullback: (fuse) => pullback(program(fuse), ...point)[1](1),
    pushforward: (fuse) => pushforward(program(fuse), [...point], [1, array([1, 0, 2])]),
    hessian: (fuse) => hessian((x) => program(fuse)(x, point[1]), point[0]),
    "gradient of derivatives": (fuse) => gradient((x) => derivative((z) => program(fuse)(mul(x, z), point[1]), 1), 0.7),
  };
  for (const [name, run] of Object.entries(runs)) {
    const fuse = new Fuse();
    run(fuse);
    const places = fuse.passed;
    assert.ok(places > 15, `${name} passes ${places} places`);
    for (let k = 0; k < places; k++) {
      const blowing = new Fuse();
      blowing.left = k;
      assert.throws(() => run(blowing), /^blown$/, `${name}, place ${k}`);
      if (k % 7 === 0) assert.equal(fresh(), expected, `after ${name} threw at place ${k}`);
    }
    assert.equal(fresh(), expected);
  }
});

test("what is caught inside f costs only what it was part of", () => {
  const attempt = (run: () => Scalar, otherwise: Scalar): Scalar => {
    try {
      return run();
    } catch {
      return otherwise;
    }
  };
  const f = (x: Scalar): Scalar => {
    const before = mul(x, x);
    const failed = attempt(
      () => {
        const lost = mul(before, x);
        if (primal(lost) > 0) throw new Error("lost");
        return lost;
      },
      mul(before, 2),
    );
    const inner = attempt(
      () =>
        gradient((y) => {
          if (primal(y) > 0) throw new Error("lost");
          return mul(y, x);
        }, x)[0] as Scalar,
      x,
    );
    return add(failed, mul(inner, 10));
  };
  assert.equal(gradient(f, 3), [4 * 3 + 10]);
  assert.is(derivative(f, 3), 4 * 3 + 10);
  assert.is(hessian(f, 3), 4);
});

test("a pullback that threw, by its seed or in a rule, can be called again", () => {
  const fuse = new Fuse();
  const [, back] = pullback(program(fuse), ...point);
  const read = (): unknown => back(1).map((g) => (typeof g === "number" ? g : toNested(g as NdArray)));
  const expected = read();
  const places = fuse.passed;
  read();
  const each = fuse.passed - places;
  assert.ok(each >= 3);
  for (let k = 0; k < each; k++) {
    fuse.left = k;
    assert.throws(() => back(1), /^blown$/);
    assert.throws(() => back("seed"), /ybar/);
    fuse.left = Number.POSITIVE_INFINITY;
    assert.equal(read(), expected);
  }
});

test("f calls the operator that is running it, on itself, to a depth", () => {
  const tower = (depth: number, x: Scalar): Scalar =>
    depth === 0 ? exp(mul(2, x)) : (gradient((y) => tower(depth - 1, y), x)[0] as Scalar);
  const forward = (depth: number, x: Scalar): Scalar => (depth === 0 ? exp(mul(2, x)) : derivative((y) => forward(depth - 1, y), x));
  for (let depth = 0; depth < 5; depth++) {
    const expected = 2 ** depth * Math.exp(0.2);
    for (const y of [tower(depth, 0.1), forward(depth, 0.1)])
      assert.ok(Math.abs((y as number) - expected) < 1e-12 * expected, `${y} is not ${expected}`);
  }
});

test("many pullbacks and gradients, begun and called in any order, in one another", () => {
  const random = seeded(17);
  const kept: { back: (ybar: number) => [number]; slope: number }[] = [];
  const f =
    (a: number) =>
    (x: Scalar): Scalar => {
      // Each forward pass calls pullbacks that were begun before, and begins others.
      const other = kept[Math.floor(random() * kept.length)];
      if (other !== undefined) assert.equal(other.back(2), [2 * other.slope]);
      if (random() < 0.5)
        assert.equal(
          gradient((y) => mul(mul(y, y), a), 3),
          [6 * a],
        );
      return mul(mul(x, a), other === undefined ? 1 : other.slope / Math.abs(other.slope));
    };
  for (let k = 1; k <= 200; k++) {
    const [y, back] = pullback(f(k), 2);
    kept.push({ back: back as (ybar: number) => [number], slope: y / 2 });
    const some = kept[Math.floor(random() * kept.length)] as (typeof kept)[number];
    assert.equal(some.back(k), [k * some.slope]);
  }
  for (const { back, slope } of kept.reverse()) assert.equal(back(1), [slope]);
});

test("a pullback called inside another's sweep, even its own, by a rule's pullback", () => {
  let again = (_ybar: number): unknown[] => [];
  let depth = 0;
  const reentrant = defineRule((x: NdArray): NdArray => copy(x), {
    rrule: (x) => [
      copy(x),
      (ybar: NdArray) => {
        if (depth++ < 2) assert.equal(toNested(again(5)[0] as NdArray), [15, 30]);
        return [NoTangent, ybar];
      },
    ],
  });
  const [, back] = pullback((a) => sum(mul(reentrant(mul(a, 3)) as AnyArray, array([1, 2]))), array([1, 2]));
  again = back as (ybar: number) => unknown[];
  assert.equal(toNested(back(1)[0]), [3, 6]);
  assert.is(depth, 3);
});

test("calls of the protocol inside f and inside rules do not disturb the call that runs", () => {
  const f = (x: Scalar): Scalar => {
    const [y, back] = rrule(mul, x, 3) as [Scalar, (ybar: Scalar) => [unknown, Scalar, Scalar]];
    const [, dy] = frule([NoTangent, 1, 0], mul, x, 5) as [Scalar, Scalar];
    return add(add(mul(y, back(x)[2]), dy), sum(stack([x, y]) as AnyArray));
  };
  // 3 x · x² + 5 + x + 3 x
  assert.equal(gradient(f, 2), [9 * 4 + 4]);
  assert.is(derivative(f, 2), 9 * 4 + 4);
});

test("checked mode may change between a forward pass and its pullback", () => {
  const f = (a: AnyArray): Scalar => sum(mul(sin(a), a));
  const expected = toNested(gradient(f, point[1])[0]);
  for (const first of [true, false]) {
    try {
      configure({ checked: first });
      const [, back] = pullback(f, point[1]);
      configure({ checked: !first });
      assert.equal(toNested(back(1)[0]), expected);
    } finally {
      configure({ checked: false });
    }
  }
});

test.run();
