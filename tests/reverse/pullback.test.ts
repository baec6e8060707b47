import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  add,
  array,
  copy,
  defineRule,
  derivative,
  gradient,
  mul,
  type NdArray,
  NoTangent,
  notImplemented,
  pullback,
  type Scalar,
  similar,
  sin,
  sum,
  Tangent,
  TangentError,
  thunk,
  toNested,
  ZeroTangent,
} from "../../lib/index.js";
import { fails } from "../helpers/fails.js";

const nested = (x: unknown): unknown => toNested(x as NdArray);

test("a seed may be a thunk, a symbolic zero, or one that throws as soon as it is needed", () => {
  const [, back] = pullback((x) => ({ y: mul(x, x), z: sum(mul(x, 2)) }), array([3, 4]));
  assert.equal(nested(back({ y: thunk(() => array([1, 10])), z: ZeroTangent })[0]), [6, 80]);
  assert.equal(nested(back(new Tangent({ z: 1 }))[0]), [2, 2]);
  for (const zero of [ZeroTangent, NoTangent]) assert.equal(nested(back(zero)[0]), [0, 0]);
  fails(() => back({ y: notImplemented("not yet"), z: 1 }), TangentError, "a derivative that is not implemented is needed: not yet");
});

test("a number in, a number out", () => {
  const [y, back] = pullback((x) => mul(x, x), 3);
  assert.is(y, 9);
  assert.equal(back(1), [6]);
  assert.equal(back(-2), [-12]);
});

test("the result has f's own structure, and so must the cotangent", () => {
  const [y, back] = pullback((x, a) => ({ p: mul(x, 2), list: [mul(a, x), x] as const, name: "out", n: 7 }), 3, array([1, 2]));
  assert.is(y.p, 6);
  assert.equal(nested(y.list[0]), [3, 6]);
  assert.equal([y.list[1], y.name, y.n], [3, "out", 7]);
  const [xbar, abar] = back({ p: 1, list: [array([10, 20]), 1000], name: NoTangent, n: 5 });
  assert.is(xbar, 2 + 50 + 1000);
  assert.equal(nested(abar), [30, 60]);
});

test("parts of the cotangent may be absent or zero", () => {
  const [, back] = pullback((x) => ({ p: mul(x, 2), q: mul(x, 3) }), 1);
  assert.equal(back(new Tangent({ q: 10 })), [30]);
  assert.equal(back({ p: ZeroTangent, q: 1 }), [3]);
  assert.equal(back(ZeroTangent), [0]);
  assert.equal(back(NoTangent), [0]);
});

test("constant results and constant parts give real zeros", () => {
  const [y, back] = pullback((_x, a) => [5, a.get(0), array([1, 2])] as const, 1, array([1, 2]));
  assert.is(y[0], 5);
  const [xbar, abar] = back([1, 3, array([1, 1])]);
  assert.equal([xbar, nested(abar)], [0, [3, 0]]);
});

test("an array, a view of the argument, or the argument itself may be returned", () => {
  const x = array([
    [1, 2],
    [3, 4],
  ]);
  const [y, back] = pullback((a) => [a, a.transpose(1, 0).pick(0), a.step(-1, 1)] as const, x);
  assert.equal(y.map(nested), [
    nested(x),
    [1, 3],
    [
      [3, 4],
      [1, 2],
    ],
  ]);
  const [xbar] = back([
    array([
      [1, 1],
      [1, 1],
    ]),
    array([10, 20]),
    array([
      [100, 0],
      [0, 200],
    ]),
  ]);
  assert.equal(nested(xbar), [
    [11, 201],
    [121, 1],
  ]);
});

test("called again, it gives the same; other cotangents give their own", () => {
  const [, back] = pullback((x, a) => mul(sin(mul(a, x)), a), 0.7, array([1, 2, 3]));
  const first = back(array([1, 2, 3]));
  back(array([9, 9, 9]));
  const again = back(array([1, 2, 3]));
  assert.is(first[0], again[0]);
  assert.equal(nested(first[1]), nested(again[1]));
});

test("called later: other differentiation calls in between do not matter", () => {
  const f = (a: AnyArray): Scalar => {
    let total: Scalar = 0;
    for (let k = 0; k < a.size; k++) total = add(total, mul(a.get(k), a.get(k)));
    return total;
  };
  const [, back] = pullback(f, array([1, 2, 3]));
  for (let k = 0; k < 20; k++) gradient(f, array(Array.from({ length: 50 + k }, (_, n) => n)));
  assert.equal(nested(back(1)[0]), [2, 4, 6]);
});

