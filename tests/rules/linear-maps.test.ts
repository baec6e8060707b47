import { test } from "uvu";
import * as assert from "uvu/assert";
import { Inplaceable, unthunk } from "../../lib/core/index.js";
import {
  avgPool2d,
  concat,
  diag,
  diagonal,
  flip,
  gather,
  kron,
  maskFill,
  maskSelect,
  type NdArray,
  outer,
  pad,
  repeat,
  reshape,
  roll,
  rot90,
  rrule,
  scatterAdd,
  scatterSet,
  segmentSum,
  slice,
  stack,
  take,
  takeAlongAxis,
  tile,
  transpose,
  tril,
} from "../../lib/index.js";
import { rowMajor, zerosOf } from "../../lib/nd/index.js";
import { build } from "../helpers/layouts.js";
import { seeded } from "../helpers/random.js";
import { entriesOf } from "../nd/sample-views.js";

/** Small integers: sums and products of them are exact in any order. */
function integers(shape: readonly number[], seed: number): NdArray {
  const random = seeded(seed);
  return build(shape, () => Math.floor(random() * 13) - 6);
}

/** The same array in other memory: each reads as x does. */
const memories: Readonly<Record<string, (x: NdArray) => NdArray>> = {
  "row-major": (x) => x,
  transposed: (x) => {
    const order = x.shape.map((_, k) => x.dimension - 1 - k);
    const turned = build([...x.shape].reverse(), (...indices) => x.get(...[...indices].reverse()));
    return turned.transpose(...order);
  },
  backwards: (x) => {
    const turned = build(x.shape, (...indices) => x.get(...indices.map((i, k) => (x.shape[k] as number) - 1 - i)));
    return turned.step(...x.shape.map(() => -1));
  },
  "with gaps": (x) => {
    const room = x.shape.map((extent) => 2 * extent + 1);
    const wide = build(room, (...indices) => (indices.every((i) => i % 2 === 1) ? x.get(...indices.map((i) => (i - 1) / 2)) : Number.NaN));
    return wide.lo(...x.shape.map(() => 1)).step(...x.shape.map(() => 2));
  },
  single: (x) => rowMajor(Float32Array.from(entriesOf(x)), x.shape),
  "of integers": (x) => rowMajor(Int32Array.from(entriesOf(x)), x.shape),
};

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((total, entry, k) => total + entry * (b[k] as number), 0);

type LinearMap = (x: NdArray) => NdArray;

/** A function that is linear in one argument, and what it makes of it entry by entry. */
interface Case {
  readonly f: (...args: never[]) => unknown;
  /** All arguments, x among them. */
  readonly args: (x: NdArray) => readonly unknown[];
  /** The place of x, 0 when absent; in a list, its place there. */
  readonly slot?: number;
  readonly inList?: number;
  readonly value?: LinearMap;
}

/**
 * Throws unless value and pullback are right whatever memory x and ȳ lie in: ⟨ȳ, f(x) − f(0)⟩ = ⟨x̄, x⟩ exactly, in integers; and adding in
 * place adds, to arrays of any memory.
 */
