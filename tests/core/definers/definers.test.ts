import { test } from "uvu";
import * as assert from "uvu/assert";
import { frule as coreFrule, rrule as coreRrule, type Unary } from "../../../lib/core/index.js";
import {
  add,
  array,
  bilinearRule,
  cos,
  defineRule,
  derivative,
  frule,
  gradient,
  linearRule,
  mul,
  type NdArray,
  NoTangent,
  nonDifferentiable,
  pullback,
  pushforward,
  rrule,
  type Scalar,
  scalarRule,
  sin,
  sum,
  toNested,
  ZeroTangent,
} from "../../../lib/index.js";
import { rowMajor } from "../../../lib/nd/index.js";
import { fails } from "../../helpers/fails.js";

const nested = (x: unknown): unknown => toNested(x as NdArray);
const scaled = (c: number, x: NdArray): NdArray =>
  rowMajor(
    Float64Array.from(x.data, (entry) => c * entry),
    x.shape,
  );

/** One differentiable function from each definer, with the same meaning: x ↦ 3x, entry by entry. */
const triples: Record<string, (x: NdArray) => NdArray> = {
  scalarRule: scalarRule(
    (x: number): number => 3 * x,
    () => [3],
  ),
  linearRule: linearRule(
    (x: NdArray): NdArray => scaled(3, x),
    (ybar: NdArray) => scaled(3, ybar),
  ),
  bilinearRule: ((): ((x: NdArray) => NdArray) => {
    const times = bilinearRule(
      (c: NdArray, x: NdArray): NdArray => scaled(c.get(0), x),
      (ybar: NdArray, _: NdArray, x: NdArray) =>
        array([(ybar.data as Float64Array).reduce((total, entry, k) => total + entry * (x.data[k] as number), 0)]),
      (ybar: NdArray, c: NdArray) => scaled(c.get(0), ybar),
    );
    return (x) => times(array([3]), x);
  })(),
  defineRule: defineRule((x: NdArray): NdArray => scaled(3, x), {
    frule: ([, dx], x) => [mul(3, x), mul(3, dx)],
    rrule: (x) => [mul(3, x), (ybar) => [NoTangent, mul(3, ybar)]],
  }),
};

for (const [definer, triple] of Object.entries(triples)) {
  test(`${definer}: plain values run the function, traced ones both rules`, () => {
    const x = array([1, 2]);
    assert.equal(nested(triple(x)), [3, 6]);
    assert.instance(triple(x).data, Float64Array);
    const [y, back] = pullback((a) => triple(a as NdArray), x);
    assert.equal(
      [nested(y), nested(back(array([1, 10]))[0])],
      [
        [3, 6],
        [3, 30],
      ],
    );
    assert.equal(pushforward((a) => triple(a as NdArray), [x], [array([1, 10])]).map(nested), [
      [3, 6],
      [3, 30],
    ]);
  });

  test(`${definer}: differentiates to third order`, () => {
    const cubed = (a: Scalar): Scalar => {
      const y = triple(mul(a, array([1, 2])) as NdArray);
      return sum(mul(mul(y, y), y));
    };
    const third = derivative((a) => gradient((b) => derivative(cubed, b), a)[0] as Scalar, 0.5);
    assert.is(third, 6 * 27 * 9);
  });
}

test("nonDifferentiable: zero both ways, plain values reach the function", () => {
  const floors: unknown[] = [];
  const floor = nonDifferentiable(
    (x: Scalar): number => {
      floors.push(x);
      return Math.floor(x as number);
    },
    { name: "floor" },
  );
  assert.equal(
    gradient((x) => mul(floor(x), x), 2.5),
    [2],
  );
  assert.is(
    derivative((x) => mul(floor(x), x), 2.5),
    2,
  );
  assert.equal(floors, [2.5, 2.5]);
  assert.equal(frule([NoTangent, 1], floor, 2.5), [2, NoTangent]);
  assert.equal(rrule(floor, 2.5)?.[1](1), [NoTangent, ZeroTangent]);
});

