// Tests: cdist, pairwise-sqdist, point-differences, point-norms.
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  array,
  cdist,
  gradient,
  hessian,
  hvp,
  mul,
  type NdArray,
  norm,
  pairwiseSqdist,
  pushforward,
  rrule,
  type Scalar,
  square,
  sub,
  sum,
  toNested,
  unthunk,
  zeros,
} from "../../../lib/index.js";
import { assertClose } from "../../../lib/testing/index.js";
import { modeTests } from "../../helpers/check-modes.js";
import { build, decimals, layouts } from "../../helpers/layouts.js";
import { refused } from "../../helpers/refused.js";

const a = decimals([3, 2], 1);
const b = decimals([4, 2], 2);
const squares = (x: NdArray, y: NdArray) => (i: number, j: number) =>
  Array.from({ length: x.shape[1] as number }, (_, k) => (x.get(i, k) - y.get(j, k)) ** 2).reduce((total, term) => total + term, 0);
/** Σⱼ s(i, j) (x[i, k] − y[j, k]). */
const pulls = (x: NdArray, y: NdArray, s: (i: number, j: number) => number): NdArray =>
  build(x.shape, (i, k) =>
    Array.from({ length: y.shape[0] as number }, (_, j) => s(i, j) * (x.get(i, k) - y.get(j, k))).reduce((total, term) => total + term, 0),
  );
const weight = (i: number, j: number): number => 1 / Math.sqrt(squares(a, b)(i, j));

modeTests([
  {
    title: "pairwiseSqdist is the sum of the squared differences",
    f: (x: NdArray, y: NdArray) => pairwiseSqdist(x, y),
    args: [a, b],
    value: build([3, 4], squares(a, b)),
    slopes: [pulls(a, b, () => 2), pulls(b, a, () => 2)],
  },
  {
    title: "cdist is the Euclidean distance",
    f: (x: NdArray, y: NdArray) => cdist(x, y),
    args: [a, b],
    value: build([3, 4], (i, j) => Math.sqrt(squares(a, b)(i, j))),
    slopes: [pulls(a, b, weight), pulls(b, a, (j, i) => weight(i, j))],
  },
  {
    title: "distances of points with one coordinate",
    f: (x: NdArray, y: NdArray) => cdist(x, y),
    args: [array([[1.5], [-2]]), array([[4]])],
    value: array([[2.5], [6]]),
    slopes: [array([[-1], [-1]]), array([[2]])],
  },
  {
    title: "distances of many coordinates",
    f: (x: NdArray, y: NdArray) => pairwiseSqdist(x, y),
    args: [decimals([2, 7], 5), decimals([1, 7], 6)],
    value: build([2, 1], squares(decimals([2, 7], 5), decimals([1, 7], 6))),
  },
]);

/** What distances of order p are, and their slopes by the difference of a coordinate. */
const orders: Readonly<
  Record<string, readonly [p: number, of: (d: readonly number[]) => number, slope: (d: readonly number[], k: number) => number]>
> = {
  "the sum of the differences": [1, (d) => d.reduce((total, x) => total + Math.abs(x), 0), (d, k) => Math.sign(d[k] as number)],
  "of order 3": [
    3,
    (d) => Math.cbrt(d.reduce((total, x) => total + Math.abs(x) ** 3, 0)),
    (d, k) => (Math.sign(d[k] as number) * (d[k] as number) ** 2) / Math.cbrt(d.reduce((total, x) => total + Math.abs(x) ** 3, 0)) ** 2,
  ],
  "of order ½": [
    0.5,
    (d) => d.reduce((total, x) => total + Math.sqrt(Math.abs(x)), 0) ** 2,
    (d, k) => (Math.sign(d[k] as number) * d.reduce((total, x) => total + Math.sqrt(Math.abs(x)), 0)) / Math.sqrt(Math.abs(d[k] as number)),
  ],
  "the largest difference": [
    Number.POSITIVE_INFINITY,
    (d) => Math.max(...d.map(Math.abs)),
    (d, k) => (Math.abs(d[k] as number) === Math.max(...d.map(Math.abs)) ? Math.sign(d[k] as number) : 0),
  ],
};
const apart = (i: number, j: number): number[] => [0, 1].map((k) => a.get(i, k) - b.get(j, k));