function check({ f, args, slot = 0, inList, value }: Case, x: NdArray): void {
  const call = f as (...all: readonly unknown[]) => NdArray;
  const apply = (given: NdArray): [NdArray, (ybar: NdArray) => unknown] => {
    const [y, back] = rrule(call, ...args(given)) as [NdArray, (ybar: NdArray) => unknown[]];
    return [y, (ybar) => (inList === undefined ? back(ybar)[slot + 1] : (back(ybar)[slot + 1] as unknown[])[inList])];
  };
  const [y] = apply(x);
  const values = entriesOf(y);
  assert.equal(values, entriesOf(call(...args(x))), "by its rule and without");
  if (value !== undefined) {
    const expected = value(x);
    assert.equal(y.shape, [...expected.shape]);
    assert.equal(values, entriesOf(expected), "value");
  }
  const ybar = integers(y.shape, 91);
  const xbar = entriesOf(unthunk(apply(x)[1](ybar)) as NdArray);
  const zero = entriesOf(apply(zerosOf(x.shape))[0]);
  const moved = values.map((entry, k) => entry - (zero[k] as number));
  assert.is(dot(entriesOf(ybar), moved), dot(xbar, entriesOf(x)), "⟨ȳ, f(x) − f(0)⟩ = ⟨x̄, x⟩");
  for (const [memory, laid] of Object.entries(memories)) {
    const [same, back] = apply(laid(x));
    assert.equal(entriesOf(same), values, `${memory}: value`);
    if (memory === "of integers") continue;
    for (const [other, laidBar] of Object.entries(memories)) {
      if (other === "of integers" || (other === "single") !== (memory === "single")) continue;
      assert.equal(entriesOf(unthunk(back(laidBar(ybar))) as NdArray), xbar, `${memory}, ȳ ${other}: x̄`);
    }
    if (memory === "single") continue;
    const cotangent = apply(x)[1](ybar);
    if (!(cotangent instanceof Inplaceable)) continue;
    const acc = laid(integers(x.shape, 92));
    const before = entriesOf(acc);
    cotangent.addTo(acc);
    assert.equal(
      entriesOf(acc),
      before.map((entry, k) => entry + (xbar[k] as number)),
      `${memory}: in place`,
    );
  }
}

const indicesOf = (count: number, length: number, seed: number): Int32Array => {
  const random = seeded(seed);
  return Int32Array.from({ length: count }, () => Math.floor(random() * length));
};

const wrap = (k: number, extent: number): number => ((k % extent) + extent) % extent;