test("nonDifferentiable gives NoTangent to what cannot move, and to options", () => {
  const f = nonDifferentiable((...args: readonly unknown[]): number => args.length, { name: "f" });
  const cotangents = (...args: readonly unknown[]): unknown => rrule(f, ...args)?.[1](1).slice(1);
  const integers = array([1, 2], { dtype: "int32" });
  assert.equal(cotangents("a", true, null, undefined, integers, [1], { a: "b" }), [
    NoTangent,
    NoTangent,
    NoTangent,
    NoTangent,
    NoTangent,
    ZeroTangent,
    NoTangent,
  ]);
  assert.equal(cotangents(array([1]), { axis: 0 }), [ZeroTangent, NoTangent]);
  assert.equal(cotangents({ a: 1 }), [ZeroTangent]);
  assert.equal(cotangents(1, { weights: array([1]) }), [ZeroTangent, ZeroTangent]);
});

test("nonDifferentiable stops all levels, of numbers and arrays", () => {
  const first = nonDifferentiable((x: NdArray): number => x.get(0), { name: "first" });
  const slope = derivative(
    (a) => gradient((x) => mul(first(x as NdArray), mul(a, x.get(1))), mul(a, array([2, 3])) as NdArray)[0].get(1),
    5,
  );
  assert.is(slope, 10);
});

test("a rule of a higher-order function gets the operators of the engine that asks", () => {
  const twice = defineRule(
    (f: (x: Scalar) => Scalar, x: Scalar): Scalar => f(f(x)),
    (ad) => ({
      frule: ([, , dx], f, x) => {
        const [y, dy] = ad.pushforward(f, [x], [dx]);
        return ad.pushforward(f, [y], [dy]);
      },
      rrule: (f, x) => {
        const [y, first] = ad.pullback(f, x);
        const [z, second] = ad.pullback(f, y);
        return [z, (zbar) => [NoTangent, NoTangent, first(second(zbar)[0])[0]]];
      },
    }),
  );
  const slope = Math.cos(Math.sin(2)) * Math.cos(2);
  assert.equal(
    gradient((x) => twice(sin, x), 2),
    [slope],
  );
  assert.is(
    derivative((x) => twice(sin, x), 2),
    slope,
  );
  assert.ok(
    Math.abs((derivative((x) => gradient((z) => twice((t) => add(sin(t), mul(t, t)), z), x)[0] as Scalar, 2) as number) - second(2)) <
      1e-10,
  );
  fails(() => coreRrule(twice, sin, 2), TypeError, "main entry");
  fails(() => coreFrule([NoTangent, NoTangent, 1], twice, sin, 2), TypeError, "main entry");
});

/** d²/dx² g(g(x)) for g = sin x + x². */
function second(x: number): number {
  const [y, p, q] = [Math.sin(x) + x * x, Math.cos(x) + 2 * x, 2 - Math.sin(x)];
  return (2 - Math.sin(y)) * p * p + (Math.cos(y) + 2 * y) * q;
}

test("a scalar rule takes an options object last", () => {
  const leaky = scalarRule<(x: unknown, options?: { slope?: number }) => unknown>(
    (x: number, { slope = 0.1 }: { slope?: number } = {}) => (x > 0 ? x : slope * x),
    (_, x: number, { slope = 0.1 }: { slope?: number } = {}) => [(x as number) > 0 ? 1 : slope],
    { name: "leaky" },
  ) as (x: Scalar, options?: { slope?: number }) => Scalar;
  assert.is(leaky(-2, { slope: 0.5 }), -1);
  assert.equal(
    [gradient((x) => leaky(x, { slope: 0.5 }), -2), gradient((x) => leaky(x), -2), gradient((x) => leaky(x, undefined), -2)],
    [[0.5], [0.1], [0.1]],
  );
  assert.is(
    derivative((x) => leaky(x, { slope: 0.5 }), -2),
    0.5,
  );
});

test("a scalar rule has the result in hand", () => {
  const exp: Unary = scalarRule(
    (x: number) => Math.exp(x),
    (y) => [y],
    { name: "exp" },
  );
  assert.is(
    derivative((x) => derivative((z) => derivative(exp, z), x), 1),
    Math.E,
  );
  assert.equal(
    gradient((x) => cos(exp(x)), 0),
    [-Math.sin(1)],
  );
});

test.run();
