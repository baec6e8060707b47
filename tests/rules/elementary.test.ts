import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  acos,
  acosh,
  asin,
  asinh,
  atan,
  atan2,
  atanh,
  cbrt,
  cos,
  cosh,
  cospi,
  cot,
  csc,
  deg2rad,
  derivative,
  exp,
  exp2,
  exp10,
  expm1,
  gradient,
  hypot,
  log,
  log1p,
  log2,
  log10,
  mul,
  type Operand,
  rad2deg,
  type Scalar,
  sec,
  sin,
  sinc,
  sinh,
  sinpi,
  sqrt,
  tan,
  tanh,
} from "../../lib/index.js";
import { assertClose } from "../../lib/testing/index.js";
import { type Edge, type Elementwise, edge, type ScalarCase, testEdges, testScalarCase, unary } from "./scalar-cases.js";

const { LN2, LN10, PI, SQRT2 } = Math;
const everywhere = [-2.3, -0.4, 0.7, 3.1];
const positive = [0.07, 0.9, 6.5];
const inside = [-0.8, 0.1, 0.55];

const sincSlope = (x: number): number => (Math.cos(PI * x) - Math.sin(PI * x) / (PI * x)) / x;

const cases: ScalarCase[] = [
  unary(
    sqrt,
    positive,
    Math.sqrt,
    (x) => 0.5 * x ** -0.5,
    (x) => -0.25 * x ** -1.5,
  ),
  unary(
    cbrt,
    [-8.3, -0.02, 0.9, 27.5],
    Math.cbrt,
    (x) => 1 / (3 * Math.cbrt(x * x)),
    (x) => (-2 / 9) * Math.cbrt(x) ** -5,
  ),
  unary(exp, everywhere, Math.exp, Math.exp, Math.exp),
  unary(
    exp2,
    everywhere,
    (x) => 2 ** x,
    (x) => LN2 * 2 ** x,
    (x) => LN2 * LN2 * 2 ** x,
  ),
  unary(
    exp10,
    everywhere,
    (x) => 10 ** x,
    (x) => LN10 * 10 ** x,
    (x) => LN10 * LN10 * 10 ** x,
  ),
  unary(expm1, everywhere, Math.expm1, Math.exp, Math.exp),
  unary(
    log,
    positive,
    Math.log,
    (x) => 1 / x,
    (x) => -1 / x ** 2,
  ),
  unary(
    log2,
    positive,
    Math.log2,
    (x) => 1 / (x * LN2),
    (x) => -1 / (x ** 2 * LN2),
  ),
  unary(
    log10,
    positive,
    Math.log10,
    (x) => 1 / (x * LN10),
    (x) => -1 / (x ** 2 * LN10),
  ),
  unary(
    log1p,
    [-0.6, 0.3, 9],
    Math.log1p,
    (x) => 1 / (1 + x),
    (x) => -1 / (1 + x) ** 2,
  ),
  unary(sin, everywhere, Math.sin, Math.cos, (x) => -Math.sin(x)),
  unary(
    cos,
    everywhere,
    Math.cos,
    (x) => -Math.sin(x),
    (x) => -Math.cos(x),
  ),
  unary(
    tan,
    everywhere,
    Math.tan,
    (x) => 1 / Math.cos(x) ** 2,
    (x) => (2 * Math.sin(x)) / Math.cos(x) ** 3,
  ),
  unary(
    sec,
    everywhere,
    (x) => 1 / Math.cos(x),
    (x) => Math.sin(x) / Math.cos(x) ** 2,
    (x) => (1 + Math.sin(x) ** 2) / Math.cos(x) ** 3,
  ),
  unary(
    csc,
    everywhere,
    (x) => 1 / Math.sin(x),
    (x) => -Math.cos(x) / Math.sin(x) ** 2,
    (x) => (1 + Math.cos(x) ** 2) / Math.sin(x) ** 3,
  ),
  unary(
    cot,
    everywhere,
    (x) => Math.cos(x) / Math.sin(x),
    (x) => -1 / Math.sin(x) ** 2,
    (x) => (2 * Math.cos(x)) / Math.sin(x) ** 3,
  ),
  unary(
    asin,
    inside,
    Math.asin,
    (x) => (1 - x * x) ** -0.5,
    (x) => x * (1 - x * x) ** -1.5,
  ),
  unary(
    acos,
    inside,
    Math.acos,
    (x) => -((1 - x * x) ** -0.5),
    (x) => -x * (1 - x * x) ** -1.5,
  ),
  unary(
    atan,
    everywhere,
    Math.atan,
    (x) => 1 / (1 + x * x),
    (x) => (-2 * x) / (1 + x * x) ** 2,
  ),
  {
    f: atan2 as Elementwise,
    grid: [
      [-1.3, 0.4, 2.6],
      [-0.7, 1.9],
    ],
    value: (y = 0, x = 0) => Math.atan2(y, x),
    slopes: (y = 0, x = 0) => [x / (x * x + y * y), -y / (x * x + y * y)],
    curves: (y = 0, x = 0) => {
      const r4 = (x * x + y * y) ** 2;
      return [
        [(-2 * x * y) / r4, ((y - x) * (y + x)) / r4],
        [((y - x) * (y + x)) / r4, (2 * x * y) / r4],
      ];
    },
  },
  unary(sinh, everywhere, Math.sinh, Math.cosh, Math.sinh),
  unary(cosh, everywhere, Math.cosh, Math.sinh, Math.cosh),
  unary(
    tanh,
    everywhere,
    Math.tanh,
    (x) => Math.cosh(x) ** -2,
    (x) => -2 * Math.sinh(x) * Math.cosh(x) ** -3,
  ),
  unary(
    asinh,
    everywhere,
    Math.asinh,
    (x) => (1 + x * x) ** -0.5,
    (x) => -x * (1 + x * x) ** -1.5,
  ),
  unary(
    acosh,
    [1.2, 3.4, 50],
    Math.acosh,
    (x) => (x * x - 1) ** -0.5,
    (x) => -x * (x * x - 1) ** -1.5,
  ),
  unary(
    atanh,
    inside,
    Math.atanh,
    (x) => 1 / (1 - x * x),
    (x) => (2 * x) / (1 - x * x) ** 2,
  ),
  unary(
    sinpi,
    everywhere,
    (x) => Math.sin(PI * x),
    (x) => PI * Math.cos(PI * x),
    (x) => -PI * PI * Math.sin(PI * x),
  ),
  unary(
    cospi,
    everywhere,
    (x) => Math.cos(PI * x),
    (x) => -PI * Math.sin(PI * x),
    (x) => -PI * PI * Math.cos(PI * x),
  ),
  unary(
    sinc,
    everywhere,
    (x) => Math.sin(PI * x) / (PI * x),
    sincSlope,
    (x) => (-PI * Math.sin(PI * x) - 2 * sincSlope(x)) / x,
  ),
  unary(
    deg2rad,
    everywhere,
    (x) => (PI * x) / 180,
    () => PI / 180,
    () => 0,
  ),
  unary(
    rad2deg,
    everywhere,
    (x) => (180 * x) / PI,
    () => 180 / PI,
    () => 0,
  ),
  {
    f: hypot as Elementwise,
    grid: [
      [-1.3, 0.4],
      [0.7, -1.9, 3.3],
      [0.2, 5],
    ],
    value: (...xs) => Math.sqrt(xs.reduce((total, x) => total + x * x, 0)),
    slopes: (...xs) => xs.map((x) => x / Math.hypot(...xs)),
    curves: (...xs) => {
      const h = Math.hypot(...xs);
      return xs.map((x, j) => xs.map((y, k) => ((j === k ? h * h : 0) - x * y) / h ** 3));
    },
  },
];