/** Everything that rearranges a matrix. */
function rearrangements(m: number, n: number): Record<string, Case> {
  const rows = indicesOf(5, m, 1);
  const cols = indicesOf(n + 2, n, 2);
  const along = rowMajor(indicesOf(m * 4, n, 3), [m, 4]);
  const down = rowMajor(indicesOf(3 * n, m, 4), [3, n]);
  const mask = rowMajor(Uint8Array.from(indicesOf(m * n, 3, 5)), [m, n]);
  const held = entriesOf(mask).flatMap((entry, k) => (entry === 0 ? [] : [k]));
  const other = integers([m, n], 6);
  const base = integers([4, n], 8);
  const places = indicesOf(m, 4, 9);
  const flat = (x: NdArray, k: number): number => x.get(Math.floor(k / n), k % n);
  const of =
    (f: (...args: never[]) => unknown, ...rest: readonly unknown[]) =>
    (value?: LinearMap): Case => ({ f, args: (x) => [x, ...rest], ...(value === undefined ? {} : { value }) });
  return {
    "take rows": of(take, rows)((x) => build([5, n], (i, j) => x.get(rows[i] as number, j))),
    "take columns": of(take, cols, { axis: 1 })((x) => build([m, n + 2], (i, j) => x.get(i, cols[j] as number))),
    "take a row": of(take, m - 1)((x) => build([n], (j) => x.get(m - 1, j))),
    "takeAlongAxis, the last": of(takeAlongAxis, along)((x) => build([m, 4], (i, k) => x.get(i, along.get(i, k)))),
    "takeAlongAxis, the first": of(takeAlongAxis, down, { axis: 0 })((x) => build([3, n], (k, j) => x.get(down.get(k, j), j))),
    "takeAlongAxis, one row of indices": of(takeAlongAxis, along.hi(1, 4))((x) => build([m, 4], (i, k) => x.get(i, along.get(0, k)))),
    "gather entries": of(gather, rows, cols.subarray(0, 1))((x) => build([5], (k) => x.get(rows[k] as number, cols[0] as number))),
    "gather rows": of(gather, rows)((x) => build([5, n], (k, j) => x.get(rows[k] as number, j))),
    segmentSum: of(
      segmentSum,
      places,
      4,
    )((x) => build([4, n], (s, j) => places.reduce((total, id, k) => total + (id === s ? x.get(k, j) : 0), 0))),
    maskSelect: of(maskSelect, mask)((x) => build([held.length], (k) => flat(x, held[k] as number))),
    maskFill: of(maskFill, mask, 7)((x) => build([m, n], (i, j) => (mask.get(i, j) === 0 ? x.get(i, j) : 7))),
    "scatterAdd, base": of(scatterAdd, rows, 2)(),
    "scatterAdd, updates": { f: scatterAdd, args: (x) => [base, places, x], slot: 2 },
    "scatterAdd, updates of columns": { f: scatterAdd, args: (x) => [other, cols.subarray(0, n), x, { axis: 1 }], slot: 2 },
    "scatterSet, base": of(scatterSet, rows, 2)(),
    "scatterSet, updates": { f: scatterSet, args: (x) => [base, places, x], slot: 2 },
    "scatterSet, updates of columns": { f: scatterSet, args: (x) => [other, cols.subarray(0, n), x, { axis: 1 }], slot: 2 },
    transpose: of(transpose)((x) => build([n, m], (i, j) => x.get(j, i))),
    "flip both": of(flip)((x) => build([m, n], (i, j) => x.get(m - 1 - i, n - 1 - j))),
    "flip rows": of(flip, { axis: 1 })((x) => build([m, n], (i, j) => x.get(i, n - 1 - j))),
    rot90: of(rot90)((x) => build([n, m], (i, j) => x.get(j, n - 1 - i))),
    "roll all": of(roll, 3)((x) => build([m, n], (i, j) => flat(x, wrap(i * n + j - 3, m * n)))),
    "roll rows": of(roll, -2, { axis: 1 })((x) => build([m, n], (i, j) => x.get(i, wrap(j + 2, n)))),
    reshape: of(reshape, [n, m])((x) => build([n, m], (i, j) => flat(x, i * m + j))),
    "slice inside": of(slice, [null, [1]])((x) => build([m, n - 1], (i, j) => x.get(i, j + 1))),
    "slice by two, backwards": of(slice, [
      [undefined, undefined, 2],
      [undefined, undefined, -1],
    ])((x) => build([Math.ceil(m / 2), n], (i, j) => x.get(2 * i, n - 1 - j))),
    "slice a column": of(slice, [null, -1])((x) => build([m], (i) => x.get(i, n - 1))),
    pad: of(pad, [
      [1, 2],
      [0, 3],
    ])((x) => build([m + 3, n + 3], (i, j) => (i < 1 || i > m || j >= n ? 0 : x.get(i - 1, j)))),
    "pad with its ends": of(pad, 2, { mode: "edge" })((x) =>
      build([m + 4, n + 4], (i, j) => x.get(Math.min(m - 1, Math.max(0, i - 2)), Math.min(n - 1, Math.max(0, j - 2)))),
    ),
    tile: of(tile, [2, 3])((x) => build([2 * m, 3 * n], (i, j) => x.get(i % m, j % n))),
    "repeat columns": of(repeat, 3, { axis: 1 })((x) => build([m, 3 * n], (i, j) => x.get(i, Math.floor(j / 3)))),
    "repeat rows": of(repeat, 2, { axis: 0 })((x) => build([2 * m, n], (i, j) => x.get(i >> 1, j))),
    "repeat everything": of(repeat, 2)((x) => build([2 * m * n], (k) => flat(x, k >> 1))),
    tril: of(tril)((x) => build([m, n], (i, j) => (j > i ? 0 : x.get(i, j)))),
    diagonal: of(diagonal)((x) => build([Math.min(m, n)], (i) => x.get(i, i))),
    diag: of(diag, { k: 1 })((x) => build([Math.max(0, Math.min(m, n - 1))], (i) => x.get(i, i + 1))),
    "concat along rows": {
      f: concat,
      args: (x) => [[other, x]],
      inList: 1,
      value: (x) => build([2 * m, n], (i, j) => (i < m ? other.get(i, j) : x.get(i - m, j))),
    },
    "concat along columns": {
      f: concat,
      args: (x) => [[other, x, other], { axis: 1 }],
      inList: 1,
    },
    "stack, first": {
      f: stack,
      args: (x) => [[other, x]],
      inList: 1,
      value: (x) => build([2, m, n], (k, i, j) => (k === 0 ? other : x).get(i, j)),
    },
    "stack, last": {
      f: stack,
      args: (x) => [[other, x, other], { axis: -1 }],
      inList: 1,
      value: (x) => build([m, n, 3], (i, j, k) => (k === 1 ? x : other).get(i, j)),
    },
    "kron, left": of(kron, integers([2, 2], 10))(),
    "kron, right": { f: kron, args: (x) => [integers([3, 2, 2], 10), x], slot: 1 },
    "outer, left": of(outer, integers([6], 10))((x) => build([m * n, 6], (k, j) => flat(x, k) * integers([6], 10).get(j))),
    "outer, right": { f: outer, args: (x) => [integers([7], 10), x], slot: 1 },
  };
}

