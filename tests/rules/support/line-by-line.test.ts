import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  array,
  batchNorm,
  crossEntropy,
  cummax,
  cummin,
  cumprod,
  cumsum,
  layerNorm,
  logcumsumexp,
  logSoftmax,
  logsumexp,
  max,
  mean,
  median,
  min,
  type NdArray,
  norm,
  ones,
  prod,
  pullback,
  pushforward,
  quantile,
  rmsNorm,
  softmax,
  sort,
  std,
  sum,
  toNested,
  variance,
  zeros,
} from "../../../lib/index.js";
import { isNdArray, packed, packedData, rowMajor, sameStore, zerosOf } from "../../../lib/nd/index.js";
import { assertClose } from "../../../lib/testing/index.js";
import { decimals, layouts } from "../../helpers/layouts.js";
import { seeded } from "../../helpers/random.js";

type Along = (x: NdArray, options: { readonly axis: number }) => number | NdArray;

/** Whatever goes along one axis. */
const functions: Readonly<Record<string, Along>> = {
  softmax,
  logSoftmax,
  logsumexp,
  sum,
  mean,
  variance,
  std: (x, { axis }) => std(x, { axis, ddof: 0.5 }),
  norm,
  "norm of ord 1": (x, { axis }) => norm(x, { axis, ord: 1 }),
  "norm of ord 3": (x, { axis }) => norm(x, { axis, ord: 3 }),
  "norm of ord 4": (x, { axis }) => norm(x, { axis, ord: 4 }),
  "norm of ord 0.5": (x, { axis }) => norm(x, { axis, ord: 0.5 }),
  "norm of ord 1.5": (x, { axis }) => norm(x, { axis, ord: 1.5 }),
  "norm of ord −2": (x, { axis }) => norm(x, { axis, ord: -2 }),
  "norm of ord ∞": (x, { axis }) => norm(x, { axis, ord: Infinity }),
  "norm of ord −∞": (x, { axis }) => norm(x, { axis, ord: -Infinity }),
  max,
  min,
  prod,
  median,
  quantile: (x, { axis }) => quantile(x, 0.3, { axis }),
  cumsum,
  cumprod,
  logcumsumexp,
  cummax,
  cummin,
  sort,
  "sort from the largest": (x, { axis }) => sort(x, { axis, descending: true }),
};

const push = pushforward as unknown as (f: unknown, args: readonly unknown[], tangents: readonly unknown[]) => [y: unknown, dy: unknown];
const pull = pullback as unknown as (f: unknown, ...args: readonly unknown[]) => [y: unknown, back: (ybar: unknown) => unknown[]];

/** Entries between −1 and 1, so that products of many stay in range. */
function small(shape: readonly number[], seed: number): NdArray {
  const random = seeded(seed);
  const x = zerosOf(shape);
  for (let n = 0; n < x.size; n++) x.data[n] = 2 * random() - 1;
  return x;
}

/** Line n of an array along an axis, as a vector of its own. */
function lineOf(x: NdArray, axis: number, n: number): NdArray {
  const order = [...x.shape.keys()].filter((k) => k !== axis).concat(axis);
  const length = x.shape[axis] as number;
  return rowMajor(packedData(x.transpose(...order), "float64").slice(n * length, (n + 1) * length), [length]);
}

/** What belongs to line n in a result: an entry of it where lines were reduced, a line of it otherwise. */
function partOf(y: NdArray, x: NdArray, axis: number, n: number): NdArray {
  return y.dimension < x.dimension ? rowMajor(packedData(y, "float64").slice(n, n + 1), []) : lineOf(y, axis, n);
}

interface Answers {
  readonly y: unknown;
  readonly dy: unknown;
  readonly xbar: unknown;
}

function answersOf(f: Along, axis: number, x: NdArray, dx: NdArray, ybar: unknown): Answers {
  const g = (a: NdArray): unknown => f(a, { axis });
  const [y, back] = pull(g, x);
  const [again, dy] = push(g, [x], [dx]);
  assert.equal(again, y);
  return { y, dy, xbar: back(ybar)[0] };
}