modeTests(
  Object.entries(orders).map(([title, [p, of, slope]]) => ({
    title: `cdist is ${title}`,
    f: (x: NdArray, y: NdArray) => cdist(x, y, { p }),
    args: [a, b],
    value: build([3, 4], (i, j) => of(apart(i, j))),
    slopes: [
      build([3, 2], (i, k) => [0, 1, 2, 3].reduce((total, j) => total + slope(apart(i, j), k), 0)),
      build([4, 2], (j, k) => [0, 1, 2].reduce((total, i) => total - slope(apart(i, j), k), 0)),
    ],
    rtol: 1e-12,
  })),
);

test("distances of any order are those of SciPy", () => {
  const [x, y] = [
    array([
      [1, 2],
      [0.5, -1],
    ]),
    array([
      [0, 1],
      [2.5, -2],
      [1, 4],
    ]),
  ];
  const expected = {
    1: [
      [2, 5.5, 2],
      [2.5, 3, 5.5],
    ],
    1.5: [
      [1.5874010519681994, 4.591048706625929, 2.0],
      [2.1633743554611127, 2.4472608147714756, 5.104861366812218],
    ],
    4: [
      [1.189207115002721, 4.019630409883043, 2.0],
      [2.001950270478852, 2.0305431848689306, 5.000124995312773],
    ],
    Infinity: [
      [1, 4, 2],
      [2, 2, 5],
    ],
  };
  for (const [p, distances] of Object.entries(expected))
    assertClose(cdist(x, y, { p: Number(p) }), array(distances), { rtol: 1e-14, atol: 0 }, p);
});

test("the order 2 is that of no options, whatever way it goes", () => {
  assert.equal(toNested(cdist(a, b, { p: 2 })), toNested(cdist(a, b)));
  assertClose(cdist(a, b, { p: 2 + 1e-13 }), cdist(a, b), { rtol: 1e-12, atol: 0 });
});

test("orders other than 2: derivatives are 0 where points coincide, and the first coordinate decides at ties", () => {
  for (const p of [1, 3, Number.POSITIVE_INFINITY]) {
    const f = (x: AnyArray): Scalar => sum(cdist(x, array([[1, 2]]), { p })) as Scalar;
    assert.equal(toNested(gradient(f, array([[1, 2]]))[0]), [[0, 0]]);
    assert.equal(toNested(hvp(f, array([[1, 2]]), array([[1, 1]])) as NdArray), [[0, 0]]);
  }
  const tie = (x: AnyArray): Scalar => sum(cdist(x, array([[0, 0]]), { p: Number.POSITIVE_INFINITY })) as Scalar;
  assert.equal(toNested(gradient(tie, array([[-3, 3]]))[0]), [[-1, 0]]);
});

test("neither huge nor tiny distances of other orders leave the range of doubles", () => {
  for (const size of [1e-200, 1e200]) {
    const x = array([[3 * size, 4 * size]]);
    assertClose(cdist(x, zeros([1, 2]), { p: 3 }), array([[Math.cbrt(91) * size]]), { rtol: 1e-14, atol: 0 });
    assertClose(
      gradient((x: AnyArray) => sum(cdist(x, zeros([1, 2]), { p: 3 })) as Scalar, x)[0],
      array([[9, 16]].map((row) => row.map((e) => e / Math.cbrt(91) ** 2))),
      {
        rtol: 1e-14,
        atol: 0,
      },
    );
  }
});

/** Numbers in no order. */
const scattered = (shape: readonly number[], seed: number): NdArray => build(shape, (i, k) => Math.sin(seed + 12.9 * i + 78.2 * k) * 5);

test("many points are taken block by block: as their rows one by one, in any memory, forward and reverse", () => {
  const [x, y] = [scattered([70, 3], 7), scattered([900, 3], 8)];
  const ybar = build([70, 900], (i, j) => ((i + 3 * j) % 9) - 4);
  const rows = [...Array(70).keys()];
  for (const p of [1, 3]) {
    const one = (i: number, x: NdArray): NdArray => x.lo(i, 0).hi(1, 3);
    const whole = cdist(x.step(1, -1), y.step(1, -1), { p });
    const [xbar, pulled] = gradient((x, y) => sum(mul(ybar, cdist(x, y, { p }))), x, y);
    const singly = rows.map((i) => gradient((x, y) => sum(mul(ybar.lo(i, 0).hi(1, 900), cdist(x, y, { p }))), one(i, x), y));
    assertClose(
      xbar,
      build([70, 3], (i, k) => (singly[i] as [NdArray, NdArray])[0].get(0, k)),
      { rtol: 1e-13, atol: 1e-13 },
    );
    assertClose(
      pulled,
      build([900, 3], (j, k) => singly.reduce((total, [, bar]) => total + bar.get(j, k), 0)),
      { rtol: 1e-11, atol: 1e-11 },
    );
    const [v, w] = [scattered([70, 3], 9), scattered([900, 3], 10)];
    const [, dy] = pushforward((x, y) => cdist(x, y, { p }), [x, y], [v, w]) as [NdArray, NdArray];
    assertClose(sum(mul(dy, ybar)), sum(mul(xbar, v)) + sum(mul(pulled, w)), { rtol: 1e-10, atol: 1e-10 });
    for (const i of [0, 17, 69]) assertClose(whole.lo(i, 0).hi(1, 900), cdist(one(i, x), y, { p }), { rtol: 1e-14, atol: 0 });
  }
});

