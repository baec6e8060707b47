import fc from "fast-check";
import {
  type AnyArray,
  add,
  array,
  bilinearRule,
  copy,
  cos,
  defineRule,
  derivative,
  gradient,
  linearRule,
  mul,
  type NdArray,
  NoTangent,
  type Operand,
  pullback,
  pushforward,
  type Scalar,
  scalarRule,
  similar,
  sin,
  sum,
  thunk,
} from "../../lib/index.js";
import { rowMajor } from "../../lib/nd/index.js";

/** What a program computes with: arrays of shape [3], and numbers. Each step adds one value to one of the two lists. */
interface State {
  readonly arrays: AnyArray[];
  readonly numbers: Scalar[];
}

/** One step: which operation, and what it is applied to. */
type Step = readonly [operation: number, a: number, b: number, k: number];
export type Program = readonly Step[];

const vector = (entry: (k: number) => number): NdArray =>
  rowMajor(
    Float64Array.from({ length: 3 }, (_, k) => entry(k)),
    [3],
  );

const bend = scalarRule(
  (x: number, y: number): number => Math.sin(x) * Math.cos(y),
  (_, x, y) => [mul(cos(x), cos(y)), mul(-1, mul(sin(x), sin(y)))],
  { name: "bend" },
);
const roll = linearRule(
  (x: NdArray): NdArray => vector((k) => x.get((k + 1) % 3)),
  (ybar: NdArray) => thunk(() => vector((k) => ybar.get((k + 2) % 3))),
  { name: "roll" },
) as unknown as (x: AnyArray) => AnyArray;
const dot = bilinearRule(
  (x: NdArray, y: NdArray): number => x.get(0) * y.get(0) + x.get(1) * y.get(1) + x.get(2) * y.get(2),
  (zbar: number, _: NdArray, y: NdArray) => vector((k) => zbar * y.get(k)),
  (zbar: number, x: NdArray) => vector((k) => zbar * x.get(k)),
  { name: "dot" },
) as unknown as (x: AnyArray, y: AnyArray) => Scalar;
const onlyReverse = defineRule((x: AnyArray, s: Scalar): AnyArray => mul(sin(x), s), {
  rrule: (x, s) => [mul(sin(x), s), (ybar) => [NoTangent, mul(mul(cos(x), s), ybar), sum(mul(sin(x), ybar))]],
});
const onlyForward = defineRule((x: Scalar): Scalar => mul(x, cos(x)), {
  frule: ([, dx], x) => [mul(x, cos(x)), mul(add(cos(x), mul(-1, mul(x, sin(x)))), dx)],
});
/** Two results, in a record. */
const split = defineRule((x: AnyArray): { head: Scalar; tail: AnyArray } => ({ head: x.get(0), tail: x.lo(1) }), {
  frule: ([, dx], x) => [
    { head: x.get(0), tail: copy(x.lo(1)) },
    { head: dx.get(0), tail: copy(dx.lo(1)) },
  ],
  rrule: (x) => [
    { head: x.get(0), tail: copy(x.lo(1)) },
    ({ head, tail }) => {
      const xbar = similar(x, [3], { holds: [head, tail] });
      xbar.set(0, head);
      for (let k = 0; k < 2; k++) xbar.set(k + 1, tail.get(k));
      return [NoTangent, xbar];
    },
  ],
});

/** An array of these entries, set one by one. */
function gathered(like: AnyArray, entries: readonly Scalar[]): AnyArray {
  const y = similar(like, [3], { holds: entries });
  entries.forEach((entry, k) => {
    y.set(k, entry);
  });
  return y;
}

type Operation = (x: AnyArray, y: AnyArray, s: Scalar, t: Scalar, k: number) => Operand;

