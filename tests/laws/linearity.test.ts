import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { accumulate, innerProduct, times } from "../../lib/core/index.js";
import {
  type AnyArray,
  add,
  array,
  gradient,
  hvp,
  mul,
  type NdArray,
  pullback,
  pushforward,
  type Scalar,
  sum,
  vhp,
} from "../../lib/index.js";
import { isNdArray, rowMajor } from "../../lib/nd/index.js";
import { numbers, type Program, programs, run, total, vectors } from "./programs.js";

const settings = { seed: 20240117, numRuns: 60 };

interface Pair {
  readonly v: NdArray;
  readonly t: number;
}

/** The entries of a structure of numbers and arrays. */
function entriesOf(x: unknown): number[] {
  if (typeof x === "number") return [x];
  if (isNdArray(x)) return [0, 1, 2].map((k) => (x as NdArray).get(k));
  return Object.values(x as object).flatMap(entriesOf);
}

/** Asserts that two structures are equal up to rounding, relative to their size. */
function same(a: unknown, b: unknown, tolerance = 1e-11): void {
  const [p, q] = [entriesOf(a), entriesOf(b)];
  assert.is(p.length, q.length);
  const size = Math.max(1, ...p.map(Math.abs), ...q.map(Math.abs));
  p.forEach((entry, k) => {
    assert.ok(Math.abs(entry - (q[k] as number)) <= tolerance * size, `entry ${k}: ${entry} and ${q[k]}`);
  });
}

/** The slope of f at 0, from differences of fourth order. */
function difference(f: (t: number) => Scalar, h = 2e-5): number {
  const [a, b, c, d] = [2 * h, h, -h, -2 * h].map((t) => f(t) as number) as [number, number, number, number];
  return (8 * (b - c) - (a - d)) / (12 * h);
}

const push = (program: Program, x: NdArray, s: number, dx: NdArray, ds: number): Pair =>
  pushforward((a: AnyArray, b: Scalar) => run(program, a, b), [x, s], [dx, ds])[1] as unknown as Pair;
const pull = (program: Program, x: NdArray, s: number): ((ybar: unknown) => unknown[]) =>
  pullback((a: AnyArray, b: Scalar) => run(program, a, b), x as AnyArray, s as Scalar)[1] as (ybar: unknown) => unknown[];

test("both engines give the value of the plain run", () => {
  fc.assert(
    fc.property(programs, vectors, numbers, (program, x, s) => {
      const plain = run(program, x, s);
      same(pushforward((a: AnyArray, b: Scalar) => run(program, a, b), [x, s], [x, 1])[0], plain, 0);
      same(pullback((a: AnyArray, b: Scalar) => run(program, a, b), x as AnyArray, s as Scalar)[0], plain, 0);
    }),
    settings,
  );
});

test("a pushforward is linear in the tangent", () => {
  fc.assert(
    fc.property(programs, vectors, numbers, vectors, vectors, numbers, (program, x, s, dx, dz, c) => {
      const [p, q] = [push(program, x, s, dx, c), push(program, x, s, dz, 1)];
      same(push(program, x, s, add(mul(c, dx), dz), c * c + 1), accumulate(times(c, p), q));
    }),
    settings,
  );
});

test("a pullback is linear in the cotangent", () => {
  fc.assert(
    fc.property(programs, vectors, numbers, vectors, vectors, numbers, (program, x, s, v, w, c) => {
      const back = pull(program, x, s);
      const mixed = back({ v: add(mul(c, v), w), t: c * c + 1 });
      same(mixed, accumulate(times(c, back({ v, t: c })), back({ v: w, t: 1 })));
    }),
    settings,
  );
});

test("the adjoint identity: ⟨ȳ, J ẋ⟩ = ⟨Jᵀ ȳ, ẋ⟩", () => {
  fc.assert(
    fc.property(programs, vectors, numbers, vectors, vectors, numbers, (program, x, s, dx, v, c) => {
      const forward = innerProduct({ v, t: 1 }, push(program, x, s, dx, c));
      const reverse = innerProduct(pull(program, x, s)({ v, t: 1 }), [dx, c]);
      same(forward, reverse);
    }),
    settings,
  );
});

test("the gradient is that of central differences", () => {
  fc.assert(
    fc.property(programs, vectors, numbers, (program, x, s) => {
      const f = total(program);
      const [gx, gs] = gradient(f, x, s);
      const shifted = (k: number, by: number): NdArray =>
        rowMajor(
          Float64Array.from(x.data, (entry, j) => (j === k ? entry + by : entry)),
          [3],
        );
      const differences = array([0, 1, 2].map((k) => difference((t) => f(shifted(k, t), s))));
      same({ gx: differences, gs: difference((t) => f(x, s + t)) }, { gx, gs }, 1e-5);
    }),
    settings,
  );
});

/** The second derivative along v, in the four pairs of modes. */
const seconds: Record<string, (f: (x: AnyArray) => Scalar, x: NdArray, v: NdArray) => Scalar> = {
  "forward over forward": (f, x, v) => pushforward((a: AnyArray) => pushforward(f, [a], [v as AnyArray])[1], [x], [v])[1] as Scalar,
  "forward over reverse": (f, x, v) => sum(mul(hvp(f, x, v), v)),
  "reverse over forward": (f, x, v) => sum(mul(gradient((a: AnyArray) => pushforward(f, [a], [v as AnyArray])[1] as Scalar, x)[0], v)),
  "reverse over reverse": (f, x, v) => sum(mul(vhp(f, v, x), v)),
};

test("second derivatives: the four pairs of modes agree", () => {
  fc.assert(
    fc.property(programs, vectors, numbers, vectors, (program, x, s, v) => {
      const f = (a: AnyArray): Scalar => total(program)(a, add(s, sum(a)));
      const [first, ...others] = Object.entries(seconds).map(([, second]) => second(f, x, v));
      for (const other of others) same(other, first, 1e-10);
    }),
    settings,
  );
});

test("second derivatives are those of central differences of gradients", () => {
  fc.assert(
    fc.property(programs, vectors, numbers, vectors, (program, x, s, v) => {
      const f = (a: AnyArray): Scalar => total(program)(a, add(s, sum(a)));
      const slope = (t: number): Scalar => sum(mul(gradient(f, add(x, mul(t, v)))[0], v));
      same(difference(slope), (seconds["forward over reverse"] as (typeof seconds)[string])(f, x, v), 1e-5);
    }),
    { ...settings, numRuns: 30 },
  );
});

test.run();
