import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  add,
  array,
  callable,
  derivative,
  gradient,
  hvp,
  mul,
  type NdArray,
  NoTangent,
  type Operand,
  pushforward,
  range,
  type Scalar,
  square,
  sub,
  sum,
  Tangent,
  thunk,
  toNested,
  treeMap,
  ZeroTangent,
} from "../../../lib/index.js";
import { hasType, isArray, isNumber } from "../../types/kinds.js";

const params = {
  w: array([
    [1, 2],
    [3, 4],
  ]),
  layers: [{ b: 1 }, { b: 2 }],
  name: "net",
  flag: true,
  ids: array([1, 2], { dtype: "int32" }),
};

test("a step of gradient descent over a record of arrays, lists, numbers and what does not move", () => {
  const loss = (p: { w: AnyArray; layers: readonly { b: Scalar }[] }): Scalar =>
    add(sum(square(p.w)), add(...(p.layers.map(({ b }) => square(b)) as [Scalar, Scalar])));
  const [g] = gradient((p) => loss(p), params);
  const next = treeMap((p, q) => sub(p, mul(0.25, q)), params, g);
  assert.equal(toNested(next.w), [
    [0.5, 1],
    [1.5, 2],
  ]);
  assert.equal(next.layers, [{ b: 0.5 }, { b: 1 }]);
  assert.equal([next.name, next.flag], ["net", true]);
  assert.is(next.ids, params.ids);
  assert.equal(toNested(params.w)[0 as never], [1, 2] as never);
});

test("results have the tree's own type, and leaves that of its numbers and arrays", () => {
  const next = treeMap((x) => x, params);
  isArray(next.w);
  isNumber((next.layers[0] as { b: number }).b);
  const numbers = treeMap(
    (a, b, c) => {
      hasType<number>()(a);
      hasType<number>()(b);
      return a + b + c;
    },
    { p: 1, q: [2, 3] },
    { p: 10, q: [20, 30] },
    { p: 100, q: [200, 300] },
  );
  hasType<{ p: number; q: number[] }>()(numbers as { p: number; q: number[] });
  assert.equal(numbers, { p: 111, q: [222, 333] });
  treeMap(
    (x) => {
      hasType<NdArray>()(x);
      return mul(2, x);
    },
    [array([1])],
  );
  treeMap((x) => {
    hasType<Operand>()(x);
    return x;
  }, {} as unknown);
  assert.is(
    treeMap((x) => x * 2, 4),
    8,
  );
});

test("classes, callables, computed fields and ranges are kept", () => {
  class Layer {
    weight = 3;
    readonly label = "dense";
    get twice(): number {
      return 2 * this.weight;
    }
    apply(x: number): number {
      return this.weight * x;
    }
  }
  const layer = treeMap((x, y) => x + y, new Layer(), { weight: 4, label: "other" });
  assert.instance(layer, Layer);
  assert.equal([layer.apply(2), layer.twice, layer.label], [14, 14, "dense"]);
  const line = callable({ a: 2 }, (p: { a: Scalar }, x: Scalar) => mul(p.a, x));
  const [slope] = gradient((c) => c(5), line);
  assert.is(treeMap((a, b) => add(a, b), line, slope)(1), 7);
  assert.equal(
    treeMap((x) => mul(2, x), { at: range(0, 2), x: 1 }),
    { at: range(0, 2), x: 2 },
  );
  const none = treeMap((x) => x, [undefined, null, "a", true]);
  assert.equal(none, [undefined, null, "a", true] as never);
});

test("tangents are trees: absent parts and ZeroTangent are zeros, NoTangent leaves its leaf alone, thunks are computed", () => {
  const f = (p: number, t: number): number => 10 * p + t;
  assert.equal(treeMap(f, { a: 1, b: 2 }, new Tangent({ b: 5 })), { a: 10, b: 25 });
  assert.equal(treeMap(f, [1, 2], new Tangent([7])), [17, 20]);
  assert.equal(treeMap(f, { a: 1, b: [2, 3] }, { a: NoTangent, b: ZeroTangent }), { a: 1, b: [20, 30] });
  assert.equal(treeMap(f, { a: 1, b: [2, 3] }, NoTangent), { a: 1, b: [2, 3] });
  assert.equal(treeMap(f, { a: 1 }, { a: thunk(() => 4) }), { a: 14 });
  assert.equal(toNested(treeMap((p, t) => add(p, t), array([1, 2]), ZeroTangent)), [1, 2]);
});

test("is traced through, in both modes and to second order", () => {
  const f = (t: Scalar): Scalar => {
    const next = treeMap((p, g) => sub(p, mul(t, g)), { w: array([1, 2]), b: t }, { w: array([3, 4]), b: 1 });
    return add(sum(square(next.w)), square(next.b));
  };
  // (1 − 3t)² + (2 − 4t)² + 0
  const slope = (t: number): number => -6 * (1 - 3 * t) - 8 * (2 - 4 * t);
  assert.ok(Math.abs((gradient(f, 0.5)[0] as number) - slope(0.5)) < 1e-12);
  assert.ok(Math.abs((derivative(f, 0.5) as number) - slope(0.5)) < 1e-12);
  assert.ok(Math.abs((hvp(f, 0.5, 1) as number) - 50) < 1e-12);
  const [, moved] = pushforward((p) => treeMap((x) => mul(2, x), p), [{ a: 1, w: array([1]) }], [{ a: 3, w: array([4]) }]);
  assert.is(moved.a, 6);
});

test("another structure is refused, and its place named", () => {
  const f = (p: Operand): Operand => p;
  const refused = (message: string, ...trees: readonly [unknown, ...unknown[]]): void => {
    assert.throws(
      () => treeMap(f, ...trees),
      (error: unknown) => error instanceof TypeError && error.message === `treeMap: ${message}; give trees of one structure`,
    );
  };
  refused("at tree[0], tree 2 has a list of length 1, where the first has a number", [1], [[1]]);
  refused("at tree.a, tree 3 has a string, where the first has a number", { a: 1 }, { a: 2 }, { a: "2" });
  refused("at tree.a, tree 2 has no such part, but the first one has", { a: 1 }, {});
  refused("at tree.a.c, tree 2 has a part that the first does not have", { a: { b: 1 } }, { a: { b: 1, c: 2 } });
  refused("at the top, tree 2 has a list of length 3, where the first has a list of length 2", [1, 2], [1, 2, 3]);
  refused("at the top, tree 2 has a record, where the first has a list of length 1", [1], { 0: 1 });
  refused("at the top, tree 2 has a number, where the first has a record", { a: 1 }, 2);
  refused("at the top, tree 2 has undefined, where the first has an array of shape [2]", array([1, 2]), undefined);
  assert.throws(() => treeMap(params as never, params), /^treeMap: the first argument is a record; give \(leaf, …\) => the new leaf/);
  const ring: { self?: unknown } = {};
  ring.self = ring;
  assert.throws(() => treeMap(f, ring), /contains itself/);
});

test.run();