refused([
  [
    () => gradient((p: Scalar) => sum(cdist(a, b, { p } as object)), 3),
    TypeError,
    "cdist: option p is a traced number; it has no derivative there, which would be lost: give its plain value, primal(p)",
  ],
  [() => cdist(a, b, { p: 0 }), RangeError, "cdist: p = 0; give a number above 0, or Infinity"],
  [() => cdist(a, b, { p: Number.NaN }), RangeError, "cdist: p = NaN; give a number above 0, or Infinity"],
  [() => cdist(a, b, { p: "1" as never }), TypeError, "cdist: p is a string; give a number above 0, or Infinity"],
]);

test("each entry is norm of the difference, its derivatives included", () => {
  const one = (x: AnyArray): Scalar => sum(cdist(x, array([[0.5, -1]]))) as Scalar;
  const other = (x: AnyArray): Scalar => norm(sub(x, array([[0.5, -1]])) as AnyArray) as Scalar;
  const x = array([[2, 3]]);
  const [h, g] = [hessian(one, x), hessian(other, x)] as [NdArray, NdArray];
  [...h.data].forEach((entry, n) => {
    assert.ok(Math.abs(entry - (g.data[n] as number)) < 1e-15);
  });
});

test("where points coincide, all derivatives of their distance are 0, at both orders", () => {
  const x = array([
    [1, 2],
    [3, 4],
  ]);
  assert.equal(toNested(gradient((p: AnyArray) => sum(cdist(p, x.lo(0, 0).hi(1, 2))) as Scalar, x.lo(0, 0).hi(1, 2))[0]), [[0, 0]]);
  const all = (p: AnyArray): Scalar => sum(cdist(p, p)) as Scalar;
  const g = gradient(all, x)[0] as NdArray;
  const step = 2 / Math.sqrt(8);
  [-2 * step, -2 * step, 2 * step, 2 * step].forEach((slope, n) => {
    assert.ok(Math.abs((g.data[n] as number) - slope) < 1e-15);
  });
  const [, dy] = pushforward(
    (p: AnyArray) => cdist(p, p),
    [x],
    [
      array([
        [1, 0],
        [0, 0],
      ]),
    ],
  ) as [NdArray, NdArray];
  assert.is(dy.get(0, 0), 0);
  const curved = hvp((p: AnyArray) => sum(square(cdist(p, array([[1, 2]])))) as Scalar, array([[1, 2]]), array([[1, 1]])) as NdArray;
  assert.equal(toNested(curved), [[0, 0]]);
});

test("the curvature of squared distances is there where points coincide", () => {
  const v = array([[1, -3]]);
  assert.equal(toNested(hvp((p: AnyArray) => sum(pairwiseSqdist(p, array([[1, 2]]))) as Scalar, array([[1, 2]]), v) as NdArray), [[2, -6]]);
});

test("points far from the origin and close to each other lose no digits, and no square is negative", () => {
  const far = array([[1e8, 1e8]]);
  const near = array([[1e8 + 0.25, 1e8 - 0.5]]);
  assert.is(pairwiseSqdist(far, near).get(0, 0), 0.3125);
  assert.is(pairwiseSqdist(far, far).get(0, 0), 0);
  assert.is(cdist(far, near).get(0, 0), Math.sqrt(0.3125));
});

