import { test } from "uvu";
import * as assert from "uvu/assert";
import { isRange, isRecord, isStructure, mapStructure, mapTangents } from "../../../lib/core/index.js";
import { array, callable, gradient, mul, NoTangent, range, type Scalar, Tangent, ZeroTangent } from "../../../lib/index.js";

class Layer {
  readonly w: Scalar;
  readonly label: string = "dense";
  constructor(w: Scalar) {
    this.w = w;
  }
  run(x: Scalar): Scalar {
    return mul(this.w, x);
  }
}

test("plain objects and instances of a user's class are records; arrays, dates, maps and tangents are not", () => {
  for (const x of [{}, { a: 1 }, Object.create(null) as object, new Layer(1)]) assert.ok(isRecord(x));
  const others = [
    array([1]),
    [1],
    new Date(0),
    new Map(),
    new Set(),
    /x/,
    new Float64Array(2),
    ZeroTangent,
    NoTangent,
    new Tangent({}),
    () => 1,
    null,
    1,
    "s",
  ];
  for (const x of others) assert.not(isRecord(x));
});

test("lists, records and callables have parts; ranges, arrays and numbers are leaves", () => {
  for (const x of [[1], [], { a: 1 }, callable(1, (w: number) => w)]) assert.ok(isStructure(x));
  for (const x of [range(0, 2), array([1]), 1, "s", null, undefined, () => 1]) assert.not(isStructure(x));
});

test("a range is a pair that compares and prints as any other, and says what it is", () => {
  const r = range(2, 5);
  assert.equal([...r], [2, 5]);
  assert.is(JSON.stringify(r), "[2,5]");
  assert.ok(isRange(r));
  assert.not(isRange([2, 5]));
});

test("mapStructure keeps the structure and replaces the leaves", () => {
  const x = { a: 1, b: [2, { c: 3 }], s: "x" };
  const y = mapStructure((leaf) => (typeof leaf === "number" ? leaf * 10 : leaf), x);
  assert.equal(y, { a: 10, b: [20, { c: 30 }], s: "x" });
  assert.equal(x, { a: 1, b: [2, { c: 3 }], s: "x" });
});

test("mapStructure walks other structures along; a leaf among them stands for all of its parts", () => {
  const add = (a: unknown, b: unknown): unknown => (typeof b === "number" ? (a as number) + b : a);
  assert.equal(mapStructure(add, { a: 1, b: [2, 3] }, { a: 10, b: [20, 30] }), { a: 11, b: [22, 33] });
  assert.equal(mapStructure(add, { a: 1, b: [2, 3] }, { a: 10, b: ZeroTangent }), { a: 11, b: [2, 3] });
  assert.equal(mapStructure(add, [1, 2], 5), [6, 7]);
});

test("instances keep their class", () => {
  const y = mapStructure((leaf) => (typeof leaf === "number" ? leaf + 1 : leaf), new Layer(1)) as Layer;
  assert.instance(y, Layer);
  assert.is(y.w, 2);
  assert.is(y.run(5), 10);
});

test("a callable is rebuilt around its mapped parameters; for tangents its parameters alone stand", () => {
  const c = callable({ w: 2 }, (p: { w: number }, x: number) => p.w * x);
  const double = (leaf: unknown): unknown => (leaf as number) * 2;
  assert.is((mapStructure(double, c) as typeof c)(10), 40);
  assert.equal(mapTangents(double, c), { w: 4 });
});

test("a list with holes, null and undefined leaves stays as long as it is", () => {
  assert.equal(
    mapStructure((leaf) => leaf ?? "none", [null, undefined, 1]),
    ["none", "none", 1],
  );
});

test("an instance of a class with methods is an argument like any other", () => {
  const [g] = gradient((layer) => (layer as unknown as Layer).run(3), new Layer(2));
  assert.is((g as unknown as { w: number }).w, 3);
  assert.is((g as unknown as { label: unknown }).label, NoTangent);
});

test("null, absent values, flags, dates and maps among the arguments get NoTangent and reach f as they are", () => {
  const when = new Date(0);
  const table = new Map([["k", 1]]);
  let seen: unknown;
  const [g] = gradient(
    (p) => {
      seen = p;
      return mul(p.a, 2) as Scalar;
    },
    { a: 1, n: null, u: undefined, t: true, d: when, m: table },
  );
  assert.equal(Object.values(g as object).slice(1), new Array(5).fill(NoTangent));
  assert.is(g.a as unknown, 2);
  assert.is((seen as { d: Date }).d, when);
  assert.is((seen as { m: unknown }).m, table);
});

test("f that changes the list or record that it is given does not change the caller's", () => {
  const list = [1, 2];
  const record: { w: Scalar; extra?: Scalar } = { w: 3 };
  const [g, h] = gradient(
    (l, r) => {
      l[0] = mul(l[0] as Scalar, l[1] as Scalar);
      r.extra = mul(r.w, l[0] as Scalar);
      return r.extra;
    },
    list,
    record as { w: number; extra?: Scalar },
  );
  assert.equal(list, [1, 2]);
  assert.equal(record, { w: 3 });
  assert.equal(g, [6, 3]);
  assert.equal(h as unknown, { w: 2 });
});

test("one object given twice counts as two arguments", () => {
  const x = [1, 2];
  assert.equal(
    gradient((a, b) => mul(a[0] as Scalar, b[1] as Scalar), x, x),
    [
      [2, 0],
      [0, 1],
    ],
  );
});

test.run();