/** Compares a function along an axis of an array with itself on each of its lines. */
function checkLines(f: Along, x: NdArray, axis: number, rtol: number, who: string): void {
  const dx = small(x.shape, 2);
  const y = f(x, { axis }) as NdArray;
  const ybar = small(y.shape, 3);
  const kind = y.dtype as "float64" | "float32";
  const whole = answersOf(f, axis, x, packed(dx, kind), packed(ybar, kind));
  const count = x.size / (x.shape[axis] as number);
  for (let n = 0; n < count; n++) {
    const line = answersOf(f, 0, lineOf(x, axis, n), lineOf(packed(dx, kind), axis, n), partOf(packed(ybar, kind), x, axis, n));
    const close = (part: unknown, expected: unknown, what: string): void =>
      assertClose(part, expected, { rtol, atol: rtol }, `${who}, line ${n}: ${what}`);
    close(partOf(whole.y as NdArray, x, axis, n), line.y, "y");
    close(partOf(whole.dy as NdArray, x, axis, n), line.dy, "ẏ");
    close(lineOf(whole.xbar as NdArray, axis, n), line.xbar, "x̄");
  }
}

const lengths = [1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 63, 64, 65, 66, 67, 127, 128, 131];

for (const [name, f] of Object.entries(functions)) {
  test(`${name} along any axis is what it is on each line, whatever the length, the layout and the kind`, () => {
    for (const n of lengths) {
      checkLines(f, small([5, n], n), 1, 1e-12, `[5, ${n}] along 1`);
      checkLines(f, small([n, 5], n), 0, 1e-12, `[${n}, 5] along 0`);
      checkLines(f, small([2, n, 3], n), 1, 1e-12, `[2, ${n}, 3] along 1`);
      checkLines(f, packed(small([n, 5], n), "float32"), 0, 2e-6, `[${n}, 5] of float32 along 0`);
    }
    for (const [layout, change] of Object.entries(layouts))
      for (const axis of [0, 1]) checkLines(f, change(decimals([9, 10], 1)), axis, 1e-11, `${layout}, along ${axis}`);
    const integers = array([
      [3, 1, 2, 2],
      [5, 5, 5, 5],
    ]);
    for (const axis of [0, 1])
      assert.equal(f(rowMajor(Int32Array.from(integers.data), [2, 4]), { axis }), f(integers, { axis }), `integers along ${axis}`);
  });

  test(`${name}: its loops do what the rule composed of differentiable functions does, at both orders of nesting`, () => {
    // An outer call that moves nothing makes the rule compose.
    for (const n of [1, 2, 7, 8]) {
      const x = decimals([n, 3], 5);
      const g = (a: NdArray): unknown => f(a, { axis: 0 });
      const y = g(x) as NdArray;
      const dx = small([n, 3], 6);
      const ybar = small(y.shape, 7);
      const still = zeros([n, 3]);
      const [xbar] = push((a: NdArray) => pull(g, a)[1](ybar)[0], [x], [still]);
      assertClose(pull(g, x)[1](ybar)[0], xbar, { rtol: 1e-11, atol: 1e-12 }, `x̄ of ${n}`);
      const [dy] = push((a: NdArray) => push(g, [a], [dx])[1], [x], [still]);
      assertClose(push(g, [x], [dx])[1], dy, { rtol: 1e-11, atol: 1e-12 }, `ẏ of ${n}`);
      const [again] = push((seed: NdArray) => pull(g, x)[1](seed)[0], [ybar], [zeros(y.shape)]);
      assertClose(again, xbar, { rtol: 1e-11, atol: 1e-12 }, `x̄ of ${n}, its seed traced`);
    }
  });

  test(`${name} of no lines is empty, with slopes of their shape`, () => {
    const g = (a: NdArray): unknown => f(a, { axis: 1 });
    const x = zeros([0, 3]);
    const [y, back] = pull(g, x);
    assert.is((y as NdArray).size, 0);
    assert.equal((back(y)[0] as NdArray).shape, [0, 3]);
    assert.is((push(g, [x], [x])[1] as NdArray).size, 0);
  });
}

/** NaN, infinities and zeros among ordinary entries. */
function spoilt(shape: readonly number[], seed: number): NdArray {
  const random = seeded(seed);
  const odd = [Number.NaN, Infinity, -Infinity, 0, 0];
  const x = small(shape, seed);
  for (let n = 0; n < x.size; n++) if (random() < 0.2) x.data[n] = odd[Math.floor(random() * odd.length)] as number;
  return x;
}