test("neither huge nor tiny distances leave the range of doubles; infinite and NaN ones stay so", () => {
  const between = (x: number, y: number): number => cdist(array([[x, 0]]), array([[0, y]])).get(0, 0);
  assert.ok(Math.abs(between(3e200, 4e200) / 5e200 - 1) < 1e-15);
  assert.ok(Math.abs(between(3e-200, 4e-200) / 5e-200 - 1) < 1e-15);
  assert.is(between(Infinity, 1), Infinity);
  assert.ok(Number.isNaN(between(Number.NaN, 1)));
  const slope = gradient((p: AnyArray) => sum(cdist(p, zeros([1, 2]))) as Scalar, array([[3e200, 4e200]]))[0] as NdArray;
  assert.ok(Math.abs(slope.get(0, 0) - 0.6) < 1e-15 && Math.abs(slope.get(0, 1) - 0.8) < 1e-15);
});

test("a point at infinity spoils nothing that does not move", () => {
  const y = array([
    [1, 1],
    [Infinity, 0],
  ]);
  const g = gradient((p: AnyArray) => sum(mul(pairwiseSqdist(p, y), array([[1, 0]]))) as Scalar, array([[2, 3]]))[0] as NdArray;
  assert.equal(toNested(g), [[2, 4]]);
});

test("no points and no coordinates", () => {
  assert.equal(cdist(zeros([0, 2]), b).shape, [0, 4]);
  assert.equal(toNested(cdist(zeros([1, 0]), zeros([2, 0]))), [[0, 0]]);
  assert.equal(gradient((p: AnyArray) => sum(cdist(p, zeros([0, 2]))) as Scalar, a)[0].shape, [3, 2]);
});

for (const [name, f] of Object.entries({ cdist, pairwiseSqdist })) {
  refused([
    [
      () => f(a, zeros([4, 3])),
      RangeError,
      `${name}: the points of a have 2 coordinates, those of b 3; give matrices with as many columns`,
    ],
    [() => f(array([1, 2]), b), RangeError, `${name}: a is an array of shape [2]; give a matrix with a point in each row`],
    [() => f(a, [[1, 2]] as never), TypeError, `${name}: b is a list of length 1; give a matrix with a point in each row`],
  ]);
}

test("points of any number and dimension, in any memory: values and pullbacks as the sums say", () => {
  for (const [m, n, d] of [
    [1, 1, 1],
    [2, 3, 4],
    [3, 4, 1],
    [4, 5, 2],
    [5, 7, 3],
    [3, 8, 9],
    [2, 9, 5],
    [70, 61, 2],
  ] as const) {
    const x = build([m, d], (i, k) => ((i * 5 + k * 3) % 13) - 6);
    const y = build([n, d], (j, k) => ((j * 7 + k * 2) % 11) - 5.5);
    const ybar = build([m, n], (i, j) => ((i + 3 * j) % 9) - 4);
    const xbar = pulls(x, y, (i, j) => 2 * ybar.get(i, j));
    const pulled = pulls(y, x, (j, i) => 2 * ybar.get(i, j));
    for (const [layout, laid] of Object.entries(layouts)) {
      if (m === 70 && layout !== "transposed") continue;
      const [value, back] = rrule(pairwiseSqdist, laid(x), laid(y)) as unknown as [NdArray, (ybar: NdArray) => unknown[]];
      assert.equal(toNested(value), toNested(build([m, n], squares(x, y))), layout);
      assert.equal(
        back(laid(ybar))
          .slice(1)
          .map((t) => toNested(unthunk(t) as NdArray)),
        [toNested(xbar), toNested(pulled)],
        layout,
      );
    }
  }
});

test("distances of points at infinity: what has no weight leaves no trace", () => {
  const far = array([
    [Number.POSITIVE_INFINITY, 1],
    [2, 3],
  ]);
  const near = array([[0, 0]]);
  for (const f of [cdist, pairwiseSqdist]) {
    const [, back] = rrule(f, far, near) as unknown as [NdArray, (ybar: NdArray) => unknown[]];
    const bars = back(array([[0], [1]]))
      .slice(1)
      .map((t) => toNested(unthunk(t) as NdArray)) as [number[][], number[][]];
    assert.equal(bars[0][0], [0, 0]);
    assert.ok(bars.flat(2).every(Number.isFinite));
  }
});

test("cdist: distances whose squares are too small for all digits, or for any, keep theirs", () => {
  const origin = array([[0, 0]]);
  for (const unit of [1e-100, 1e-140, 1e-145, 1e-150, 1e-155, 1e-160, 1e-162, 1e-200, 2 ** -1060]) {
    const y = cdist(origin, array([[3 * unit, 4 * unit]])).get(0, 0);
    const wanted = 5 * unit;
    assert.ok(Math.abs(y - wanted) <= 4 * Number.EPSILON * wanted, `${y} for ${wanted}`);
  }
});

test.run();
