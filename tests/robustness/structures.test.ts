import { test } from "uvu";
import * as assert from "uvu/assert";
import { accumulate, times } from "../../lib/core/index.js";
import {
  type AnyArray,
  add,
  array,
  gradient,
  hvp,
  mul,
  type NdArray,
  NoTangent,
  pullback,
  pushforward,
  range,
  type Scalar,
  sin,
  sum,
  toNested,
  vhp,
  withGradient,
  ZeroTangent,
} from "../../lib/index.js";
import { onArrays } from "../helpers/structures.js";

/** The structure with its arrays as nested lists, so that records of any class compare. */
const plain = (x: unknown): unknown => onArrays((a) => toNested(a) as never, x);

interface Model {
  readonly layers: readonly { readonly w: AnyArray; readonly bias: Scalar; readonly name: string }[];
  readonly pair: readonly [Scalar, readonly [AnyArray, Scalar]];
  readonly scale: { readonly deep: { readonly deeper: Scalar } };
  readonly unused: { readonly x: Scalar; readonly v: AnyArray; readonly none: readonly Scalar[] };
}
const model = {
  layers: [
    { w: array([1, 2]), bias: 3, name: "first" },
    { w: array([4, 5]), bias: 6, name: "second" },
  ],
  pair: [7, [array([[8]]), 9]],
  scale: { deep: { deeper: 10 } },
  unused: { x: 1, v: array([1, 2], { dtype: "float32" }), none: [] },
} as const;

const energy = (m: Model): Scalar => {
  let total: Scalar = 0;
  for (const { w, bias } of m.layers) total = add(total, mul(sum(mul(w, w)), bias));
  const [first, [matrix, last]] = m.pair;
  return mul(add(total, mul(mul(first, last), matrix.get(0, 0))), m.scale.deep.deeper);
};

/** By hand: total = 5·3 + 41·6 = 261, product = 7·9·8 = 504. */
const expected = {
  layers: [
    { w: [60, 120], bias: 50, name: NoTangent },
    { w: [480, 600], bias: 410, name: NoTangent },
  ],
  pair: [720, [[[630]], 560]],
  scale: { deep: { deeper: 765 } },
  unused: { x: 0, v: [0, 0], none: [] },
};

test("nested records, tuples and lists: the gradient has the same structure, real zeros, NoTangent for labels", () => {
  const { value, gradient: g } = withGradient((m) => energy(m as never), model);
  assert.is(value, 7650);
  assert.equal(plain(g[0]), expected);
  assert.is((g[0].unused.v as NdArray).dtype, "float32");
  assert.equal(plain(pullback((m) => energy(m as never), model)[1](2)[0].layers[0]), { w: [120, 240], bias: 100, name: NoTangent });
});

test("pushforward takes a tangent of the same structure; parts left out do not move", () => {
  const along = (tangent: unknown): unknown => pushforward((m) => energy(m as never), [model], [tangent])[1];
  assert.is(along({ scale: { deep: { deeper: 1 } } }), 765);
  assert.is(along({ layers: [{ w: array([1, 0]), bias: 0 }, ZeroTangent] }), 60);
  assert.is(along({ pair: [1, [ZeroTangent, 10]] }), 720 + 5600);
  assert.is(along(ZeroTangent), 0);
  assert.is(along(gradient((m) => energy(m as never), model)[0]), sumOfSquares(expected));
});

/** ⟨g, g⟩ over all numbers of a structure. */
function sumOfSquares(x: unknown): number {
  if (typeof x === "number") return x * x;
  if (typeof x !== "object" || x === null || x === NoTangent) return 0;
  return Object.values(x).reduce((total: number, part) => total + sumOfSquares(part), 0);
}

test("Hessian products over a structure have it too, and both agree", () => {
  const direction = gradient((m) => energy(m as never), model)[0];
  const forward = hvp((m) => energy(m as never), model, direction as never);
  const reverse = vhp((m) => energy(m as never), direction as never, model);
  assert.equal(plain(forward), plain(reverse));
  const along = (step: number): number => {
    const moved = accumulate(model, times(step, direction)) as typeof model;
    return gradient((m) => energy(m as never), moved)[0].scale.deep.deeper;
  };
  const numeric = (along(1e-6) - along(-1e-6)) / 2e-6;
  const got = (forward as unknown as typeof model).scale.deep.deeper;
  assert.ok(Math.abs(got - numeric) < 1e-4 * Math.abs(numeric), `${got} is not ${numeric}`);
});

