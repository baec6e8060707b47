import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  add,
  array,
  concat,
  copy,
  cos,
  defineRule,
  derivative,
  gradient,
  mul,
  type NdArray,
  NoTangent,
  pullback,
  pushforward,
  type Scalar,
  similar,
  sin,
  stack,
  sum,
} from "../../lib/index.js";
import { rowMajor } from "../../lib/nd/index.js";

const vector = (n: number): NdArray =>
  rowMajor(
    Float64Array.from({ length: n }, (_, k) => Math.cos(k)),
    [n],
  );
const numbers = (n: number): number[] => Array.from({ length: n }, (_, k) => Math.cos(k));

/** y ↦ cos(0.9 y + x) again and again, and the slope of its last value by x. */
const chain =
  (n: number) =>
  (x: Scalar): Scalar => {
    let y: Scalar = 0;
    for (let k = 0; k < n; k += 3) y = cos(add(mul(0.9, y), x));
    return y;
  };
function slopeOfChain(n: number, x: number): number {
  let [y, dy] = [0, 0];
  for (let k = 0; k < n; k += 3) {
    const inside = 0.9 * y + x;
    dy = -Math.sin(inside) * (0.9 * dy + 1);
    y = Math.cos(inside);
  }
  return dy;
}

const closeTo = (got: unknown, expected: number): void =>
  assert.ok(Math.abs((got as number) - expected) < 1e-10 * Math.max(1, Math.abs(expected)), `${got} is not ${expected}`);

test("10⁶ operations deep: gradient, pullback and derivative", () => {
  const expected = slopeOfChain(1_000_000, 0.7);
  closeTo(gradient(chain(1_000_000), 0.7)[0], expected);
  closeTo(pullback(chain(1_000_000), 0.7)[1](1)[0], expected);
  closeTo(derivative(chain(1_000_000), 0.7), expected);
});

test("3 · 10⁴ operations deep to second order: forward over reverse, reverse over reverse, forward over forward", () => {
  const h = 1e-5;
  const expected = (slopeOfChain(30_000, 0.7 + h) - slopeOfChain(30_000, 0.7 - h)) / (2 * h);
  const reverse = (x: Scalar): Scalar => gradient(chain(30_000), x)[0] as Scalar;
  const forward = (x: Scalar): Scalar => derivative(chain(30_000), x);
  const found = [derivative(reverse, 0.7), gradient(reverse, 0.7)[0], derivative(forward, 0.7)];
  for (const got of found) assert.ok(Math.abs((got as number) - expected) < 1e-5 * Math.abs(expected), `${got} is not ${expected}`);
  closeTo(found[1], found[0] as number);
});

test("4 · 10⁴ array operations and rules that leave closures deep", () => {
  const pass = defineRule((x: NdArray): NdArray => copy(x), {
    rrule: (x) => [copy(x), (ybar: NdArray) => [NoTangent, ybar]],
  }) as unknown as (x: AnyArray) => AnyArray;
  const f = (x: AnyArray): Scalar => {
    let y = x;
    for (let k = 0; k < 20_000; k++) y = add(pass(y), 1);
    return sum(mul(y, y));
  };
  const [g] = gradient(f, array([1, 2]));
  assert.equal([g.get(0), g.get(1)], [2 * 20_001, 2 * 20_002]);
});

test("one number used 10⁵ times, one array used 10⁵ times in sums and 2 · 10⁴ times elementwise", () => {
  const uses = 100_000;
  const many = (x: Scalar): Scalar => {
    let total: Scalar = 0;
    for (let k = 1; k <= uses; k++) total = add(total, mul(k, x));
    return total;
  };
  const expected = (uses * (uses + 1)) / 2;
  assert.is(gradient(many, 3)[0], expected);
  assert.is(derivative(many, 3), expected);
  const ofArray = (x: AnyArray): Scalar => {
    let total: AnyArray = x;
    for (let k = 1; k < uses / 5; k++) total = add(total, x);
    return sum(total);
  };
  const [g] = gradient(ofArray, array([1, 2]));
  assert.equal([g.get(0), g.get(1)], [uses / 5, uses / 5]);
  const sums = (x: AnyArray): Scalar => {
    let total: Scalar = 0;
    for (let k = 0; k < uses; k++) total = add(total, sum(x.lo(k % 2)));
    return total;
  };
  const [h] = gradient(sums, array([1, 2]));
  assert.equal([h.get(0), h.get(1)], [uses / 2, uses]);
});

