import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  add,
  array,
  derivative,
  div,
  fma,
  gradient,
  mod,
  mul,
  neg,
  type Operand,
  pow,
  reciprocal,
  rem,
  square,
  sub,
} from "../../lib/index.js";
import { type Edge, type Elementwise, edge, type ScalarCase, testEdges, testScalarCase, unary } from "./scalar-cases.js";

const pairs = [
  [-1.7, 0.3, 2.6],
  [0.9, -2.2, 3.1, -0.4],
];

const binary = (f: (x: Operand, y: Operand) => Operand, rest: Omit<ScalarCase, "f">): ScalarCase => ({ f: f as Elementwise, ...rest });

const cases: ScalarCase[] = [
  binary(add, { grid: pairs, value: (x = 0, y = 0) => x + y, slopes: () => [1, 1] }),
  binary(sub, { grid: pairs, value: (x = 0, y = 0) => x - y, slopes: () => [1, -1] }),
  binary(mul, {
    grid: pairs,
    value: (x = 0, y = 0) => x * y,
    slopes: (x = 0, y = 0) => [y, x],
    curves: () => [
      [0, 1],
      [1, 0],
    ],
  }),
  binary(div, {
    grid: pairs,
    value: (x = 0, y = 0) => x / y,
    slopes: (x = 0, y = 0) => [1 / y, -x / y ** 2],
    curves: (x = 0, y = 0) => [
      [0, -1 / y ** 2],
      [-1 / y ** 2, (2 * x) / y ** 3],
    ],
  }),
  unary(
    neg,
    pairs.flat(),
    (x) => 0 - x,
    () => -1,
    () => 0,
  ),
  unary(
    square,
    pairs.flat(),
    (x) => x ** 2,
    (x) => x + x,
    () => 2,
  ),
  unary(
    reciprocal,
    pairs.flat(),
    (x) => x ** -1,
    (x) => -(x ** -2),
    (x) => 2 * x ** -3,
  ),
  {
    f: fma as Elementwise,
    grid: [
      [-1.7, 0.3],
      [0.9, -2.2, 3.1],
      [0.4, 5],
    ],
    value: (x = 0, y = 0, z = 0) => z + x * y,
    slopes: (x = 0, y = 0) => [y, x, 1],
    curves: () => [
      [0, 1, 0],
      [1, 0, 0],
      [0, 0, 0],
    ],
  },
  binary(pow, {
    grid: [
      [0.3, 1.7, 12],
      [2.5, -1.5, 3, 0.5],
    ],
    value: (x = 0, y = 0) => x ** y,
    slopes: (x = 0, y = 0) => [y * x ** (y - 1), x ** y * Math.log(x)],
    curves: (x = 0, y = 0) => {
      const mixed = x ** (y - 1) * (1 + y * Math.log(x));
      return [
        [y * (y - 1) * x ** (y - 2), mixed],
        [mixed, x ** y * Math.log(x) ** 2],
      ];
    },
  }),
  binary(mod, {
    grid: [
      [-7.3, 0.4, 11.3],
      [2.5, -1.7, 0.8, 20],
    ],
    value: (x = 0, y = 0) => x - y * Math.floor(x / y),
    slopes: (x = 0, y = 0) => [1, -Math.floor(x / y)],
    tolerance: { value: 1e-14 },
  }),
  binary(rem, {
    grid: [
      [-7.3, 0.4, 11.3],
      [2.5, -1.7, 0.8, 20],
    ],
    value: (x = 0, y = 0) => x - y * Math.trunc(x / y),
    slopes: (x = 0, y = 0) => [1, -Math.trunc(x / y)],
    tolerance: { value: 1e-14 },
  }),
];

for (const c of cases) testScalarCase(c);

const at = (
  f: (x: Operand, y: Operand) => Operand,
  point: readonly [number, number],
  value: number,
  slopes: readonly [number, number],
  curves?: readonly (readonly number[])[],
): Edge => ({
  f: f as Elementwise,
  at: point,
  value,
  slopes,
  ...(curves === undefined ? {} : { curves }),
});

const { LN2 } = Math;
const flat = [
  [0, 0],
  [0, 0],
];