for (const [name, f] of Object.entries<Along>({
  ...functions,
  layerNorm: (x) => layerNorm(x, array([1, 0, 2, -1])),
  rmsNorm: (x) => rmsNorm(x, array([1, 0, 2, -1])),
  crossEntropy: (x) => crossEntropy(x, [0, 1, 2], { reduction: "none" }),
})) {
  test(`${name}: what is not asked for sends exactly 0, whatever stands there`, () => {
    for (let seed = 1; seed <= 40; seed++) {
      const g = (a: NdArray): unknown => f(a, { axis: 1 });
      const x = spoilt([3, 4], seed);
      const y = g(x) as NdArray;
      // Only the first line counts: the cotangents of the others are zeros, and so are their tangents.
      const ybar = zeros(y.shape);
      ybar.data[0] = 1;
      const bars = toNested(pull(g, x)[1](ybar)[0] as NdArray) as number[][];
      const dx = zeros([3, 4]);
      (dx.data as Float64Array).fill(1, 0, 4);
      const moved = packedData(push(g, [x], [dx])[1] as NdArray, "float64");
      const along = moved.length / 3;
      assert.equal(bars.slice(1).flat(), new Array<number>(8).fill(0), `seed ${seed}: x̄`);
      assert.equal([...moved.slice(along)], new Array<number>(2 * along).fill(0), `seed ${seed}: ẏ`);
    }
  });
}

test("normalizations of views and of single precision are those of packed doubles", () => {
  const x = decimals([9, 7], 3);
  const weight = decimals([7], 4);
  const bias = decimals([7], 5);
  const ybar = small([9, 7], 6);
  const dx = small([9, 7], 7);
  const forms: Record<string, (x: NdArray, w: NdArray, b: NdArray) => NdArray> = {
    layerNorm: (x, w, b) => layerNorm(x, w, b),
    rmsNorm: (x, w) => rmsNorm(x, w),
    batchNorm: (x, w, b) => batchNorm(x, w, b),
    "layerNorm without weight": (x, _, b) => layerNorm(x, undefined, b),
  };
  for (const [name, f] of Object.entries(forms)) {
    const run = (a: NdArray, w: NdArray, b: NdArray): unknown => {
      const [y, back] = pull(f, a, w, b);
      return [y, back(ybar), push(f, [a, w, b], [dx, weight, bias])[1]];
    };
    const doubles = (value: unknown): unknown =>
      Array.isArray(value) ? value.map(doubles) : isNdArray(value) ? packed(value as NdArray, "float64") : value;
    const expected = run(x, weight, bias);
    for (const [layout, change] of Object.entries(layouts))
      assertClose(run(change(x), change(weight), change(bias)), expected, { rtol: 1e-12, atol: 1e-13 }, `${name}: ${layout}`);
    const single = run(packed(x, "float32"), weight, bias);
    assertClose(doubles(single), expected, { rtol: 1e-5, atol: 1e-5 }, `${name}: x in single precision`);
  }
});

/** Functions of several arrays: what they are given. */
const several: readonly (readonly [name: string, f: (...args: NdArray[]) => number | NdArray, ...args: NdArray[]])[] = [
  ["layerNorm", (x, w, b) => layerNorm(x as NdArray, w, b), decimals([5, 7], 1), decimals([7], 2), decimals([7], 3)],
  [
    "layerNorm over two axes",
    (x, w) => layerNorm(x as NdArray, w, undefined, { shape: [3, 4] }),
    decimals([2, 3, 4], 1),
    decimals([3, 4], 2),
  ],
  ["rmsNorm", (x, w) => rmsNorm(x as NdArray, w), decimals([5, 7], 1), decimals([7], 2)],
  ["batchNorm", (x, w, b) => batchNorm(x as NdArray, w, b), decimals([5, 7], 1), decimals([7], 2), decimals([7], 3)],
  ["batchNorm of images", (x, w) => batchNorm(x as NdArray, w), decimals([3, 2, 5], 1), decimals([2], 2)],
  ["crossEntropy", (x) => crossEntropy(x as NdArray, [1, 0, 6]), decimals([3, 7], 1)],
  ["crossEntropy, smoothed", (x) => crossEntropy(x as NdArray, [1, 0, 6], { labelSmoothing: 0.3, reduction: "none" }), decimals([3, 7], 1)],
  ["crossEntropy of a vector", (x) => crossEntropy(x as NdArray, 2), decimals([7], 1)],
  [
    "crossEntropy with weights",
    (x, w) => crossEntropy(x as NdArray, w as NdArray, { reduction: "sum" }),
    decimals([3, 7], 1),
    decimals([3, 7], 2),
  ],
  [
    "crossEntropy with weights, smoothed",
    (x, w) => crossEntropy(x as NdArray, w as NdArray, { labelSmoothing: 0.2, reduction: "none" }),
    decimals([3, 7], 1),
    decimals([3, 7], 2),
  ],
];

