import { test } from "uvu";
import * as assert from "uvu/assert";
import { allClose, array, type NdArray, NoTangent, ones, pullback } from "../../../lib/index.js";
import { assertClose, testRule } from "../../../lib/testing/index.js";
import { along, checkArrays, checkPoint, type Edge, type Elementwise, product, type ScalarCase, strided } from "./scalar-checks.js";

/** A function of one operand: points, then value, slope and second derivative in closed form. */
export interface UnaryCase {
  readonly f: Elementwise;
  readonly at: readonly number[];
  readonly value: (x: number) => number;
  readonly slope: (x: number) => number;
  /** Absent where it is 0. */
  readonly curve?: (x: number) => number;
  /** Whether finite differences cannot see the slope. */
  readonly steps?: boolean;
}

/** Registers the tests of a function of one operand. */
export function testUnaryCase({ f, at, value, slope, curve = () => 0, steps = false }: UnaryCase): void {
  testScalarCase({ f, grid: [at], value, slopes: (x) => [slope(x)], curves: (x) => [curve(x)], steps });
}

/** An edge of a function of one operand. */
export function edge(f: Elementwise, x: number, value: number, slope: number, curve?: number, tolerance: number = 0): Edge {
  return { f, at: [x], value, slopes: [slope], ...(curve === undefined ? {} : { curves: [curve] }), tolerance };
}

/** An edge of a function of several operands; second derivatives row by row in one list. */
export function edgeAt(
  f: Elementwise,
  at: readonly number[],
  value: number,
  slopes: readonly number[],
  curves?: readonly number[],
  tolerance: number = 0,
): Edge {
  return { f, at, value, slopes, ...(curves === undefined ? {} : { curves }), tolerance };
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
      const curves = c.curves?.(...point) ?? grid.flatMap(() => grid.map(() => 0));
      checkPoint(f, point, { value: c.value(...point), slopes: c.slopes(...point), curves, rtol });
    }
  });

  if (c.steps !== true) {
    test(`${name}: both rules agree with finite differences to second order`, () => {
      testRule(f, ...(points[0] as number[]));
      testRule(f, ...grid.map((list, k) => along(list, k, axes)));
    });
  }

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
    const integers = grid.map((_, k) => along([1, 2, 3], k, axes, "int32"));
    const y = f(...integers) as NdArray;
    assert.is(y.dtype, "float64");
    const [, back] = pullback(f as (...xs: unknown[]) => NdArray, ...integers);
    for (const xbar of back(ones(y.shape))) assert.is(xbar as unknown, NoTangent);
    assertClose(
      [...y.data],
      product(grid.map(() => [1, 2, 3])).map((point) => c.value(...point)),
      { rtol: 1e-14, atol: 1e-15 },
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