test("a list of 10⁵ separate inputs, in both modes and in rules that take the list; a record and a list of arrays of 2 · 10⁴", () => {
  const n = 100_000;
  const list = numbers(n);
  const squares = (xs: readonly Scalar[]): Scalar => xs.reduce((total: Scalar, x) => add(total, mul(x, x)), 0);
  const [g] = gradient((xs) => squares(xs), list);
  assert.equal([g.length, g[1], g[n - 1]], [n, 2 * Math.cos(1), 2 * Math.cos(n - 1)]);
  const along = pushforward((xs) => squares(xs), [list], [list.map((_, k) => (k === 5 ? 1 : 0))])[1];
  closeTo(along, 2 * Math.cos(5));
  const [h] = gradient((xs) => sum(sin(stack(xs) as AnyArray)), list);
  assert.equal([h[0], h[n - 1]], [Math.cos(1), Math.cos(Math.cos(n - 1))]);
  const record = Object.fromEntries(list.slice(0, n / 5).map((x, k) => [`x${k}`, x]));
  const [p] = gradient((r) => squares(Object.values(r)), record);
  assert.is(p["x7"], 2 * Math.cos(7));
  const arrays = list.slice(0, n / 5).map((x) => array([x]));
  const [q] = gradient((xs) => sum(sin(concat(xs) as AnyArray)), arrays);
  assert.is((q[1] as NdArray).get(0), Math.cos(Math.cos(1)));
});

/** The number of slots in use on the tape of a traced value's call. */
function slotsIn(x: AnyArray): number {
  return (x.data as unknown as { level: { tape: { size: number } } }).level.tape.size;
}

/** How the tape has grown at the end of f, which gets an array of n entries. */
function slotsOf(f: (x: AnyArray) => Scalar, n: number): number {
  let slots = 0;
  gradient((x) => {
    const y = f(x);
    slots = slotsIn(x);
    return y;
  }, vector(n));
  return slots;
}

const programs: Record<string, (x: AnyArray) => Scalar> = {
  "single reads": (x) => {
    let total: Scalar = 0;
    for (let k = 0; k < x.size; k++) total = add(total, x.get(k));
    return total;
  },
  "single reads of a result, through views": (x) => {
    const y = mul(x, 2).step(-1);
    let total: Scalar = 0;
    for (let k = 0; k < y.size; k++) total = add(total, mul(y.get(k), y.lo(k).get(0)));
    return total;
  },
  "single writes": (x) => {
    const y = similar(x);
    for (let k = 0; k < x.size; k++) y.set(k, sin(x.get(k)));
    return sum(y);
  },
  "single writes into a result": (x) => {
    const y = mul(x, 2);
    for (let k = 0; k < x.size; k++) y.set(k, sin(y.get(k)));
    return sum(y);
  },
  "small views": (x) => {
    let total: Scalar = 0;
    for (let k = 0; k + 2 <= x.size; k++) total = add(total, sum(x.lo(k).hi(2)));
    return total;
  },
  "running sums in place": (x) => {
    const y = copy(x);
    for (let k = 1; k < x.size; k++) y.set(k, add(y.get(k), y.get(k - 1)));
    return y.get(x.size - 1);
  },
};

for (const [title, program] of Object.entries(programs)) {
  test(`10⁴ ${title} of an array of 10⁴ take a tape that is linear in their number`, () => {
    const [small, large] = [slotsOf(program, 1_000), slotsOf(program, 10_000)];
    assert.ok(large <= 5 * 10_000, `${large} slots`);
    assert.ok(Math.abs(large - 10 * small) <= 10 * 10, `${small} slots for 10³, ${large} for 10⁴`);
  });
}

test("10⁴ single reads give the exact gradient", () => {
  const [g] = gradient((x) => {
    let total: Scalar = 0;
    for (let k = 0; k < x.size; k++) total = add(total, mul(k, x.step(-1).get(k)));
    return total;
  }, vector(10_000));
  for (const k of [0, 1, 5_000, 9_999]) assert.is(g.get(k), 9_999 - k);
});

test.run();
