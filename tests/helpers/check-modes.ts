import { test } from "uvu";
import * as assert from "uvu/assert";
import { accumulate, basisOf, innerProduct, mapStructure, realize, times } from "../../lib/core/index.js";
import { copy, gradient, pullback, pushforward } from "../../lib/index.js";
import { addInto, type FloatDType, isNdArray, type NdArray, packed, zerosOf } from "../../lib/nd/index.js";
import { assertClose, randTangent, seededRandom } from "../../lib/testing/index.js";
import { integral, layouts, single } from "./layouts.js";
import { doubles, hasArrays, inner, numbersOf, onArrays } from "./structures.js";

type AnyFunction = (...args: never[]) => unknown;
const push = pushforward as unknown as (
  f: AnyFunction,
  args: readonly unknown[],
  tangents: readonly unknown[],
) => [y: unknown, dy: unknown];
const pull = pullback as unknown as (f: AnyFunction, ...args: readonly unknown[]) => [y: unknown, back: (ybar: unknown) => unknown[]];
const gradients = gradient as unknown as (f: AnyFunction, ...args: readonly unknown[]) => unknown[];

/** A function with arguments to check it at. All arguments are differentiated: numbers, arrays, lists of them. */
export interface ModeCase {
  readonly title: string;
  readonly f: AnyFunction;
  readonly args: readonly unknown[];
  /** What must come out, by other means. */
  readonly value: unknown;
  /** The gradients of Σ y, by other means; for functions that give one number or one array. */
  readonly slopes?: readonly unknown[];
  /** Ties and kinks have no finite differences. */
  readonly kink?: boolean;
  /** Relative error allowed against `value` and `slopes`; 1e-13 unless given. */
  readonly rtol?: number;
}

/** Registers the tests of a function: its value and gradient, all modes at both orders, all layouts, float32 and integers. */
export function modeTests(cases: readonly ModeCase[]): void {
  for (const one of cases) {
    test(`${one.title}: value and gradient are those computed by other means`, () => checkClosed(one));
    test(`${one.title}: the modes agree with each other and with finite differences, whatever the layout`, () => {
      for (const [layout, change] of Object.entries(layouts)) {
        const args = onArrays(change, one.args) as unknown[];
        assertClose(doubles(one.f(...(args as never[]))), doubles(one.value), { rtol: one.rtol ?? 1e-13, atol: 1e-13 }, `${layout}: y`);
        checkFirstOrder(one, args, layout);
      }
    });
    test(`${one.title}: views and written copies made inside the function are seen through`, () => checkInside(one));
    test(`${one.title}: second derivatives agree in all four pairs of modes`, () => {
      for (const layout of ["row-major", "transposed"] as const)
        checkSecondOrder(one, onArrays(layouts[layout] as never, one.args) as unknown[], layout);
    });
    test(`${one.title}: float32 stays float32, integers give float64`, () => checkKinds(one));
  }
}

function checkClosed({ f, args, value, slopes, rtol = 1e-13 }: ModeCase): void {
  assertClose(doubles(f(...(args as never[]))), doubles(value), { rtol, atol: 1e-13 }, "y");
  if (slopes === undefined) return;
  const [y, back] = pull(f, ...args);
  const ones = mapStructure((leaf) => (isNdArray(leaf) ? onArrays(() => filled(leaf as NdArray), leaf) : 1), y);
  assertClose(doubles(back(ones)), doubles(slopes), { rtol, atol: 1e-13 }, "gradient of Σ y");
}

function filled(x: NdArray): NdArray {
  const ones = packed(x);
  (ones.data as Float64Array).fill(1);
  return ones;
}

function checkFirstOrder({ f, kink }: ModeCase, args: readonly unknown[], who: string): void {
  const random = seededRandom(7);
  const untouched = onArrays((x) => packed(x), args);
  const dx = args.map((arg) => randTangent(arg, random));
  const [y, dy] = push(f, args, dx);
  const [again, back] = pull(f, ...args);
  assertClose(again, y, { rtol: 0, atol: 0 }, `${who}: y of the two modes`);
  const ybar = randTangent(y, random);
  const xbars = back(ybar);
  const [left, size] = inner(ybar, dy);
  const [right] = inner(xbars, dx);
  assert.ok(Math.abs(left - right) <= 1e-12 * size, `${who}: ⟨ȳ, J ẋ⟩ = ${left}, ⟨Jᵀ ȳ, ẋ⟩ = ${right}`);

  if (who === "row-major") checkEntries(f, args, y, back);
  if (!kink) {
    const at = (h: number): unknown => f(...(args.map((arg, k) => accumulate(arg, times(h, dx[k]))) as never[]));
    const step = 1e-6;
    const numeric = times(1 / (2 * step), accumulate(at(step), times(-1, at(-step))));
    const scale = Math.max(1, ...numbersOf(numeric).map(Math.abs), ...numbersOf(y).filter(Number.isFinite).map(Math.abs));
    assertClose(doubles(dy), doubles(numeric), { rtol: 1e-6, atol: 1e-7 * scale }, `${who}: ẏ against finite differences`);
  }
  assertClose(
    onArrays((x) => packed(x), args),
    untouched,
    { rtol: 0, atol: 0 },
    `${who}: arguments afterwards`,
  );
}

/** Entry by entry: the rows of J by pullbacks, its columns by pushforwards. */
function checkEntries(f: AnyFunction, args: readonly unknown[], y: unknown, back: (ybar: unknown) => unknown[]): void {
  const rows = [...basisOf(y)].map((e) => back(e));
  for (const direction of basisOf(args)) {
    const column = push(f, args, direction as unknown[])[1];
    const fromRows = rows.map((row) => innerProduct(row, direction) as number);
    assertClose(
      [...basisOf(y)].map((e) => innerProduct(e, column)),
      fromRows,
      { rtol: 1e-12, atol: 1e-12 },
      `column of J, forward against reverse`,
    );
  }
}