for (const c of cases) testScalarCase(c);

testEdges("roots and logarithms at 0: the slope is the limit from the right", [
  edge(sqrt, 0, 0, Infinity, -Infinity),
  edge(sqrt, -0, 0, Infinity, -Infinity),
  edge(cbrt, 0, 0, Infinity),
  edge(log, 0, -Infinity, Infinity, -Infinity),
  edge(log, -0, -Infinity, Infinity, -Infinity),
  edge(log2, 0, -Infinity, Infinity, -Infinity),
  edge(log10, 0, -Infinity, Infinity, -Infinity),
  edge(log1p, -1, -Infinity, Infinity, -Infinity),
  edge(sqrt, -1, NaN, NaN, NaN),
  edge(sqrt, Infinity, Infinity, 0),
  edge(log, Infinity, Infinity, 0, 0),
]);

testEdges("inverse functions at the ends of their domains have infinite slopes, and outside of them none", [
  edge(asin, 1, PI / 2, Infinity, Infinity),
  edge(asin, -1, -PI / 2, Infinity, -Infinity),
  edge(acos, 1, 0, -Infinity, -Infinity),
  edge(acos, -1, PI, -Infinity, Infinity),
  edge(acosh, 1, 0, Infinity),
  edge(atanh, 1, Infinity, Infinity, Infinity),
  edge(atanh, -1, -Infinity, Infinity, -Infinity),
  edge(asin, 1.5, NaN, NaN, NaN),
  edge(acos, -1.5, NaN, NaN, NaN),
  edge(acosh, 0.5, NaN, NaN, NaN),
]);

