import * as assert from "uvu/assert";
import {
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
} from "../../../lib/index.js";
import { rowMajor, viewOn } from "../../../lib/nd/index.js";
import { assertClose } from "../../../lib/testing/index.js";

/** A function of numbers and arrays, which broadcast. */
export type Elementwise = (...xs: Operand[]) => Operand;

/** Rows of numbers. */
export type Matrix = readonly (readonly number[])[];

/** An elementwise function, and what is known of it by other means. */
export interface ScalarCase {
  readonly f: Elementwise;
  /** Points for each operand, inside the domain and away from kinks: every combination is checked. */
  readonly grid: Matrix;
  readonly value: (...xs: number[]) => number;
  /** ∂f/∂xₖ. */
  readonly slopes: (...xs: number[]) => readonly number[];
  /** ∂²f/∂xₖ∂xⱼ, row by row in one list; absent where all are 0. */
  readonly curves?: (...xs: number[]) => readonly number[];
  /** Whether finite differences cannot see the slopes. */
  readonly steps?: boolean;
  /** Relative errors allowed, the closed forms' own included; by default 2e-15, 1e-14, 1e-13. */
  readonly tolerance?: { readonly value?: number; readonly slopes?: number; readonly curves?: number };
}

/** One point with what must come out there, to the digits given: kinks, ends of domains, large and tiny numbers. */
export interface Edge {
  readonly f: Elementwise;
  readonly at: readonly number[];
  readonly value: number;
  readonly slopes: readonly number[];
  /** Row by row in one list. */
  readonly curves?: readonly number[];
  /** Relative error allowed for all of them; 0 unless given. */
  readonly tolerance?: number;
}

/** All combinations of one entry from each list, the last list fastest. */
export const product = (lists: Matrix): number[][] =>
  lists.reduce<number[][]>((points, list) => points.flatMap((point) => list.map((x) => [...point, x])), [[]]);

const modes = ["forward", "reverse"] as const;
type Mode = (typeof modes)[number];
const pairsOfModes = modes.flatMap((outer) => modes.map((inner) => [outer, inner] as const));

type AnyFunction = (...args: never[]) => unknown;
const push = pushforward as unknown as (
  f: AnyFunction,
  args: readonly unknown[],
  tangents: readonly unknown[],
) => [y: unknown, dy: unknown];
const pull = pullback as unknown as (f: AnyFunction, ...args: readonly unknown[]) => [y: unknown, back: (ybar: unknown) => unknown[]];
const gradients = gradient as unknown as (f: AnyFunction, ...args: readonly unknown[]) => Scalar[];

type ScalarFunction = (...xs: Scalar[]) => Scalar;

/** ∂f/∂xₖ as a function, by one of the engines. */
function partial(mode: Mode, f: ScalarFunction, k: number): ScalarFunction {
  if (mode === "reverse") return (...xs) => gradients(f, ...xs)[k] as Scalar;
  return (...xs) => {
    const direction = xs.map((_, j) => (j === k ? 1 : 0));
    return push(f, xs, direction)[1] as Scalar;
  };
}

/** What must come out at one point, and the relative error allowed at each order. */
export interface Expected {
  readonly value: number;
  readonly slopes: readonly number[];
  readonly curves: readonly number[] | undefined;
  readonly rtol: readonly [value: number, slopes: number, curves: number];
}

/** Value, both rules, both engines, and second derivatives by all four pairs of them, at a point of numbers. */
export function checkPoint(f: Elementwise, at: readonly number[], expected: Expected): void {
  const where = `${f.name}(${at.join(", ")})`;
  const near = (actual: unknown, wanted: unknown, order: 0 | 1 | 2, what: string): void =>
    assertClose(actual, wanted, { rtol: expected.rtol[order], atol: 0 }, `${where}: ${what}`);
  const g = f as ScalarFunction;
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
    near(gradients(alone, at[k] as number), [slope], 1, `gradient by ${k} alone`);
    expected.curves?.slice(k * at.length, (k + 1) * at.length).forEach((curve, j) => {
      for (const [outer, inner] of pairsOfModes) {
        near(partial(outer, partial(inner, g, k), j)(...at), curve, 2, `${outer} over ${inner}, by ${k} then ${j}`);
        if (j === k) continue;
        const between =
          (b: Scalar): ScalarFunction =>
          (a) =>
            g(...at.map((x, n) => (n === k ? (a as Scalar) : n === j ? b : x)));
        const inside = (b: Scalar): Scalar => partial(inner, between(b), 0)(at[k] as number);
        near(partial(outer, inside as ScalarFunction, 0)(at[j] as number), curve, 2, `${outer} by ${j} over ${inner} by ${k}, each alone`);
      }
    });
  });
}

/** An array of these numbers along one axis of a grid, as a view that runs backwards through a larger store. */
export function strided(numbers: readonly number[], axis: number, axes: number): NdArray {
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

/** The same numbers in an array of their own. */
export const along = (
  numbers: readonly number[],
  axis: number,
  axes: number,
  dtype: "float64" | "float32" | "int32" = "float64",
): NdArray => {
  const data = { float64: Float64Array, float32: Float32Array, int32: Int32Array }[dtype].from(numbers);
  return rowMajor(data, strided(numbers, axis, axes).shape);
};

/** What f does to whole arrays: operand k holds the k-th list along an axis of its own, or is a number, and the list has just that. */
export function checkArrays(c: ScalarCase, operands: readonly Operand[], lists: Matrix, rtol: number): void {
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
  const [value, back] = pull(f, ...operands) as [NdArray, (ybar: NdArray) => (NdArray | number)[]];
  near([...value.data], values, "value of the pullback");
  const xbars = back(make(weights, shape));
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
    const [, dy] = push(f, operands, direction) as [NdArray, NdArray];
    isLikeY(dy);
    near(
      [...dy.data],
      slopes.map((slope) => slope[k]),
      `tangent along operand ${k}`,
    );
  });
}
