import { test } from "uvu";
import {
  type AnyArray,
  type AnyFunction,
  add,
  array,
  bilinearRule,
  callable,
  defineRule,
  derivative,
  gradient,
  inplaceable,
  linearRule,
  mul,
  type NdArray,
  NoTangent,
  optOut,
  pullback,
  pushforward,
  type Scalar,
  scalarRule,
  similar,
  square,
  sum,
  thunk,
  ZeroTangent,
} from "../../lib/index.js";
import { addInto, packed } from "../../lib/nd/index.js";
import { close, type F, seconds, slopes } from "./slopes.js";

type OfArray = (x: AnyArray) => AnyArray;

const cube: OfArray = (x) => mul(square(x), x);
const slopeOfCube: OfArray = (x) => mul(3, square(x));
/** The same function again, since a function has one rule. */
const raw = (): OfArray => (x) => cube(x);

const timesOf = bilinearRule(
  (x: NdArray, y: NdArray): NdArray => mul(x, y),
  (ybar: NdArray, _: NdArray, y: NdArray) => mul(ybar, y),
  (ybar: NdArray, x: NdArray) => thunk(() => mul(ybar, x)),
  { name: "timesOf" },
) as unknown as (x: AnyArray, y: AnyArray) => AnyArray;

const asItIs = linearRule(
  (x: NdArray): NdArray => packed(x),
  (ybar: NdArray) =>
    inplaceable(
      (acc) => addInto(acc, ybar),
      () => packed(ybar),
    ),
  { name: "asItIs" },
) as unknown as OfArray;

/** x³, by each definer and each way to give a rule. */
const cubes: Readonly<Record<string, OfArray>> = {
  "a scalar rule": scalarRule(
    (x: number): number => x ** 3,
    (_, x) => [mul(3, mul(x, x))],
    { name: "scalar" },
  ),
  "a scalar rule that uses itself": (() => {
    const power = scalarRule(
      (x: number, n: number): number => x ** n,
      (_, x, n): [Scalar, Scalar] => [mul(n, power(x, add(n, -1)) as Scalar), 0],
      { name: "power" },
    );
    return (x: AnyArray) => power(x, 3);
  })(),
  "a bilinear rule": (x) => timesOf(timesOf(x, x), x),
  "a linear rule around a product": (x) => asItIs(mul(asItIs(square(x)), asItIs(x))),
  "both halves by hand": defineRule(
    raw(),
    {
      frule: ([, dx], x) => [cube(x), mul(slopeOfCube(x), dx)],
      rrule: (x) => [cube(x), (ybar) => [NoTangent, mul(slopeOfCube(x), ybar)]],
    },
    { name: "whole" },
  ),
  "an rrule alone": defineRule(
    raw(),
    { rrule: (x) => [cube(x), (ybar) => [NoTangent, mul(slopeOfCube(x), ybar)]] },
    { name: "onlyReverse" },
  ),
  "an frule alone": defineRule(raw(), { frule: ([, dx], x) => [cube(x), mul(slopeOfCube(x), dx)] }, { name: "onlyForward" }),
  "a rule that steps aside": optOut(
    defineRule(raw(), { rrule: (x) => [cube(x), (ybar) => [NoTangent, mul(1000, ybar)]] }, { name: "aside" }),
    () => true,
  ),
  "a rule made of calls of the engines": defineRule(
    raw(),
    {
      frule: ([, dx], x) => pushforward(cube, [x], [dx]) as unknown as [AnyArray, AnyArray],
      rrule: (x) => {
        const [y, back] = pullback(cube, x);
        return [y, (ybar) => [NoTangent, back(ybar)[0]]];
      },
    },
    { name: "engines" },
  ),
  "a rule of a higher-order function": (() => {
    const applied = defineRule(
      (f: OfArray, x: AnyArray): AnyArray => f(x),
      (ad) => ({
        frule: ([, , dx]: readonly unknown[], f: OfArray, x: AnyArray) => ad.pushforward(f, [x], [dx]) as [unknown, unknown],
        rrule: (f: OfArray, x: AnyArray) => {
          const [y, back] = ad.pullback(f, x);
          return [y, (ybar: unknown) => [NoTangent, NoTangent, back(ybar)[0]]];
        },
      }),
      { name: "applied" },
    ) as (f: OfArray, x: AnyArray) => AnyArray;
    return (x: AnyArray) => applied(cube, x);
  })(),
  "a callable whose parameters are traced": (x) =>
    callable({ factor: x }, ({ factor }: { factor: AnyArray }, y: AnyArray) => mul(factor, square(y)))(x),
  "a rule for a record": (() => {
    const split = defineRule(
      (p: { a: AnyArray; b: AnyArray }): { square: AnyArray; b: AnyArray } => ({ square: square(p.a), b: p.b }),
      {
        frule: ([, dp], { a, b }) => [
          { square: square(a), b },
          { square: mul(mul(2, a), dp.a), b: dp.b },
        ],
        rrule: ({ a, b }) => [
          { square: square(a), b },
          ({ square: sbar, b: bbar }) => [NoTangent, { a: mul(mul(2, a), sbar), b: bbar ?? ZeroTangent }],
        ],
      },
      { name: "split" },
    );
    return (x: AnyArray) => {
      const { square: s, b } = split({ a: x, b: x });
      return mul(s, b) as AnyArray;
    };
  })(),
  "entries written one by one": (x) => {
    const y = similar(x);
    for (let k = 0; k < y.size; k++) y.set(k, mul(x.get(k), mul(x.get(k), x.get(k))));
    return y;
  },
};