for (const [name, f, ...args] of several) {
  test(`${name}: its loops do what the rule composed of differentiable functions does`, () => {
    const y = f(...args);
    const ybar = isNdArray(y) ? small(y.shape, 7) : 0.7;
    const tangents = args.map((arg, k) => small(arg.shape, 8 + k));
    const still = args.map((arg) => zeros(arg.shape));
    const close = (a: unknown, b: unknown, what: string): void => assertClose(a, b, { rtol: 1e-11, atol: 1e-12 }, what);
    const bars = pull(f, ...args)[1](ybar);
    close(push((...moving: NdArray[]) => pull(f, ...moving)[1](ybar), args, still)[0], bars, "cotangents");
    close(push((seed: NdArray) => pull(f, ...args)[1](seed), [ybar], [isNdArray(ybar) ? zeros(ybar.shape) : 0])[0], bars, "a traced seed");
    const dy = push(f, args, tangents)[1];
    close(push((...moving: NdArray[]) => push(f, moving, tangents)[1], args, still)[0], dy, "ẏ");
    const [x, ...rest] = args as [NdArray, ...NdArray[]];
    const ofX = (a: NdArray): unknown => f(a, ...rest);
    const [dx] = tangents;
    close(push(ofX, [x], [dx])[1], push((a: NdArray) => push(ofX, [a], [dx])[1], [x], [zeros(x.shape)])[0], "ẏ by x alone");
  });
}

test("channels that are not asked for send exactly 0, whatever stands there", () => {
  for (let seed = 1; seed <= 40; seed++) {
    const ybar = zeros([3, 4]);
    for (const row of [0, 1, 2]) ybar.set(row, 0, 1);
    const bars = toNested(pull(batchNorm, spoilt([3, 4], seed), array([1, 0, 2, -1]))[1](ybar)[0] as NdArray) as number[][];
    assert.equal(
      bars.map((row) => row.slice(1)),
      [0, 1, 2].map(() => [0, 0, 0]),
    );
  }
});

test("an infinite cotangent meets slopes of 0 without NaN", () => {
  const far = array([[0, -800]]);
  assert.equal(toNested(pull((x: NdArray) => logsumexp(x, { axis: 1 }), far)[1](array([Infinity]))[0] as NdArray), [[Infinity, 0]]);
  assert.equal(toNested(pull((x: NdArray) => prod(x, { axis: 1 }), array([[0, 3, 0]]))[1](array([Infinity]))[0] as NdArray), [[0, 0, 0]]);
  assert.equal(toNested(pull((x: NdArray) => crossEntropy(x, [0]), far)[1](Infinity)[0] as NdArray), [[0, 0]]);
});

test("a cotangent that repeats one entry is read through its view", () => {
  const x = decimals([4, 6], 1);
  const one = zeros([1]);
  one.data[0] = 0.5;
  const spread = sameStore(one, [4, 6], [0, 0], 0);
  const half = rowMajor(new Float64Array(24).fill(0.5), [4, 6]);
  for (const [name, f] of Object.entries({ softmax, cumsum, cumprod, sort, logSoftmax, layerNorm }))
    for (const g of [(a: NdArray) => (f as (x: NdArray) => NdArray)(a)])
      assertClose(pull(g, x)[1](spread), pull(g, x)[1](half), { rtol: 0, atol: 0 }, name);
});

test("ones weigh nothing: layerNorm, batchNorm and rmsNorm with a weight of 1 are those without", () => {
  const x = decimals([4, 6], 2);
  assert.equal(toNested(layerNorm(x, ones([6]))), toNested(layerNorm(x)));
  assert.equal(toNested(batchNorm(x, ones([6]))), toNested(batchNorm(x)));
  assert.equal(toNested(rmsNorm(x, ones([6]))), toNested(rmsNorm(x)));
});

test.run();
