import ndarray from "ndarray";
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  add,
  array,
  concat,
  configure,
  gradient,
  mul,
  type NdArray,
  NoTangent,
  pullback,
  pushforward,
  type Scalar,
  similar,
  sin,
  sum,
  toNested,
  ZeroTangent,
} from "../../lib/index.js";
import { viewOn } from "../../lib/nd/index.js";
import { fails } from "../helpers/fails.js";

const nested = (x: unknown): unknown => toNested(x as NdArray);
const square = array([
  [1, 2],
  [3, 4],
]);

test("set after an array rule captured the data: the rule keeps what it saw, the write what it wrote", () => {
  const f = (a: AnyArray): Scalar => {
    const y = mul(a, a);
    const [before, view] = [sin(y), y.step(-1)];
    const listed = concat([y, view]) as AnyArray;
    y.set(0, mul(5, a.get(1)));
    return add(add(sum(before), sum(mul(listed, array([1, 10, 100, 1000])))), mul(7, view.get(1)));
  };
  const [g] = gradient(f, array([1, 2]));
  const expected = [2 * Math.cos(1) + 2 * 1001, 4 * Math.cos(4) + 4 * 110 + 35];
  (nested(g) as number[]).forEach((entry, k) => {
    assert.ok(Math.abs(entry - (expected[k] as number)) < 1e-11, `${entry} is not ${expected[k]}`);
  });
  const along = pushforward(f, [array([1, 2])], [array([1, 0])])[1] as number;
  assert.ok(Math.abs(along - (expected[0] as number)) < 1e-11);
});

test("a result that is written after it was put into a list keeps its aliases: the list sees the write", () => {
  const f = (a: AnyArray): Scalar => {
    const y = similar(a);
    const held = { y, tail: y.lo(1) };
    held.tail.set(0, mul(a.get(0), 3));
    return add(sum(held.y), mul(10, y.get(1)));
  };
  assert.equal(nested(gradient(f, array([1, 2]))[0]), [33, 0]);
});

const readOnly = "read-only inside it; write into copy(x) instead";

test("writing to an input inside gradient is refused, through views and structures, in both modes", () => {
  const writes: readonly ((a: AnyArray) => void)[] = [
    (a) => a.set(0, 0, 1),
    (a) => a.step(-1, -1).set(0, 0, 1),
    (a) => a.transpose(1, 0).set(0, 0, mul(a.get(0, 0), 2)),
    (a) => a.pick(1).set(0, 1),
    (a) => a.lo(1, 1).set(0, 0, 1),
    (a) => a.pick(1, 1).set(1),
  ];
  for (const write of writes) {
    const f = (a: AnyArray): Scalar => {
      write(a);
      return sum(a);
    };
    fails(() => gradient(f, square), TypeError, readOnly);
    fails(() => gradient((p) => f(p.w[0] as AnyArray), { w: [square] }), TypeError, readOnly);
    fails(() => pushforward(f, [square], [square]), TypeError, readOnly);
    fails(() => gradient((s) => gradient((a) => mul(s, f(a)), square)[0].get(0, 0), 2), TypeError, readOnly);
  }
  assert.equal(nested(square), [
    [1, 2],
    [3, 4],
  ]);
});

test("what does not move reaches f as a copy: writing to it changes neither the caller's arrays nor the derivative of what stays", () => {
  const buffer = Int32Array.of(1, 2, 3, 4, 5, 6);
  const views: Readonly<Record<string, NdArray>> = {
    integers: viewOn(buffer, [2, 2], [-3, 2], 3),
    flags: viewOn(Uint8Array.of(1, 0, 1, 1), [2, 2], [2, 1], 0),
    "one entry four times": viewOn(Int16Array.of(7), [2, 2], [0, 0], 0),
    bigints: ndarray(BigInt64Array.of(1n, 2n, 3n, 4n) as never, [2, 2]) as unknown as NdArray,
    bytes: ndarray(Buffer.from([1, 2, 3, 4, 5]) as never, [2, 2], [1, 2], 1) as unknown as NdArray,
    "bytes in order": ndarray(Buffer.from([1, 2, 3, 4, 5]) as never, [2, 2], [2, 1], 1) as unknown as NdArray,
  };
  const entries = (x: NdArray): unknown[] => [x.get(0, 0), x.get(0, 1), x.get(1, 0), x.get(1, 1)];
  for (const [label, k] of Object.entries(views)) {
    const before = entries(k);
    const f = (x: Scalar, given: NdArray, p: { k: NdArray }): Scalar => {
      for (const own of [given, p.k]) {
        assert.equal([entries(own), own.shape], [before, [2, 2]], label);
        own.set(1, 1, (label === "bigints" ? 9n : 9) as number);
        own.lo(1).set(0, 0, (label === "bigints" ? 8n : 8) as number);
        assert.equal(Array.from(entries(own), Number), [Number(before[0]), Number(before[1]), 8, 9], label);
      }
      return mul(x, 3);
    };
    assert.equal(gradient(f as never, 2, k, { k }) as unknown, [3, NoTangent, { k: NoTangent }], label);
    assert.equal(pullback(f as never, 2, k, { k })[1](1) as unknown, [3, NoTangent, { k: NoTangent }], label);
    assert.is(pushforward(f as never, [2, k, { k }], [1, NoTangent, ZeroTangent])[1], 3, label);
    assert.equal(entries(k), before, label);
  }
  assert.equal([...buffer], [1, 2, 3, 4, 5, 6]);
  const faulty = ndarray(buffer, [7]) as unknown as NdArray;
  assert.is(gradient((x, k) => mul(x, k.shape[0] as number), 2, faulty)[0], 7, "one that leaves its memory is refused by whoever reads it");
});

