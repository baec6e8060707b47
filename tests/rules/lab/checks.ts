import {
  array,
  frule,
  mul,
  type NdArray,
  NoTangent,
  ones,
  pullback,
  pushforward,
  rrule,
  square,
  sum,
  toNested,
  traced,
  unthunk,
  zeros,
} from "cotangent";
import { assertClose } from "cotangent/testing";
import * as assert from "uvu/assert";
import { seeded } from "../../helpers/random.js";

/** Any function of the lab. */
// biome-ignore lint/suspicious/noExplicitAny: functions of all kinds are checked here
export type LabFunction = (...args: any[]) => any;

/** A result written out by hand: the sum of some weighted entries of x, named by their row-major positions. */
export type Terms = readonly (readonly [position: number, weight: number])[];

/** All entries in row-major order. */
export function flat(x: NdArray | number): number[] {
  return [typeof x === "number" ? x : toNested(x)].flat(9) as number[];
}

/** The entries of a matrix. */
export function gridOf(x: NdArray): number[][] {
  return toNested(x) as number[][];
}

/** The row-major float64 array of this shape with these entries. */
export function filled(shape: readonly number[], entries: readonly number[]): NdArray {
  const x = zeros(shape as number[]);
  entries.forEach((entry, n) => {
    (x.data as Float64Array)[n] = entry;
  });
  return x;
}

/** Numbers between −2 and 2. */
export function randn(shape: readonly number[], seed: number): NdArray {
  const random = seeded(seed);
  const size = shape.reduce((product, extent) => product * extent, 1);
  return filled(
    shape,
    Array.from({ length: size }, () => 4 * random() - 2),
  );
}

/** Numbers −1, 0, 1 at random: hardly an extreme that is not tied. */
export function tied(shape: readonly number[], seed: number): NdArray {
  const x = randn(shape, seed);
  for (let n = 0; n < x.size; n++) x.data[n] = Math.round((x.data[n] as number) * 0.7);
  return x;
}

/** A matrix of 8 × 6 in memory of every make, plain and tied; each has memory of its own. */
export function matrices(seed: number): [name: string, x: NdArray][] {
  return [
    ["row-major", randn([8, 6], seed)],
    ["tied", tied([8, 6], seed + 1)],
    ["all equal", mul(ones([8, 6]), 3)],
    ["transposed", randn([6, 8], seed + 2).transpose(1, 0)],
    ["transposed and tied", tied([6, 8], seed + 3).transpose(1, 0)],
    ["reversed both ways", randn([8, 6], seed + 4).step(-1, -1)],
    ["reversed and tied", tied([8, 6], seed + 5).step(-1, -1)],
    ["stepped", randn([16, 18], seed + 6).step(2, 3)],
    [
      "a block of a larger one",
      randn([12, 11], seed + 7)
        .lo(3, 2)
        .hi(8, 6),
    ],
    [
      "a turned, stepped, offset and tied block",
      tied([15, 20], seed + 8)
        .lo(2, 3)
        .hi(12, 16)
        .transpose(1, 0)
        .step(-2, 2),
    ],
  ];
}

const tolerance = { rtol: 1e-12, atol: 1e-12 };

/** ⟨a, b⟩. */
function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((total, entry, n) => total + entry * (b[n] as number), 0);
}

function shapeOf(y: unknown): readonly number[] {
  return typeof y === "number" ? [] : (y as NdArray).shape;
}

/** A cotangent of y with these entries: a number where y is one. */
function like(y: unknown, entries: readonly number[]): NdArray | number {
  return typeof y === "number" ? (entries[0] as number) : filled(shapeOf(y), entries);
}

/** The same matrix with its columns one after another, from last to first; anything else as it is. */
function turnedMemory(y: NdArray | number): NdArray | number {
  if (typeof y === "number" || y.dimension !== 2) return y;
  const [rows, columns] = y.shape as [number, number];
  const turned = zeros([columns, rows]).step(-1, 1).transpose(1, 0);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) turned.set(i, j, y.get(i, j));
  return turned;
}

/**
 * Holds f against terms written out by hand: its value, both halves of its rule, both engines, and the second derivatives of ⟨ȳ, f(x)²⟩ in
 * all four pairs of modes; the same once more for f traced. x stays as it is.
 * @param rest static arguments
 */
