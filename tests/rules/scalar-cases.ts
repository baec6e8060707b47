import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  allClose,
  array,
  derivative,
  frule,
  gradient,
  type NdArray,
  NoTangent,
  type Operand,
  pullback,
  pushforward,
  rrule,
  type Scalar,
} from "../../lib/index.js";
import { rowMajor, viewOn } from "../../lib/nd/index.js";
import { assertClose, testRule } from "../../lib/testing/index.js";

/** What scalar cases are about: a function of numbers and arrays, which broadcast. */
export type Elementwise = (...xs: Operand[]) => Operand;

/** An elementwise function, and what is known of it by other means. */
export interface ScalarCase {
  readonly f: Elementwise;
  /** Points for each operand, inside the domain and away from kinks: every combination is checked. */
  readonly grid: readonly (readonly number[])[];
  readonly value: (...xs: number[]) => number;
  /** ∂f/∂xₖ. */
  readonly slopes: (...xs: number[]) => readonly number[];
  /** ∂²f/∂xⱼ∂xₖ; absent where all are 0. */
  readonly curves?: (...xs: number[]) => readonly (readonly number[])[];
  /** Relative errors allowed, the closed forms' own included; by default 2e-15, 1e-14, 1e-13. */
  readonly tolerance?: { readonly value?: number; readonly slopes?: number; readonly curves?: number };
}

/** One point with what must come out there, to the digits given: kinks, ends of domains, large and tiny numbers. */
export interface Edge {
  readonly f: Elementwise;
  readonly at: readonly number[];
  readonly value: number;
  readonly slopes: readonly number[];
  readonly curves?: readonly (readonly number[])[];
  /** Relative error allowed for all of them; 0 unless given. */
  readonly tolerance?: number;
}

/** A case of one operand. */
export function unary(
  f: (x: Operand) => Operand,
  points: readonly number[],
  value: (x: number) => number,
  slope: (x: number) => number,
  curve: (x: number) => number,
  tolerance: NonNullable<ScalarCase["tolerance"]> = {},
): ScalarCase {
  return { f: f as Elementwise, grid: [points], value, slopes: (x) => [slope(x)], curves: (x) => [[curve(x)]], tolerance };
}

/** An edge of a function of one operand. */
export function edge(f: (x: Operand) => Operand, x: number, value: number, slope: number, curve?: number, tolerance: number = 0): Edge {
  return { f: f as Elementwise, at: [x], value, slopes: [slope], ...(curve === undefined ? {} : { curves: [[curve]] }), tolerance };
}

const product = (lists: readonly (readonly number[])[]): number[][] =>
  lists.reduce<number[][]>((points, list) => points.flatMap((point) => list.map((x) => [...point, x])), [[]]);

const modes = ["forward", "reverse"] as const;
type Mode = (typeof modes)[number];

/** ∂f/∂xₖ as a function, by one of the engines. */
export function partial(mode: Mode, f: (...xs: Scalar[]) => Scalar, k: number): (...xs: Scalar[]) => Scalar {
  if (mode === "reverse") return (...xs) => gradient(f as (...xs: unknown[]) => Scalar, ...xs)[k] as Scalar;
  return (...xs) => {
    const direction = xs.map((_, j) => (j === k ? 1 : 0));
    return pushforward(f as (...xs: never[]) => Scalar, xs, direction)[1];
  };
}

interface Expected {
  readonly value: number;
  readonly slopes: readonly number[];
  readonly curves: readonly (readonly number[])[] | undefined;
  readonly rtol: readonly [value: number, slopes: number, curves: number];
}