testEdges("inverse functions keep their digits next to the ends of their domains", [
  edge(asin, 1 - 2 ** -40, 1.5707949780957442, 741455.2001896339, 4.0761930704155674e17, 1e-15),
  edge(asin, -1 + 2 ** -52, -1.5707963057214724, 47453132.81212578, -1.0685495562512614e23, 1e-15),
  edge(acos, 1 - 2 ** -40, 1.3486991523487112e-6, -741455.2001896339, -4.0761930704155674e17, 1e-15),
  edge(atanh, 1 - 2 ** -40, 14.20951720147865, 549755813888.25, 6.044629098073146e23, 1e-15),
  edge(acosh, 1 + 2 ** -40, 1.3486991523485068e-6, 741455.2001892966, -4.0761930704174214e17, 1e-15),
  edge(acosh, 1e100, 230.9516564799645, 1e-100, -1e-200, 1e-15),
  edge(asinh, 1e100, 230.9516564799645, 1e-100, -1e-200, 1e-15),
  edge(asinh, -1e200, -461.2101657793691, 1e-200, undefined, 1e-15),
  edge(log1p, -1 + 2 ** -40, -27.725887222397812, 2 ** 40, -(2 ** 80), 1e-15),
  edge(log1p, 1e-18, 1e-18, 1, -1),
]);

testEdges("exponentials: no overflow that is not the function's own, no digits lost in the tails", [
  edge(expm1, -40, -1, 4.248354255291589e-18, 4.248354255291589e-18, 1e-15),
  edge(expm1, 1e-18, 1e-18, 1, 1),
  edge(exp, 800, Infinity, Infinity, Infinity),
  edge(exp, -800, 0, 0, 0),
  edge(tanh, 20, 1, 1.6993417021166355e-17, -3.398683404233271e-17, 4e-15),
  edge(tanh, 200, 1, 7.660678386856023e-174, -1.5321356773712045e-173, 1e-14),
  edge(tanh, -200, -1, 7.660678386856023e-174, 1.5321356773712045e-173, 1e-14),
  edge(tanh, 800, 1, 0, 0),
  edge(tanh, -800, -1, 0, 0),
  edge(tanh, Infinity, 1, 0, 0),
  edge(tanh, 0, 0, 1, 0),
  edge(sinh, 0, 0, 1, 0),
  edge(cbrt, 1e-300, 1e-100, (1 / 3) * 1e200, undefined, 1e-15),
  edge(cbrt, 1e300, 1e100, (1 / 3) * 1e-200, undefined, 1e-15),
]);

testEdges("sinpi and cospi are exact at integers and halves of them, and accurate far out", [
  edge(sinpi, 0, 0, PI, 0),
  edge(sinpi, 1, 0, -PI, 0),
  edge(sinpi, -3, 0, -PI, 0),
  edge(sinpi, 0.5, 1, 0, -PI * PI, 1e-15),
  edge(sinpi, -2.5, -1, 0, PI * PI, 1e-15),
  edge(sinpi, 2 ** 52 + 1, 0, -PI, 0),
  edge(cospi, 0, 1, 0, -PI * PI, 1e-15),
  edge(cospi, 7, -1, 0, PI * PI, 1e-15),
  edge(cospi, 0.5, 0, -PI, 0),
  edge(cospi, -1.5, 0, -PI, 0),
  edge(cospi, 2 ** 53 + 2, 1, 0, -PI * PI, 1e-15),
  edge(sinpi, 1000000.125, 0.3826834323650898, 2.902453152139431, -3.776934088294472, 1e-15),
  edge(cospi, 1000000.125, 0.9238795325112867, -1.2022354597686924, -9.118325500149774, 1e-15),
  edge(sinpi, 1e-300, 3.1415926535897936e-300, PI, undefined, 1e-15),
  edge(sinpi, Infinity, NaN, NaN, NaN),
]);

/** sinc and its first four derivatives, to 17 digits. */
const sincTable: readonly (readonly [x: number, ...derivatives: number[]])[] = [
  [0, 1, 0, (-PI * PI) / 3, 0, PI ** 4 / 5],
  [1e-9, 1, -3.289868133696453e-9, -3.289868133696453, 1.9481818206800487e-8, 19.481818206800487],
  [-1e-9, 1, 3.289868133696453e-9, -3.289868133696453, -1.9481818206800487e-8, 19.481818206800487],
  [1e-3, 0.999998355066745, -0.0032898648867278964, -3.289858392793072, 0.01948179531659038, 19.48174953618773],
  [0.1, 0.983631643083466, -0.325751267883124, -3.193029835964854, 1.9253792898320052, 18.799492671762525],
  [0.3, 0.8583936913341398, -0.9020281301388888, -2.4584852862661744, 5.24749315292437, 13.648773849855683],
  [0.32, 0.8398685183385703, -0.9501303854986679, -2.3508551155640784, 5.513021414831013, 12.898061274046874],
  [0.4, 0.7568267286406569, -1.119524335664274, -1.8719587335325203, 6.415001782257937, 9.57178588454465],
  [0.5, 0.6366197723675814, -1.2732395447351628, -1.1902271282389358, 7.141362769433615, 4.8816512051307255],
  [0.65, 0.4363325927744835, -1.3697278346369697, -0.09188289448740505, 7.317469719606775, -2.5278216392158677],
  [1, 0, -1, 2, 3.8696044010893584, -15.478417604357434],
  [1.5, -0.2122065907891938, 0.14147106052612918, 1.90576702169169, -3.81153404338338, -10.5067603378442],
  [-2.25, 0.10003514623967845, -0.2698096155319418, -1.2271380889524741, 1.4655333034584255, 12.34972520614223],
  [7, 0, -0.14285714285714285, 0.04081632653061224, 1.392450774499646, -0.7956861568569406],
];

