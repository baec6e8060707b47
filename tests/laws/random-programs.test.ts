import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { innerProduct } from "../../lib/core/index.js";
import {
  add,
  allClose,
  configure,
  gradient,
  hvp,
  mul,
  type NdArray,
  pullback,
  pushforward,
  type Scalar,
  toNested,
  vhp,
} from "../../lib/index.js";
import { viewOn } from "../../lib/nd/index.js";
import { type Point, type Program, points, randomPrograms } from "./random-program.js";

const settings = { seed: 20250214, numRuns: 150, maxSkipsPerRun: 20, includeErrorInReport: true };

/** All numbers of a point, or of a gradient there. */
function numbersOf([x, y, s]: readonly unknown[]): number[] {
  return [...(toNested(x as NdArray) as number[][]).flat(), ...(toNested(y as NdArray) as number[]), s as number];
}

const sizeOf = (numbers: readonly number[]): number => Math.max(1, ...numbers.map(Math.abs));

/** Asserts that numbers agree up to a part of the largest of them. */
function same(got: readonly number[], expected: readonly number[], tolerance: number, what: string, errors = 0): void {
  const limit = tolerance * Math.max(sizeOf(got), sizeOf(expected)) + errors;
  assert.is(got.length, expected.length);
  got.forEach((entry, k) => {
    assert.ok(Math.abs(entry - (expected[k] as number)) <= limit, `${what}: entry ${k} is ${entry}, expected ${expected[k]}, ± ${limit}`);
  });
}

const moved = ([x, y, s]: Point, t: number, [dx, dy, ds]: Point): Point => [add(x, mul(t, dx)), add(y, mul(t, dy)), s + t * ds];
const at = ({ f }: Program, point: Point): number => f(...point) as number;
const gradientAt = ({ f }: Program, point: Point): number[] => numbersOf(gradient(f, ...point));
const slope = ({ f }: Program, point: readonly [NdArray, NdArray, Scalar], v: Point): Scalar => pushforward(f, point, v)[1] as Scalar;

/** The derivative of numbers at 0, extrapolated from central differences of shrinking steps, and how far off it may be. */
function differences(f: (t: number) => readonly number[]): { derivative: number[]; error: number } {
  const rows: number[][][] = [];
  let best: { derivative: number[]; error: number } = { derivative: [], error: Number.POSITIVE_INFINITY };
  for (let level = 0, h = 8e-3; level < 5; level++, h /= 2) {
    const [right, left] = [f(h), f(-h)];
    const row = [right.map((entry, k) => (entry - (left[k] as number)) / (2 * h))];
    for (let m = 1; m <= level; m++) {
      const before = rows[level - 1]?.[m - 1] as number[];
      row.push((row[m - 1] as number[]).map((entry, k) => entry + (entry - (before[k] as number)) / (4 ** m - 1)));
      const error = Math.max(...(row[m] as number[]).map((entry, k) => Math.abs(entry - (row[m - 1]?.[k] as number))));
      if (error < best.error) best = { derivative: row[m] as number[], error };
    }
    rows.push(row);
  }
  return best;
}

/** Leaves out points at which a branch is about to be decided otherwise. */
function smoothAt(program: Program, point: Point): void {
  program.margin = Number.POSITIVE_INFINITY;
  fc.pre(Number.isFinite(at(program, point)) && program.margin > 0.05);
}

test("forward is reverse: ⟨∇f, v⟩ is the slope of f along v, in every direction", () => {
  fc.assert(
    fc.property(randomPrograms, points, points, (program, point, v) => {
      const g = gradient(program.f, ...point);
      assert.ok(numbersOf(g).every(Number.isFinite), `the gradient is ${numbersOf(g)}`);
      const forward = slope(program, point, v) as number;
      same([forward], [innerProduct(g, v) as number], 1e-10 * Math.max(1, sizeOf(numbersOf(g))), "pushforward against gradient");
      const [y, back] = pullback(program.f, ...point);
      same([y as number], [at(program, point)], 1e-13, "value");
      same(numbersOf(back(1)), numbersOf(g), 1e-14, "pullback against gradient");
      same(numbersOf(back(1)), numbersOf(g), 1e-14, "the same pullback again");
    }),
    settings,
  );
});