function checkAll(cases: Readonly<Record<string, Case>>, x: NdArray): void {
  for (const [name, one] of Object.entries(cases)) {
    try {
      check(one, x);
    } catch (error) {
      throw new Error(`${name}, [${x.shape.join(", ")}]: ${(error as Error).message}`, { cause: error });
    }
  }
}

for (const [m, lengths] of [
  [1, [1, 2, 8, 48, 67]],
  [2, [3, 4, 7, 9, 16, 17, 49, 65]],
  [9, [1, 5, 8, 47]],
] as const) {
  test(`matrices of ${m} rows are rearranged exactly, whatever their memory`, () => {
    for (const n of lengths) checkAll(rearrangements(m, n), integers([m, n], 11));
  });
}

test("so are arrays of more axes", () => {
  const middle = indicesOf(4, 5, 21);
  const axes: Record<string, Case> = {
    "take in the middle": {
      f: take,
      args: (x) => [x, middle, { axis: 1 }],
      value: (x) => build([3, 4, 2, 4], (i, k, p, q) => x.get(i, middle[k] as number, p, q)),
    },
    "take at the end": {
      f: take,
      args: (x) => [
        x,
        rowMajor(
          middle.map((k) => k % 4),
          [2, 2],
        ),
        { axis: -1 },
      ],
      value: (x) => build([3, 5, 2, 2, 2], (i, j, p, r, s) => x.get(i, j, p, (middle[2 * r + s] as number) % 4)),
    },
    "gather on two axes": {
      f: gather,
      args: (x) => [x, middle.map((k) => k % 3), middle],
      value: (x) => build([4, 2, 4], (k, p, q) => x.get((middle[k] as number) % 3, middle[k] as number, p, q)),
    },
    transpose: { f: transpose, args: (x) => [x, [0, 3, 1, 2]], value: (x) => build([3, 4, 5, 2], (i, q, j, p) => x.get(i, j, p, q)) },
    "repeat in the middle": {
      f: repeat,
      args: (x) => [x, [0, 1, 2, 0, 3], { axis: 1 }],
      value: (x) => build([3, 6, 2, 4], (i, k, p, q) => x.get(i, [1, 2, 2, 4, 4, 4][k] as number, p, q)),
    },
    avgPool2d: { f: avgPool2d, args: (x) => [x, { kernel: [1, 2] }] },
    "avgPool2d with padding": { f: avgPool2d, args: (x) => [x, { kernel: [2, 4], stride: [1, 2], padding: [1, 2] }] },
    diagonal: { f: diagonal, args: (x) => [x, { axis1: 1, axis2: 3 }], value: (x) => build([3, 2, 4], (i, p, k) => x.get(i, k, p, k)) },
    kron: { f: kron, args: (x) => [x, integers([2, 3], 22)] },
    "kron, right": { f: kron, args: (x) => [integers([2, 1, 3, 1, 2], 23), x], slot: 1 },
  };
  // Multiples of what windows are divided by: their means are exact too.
  checkAll(
    axes,
    build([3, 5, 2, 4], (...indices) => 8 * integers([3, 5, 2, 4], 24).get(...indices)),
  );
});

test.run();