/** The factors keep values small, where differences are exact enough. */
const operations: readonly Operation[] = [
  (x, y) => mul(0.6, add(x, y)),
  (x, y) => mul(x, y),
  (x) => sin(x),
  (x, _y, s) => mul(x, s),
  (x, _y, s) => mul(add(s, x), 0.6),
  (x, y) => bend(x, y) as AnyArray,
  (_x, _y, s, t) => bend(s, t) as Scalar,
  (_x, _y, s, t) => mul(s, t),
  (_x, _y, s, t) => mul(0.6, add(sin(s), t)),
  (x) => roll(x),
  (x, y) => mul(0.4, dot(x, y)),
  (x, y) => mul(dot(x.step(-1), y), 0.4),
  (x, _y, s) => onlyReverse(x, s),
  (_x, _y, s) => onlyForward(s),
  (x, _y, _s, _t, k) => x.get(k),
  (x, _y, _s, _t, k) => mul(sum(x.lo(k)), 0.5),
  (x) => x.step(-1),
  (x, y, s, t, k) => gathered(x, [s, y.get(k), t]),
  (x, y, s, _t, k) => {
    const z = copy(x);
    z.set(k, mul(y.get(k), s));
    z.set((k + 1) % 3, add(z.get(k), z.get((k + 1) % 3)));
    return z;
  },
  (x, y, s, _t, k) => {
    const z = mul(x, y);
    const before = sum(z);
    z.set(k, mul(s, before));
    return mul(0.5, add(z, x));
  },
  (x, _y, _s, _t, k) => {
    const z = copy(x);
    for (let i = 1; i < 3; i++) z.set(i, mul(z.get(i - 1), z.get(i)));
    return mul(z, z.get(k));
  },
  (x, _y, s) => {
    const { head, tail } = split(x);
    return mul(0.4, add(mul(head, s), sum(mul(tail, tail))));
  },
  (x, _y, _s, t) => add(mul(x, array([0.5, -1, 0.75])), mul(t, 0.25)),
  // Calls inside: their functions close over values of the outer ones, and their arrays hold them.
  (x, y, s) => mul(0.4, gradient((z: AnyArray) => sum(mul(sin(z), mul(y, s))), x)[0] as AnyArray),
  (x, y, s) =>
    mul(
      0.3,
      derivative((r) => sum(mul(x, bend(r, y))), s),
    ),
  (x, y, s) => mul(0.4, pushforward((z: AnyArray) => mul(z, sin(mul(z, s))), [x], [y])[1] as AnyArray),
  (x, y, s, t) => mul(0.4, pullback((z: AnyArray, r: Scalar) => mul(onlyReverse(z, r), t), x, s)[1](y)[0] as AnyArray),
  (x, y, s, _t, k) => {
    const slope = derivative((r) => {
      const z = gathered(x, [mul(r, y.get(k)), s, r]);
      const before = sum(mul(z, z));
      z.set(0, s);
      return add(before, sum(mul(z, x)));
    }, s);
    return mul(0.3, mul(y, slope));
  },
];

/** Programs of up to twelve steps. */
export const programs: fc.Arbitrary<Program> = fc.array(fc.tuple(fc.nat(operations.length - 1), fc.nat(99), fc.nat(99), fc.nat(2)), {
  minLength: 1,
  maxLength: 12,
});

/** Arrays of three numbers between −1 and 1. */
export const vectors: fc.Arbitrary<NdArray> = fc
  .tuple(...([0, 1, 2].map(() => fc.integer({ min: -99, max: 99 })) as [fc.Arbitrary<number>, fc.Arbitrary<number>, fc.Arbitrary<number>]))
  .map((entries) => array(entries.map((entry) => entry / 100)));

/** Numbers between −1 and 1. */
export const numbers: fc.Arbitrary<number> = fc.integer({ min: -99, max: 99 }).map((entry) => entry / 100);

/** Runs a program from an array and a number; every value it makes counts in its two results. */
export function run(program: Program, x: AnyArray, s: Scalar): { v: AnyArray; t: Scalar } {
  const { arrays, numbers: scalars }: State = { arrays: [x], numbers: [s] };
  const pick = <T>(list: readonly T[], n: number): T => list[list.length - 1 - (n % Math.min(list.length, 3))] as T;
  for (const [operation, a, b, k] of program) {
    const result = (operations[operation] as Operation)(pick(arrays, a), pick(arrays, b), pick(scalars, b), pick(scalars, a), k);
    if (typeof result === "object" && "shape" in result) arrays.push(result);
    else scalars.push(result);
  }
  return {
    v: arrays.reduce((p, q) => add(mul(p, 0.5), q)),
    t: scalars.reduce((p, q) => add(mul(p, 0.5), q)),
  };
}

/** The program's results as one number. */
export function total(program: Program): (x: AnyArray, s: Scalar) => Scalar {
  return (x, s) => {
    const { v, t } = run(program, x, s);
    return add(sum(mul(v, array([1, -0.5, 0.25]))), sin(t));
  };
}
