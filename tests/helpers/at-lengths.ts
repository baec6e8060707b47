import * as assert from "uvu/assert";
import { pullback, pushforward } from "../../lib/index.js";
import { type FloatDType, isNdArray, type NdArray, packed, rowMajor } from "../../lib/nd/index.js";
import { type Laid, listOf, numbersFrom } from "./lengths.js";

type Operators = {
  readonly push: (f: unknown, args: readonly unknown[], tangents: readonly unknown[]) => [y: unknown, dy: unknown];
  readonly pull: (f: unknown, ...args: readonly unknown[]) => [y: unknown, back: (ybar: unknown) => unknown[]];
};
const { push, pull } = { push: pushforward, pull: pullback } as unknown as Operators;

/** A function of arrays as it works on lists: its entries in row-major order, and what they send back to each list. */
export interface OnLists {
  readonly value: (...lists: (readonly number[])[]) => readonly number[];
  readonly slopes: (ybar: readonly number[], ...lists: (readonly number[])[]) => readonly (readonly number[])[];
}

const flat = (x: unknown): number[] => (isNdArray(x) ? listOf(x as NdArray) : [x as number]);
const inner = (x: readonly number[], y: readonly number[]): number => x.reduce((sum, entry, k) => sum + entry * (y[k] as number), 0);
const sizeOf = (x: readonly number[]): number =>
  x.reduce((most, entry) => (Number.isFinite(entry) ? Math.max(most, Math.abs(entry)) : most), 1);

/** What both kinds of float allow, relative to the largest entry; sums of some hundred terms add up in double precision. */
const tolerance = { float64: 1e-11, float32: 3e-6 } as const;

function near(got: readonly number[], wanted: readonly number[], dtype: FloatDType, what: string): void {
  assert.is(got.length, wanted.length, `${what}: how many entries`);
  const room = tolerance[dtype] * sizeOf(wanted);
  const k = got.findIndex((entry, n) => !(Math.abs(entry - (wanted[n] as number)) <= room) && !Object.is(entry, wanted[n]));
  assert.is(k, -1, `${what}: entry ${k} is ${got[k]}, expected ${wanted[k]}`);
}

/** An array like this one, with other entries. */
function like(x: unknown, entries: readonly number[]): unknown {
  if (!isNdArray(x)) return entries[0];
  return rowMajor(x.dtype === "float32" ? Float32Array.from(entries) : Float64Array.from(entries), x.shape);
}

/** The value, the pullback and the pushforward of f at these arrays, against the same on lists. */
export function checkOnLists(f: (...xs: never[]) => unknown, { value, slopes }: OnLists, given: readonly Laid[], what: string): void {
  const name = `${what}, ${given.map((one) => one.name).join(" and ")}`;
  const xs = given.map(({ x }) => x);
  const lists = given.map(({ entries }) => entries);
  const dtype = xs.some((x) => x.dtype === "float32") ? "float32" : "float64";
  const next = numbersFrom(lists.reduce((sum, list) => sum + list.length, 5));
  near(flat(f(...(xs as never[]))), value(...lists), dtype, name);
  const [y, back] = pull(f, ...xs);
  near(flat(y), value(...lists), dtype, `${name}, in reverse`);
  const ybar = flat(y).map(next);
  const expected = slopes(ybar, ...lists);
  back(like(y, ybar)).forEach((xbar, k) => {
    near(flat(xbar), expected[k] as readonly number[], dtype, `${name}, cotangent ${k + 1}`);
  });
  const dxs = xs.map((x) => flat(packed(x)).map(next));
  const [again, dy] = push(
    f,
    xs,
    xs.map((x, k) => like(x, dxs[k] as number[])),
  );
  near(flat(again), value(...lists), dtype, `${name}, forward`);
  const along = dxs.map((dx, k) => inner(dx, expected[k] as readonly number[])).reduce((a, b) => a + b, 0);
  const scale = 1 + dxs.reduce((sum, dx, k) => sum + inner(dx.map(Math.abs), (expected[k] as readonly number[]).map(Math.abs)), 0);
  const got = inner(ybar, flat(dy));
  assert.ok(Math.abs(got - along) <= tolerance[dtype] * scale, `${name}: ⟨ȳ, ẏ⟩ is ${got}, expected ${along}`);
}