/** Ways to come to an array inside the function: the array to start from, and what is then done. */
const insides: Readonly<Record<string, readonly [from: (x: NdArray) => NdArray, view: (x: NdArray) => NdArray]>> = {
  "a written copy": [(x) => packed(x), (x) => copy(x)],
  "a stepped block": [
    (x) => {
      const room = zerosOf(
        x.shape.map((extent) => 2 * extent + 2),
        x.dtype as FloatDType,
      );
      addInto(blockOf(room), x);
      return room;
    },
    (x) => blockOf(x),
  ],
  "a reversed view": [(x) => packed(x.step(...x.shape.map(() => -1))), (x) => x.step(...x.shape.map(() => -1))],
};

/** Every second entry of an array with room for it. */
function blockOf(room: NdArray): NdArray {
  return room
    .lo(...room.shape.map(() => 1))
    .step(...room.shape.map(() => 2))
    .hi(...room.shape.map((extent) => (extent - 2) / 2));
}

/** What reaches f through a view must give what f gives alone, and cotangents must come back to the view's own entries. */
function checkInside({ f, args }: ModeCase): void {
  const random = seededRandom(13);
  const dx = args.map((arg) => randTangent(arg, random));
  const [y, dy] = push(f, args, dx);
  const [, back] = pull(f, ...args);
  const ybar = randTangent(y, random);
  const xbars = back(ybar);
  for (const [inside, [from, view]] of Object.entries(insides)) {
    const g = (...xs: never[]): unknown => f(...(onArrays(view, xs) as never[]));
    const [start, dstart] = [onArrays(from, args), onArrays(from, dx)] as [unknown[], unknown[]];
    assertClose(push(g, start, dstart), [y, dy], { rtol: 1e-12, atol: 1e-12 }, `${inside}: y and ẏ`);
    const [, backThrough] = pull(g, ...start);
    assertClose(backThrough(ybar), onArrays(from, xbars), { rtol: 1e-12, atol: 1e-12 }, `${inside}: x̄`);
  }
}

/** H v of φ = ½⟨y, y⟩ + ⟨c, y⟩: curved even where y is linear. */
function checkSecondOrder({ f, kink }: ModeCase, args: readonly unknown[], who: string): void {
  const random = seededRandom(11);
  const c = randTangent(f(...(args as never[])), random);
  const phi = (...xs: never[]): unknown => {
    const y = f(...xs);
    return accumulate(times(0.5, innerProduct(y, y)), innerProduct(c, y));
  };
  const draw = (): unknown[] => args.map((arg) => randTangent(arg, random));
  const [v, w] = [draw(), draw()];
  const gradientOf = (...xs: never[]): unknown => gradients(phi, ...xs);
  const along =
    (direction: unknown[]) =>
    (...xs: never[]) =>
      push(phi, xs, direction)[1];
  const found = {
    "forward over reverse": push(gradientOf, args, v)[1],
    "reverse over reverse": pull(gradientOf, ...args)[1](v),
    "reverse over forward": gradients(along(v), ...args),
  };
  const expected = found["forward over reverse"];
  const [size] = [Math.max(1, ...numbersOf(expected).map(Math.abs))];
  for (const [pair, got] of Object.entries(found)) {
    assertClose(realize(args, got), realize(args, expected), { rtol: 1e-11, atol: 1e-11 * size }, `${who}: ${pair}`);
  }
  const [right, terms] = inner(expected, w);
  const left = push(along(w), args, v)[1] as number;
  assert.ok(Math.abs(left - right) <= 1e-11 * terms, `${who}: forward over forward gave ${left}, expected ${right}`);
  if (kink) return;
  const at = (h: number): unknown => gradients(phi, ...args.map((arg, k) => accumulate(arg, times(h, v[k]))));
  const numeric = times(1 / 2e-5, accumulate(at(1e-5), times(-1, at(-1e-5))));
  assertClose(doubles(expected), doubles(numeric), { rtol: 1e-6, atol: 1e-6 * size }, `${who}: H v against finite differences`);
}

function checkKinds({ f, args, value }: ModeCase): void {
  const floats = onArrays(single, args) as unknown[];
  const y = f(...(floats as never[]));
  onArrays((array) => {
    assert.is(array.dtype, hasArrays(args) ? "float32" : "float64");
    return array;
  }, y);
  assertClose(doubles(y), doubles(value), { rtol: 1e-4, atol: 1e-4 }, "y in single precision");
  const [, dy] = push(
    f,
    floats,
    floats.map((arg) => randTangent(arg)),
  );
  assertKinds(dy, y, "ẏ");
  const [, back] = pull(f, ...floats);
  assertKinds(back(randTangent(y)), floats, "x̄");

  const integers = onArrays(integral, args) as unknown[];
  const fromIntegers = f(...(integers as never[]));
  assertClose(fromIntegers, f(...(onArrays((x) => packed(x, "float64"), integers) as never[])), { rtol: 1e-13, atol: 0 }, "y of integers");
}

/** Shapes and kinds of number agree. */
function assertKinds(got: unknown, expected: unknown, who: string): void {
  const kinds = (x: unknown): unknown => mapStructure((leaf) => (isNdArray(leaf) ? `${leaf.dtype} ${leaf.shape}` : typeof leaf), x);
  assert.equal(kinds(got), kinds(expected), who);
}
