import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  type AnyFunction,
  add,
  array,
  callable,
  checkpointed,
  derivative,
  foldl,
  gradient,
  hessian,
  hvp,
  matmul,
  mul,
  type NdArray,
  NoTangent,
  primal,
  pushforward,
  rrule,
  type Scalar,
  scan,
  sin,
  square,
  sum,
  tanh,
  toNested,
  traced,
  zeros,
} from "../../../lib/index.js";
import { assertClose } from "../../../lib/testing/index.js";
import { fails } from "../../helpers/fails.js";
import { decimals, layouts } from "../../helpers/layouts.js";
import { refused } from "../../helpers/refused.js";

/** s ← s / 2 + x, kept at each step. */
const decay = (s: Scalar, x: Scalar) => {
  const next = add(mul(0.5, s), x);
  return [next, next] as const;
};

test("a linear recurrence: carry, ys and their gradients are those of its closed form", () => {
  const x = array([1, 2, 4]);
  for (const g of [scan, traced(scan)]) {
    const [carry, ys] = g(decay, 8, x);
    assert.is(carry, 6.25);
    assert.equal(toNested(ys as NdArray), [5, 4.5, 6.25]);
    // The carry is s₀ / 8 + x₀ / 4 + x₁ / 2 + x₂.
    assert.equal(
      gradient((s, v) => g(decay, s, v)[0], 8, x),
      [0.125, array([0.25, 0.5, 1])],
    );
    // The sum of ys: each x counts in what comes after it.
    assert.equal(
      gradient((s, v) => sum(g(decay, s, v)[1]), 8, x),
      [0.875, array([1.75, 1.5, 1])],
    );
    const [[dcarry, dys]] = [pushforward((s: Scalar, v: AnyArray) => g(decay, s, v), [8, x], [8, zeros(3)])[1]] as unknown as [
      [number, NdArray],
    ];
    assert.equal([dcarry, toNested(dys)], [1, [4, 2, 1]]);
  }
});

/** An Elman cell. */
const cell = (h: AnyArray, x: AnyArray): AnyArray => tanh(add(mul(0.5, h), x));

/** The gradient of Σ h of all steps by hand: back through time. */
function byHand(h0: number[], xs: number[][]): { h0: number[]; xs: number[][] } {
  const hs = [h0];
  for (const x of xs) hs.push(x.map((entry, k) => Math.tanh(0.5 * ((hs.at(-1) as number[])[k] as number) + entry)));
  let bar = h0.map(() => 0);
  const xbars: number[][] = [];
  for (let n = xs.length; n > 0; n--) {
    bar = bar.map((b, k) => (b + 1) * (1 - ((hs[n] as number[])[k] as number) ** 2));
    xbars.unshift(bar);
    bar = bar.map((b) => 0.5 * b);
  }
  return { h0: bar, xs: xbars };
}

test("a recurrent cell over the rows of a matrix: every layout, against back-propagation through time by hand", () => {
  const h0 = array([0.3, -0.2]);
  const xs = mul(0.2, decimals([4, 2], 3));
  const expected = byHand(toNested(h0) as number[], toNested(xs) as number[][]);
  const kept = (h: AnyArray, x: AnyArray) => {
    const next = cell(h, x);
    return [next, next] as const;
  };
  for (const [layout, lay] of Object.entries(layouts)) {
    const [h0bar, xbar] = gradient((h, x) => sum(scan(kept, h, x)[1]), h0, lay(xs));
    assertClose(toNested(h0bar), expected.h0, { rtol: 1e-13 }, layout);
    assertClose(toNested(xbar), expected.xs, { rtol: 1e-13 }, layout);
  }
  const [bars] = gradient(((h: AnyArray, rows: AnyArray[]) => sum(foldl(cell, h, rows) as AnyArray)) as never, h0, [
    xs.pick(0),
    xs.pick(1),
  ]) as unknown as [NdArray];
  assertClose(toNested(bars), gradientOfFold(toNested(h0) as number[], (toNested(xs) as number[][]).slice(0, 2)), { rtol: 1e-13 });
});

/** ∂ Σ h₂ / ∂ h₀ by hand. */
function gradientOfFold(h0: number[], [x0, x1]: number[][]): number[] {
  return h0.map((h, k) => {
    const h1 = Math.tanh(0.5 * h + ((x0 as number[])[k] as number));
    const h2 = Math.tanh(0.5 * h1 + ((x1 as number[])[k] as number));
    return 0.25 * (1 - h2 ** 2) * (1 - h1 ** 2);
  });
}