const ways = Object.entries(slopes);
const pairs = ways.flatMap(([outer, d]) => ways.map(([inner, e]) => [`${outer} over ${inner}`, d, e] as const));
const x = array([0.5, -1.25]);
const v = array([1, -2]);
const w = array([-0.5, 3]);
const dot = (...xs: AnyArray[]): number => sum(xs.reduce((p, q) => mul(p, q))) as number;

for (const [name, f] of Object.entries(cubes)) {
  test(`${name}: second derivatives in every pair of ways, with a closure over the outer array`, () => {
    for (const [pair, d, e] of pairs) {
      close(
        d((a) => e((b) => sum(f(b)), a, v), x, w),
        6 * dot(x, v, w),
        pair,
      );
      // Σ a · along v of Σ a b³ at b = a, then along w
      close(
        d(
          (a) =>
            mul(
              sum(a),
              e((b) => sum(mul(a, f(b))), a, v),
            ),
          x,
          w,
        ),
        3 * dot(w) * dot(x, x, x, v) + 9 * dot(x) * dot(x, x, v, w),
        pair,
      );
      // the same function inside itself: a³ · (a³)′ = 3 a⁵
      close(
        d(
          (a) =>
            mul(
              sum(f(a)),
              e((b) => sum(f(b)), a, v),
            ),
          x,
          w,
        ),
        3 * dot(x, x, w) * 3 * dot(x, x, v) + dot(x, x, x) * 6 * dot(x, v, w),
        pair,
      );
    }
  });

  test(`${name}: third derivatives in every triple of ways`, () => {
    for (const [pair, d, e] of pairs) {
      for (const [inner, g] of ways) {
        close(
          d((a) => e((b) => g((c) => sum(f(c)), b, v), a, w), x, v),
          6 * dot(v, v, w),
          `${pair} over ${inner}`,
        );
      }
    }
  });

  test(`${name}: its Hessian is symmetric and the same in all pairs of modes`, () => {
    const h: F = (a) => mul(sum(f(a)), sum(a));
    const expected = dot(x) * 6 * dot(x, v, w) + 3 * dot(x, x, v) * dot(w) + 3 * dot(x, x, w) * dot(v);
    for (const [way, second] of Object.entries(seconds)) {
      close(second(h, x, v, w), expected, way);
      close(second(h, x, w, v), expected, `${way}, the other way round`);
    }
  });
}

test("a rule that closes over an outer traced value keeps its derivative, at every depth", () => {
  const made = (outer: Scalar): ((y: Scalar) => Scalar) =>
    defineRule(
      (y: Scalar): Scalar => mul(outer, mul(y, y)),
      {
        frule: ([, dy], y) => [mul(outer, mul(y, y)), mul(mul(mul(2, outer), y), dy)],
        rrule: (y) => [mul(outer, mul(y, y)), (zbar) => [NoTangent, mul(mul(mul(2, outer), y), zbar)]],
      },
      { name: "made" },
    );
  const numbers: Readonly<Record<string, (f: (x: Scalar) => Scalar, x: Scalar) => Scalar>> = {
    derivative: (f, s) => derivative(f, s),
    gradient: (f, s) => gradient(f, s)[0] as Scalar,
  };
  for (const d of Object.values(numbers)) {
    for (const e of Object.values(numbers)) {
      // e: 2 s y; d: 2 y
      close(
        d((s) => e(made(s), 5), 3),
        10,
      );
      // made inside the inner function, over both: s t · y² at y = t: s t³
      for (const g of Object.values(numbers))
        close(
          d((s) => e((t) => g(made(mul(s, t) as Scalar), t), 2), 3),
          8,
        );
    }
  }
  const unary: AnyFunction = made(2);
  close(gradient(unary, 3)[0] as Scalar, 12);
});

test.run();