test("null, absent, string, flag, bigint, symbol, function, date, map and range leaves: NoTangent, and f gets them as they are", () => {
  const leaves = {
    none: null,
    absent: undefined,
    text: "s",
    flag: false,
    big: 2n,
    symbol: Symbol("s"),
    run: Math.abs,
    when: new Date(0),
    table: new Map([["k", 1]]),
    rows: range(0, 2),
    bytes: new Uint8Array(3),
    pattern: /x/,
  };
  const f = (p: Readonly<Record<string, unknown>>): Scalar => {
    for (const [key, leaf] of Object.entries(leaves)) assert.is(p[key], leaf, key);
    return mul(p["x"] as Scalar, 3);
  };
  const [g] = gradient(f as never, { ...leaves, x: 2 }) as unknown as [Record<string, unknown>];
  assert.equal(Object.keys(g), [...Object.keys(leaves), "x"]);
  for (const key of Object.keys(leaves)) assert.is(g[key], NoTangent, key);
  assert.is(g["x"], 3);
  const [y, dy] = pushforward(((p: object) => p) as never, [{ ...leaves, x: 2 }], [{ x: 5 }]) as unknown as Record<string, unknown>[];
  for (const [key, leaf] of Object.entries(leaves)) assert.equal([y?.[key], dy?.[key]], [leaf, NoTangent], key);
  assert.equal([y?.["x"], dy?.["x"]], [2, 5]);
});

test("empty containers: as arguments, as parts, as results, in both modes", () => {
  assert.equal(
    gradient(() => 3, [], {}, [[], {}, { a: [] }]),
    [[], {}, [[], {}, { a: [] }]],
  );
  assert.equal(
    gradient((p) => mul(p.x, 2), { x: 1, none: [], nothing: {} }),
    [{ x: 2, none: [], nothing: {} }],
  );
  assert.equal(
    pushforward((a, b) => [a, b, []], [[], {}], [[], {}]),
    [
      [[], {}, []],
      [[], {}, []],
    ],
  );
  const [y, back] = pullback((x) => ({ x, none: [], nothing: {} }), 3);
  assert.equal([y.none, y.nothing], [[], {}]);
  assert.equal(back({ x: 2, none: [], nothing: {} }), [2]);
  assert.equal(
    hvp((p: { x: Scalar; none: readonly Scalar[] }) => mul(p.x, p.x), { x: 3, none: [] }, { x: 1, none: [] }),
    { x: 2, none: [] },
  );
});

test("one array at two places: each place gets its own cotangent, and they share no memory", () => {
  const x = array([1, 2]);
  const shared = { a: x, list: [x, { b: x }] };
  const [g] = gradient((p) => {
    const [first, second] = p.list as unknown as [AnyArray, { b: AnyArray }];
    return add(sum(mul(p.a, first)), mul(10, sum(sin(mul(0, second.b)))));
  }, shared) as unknown as [{ a: NdArray; list: [NdArray, { b: NdArray }] }];
  assert.equal(plain(g), { a: [1, 2], list: [[1, 2], { b: [0, 0] }] });
  g.a.set(0, 99);
  assert.equal(plain(g.list), [[1, 2], { b: [0, 0] }]);
  assert.equal(plain(x), [1, 2]);
  const along = (tangent: unknown): unknown => pushforward((p) => sum(mul(p.a, p.list[0] as AnyArray)), [shared], [tangent])[1];
  assert.is(along({ a: array([1, 0]) }), 1);
  assert.is(along({ list: [array([0, 1]), ZeroTangent] }), 2);
});

test("one record at two places, and the same record as two arguments, count twice", () => {
  const part = { w: 3 };
  assert.equal(
    gradient((p) => mul(p.left.w, mul(p.right.w, p.right.w)), { left: part, right: part }),
    [{ left: { w: 9 }, right: { w: 18 } }],
  );
  assert.equal(
    gradient((p, q) => mul(p.w, mul(q.w, q.w)), part, part),
    [{ w: 9 }, { w: 18 }],
  );
});

test("f may change the lists and records that it is given: neither the caller's nor the gradient's change", () => {
  const change = (p: { w: Scalar; list: Scalar[]; extra?: Scalar }): Scalar => {
    p.list.push(mul(p.w, 2));
    p.list[0] = mul(p.list[0] as Scalar, p.list[2] as Scalar);
    p.extra = p.w;
    p.w = 0;
    return add(p.list[0], p.extra);
  };
  const given = (): { w: number; list: number[] } => ({ w: 3, list: [4, 5] });
  const p = given();
  assert.equal(gradient((q) => change(q as never), p) as unknown, [{ w: 9, list: [6, 0] }]);
  assert.is(pushforward((q) => change(q as never), [p], [{ w: 1, list: [0, 0] }])[1], 9);
  // A part that does not move is as little the caller's.
  assert.is(pushforward((q) => change(q as never), [p], [{ w: 1 }])[1], 9);
  assert.is(pushforward((q) => change(q as never), [p], [ZeroTangent])[1], 0);
  assert.equal(p, given());
});

test("frozen structures are arguments like any other", () => {
  const frozen = Object.freeze({ x: 2, list: Object.freeze([3, Object.freeze({ y: 4 })]) });
  const f = (p: typeof frozen): Scalar => mul(p.x, mul(p.list[0] as Scalar, (p.list[1] as { y: Scalar }).y));
  assert.equal(gradient(f as never, frozen) as unknown, [{ x: 12, list: [8, { y: 6 }] }]);
  assert.is(pushforward(f as never, [frozen], [{ list: [1, { y: 1 }] }])[1], 8 + 6);
});

test.run();