test("two pullbacks interleave, one inside another's function too", () => {
  const [, square] = pullback((x) => mul(x, x), 3);
  const [, cube] = pullback((x) => mul(mul(x, x), x), 2);
  assert.equal([square(1), cube(1), square(2), cube(square(1)[0])], [[6], [12], [12], [72]]);
  const [g] = gradient((x) => mul(x, square(x)[0]), 5);
  assert.is(g, 60);
});

test("the results are the caller's: writing into them changes nothing", () => {
  const x = array([1, 2]);
  const [y, back] = pullback((a) => ({ same: a, square: mul(a, a) }), x);
  const ones = { same: array([1, 1]), square: array([1, 1]) };
  const first = nested(back(ones)[0]);
  (y.same as NdArray).set(0, 77);
  (y.square as NdArray).set(0, 77);
  const [g] = back(ones);
  assert.equal(nested(g), first);
  g.set(0, 55);
  assert.equal(nested(back(ones)[0]), first);
  assert.equal(nested(x), [1, 2]);
});

test("the cotangent is the caller's: it is not written to, and its gradients do not share its memory", () => {
  const [, back] = pullback((a) => a, array([1, 2]));
  const ybar = array([5, 6]);
  const [g] = back(ybar);
  g.set(0, 0);
  assert.equal(nested(ybar), [5, 6]);
  ybar.set(1, 0);
  assert.equal(nested(g), [0, 6]);
});

test("gradients of two arguments that receive one cotangent do not share memory", () => {
  const [, back] = pullback((a, b) => add(a, b), array([1, 2]), array([3, 4]));
  const ybar = array([1, 1]);
  const [g, h] = back(ybar);
  g.set(0, 9);
  assert.equal(
    [nested(h), nested(ybar)],
    [
      [1, 1],
      [1, 1],
    ],
  );
});

test("a rule that returns its cotangent for two arguments, which then receive more, does not mix them", () => {
  const f = (a: AnyArray, b: AnyArray): AnyArray => add(add(add(a, b), mul(a, 10)), mul(b, 100));
  const [g, h] = pullback(f, array([1, 2]), array([3, 4]))[1](array([1, 2]));
  assert.equal(
    [nested(g), nested(h)],
    [
      [11, 22],
      [101, 202],
    ],
  );
});

test("a cotangent that a rule kept is not overwritten by later calls", () => {
  const kept: NdArray[] = [];
  const keep = defineRule((x: NdArray): NdArray => copy(x), {
    rrule: (x) => [
      copy(x),
      (ybar: NdArray) => {
        kept.push(ybar);
        return [NoTangent, ybar];
      },
    ],
  });
  const entries = (x: AnyArray): Scalar => {
    const y = keep(x as NdArray) as AnyArray;
    return add(mul(3, y.get(0)), mul(5, y.get(1)));
  };
  gradient(entries, array([1, 2]));
  gradient((x) => mul(sin(sin(sin(x))), sin(x)), 2);
  gradient((x) => sum(mul(sin(x), x)), array([1, 2, 3]));
  assert.equal(nested(kept[0]), [3, 5]);
});

test("a wrong cotangent is an error by part", () => {
  const [, back] = pullback((x, a) => ({ p: x, q: [a] }), 1, array([1, 2]));
  fails(() => back({ p: 1, q: [array([1])] }), TypeError, "ybar.q[0]", "shape [1]", "shape [2]");
  fails(() => back({ p: "s" }), TypeError, "ybar.p", "a string", "a number");
  fails(() => back({ r: 1 }), TypeError, "ybar", "r");
  fails(() => back(1), TypeError, "ybar", "a number", "a record");
});

test("the pullback differentiates, by its cotangent and by the point", () => {
  const by = (x: Scalar, seed: Scalar): Scalar => pullback((z) => mul(sin(z), z), x)[1](seed)[0] as Scalar;
  const slope = Math.sin(2) + 2 * Math.cos(2);
  const curve = 2 * Math.cos(2) - 2 * Math.sin(2);
  assert.ok(Math.abs((derivative((s) => by(2, s), 1) as number) - slope) < 1e-14);
  assert.ok(Math.abs((derivative((x) => by(x, 3), 2) as number) - 3 * curve) < 1e-14);
  const [dx, ds] = gradient(by, 2, 3);
  assert.ok(Math.abs(ds - slope) < 1e-14);
  assert.ok(Math.abs(dx - 3 * curve) < 1e-14);
});

test("it differentiates by an array's cotangent, whose entries the program may have set", () => {
  const x = array([1, 2, 3]);
  const [g] = gradient((a) => {
    const [y, back] = pullback((z: AnyArray) => mul(z, z), x as AnyArray);
    const seed = similar(y as AnyArray, [3], { holds: [a] });
    seed.set(1, mul(a, a));
    return sum(mul(back(seed)[0] as AnyArray, array([1, 10, 100])));
  }, 3);
  assert.is(g, 4 * 6 * 10);
});

test.run();