test("both are what finite differences say", () => {
  fc.assert(
    fc.property(randomPrograms, points, points, (program, point, v) => {
      smoothAt(program, point);
      const { derivative, error } = differences((t) => [at(program, moved(point, t, v))]);
      const forward = slope(program, point, v) as number;
      fc.pre(error < 1e-6 * sizeOf([forward]));
      same([forward], derivative, 1e-7, "forward", 10 * error);
      same([innerProduct(gradient(program.f, ...point), v) as number], derivative, 1e-7, "reverse", 10 * error);
    }),
    settings,
  );
});

test("second order: all pairs of modes agree with each other, and with differences of the gradient", () => {
  fc.assert(
    fc.property(randomPrograms, points, points, points, (program, point, v, w) => {
      smoothAt(program, point);
      const f = (p: readonly [NdArray, NdArray, number]): Scalar => program.f(...p);
      const forwardOverReverse = numbersOf(hvp(f as never, point as never, v as never));
      const size = sizeOf(forwardOverReverse);
      same(numbersOf(vhp(f as never, v as never, point as never)), forwardOverReverse, 1e-9, "reverse over reverse");
      const overForward = gradient(((...p: readonly [NdArray, NdArray, Scalar]) => slope(program, p, v)) as never, ...point);
      same(numbersOf(overForward), forwardOverReverse, 1e-9, "reverse over forward");
      const twice = pushforward(((...p: readonly [NdArray, NdArray, Scalar]) => slope(program, p, v)) as never, point, w)[1] as number;
      const expected = numbersOf(w).reduce((total, entry, k) => total + entry * (forwardOverReverse[k] as number), 0);
      same([twice], [expected], 1e-9 * size, "forward over forward");
      const { derivative, error } = differences((t) => gradientAt(program, moved(point, t, v)));
      fc.pre(error < 1e-5 * size);
      same(forwardOverReverse, derivative, 1e-6, "differences of the gradient", 10 * error);
    }),
    { ...settings, numRuns: 100 },
  );
});

test("checked mode finds nothing but the NaN of dead values, and changes nothing", () => {
  fc.assert(
    fc.property(randomPrograms, points, points, (program, point, v) => {
      const run = (): readonly unknown[] => [gradientAt(program, point), slope(program, point, v)];
      const free = run();
      configure({ checked: true });
      try {
        assert.equal(run(), free);
      } catch (error) {
        if (!/^log: .* has the first NaN/.test((error as Error).message)) throw error;
      } finally {
        configure({ checked: false });
      }
    }),
    { ...settings, numRuns: 60 },
  );
});

test("inputs that are strided views into larger arrays give the same value and gradient", () => {
  fc.assert(
    fc.property(randomPrograms, points, (program, [x, y, s]) => {
      const room = new Float64Array(40).fill(Number.NaN);
      const strided = viewOn(room, [2, 3], [-3, 8], 5);
      for (let i = 0; i < 2; i++) for (let j = 0; j < 3; j++) strided.set(i, j, x.get(i, j));
      const backwards = viewOn(Float64Array.from([0, y.get(2), 0, y.get(1), 0, y.get(0)]), [3], [-2], 5);
      const before = room.slice();
      same([program.f(strided, backwards, s) as number], [at(program, [x, y, s])], 1e-14, "value");
      same(gradientAt(program, [strided, backwards, s]), gradientAt(program, [x, y, s]), 1e-13, "gradient");
      assert.ok(allClose(room, before, { rtol: 0, atol: 0, equalNan: true }), "an input was written to");
    }),
    { ...settings, numRuns: 60 },
  );
});

test.run();