test("so do arrays of floats whose tangent is zero: plain ones, over lists, traced by an outer call", () => {
  const zeroes = (x: AnyArray, w: AnyArray): Scalar => {
    const before = mul(x, w);
    w.set(0, 0);
    w.step(-1).set(0, 7);
    return add(sum(before), sum(mul(x, w)));
  };
  const x = array([1, 1]);
  const list = ndarray([2, 3], [2]) as unknown as NdArray;
  for (const w of [array([2, 3]), array([0, 3, 0, 2]).step(-2), array([2, 3], { dtype: "float32" }), list]) {
    assert.equal(pushforward(zeroes, [x, w], [x, ZeroTangent]), [12, 12]);
    assert.equal(pushforward(((a: AnyArray, p: AnyArray[]) => zeroes(a, p[0] as AnyArray)) as never, [x, [w]], [x, ZeroTangent]), [12, 12]);
    assert.equal(nested(w), [2, 3]);
  }
  const outer = (a: AnyArray): Scalar => {
    const written = similar(a);
    written.set(0, a.get(1));
    const own = [mul(a, 2), written] as const;
    let total: Scalar = 0;
    for (const w of own) total = add(total, pushforward(zeroes, [x, w], [x, ZeroTangent])[1] as Scalar);
    return add(total, add(sum(own[0]), sum(own[1])));
  };
  // Σ 2a + 7 and a₁ + 7 from the inner calls, then Σ 2a and a₁, which they must have left as they were.
  assert.equal(outer(array([1, 2])), 6 + 7 + 2 + 7 + 6 + 2);
  assert.equal(nested(gradient(outer, array([1, 2]))[0]), [4, 6]);
  assert.is(pushforward(outer, [array([1, 2])], [array([1, 10])])[1], 64);
  const input = (a: AnyArray): Scalar => pushforward(zeroes, [x, a], [x, ZeroTangent])[1] as Scalar;
  fails(() => gradient(input, x), TypeError, readOnly);
});

/** Runs with checked mode on. */
function checked(run: () => void): void {
  configure({ checked: true });
  try {
    run();
  } finally {
    configure({ checked: false });
  }
}

test("checked mode: an input that was changed between forward pass and pullback is named, in structures and views too", () => {
  checked(() => {
    const buffer = array([1, 2, 3, 4, 5]);
    const [, back] = pullback((_x, p) => sum(mul(p.w, p.w)), 2, { name: "w", w: buffer.lo(1).step(2) });
    assert.equal(nested((back(1)[1] as { w: NdArray }).w), [4, 8]);
    buffer.set(1, 7);
    fails(() => back(1), TypeError, "pullback: argument 2 was changed after the forward pass");
    buffer.set(1, 2);
    assert.equal(nested((back(1)[1] as { w: NdArray }).w), [4, 8]);
  });
});

test("checked mode: writing beside a view that was given changes nothing of it", () => {
  checked(() => {
    const buffer = array([1, 2, 3, 4, 5]);
    const constant = buffer.lo(3);
    const [, back] = pullback((a) => sum(mul(mul(a, a), constant)), buffer.hi(2));
    buffer.set(2, 99);
    assert.equal(nested(back(1)[0]), [8, 20]);
  });
});

test("checked mode: a constant that was changed in between is named by the rule that used it", () => {
  checked(() => {
    const w = array([1, 2]);
    const [, back] = pullback((a) => sum(mul(a, w)), array([3, 4]));
    w.set(0, 9);
    fails(() => back(1), TypeError, "mul: argument 2 was changed between the forward pass and the pullback");
  });
});

test.run();