export function checkTerms(f: LabFunction, x: NdArray, rest: readonly unknown[], terms: readonly Terms[], seed = 77): void {
  const before = Array.from(x.data as Float64Array);
  const size = terms.length;
  const dx = randn(x.shape, seed);
  const dz = randn(x.shape, seed + 1);
  const weights = flat(randn([size], seed + 2));
  const push = (t: readonly number[]): number[] =>
    terms.map((term) =>
      dot(
        term.map(([, w]) => w),
        term.map(([p]) => t[p] as number),
      ),
    );
  const pull = (seeds: readonly number[]): number[] => {
    const xbar = new Array<number>(x.size).fill(0);
    terms.forEach((term, k) => {
      for (const [p, w] of term) (xbar[p] as number) += w * (seeds[k] as number);
    });
    return xbar;
  };
  const y = push(flat(x));
  const moves = [push(flat(dx)), push(flat(dz))] as const;
  const curvature = (k: 0 | 1): number[] => pull(weights.map((w, b) => 2 * w * (moves[k][b] as number)));

  const [byFrule, dy] = frule([NoTangent, dx], f, x, ...rest) as [NdArray, NdArray];
  assertClose(flat(byFrule), y, tolerance, "y by frule");
  assertClose(flat(dy), moves[0], tolerance, "ẏ by frule");
  const [byRrule, back] = rrule(f, x, ...rest) as [NdArray, (ybar: unknown) => unknown[]];
  assertClose(flat(byRrule), y, tolerance, "y by rrule");
  const cotangents = back(like(byRrule, weights));
  assert.is(cotangents.length, 2 + rest.length, "one cotangent for f and each argument");
  assert.is(cotangents[0], NoTangent);
  assertClose(flat(unthunk(cotangents[1]) as NdArray), pull(weights), tolerance, "x̄ by rrule");
  const turned = turnedMemory(like(byRrule, weights));
  assertClose(flat(unthunk(back(turned)[1]) as NdArray), pull(weights), tolerance, "x̄ by rrule, ȳ in turned memory");

  for (const [way, g] of Object.entries({ rule: f, traced: traced(f) })) {
    const h = (v: unknown): NdArray => g(v, ...rest) as NdArray;
    const value = h(x);
    assertClose(flat(value), y, tolerance, `${way}: y`);
    assertClose(flat(pushforward(h as never, [x], [dx])[1] as NdArray), moves[0], tolerance, `${way}: ẏ`);
    const [, pulled] = pullback(h as never, x);
    assertClose(flat(pulled(like(value, weights))[0] as NdArray), pull(weights), tolerance, `${way}: x̄`);

    const ybar = like(value, weights);
    const phi = (v: NdArray): unknown => {
      const square_ = square(h(v));
      return typeof ybar === "number" ? mul(ybar, square_ as never) : sum(mul(ybar, square_));
    };
    const along = (t: NdArray) => (v: NdArray) => pushforward(phi as never, [v], [t])[1];
    const gradient = (v: NdArray): NdArray => pullback(phi as never, v)[1](1)[0] as NdArray;
    const alongGradient = (v: NdArray): unknown => sum(mul(gradient(v), dz));
    const second = dot(curvature(0), flat(dz));
    assertClose(pushforward(along(dz) as never, [x], [dx])[1], second, tolerance, `${way}: forward over forward`);
    assertClose(flat(pushforward(gradient as never, [x], [dx])[1] as NdArray), curvature(0), tolerance, `${way}: forward over reverse`);
    assertClose(flat(pullback(along(dx) as never, x)[1](1)[0] as NdArray), curvature(0), tolerance, `${way}: reverse over forward`);
    assertClose(flat(pullback(alongGradient as never, x)[1](1)[0] as NdArray), curvature(1), tolerance, `${way}: reverse over reverse`);
  }
  assert.equal(Array.from(x.data as Float64Array), before, "x is as it was");
}

/** The numbers in single precision, in a matrix whose rows lie in reverse. */
export function singles(shape: readonly [number, number], seed: number): NdArray {
  const x = array(gridOf(randn(shape, seed)), { dtype: "float32" });
  return x.step(-1, 1);
}

/** Each range of rows with each range of columns, in order. */
export function blocksOf(
  rows: readonly (readonly number[])[],
  cols: readonly (readonly number[])[],
): [top: number, bottom: number, left: number, right: number][] {
  return rows.flatMap(([top, bottom]) => cols.map(([left, right]) => [top, bottom, left, right] as [number, number, number, number]));
}