function checkPoint(f: Elementwise, at: readonly number[], expected: Expected): void {
  const where = `${f.name}(${at.join(", ")})`;
  const near = (actual: unknown, wanted: unknown, order: 0 | 1 | 2, what: string): void =>
    assertClose(actual, wanted, { rtol: expected.rtol[order], atol: 0 }, `${where}: ${what}`);
  const g = f as (...xs: Scalar[]) => Scalar;
  near(g(...at), expected.value, 0, "value");
  const [y, back] = rrule(f, ...at) as readonly [number, (ybar: number) => readonly unknown[]];
  near(y, expected.value, 0, "value of the rrule");
  near(back(1).slice(1), expected.slopes, 1, "rrule");
  assert.is(back(1)[0], NoTangent);
  expected.slopes.forEach((slope, k) => {
    const direction = at.map((_, j) => (j === k ? 1 : 0));
    near(frule([NoTangent, ...direction], f, ...at), [expected.value, slope], 1, `frule along ${k}`);
    for (const mode of modes) near(partial(mode, g, k)(...at), slope, 1, `${mode} mode, by ${k}`);
    const alone = (x: Scalar): Scalar => g(...at.map((other, j) => (j === k ? x : other)));
    near(derivative(alone, at[k] as number), slope, 1, `derivative by ${k} alone`);
    near(gradient(alone, at[k] as number), [slope], 1, `gradient by ${k} alone`);
    expected.curves?.[k]?.forEach((curve, j) => {
      for (const outer of modes) {
        for (const inner of modes)
          near(partial(outer, partial(inner, g, k), j)(...at), curve, 2, `${outer} over ${inner}, by ${k} then ${j}`);
      }
    });
  });
}

/** An array of these numbers along one axis of a grid, as a view that runs backwards through a larger store. */
function strided(numbers: readonly number[], axis: number, axes: number): NdArray {
  const store = new Float64Array(2 * numbers.length + 1).fill(Number.NaN);
  numbers.forEach((x, n) => {
    store[2 * (numbers.length - n) - 1] = x;
  });
  const shape = Array.from({ length: axes }, (_, k) => (k === axis ? numbers.length : 1));
  return viewOn(
    store,
    shape,
    shape.map((_, k) => (k === axis ? -2 : 0)),
    2 * numbers.length - 1,
  );
}

const along = (numbers: readonly number[], axis: number, axes: number, dtype: "float64" | "float32" | "int32" = "float64"): NdArray => {
  const data = { float64: Float64Array, float32: Float32Array, int32: Int32Array }[dtype].from(numbers);
  return rowMajor(data, strided(numbers, axis, axes).shape);
};

/** What f does to whole arrays: operand k holds the k-th list along an axis of its own, or is a number, and the list has just that. */
function checkArrays(c: ScalarCase, operands: readonly Operand[], lists: readonly (readonly number[])[], rtol: number): void {
  const { f } = c;
  const near = (actual: unknown, wanted: unknown, what: string): void =>
    assertClose(actual, wanted, { rtol, atol: rtol }, `${f.name}: ${what}`);
  const points = product(lists);
  const values = points.map((point) => c.value(...point));
  const slopes = points.map((point) => c.slopes(...point));
  const weights = points.map((_, n) => ((3 * n) % 7) - 2.5);
  const arrays = operands.filter((x): x is NdArray => typeof x !== "number");
  const single = arrays.every((x) => x.dtype === "float32");
  const shape = lists.flatMap((list, k) => (typeof operands[k] === "number" ? [] : [list.length]));
  const make = (numbers: readonly number[], like: readonly number[]): NdArray =>
    rowMajor(single ? Float32Array.from(numbers) : Float64Array.from(numbers), like);
  const isLikeY = (x: NdArray): void =>
    assert.equal([x.dtype, [...x.shape], x.data.length], [single ? "float32" : "float64", shape, points.length]);

  const y = f(...operands) as NdArray;
  isLikeY(y);
  near([...y.data], values, "array of values");
  const [value, back] = pullback(f as (...xs: unknown[]) => NdArray, ...operands);
  near([...value.data], values, "value of the pullback");
  const xbars = back(make(weights, shape)) as (NdArray | number)[];
  let inner = points.length;
  lists.forEach((list, k) => {
    inner /= list.length;
    const wanted = list.map(() => 0);
    points.forEach((_, n) => {
      const own = Math.floor(n / inner) % list.length;
      (wanted[own] as number) += (weights[n] as number) * (slopes[n]?.[k] as number);
    });
    const [operand, xbar] = [operands[k], xbars[k]] as [NdArray | number, NdArray | number];
    if (typeof operand === "number") near(xbar, wanted[0], `cotangent of operand ${k}`);
    else {
      const array = xbar as NdArray;
      assert.equal([array.dtype, [...array.shape]], [operand.dtype, [...operand.shape]]);
      near([...array.data], wanted, `cotangent of operand ${k}`);
    }
    const direction = operands.map((x, j) =>
      typeof x === "number"
        ? Number(j === k)
        : make(
            (lists[j] as number[]).map(() => Number(j === k)),
            (x as NdArray).shape,
          ),
    );
    const [, dy] = pushforward(f as (...xs: never[]) => NdArray, operands, direction);
    isLikeY(dy);
    near(
      [...dy.data],
      slopes.map((slope) => slope[k]),
      `tangent along operand ${k}`,
    );
  });
}