testEdges(
  "sinc near 0 and at integers, to second order",
  sincTable.map(([x, value = 0, slope = 0, curve]) => edge(sinc, x, value, slope, curve, 1e-14)),
);

test("sinc: third and fourth derivatives, by nesting forward and reverse", () => {
  for (const [x, , , , third = 0, fourth = 0] of sincTable) {
    const second = (v: Scalar): Scalar => derivative((w) => derivative(sinc as (u: Scalar) => Scalar, w), v);
    assertClose(derivative(second, x), third, { rtol: 1e-13, atol: 0 }, `third at ${x}`);
    assertClose(gradient(second, x), [third], { rtol: 1e-13, atol: 0 }, `third at ${x}, reverse outside`);
    assertClose(
      gradient((v) => derivative(second, v as Scalar), x),
      [fourth],
      { rtol: 1e-13, atol: 0 },
      `fourth at ${x}`,
    );
  }
});

test("exp2 and exp10 are exact at integers: 10ⁿ is the number that is written so", () => {
  for (let n = -330; n <= 310; n++) {
    assert.is(exp10(n), Number(`1e${n}`));
    assert.is(exp2(n) * exp2(-n), 1);
  }
  assert.is(exp2(-1074), Number.MIN_VALUE);
  assert.equal([exp10(Infinity), exp10(-Infinity), exp2(1024)], [Infinity, 0, Infinity]);
});

const at = (f: Elementwise, point: readonly number[], value: number, slopes: readonly number[], tolerance = 0): Edge => ({
  f,
  at: point,
  value,
  slopes,
  tolerance,
});
const angle = atan2 as Elementwise;
const length = hypot as Elementwise;

testEdges("atan2 on the axes, at extreme lengths, and at the origin, where its slopes are 0", [
  at(angle, [0, 2], 0, [0.5, 0]),
  at(angle, [0, -2], PI, [-0.5, 0]),
  at(angle, [-0, -2], -PI, [-0.5, 0]),
  at(angle, [2, 0], PI / 2, [0, -0.5]),
  at(angle, [-2, 0], -PI / 2, [0, 0.5]),
  at(angle, [1e200, 1e200], PI / 4, [5e-201, -5e-201], 1e-15),
  at(angle, [3e-200, 4e-200], 0.6435011087932844, [1.6e199, -1.2e199], 1e-15),
  at(angle, [0, 0], 0, [0, 0]),
]);

testEdges("hypot neither overflows nor underflows on the way, and is flat at the origin", [
  at(length, [3e200, 4e200], 5e200, [0.6, 0.8], 1e-15),
  at(length, [3e-200, 4e-200], 5e-200, [0.6, 0.8], 1e-15),
  at(length, [0, 0], 0, [0, 0]),
  at(length, [0, 0, 0, 0], 0, [0, 0, 0, 0]),
  {
    ...at(length, [0, 0], 0, [0, 0]),
    curves: [
      [0, 0],
      [0, 0],
    ],
  },
  at(length, [-2], 2, [-1]),
  at(length, [1, 1, 1, 1], 2, [0.5, 0.5, 0.5, 0.5]),
  at(length, [-0, 1], 1, [0, 1]),
  at(length, [1, 1], SQRT2, [1 / SQRT2, 1 / SQRT2], 1e-15),
]);

test("√(x·x) at 0 is flat in both modes: an infinite slope times nothing is nothing", () => {
  const f = (x: Scalar): Scalar => sqrt(mul(x, x));
  assert.equal([derivative(f, 0), ...gradient(f, 0)], [0, 0]);
});

test("without an operand hypot is an error", () => {
  assert.throws(
    () => (hypot as (...xs: Operand[]) => Operand)(),
    (error: Error) => error instanceof TypeError && error.message === "hypot: got no arguments; a number or an array is needed",
  );
});

test.run();