test("structures in the carry, in xs and in y: records of arrays are gone through together, parts of y are stacked", () => {
  const f = (carry: { n: Scalar; total: AnyArray }, x: { u: Scalar; v: AnyArray }) => {
    const total = add(carry.total, mul(x.u, x.v));
    return [
      { n: add(carry.n, 1), total },
      { sizes: [sum(total)], row: x.v },
    ] as const;
  };
  const xs = {
    u: array([1, 10, 100]),
    v: array([
      [1, 2],
      [3, 4],
      [5, 6],
    ]),
  };
  const init = { n: 0, total: zeros(2) };
  const [carry, ys] = scan(f as never, init, xs) as unknown as [{ n: number; total: NdArray }, { sizes: [NdArray]; row: NdArray }];
  assert.is(carry.n, 3);
  assert.equal(toNested(carry.total), [531, 642]);
  assert.equal(toNested(ys.sizes[0]), [3, 73, 1173]);
  assert.equal(toNested(ys.row), toNested(xs.v));
  const total = (r: typeof xs): Scalar => sum((scan(f as never, init, r) as unknown as [{ total: AnyArray }])[0].total);
  const [bars] = gradient(total as never, xs) as unknown as [typeof xs];
  assert.equal(toNested(bars.u), [3, 7, 11]);
  assert.equal(toNested(bars.v), [
    [1, 1],
    [10, 10],
    [100, 100],
  ]);
});

test("a list gives a list of ys, whatever they are", () => {
  const [carry, ys] = scan((c: Scalar, x: number) => [add(c, x), x > 1 ? "many" : { x }], 0, [1, 2]);
  assert.equal([carry, ys], [3, [{ x: 1 }, "many"]]);
  assert.equal(scan(decay, 8, []), [8, []]);
});

test("a y of nothing is nothing", () => {
  assert.equal(
    scan((c: Scalar, x: Scalar) => [add(c, x), undefined], 0, array([1, 2])),
    [3, undefined],
  );
});

test("foldl: from the left, from the initial value, which has its gradient; nothing to fold leaves it", () => {
  const minus = (c: Scalar, x: Scalar): Scalar => add(c, mul(-1, x));
  assert.is(foldl(minus, 10, array([1, 2, 3])), 4);
  assert.is(foldl(minus, 10, []), 10);
  assert.is(foldl(minus, 10, array([])), 10);
  const product = (c: Scalar, x: Scalar): Scalar => mul(c, x);
  assert.equal(
    gradient((c, v) => foldl(product, c, v), 2, array([3, 5])),
    [15, array([10, 6])],
  );
  assert.equal(
    gradient((c) => foldl(product, c, []), 2),
    [1],
  );
});

test("the parameters of a callable receive their cotangent, over all steps", () => {
  const f = callable({ w: 3 }, (p: { w: Scalar }, c: Scalar, x: Scalar) => add(mul(p.w, c), x));
  // w³ c + w² x₀ + w x₁ + x₂
  const bars = gradient(((g: typeof f, c: Scalar, x: AnyArray) => foldl(g, c, x)) as never, f as never, 2, array([1, 1, 1]));
  assert.equal(bars as unknown, [{ w: 61 }, 27, array([9, 3, 1])]);
});

test("the protocol: one entry each for f, the first carry and xs", () => {
  const [y, back] = rrule(scan, decay, 8, array([1, 2, 4])) as [unknown, (ybar: unknown) => unknown[]];
  assert.equal(y, [6.25, array([5, 4.5, 6.25])]);
  assert.equal(back([1, zeros(3)]), [NoTangent, NoTangent, 0.125, array([0.25, 0.5, 1])]);
});

test("the tape grows with the length by as much for each step", () => {
  const sizes = [100, 200, 400].map((length) => {
    let size = 0;
    const f = (c: Scalar, x: Scalar): Scalar => {
      const next = sin(add(c, x));
      if (typeof next !== "number") ({ size } = (next as unknown as { level: { tape: { size: number } } }).level.tape);
      return next;
    };
    gradient((v) => foldl(f, 0, v), mul(0.01, decimals([length], 1)));
    return size;
  });
  const [first, second, third] = sizes as [number, number, number];
  assert.is(third - second, 2 * (second - first));
  assert.ok(second - first <= 400, `${(second - first) / 100} slots for each step`);
});

test("a checkpointed f gives the same", () => {
  const x = array([0.1, 0.2, -0.3]);
  const f = (c: Scalar, v: Scalar) => {
    const next = sin(add(c, v));
    return [next, square(next)] as [Scalar, Scalar];
  };
  const total = (step: typeof f) => (v: AnyArray) => sum(scan(step, 0.5, v)[1]);
  assertClose(gradient(total(checkpointed(f)), x), gradient(total(f), x), { rtol: 1e-15 });
  assertClose(hvp(total(checkpointed(f)), x, array([1, 2, 3])), hvp(total(f), x, array([1, 2, 3])), { rtol: 1e-14 });
});