/** Registers the tests of one function at its generic points. */
export function testScalarCase(c: ScalarCase): void {
  const { f, grid, tolerance = {} } = c;
  const { name } = f;
  const axes = grid.length;
  const points = product(grid);
  const rtol = [tolerance.value ?? 2e-15, tolerance.slopes ?? 1e-14, tolerance.curves ?? 1e-13] as const;

  test(`${name}: value, slopes and second derivatives are the closed forms, in all modes`, () => {
    for (const point of points) {
      const curves = c.curves?.(...point) ?? grid.map(() => grid.map(() => 0));
      checkPoint(f, point, { value: c.value(...point), slopes: c.slopes(...point), curves, rtol });
    }
  });

  test(`${name}: both rules agree with finite differences to second order`, () => {
    testRule(f, ...(points[0] as number[]));
    testRule(f, ...grid.map((list, k) => along(list, k, axes)));
  });

  test(`${name}: arrays broadcast, and their cotangents come back in their own shapes`, () => {
    checkArrays(
      c,
      grid.map((list, k) => along(list, k, axes)),
      grid,
      1e-13,
    );
    checkArrays(
      c,
      grid.map((list, k) => strided(list, k, axes)),
      grid,
      1e-13,
    );
    checkArrays(
      c,
      grid.map((list, k) => along(list, k, axes, "float32")),
      grid.map((list) => list.map(Math.fround)),
      1e-4,
    );
    if (axes === 1) return;
    const [first, ...rest] = grid as [readonly number[], ...(readonly number[])[]];
    const [x] = first as [number];
    checkArrays(c, [x, ...rest.map((list, k) => along(list, k, axes - 1))], [[x], ...rest], 1e-13);
  });

  test(`${name}: integers in, double precision out; an array without axes keeps its kind`, () => {
    const y = f(...grid.map((_, k) => along([1, 2, 3], k, axes, "int32"))) as NdArray;
    assert.is(y.dtype, "float64");
    assertClose(
      [...y.data],
      product(grid.map(() => [1, 2, 3])).map((point) => c.value(...point)),
      { rtol: 1e-14, atol: 0 },
      name,
    );
    const [point] = points as [number[]];
    const zeroD = f(...point.map((x) => array(x))) as NdArray;
    assert.ok(allClose(zeroD, array(c.value(...point)), { rtol: 1e-14 }) && zeroD.dimension === 0);
  });

  test(`${name}: NaN goes through`, () => {
    const [point] = points as [number[]];
    point.forEach((_, k) => {
      const spoilt = point.map((x, j) => (j === k ? Number.NaN : x));
      assert.ok(Number.isNaN(f(...spoilt)));
      assert.ok(Number.isNaN((f(...spoilt.map((x) => array([x]))) as NdArray).get(0)));
    });
  });

  test(`${name}: an operand that is no number and no array is an error that names it`, () => {
    const [point] = points as [number[]];
    point.forEach((_, k) => {
      for (const [wrong, what] of [
        ["1", "a string"],
        [true, "true"],
        [null, "null"],
        [[1, 2], "a list of length 2"],
      ] as const) {
        const args = point.map((x, j) => (j === k ? (wrong as unknown as number) : x));
        assert.throws(
          () => f(...args),
          (error: Error) =>
            error instanceof TypeError && error.message === `${name}: argument ${k + 1} is ${what}; a number or an array is needed`,
        );
      }
    });
    if (axes < 2) return;
    const misfits = grid.map((_, k) => array(k === 0 ? [1, 1] : [1, 1, 1]));
    assert.throws(
      () => f(...misfits),
      (error: Error) => error instanceof RangeError && error.message.startsWith(`${name}: shapes [2] and [3]`),
    );
  });
}

/** Registers one test for a list of edges. */
export function testEdges(title: string, edges: readonly Edge[]): void {
  test(title, () => {
    for (const { f, at, value, slopes, curves, tolerance = 0 } of edges) {
      checkPoint(f, at, { value, slopes, curves, rtol: [tolerance, tolerance, tolerance] });
    }
  });
}