testEdges("division by 0 has the one-sided limits for slopes", [
  at(div, [1, 0], Infinity, [Infinity, -Infinity]),
  at(div, [0, 2], 0, [0.5, 0]),
  at(div, [3, Infinity], 0, [0, 0]),
  edge(reciprocal, 0, Infinity, -Infinity, Infinity),
  edge(reciprocal, -Infinity, 0, 0, 0),
]);

testEdges("pow: exact at x = 0 and at y = 0", [
  at(pow, [0, 0], 1, [0, -Infinity]),
  at(pow, [0, 1], 0, [1, 0]),
  at(
    pow,
    [0, 2],
    0,
    [0, 0],
    [
      [2, 0],
      [0, 0],
    ],
  ),
  at(pow, [0, 3], 0, [0, 0], flat),
  at(pow, [0, 2.5], 0, [0, 0], flat),
  at(pow, [-0, 3], 0, [0, 0], flat),
  at(
    pow,
    [2, 0],
    1,
    [0, LN2],
    [
      [0, 0.5],
      [0.5, LN2 * LN2],
    ],
  ),
  at(pow, [-2, 0], 1, [0, NaN]),
]);

testEdges("pow(0, p) with p < 1 has the one-sided limits for slopes", [
  at(pow, [0, 0.5], 0, [Infinity, 0]),
  at(pow, [0, -1], Infinity, [-Infinity, -Infinity]),
  at(pow, [0, -2.5], Infinity, [-Infinity, -Infinity]),
]);

testEdges("pow of a negative base by an integer is smooth in the base, and NaN in the exponent", [
  at(
    pow,
    [-2, 3],
    -8,
    [12, NaN],
    [
      [-12, NaN],
      [NaN, NaN],
    ],
  ),
  at(
    pow,
    [-2, -1],
    -0.5,
    [-0.25, NaN],
    [
      [-0.25, NaN],
      [NaN, NaN],
    ],
  ),
  at(pow, [-2, 0.5], NaN, [NaN, NaN]),
  at(pow, [1, NaN], NaN, [NaN, 0]),
  at(pow, [2, -Infinity], 0, [0, 0]),
]);

test("pow: the exponent of a negative base may be an array that does not move", () => {
  const x = array([-2, 0, 3]);
  const [g] = gradient((v) => {
    const z = pow(v, array([3, 2, 1]));
    return add(add(z.get(0), z.get(1)), z.get(2));
  }, x);
  assert.equal([...g.data], [12, 0, 1]);
});

testEdges("mod has the sign of the divisor, rem that of the dividend; the count is that of the exact quotient", [
  at(mod, [-6, 4], 2, [1, 2], flat),
  at(mod, [6, -4], -2, [1, 2], flat),
  at(mod, [8, 4], 0, [1, -2], flat),
  at(mod, [-1e-20, 1], 1, [1, 1], flat),
  at(rem, [-6, 4], -2, [1, 1], flat),
  at(rem, [6, -4], 2, [1, 1], flat),
  at(rem, [-8, 4], 0, [1, 2], flat),
  // 0.1 is a little more than a tenth, so it goes 59 times into 6, though 6 / 0.1 is rounded to 60
  at(mod, [6, 0.1], 0.09999999999999967, [1, -59], flat),
  at(rem, [6, 0.1], 0.09999999999999967, [1, -59], flat),
  at(mod, [1, 0], NaN, [1, NaN]),
  at(rem, [1, 0], NaN, [1, NaN]),
]);

test("mod gives a zero of the divisor's sign, as NumPy's does", () => {
  assert.ok(Object.is(mod(-4, 2), 0));
  assert.ok(Object.is(mod(4, -2), -0));
});

test("products of one traced number with itself count both sides", () => {
  for (const [f, slope] of [
    [mul, 6],
    [add, 2],
    [sub, 0],
    [div, 0],
  ] as const) {
    assert.is(
      derivative((x) => f(x, x), 3),
      slope,
    );
    assert.equal(
      gradient((x) => f(x, x), 3),
      [slope],
    );
  }
});

test.run();