test("second derivatives: the Hessian of a product", () => {
  const product = (v: AnyArray): Scalar => foldl((c: Scalar, x: Scalar) => mul(c, x), 2, v);
  for (const mode of ["forward", "reverse"] as const) {
    assert.equal(toNested(hessian(product, array([3, 5, 7]), { mode })), [
      [0, 14, 10],
      [14, 0, 6],
      [10, 6, 0],
    ]);
  }
});

test("closing over what an outer call traces differentiates by it; over what the running call traces is an error", () => {
  const x = array([1, 2]);
  // ∂/∂c (w² c + w x₀ + x₁) = w²
  const inner = (w: Scalar): Scalar =>
    gradient(((c: Scalar) => foldl((s: Scalar, v: Scalar) => add(mul(w, s), v), c, x)) as never, 5)[0] as unknown as Scalar;
  assert.is(derivative(inner, 3), 6);
  assert.equal(gradient(inner, 3), [6]);
  const wrong = (w: Scalar): Scalar => foldl((s: Scalar, v: Scalar) => add(mul(w, s), v), w, x);
  fails(() => gradient(wrong, 3), TypeError, "foldl: its rule, or a function it was handed, closes over a traced value");
  fails(() => derivative(wrong, 3), TypeError, "foldl: its rule, or a function it was handed, closes over a traced value");
});

test("a matrix power by folding, as by products", () => {
  const a = array([
    [1, 0.5],
    [-0.25, 1],
  ]);
  const power = (m: AnyArray): Scalar => sum(foldl((c: AnyArray, _: number) => matmul<NdArray>(c, m), m, [1, 2]) as AnyArray);
  const cubed = (m: AnyArray): Scalar => sum(matmul<NdArray>(matmul<NdArray>(m, m), m));
  fails(() => gradient(power, a), TypeError, "closes over a traced value");
  const passed = (m: AnyArray): Scalar =>
    sum((foldl((c: { p: AnyArray; m: AnyArray }) => ({ p: matmul<NdArray>(c.p, c.m), m: c.m }), { p: m, m }, [1, 2]) as { p: AnyArray }).p);
  assertClose(toNested(gradient(passed as never, a)[0] as NdArray), toNested(gradient(cubed, a)[0]), { rtol: 1e-14 });
  assert.is(primal(passed(a)), primal(cubed(a)));
});

const bad = array([1, 2]);
const loosely = scan as AnyFunction;
refused([
  [() => loosely(3, 0, bad), TypeError, "scan: f is a number; give a function, (carry, x) => [carry, y]"],
  [() => loosely(decay, 0, 5), TypeError, "scan: xs is a number; give an array, a list, or a record of arrays"],
  [() => loosely(decay, 0, array(5)), RangeError, "scan: xs is an array without axes; give one with an axis to go along, or a list"],
  [() => loosely(decay, 0, { a: 5 }), TypeError, "scan: xs has a number in it; give a record of arrays that have axes"],
  [() => loosely(decay, 0, {}), TypeError, "scan: xs is a record without arrays; give at least one"],
  [
    () => loosely(decay, 0, { a: bad, b: array([1]) }),
    RangeError,
    "scan: xs has arrays of 2 and of 1 entries along axis 0; give one length to all",
  ],
  [
    () => loosely(decay, 0, array([])),
    RangeError,
    "scan: xs is empty, so the shape of ys is unknown; give at least one entry, or a list, whose ys are a list",
  ],
  [() => loosely(() => 3, 0, bad), TypeError, "scan: f returned a number at step 0; return a pair, [carry, y]"],
  [
    () =>
      loosely(
        function* () {
          yield 3;
        },
        0,
        bad,
      ),
    TypeError,
    "scan: f returned an iterator at step 0; return a pair, [carry, y]",
  ],
  [
    () => loosely((c: number, x: number) => [c, x > 1 ? array([1, 2]) : array([1])], 0, bad),
    RangeError,
    "scan: y is an array of shape [1] at step 0 and an array of shape [2] at step 1; return y of one structure and shape, or go over a list",
  ],
  [
    () => loosely((c: number, x: number) => [c, { z: x > 1 ? [1] : 1 }], 0, bad),
    RangeError,
    "scan: y.z is a number at step 0 and a list of length 1 at step 1; return y of one structure and shape, or go over a list",
  ],
  [
    () => loosely((c: number) => [c, "x"], 0, bad),
    TypeError,
    "scan: f returned a string as a part of y; numbers and arrays can be stacked: leave it out, or go over a list",
  ],
  [() => (foldl as AnyFunction)(3, 0, bad), TypeError, "foldl: f is a number; give a function, (carry, x) => carry"],
  [() => (foldl as AnyFunction)(() => undefined, 0, bad), TypeError, "foldl: f returned undefined at step 0; return the next carry"],
]);

test.run();
