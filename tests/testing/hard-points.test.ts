// Points where finite differences are in trouble: what cancels, poles, periods that steps leap over, ends of domains.
import { test } from "uvu";
import * as assert from "uvu/assert";
import { array, div, exp, inv, log, log1p, norm, type Operand, type Scalar, scalarRule, sin, sqrt, square, tan } from "../../lib/index.js";
import { centralDifference, crossCheck, testKit, testRule } from "../../lib/testing/index.js";
import { complaint } from "./complaint.js";

type Slope = (x: number) => number;

const PI = Math.PI;

/** Functions that cancel near 0 as they are written here, with derivatives that do not. */
const cancelling: Readonly<Record<string, readonly [f: Slope, slope: Slope]>> = {
  "(1 − cos x)/x": [
    (x) => (x === 0 ? 0 : (1 - Math.cos(x)) / x),
    (x) => (Math.abs(x) < 0.01 ? 0.5 - x ** 2 / 8 + x ** 4 / 144 : Math.sin(x) / x - (1 - Math.cos(x)) / x ** 2),
  ],
  "coth x − 1/x": [
    (x) => (x === 0 ? 0 : 1 / Math.tanh(x) - 1 / x),
    (x) => (Math.abs(x) < 0.01 ? 1 / 3 - x ** 2 / 15 + (2 * x ** 4) / 189 : 1 / x ** 2 - 1 / Math.sinh(x) ** 2),
  ],
  cosc: [
    (x) => (x === 0 ? 0 : Math.cos(PI * x) / x - Math.sin(PI * x) / (PI * x * x)),
    (x) => {
      const t = PI * x;
      if (Math.abs(t) < 0.1) return PI ** 2 * (-1 / 3 + t ** 2 / 10 - t ** 4 / 168 + t ** 6 / 6480);
      return (-PI * Math.sin(t)) / x - (2 * Math.cos(t)) / x ** 2 + (2 * Math.sin(t)) / (PI * x ** 3);
    },
  ],
};

const near = [0, 1e-12, 1e-9, 1e-8, 1.5e-8, -2e-8, 1e-7, 1e-6, -1e-5, 1e-4, 1e-3, 0.01, -0.1, 0.5, 3];

const firstOnly = testKit({ order: 1 });
const ruled = (name: string, f: Slope, slope: Slope) =>
  scalarRule(
    (x: number): number => f(x),
    (_, x) => [slope(x as unknown as number)],
    { name },
  );

for (const [name, [f, slope]] of Object.entries(cancelling)) {
  test(`${name}: a right rule passes, near 0 and at 0`, () => {
    for (const x of near) firstOnly.testScalar(ruled(name, f, slope), x);
  });

  test(`${name}: wrong rules are caught where it cancels`, () => {
    const wrong: Readonly<Record<string, Slope>> = {
      "half of it": (x) => slope(x) / 2,
      "the sign": (x) => -slope(x),
      nothing: () => 0,
      "a thousandth too much": (x) => 1.001 * slope(x),
      "a tenthousandth too little": (x) => 0.9999 * slope(x),
      "a hundredthousandth too much": (x) => 1.00001 * slope(x),
    };
    for (const x of near) {
      for (const [fault, other] of Object.entries(wrong)) {
        const said = complaint(() => firstOnly.testScalar(ruled(name, f, other), x));
        assert.match(said, /against finite differences/, `${fault} at ${x}: ${said}`);
      }
    }
  });

  test(`${name}: a rule that is wrong at 0 alone is caught there`, () => {
    const said = complaint(() =>
      firstOnly.testScalar(
        ruled(name, f, (x) => (x === 0 ? 0 : slope(x))),
        0,
      ),
    );
    assert.match(said, /against finite differences: ẏ: got 0, expected .*; it is zero: its derivative was dropped/);
  });
}

const slopes: Readonly<Record<string, readonly [f: Slope, slope: Slope, points: readonly number[]]>> = {
  log1p: [Math.log1p, (x) => 1 / (1 + x), [-1 + 1e-4, -1 + 1e-8, -1 + 1e-10, 1e-9]],
  tan: [Math.tan, (x) => 1 + Math.tan(x) ** 2, [PI / 2 - 1e-4, PI / 2 - 1e-6, PI / 2 - 1e-8]],
  sin: [Math.sin, Math.cos, [1e4, 1e6, 1e8, 1e10]],
  recip: [(x) => 1 / x, (x) => -1 / (x * x), [1e-8, 1e-3, -0.01, 5]],
  fifth: [(x) => x ** 5, (x) => 5 * x ** 4, [1e-6, 0.01, 3, 1e5]],
};

for (const [name, [f, slope, points]] of Object.entries(slopes)) {
  test(`${name}: right rules pass and wrong ones are caught, next to poles and where steps leap over periods`, () => {
    for (const x of points) {
      firstOnly.testScalar(ruled(name, f, slope), x);
      for (const factor of [1.001, 0.5, -1, 0]) {
        const said = complaint(() =>
          firstOnly.testScalar(
            ruled(name, f, (t) => factor * slope(t)),
            x,
          ),
        );
        assert.match(said, /against finite differences/, `${factor} at ${x}: ${said}`);
      }
    }
  });
}

test("the catalogue's own pass there", () => {
  testRule(log1p, -1 + 1e-8);
  firstOnly.testRule(tan, PI / 2 - 1e-8);
  testRule(sin, 1e10);
  testRule(sin, array([1e10, -3e9]));
  firstOnly.testRule(
    inv,
    array([
      [1, 1],
      [1, 1 + 1e-6],
    ]),
  );
});

test("a wrong entry of an inverse of condition 4e6 is caught", () => {
  const ill = array([
    [1, 1],
    [1, 1 + 1e-6],
  ]);
  const { derivative } = centralDifference(
    inv,
    [ill],
    [
      array([
        [0, 0],
        [0, 1],
      ]),
    ],
  );
  const entries = derivative as { get(i: number, j: number): number };
  assert.ok(Math.abs(entries.get(0, 0) / -1e12 - 1) < 1e-3);
});

test("a staircase is flat on its stairs, however wide the first step is", () => {
  for (const x of [0.3, 20.5, 2000.5]) {
    const { derivative, kinks } = centralDifference(Math.floor, [x], [1]);
    assert.is(derivative, 0);
    assert.is(kinks, 0);
    assert.match(
      complaint(() =>
        firstOnly.testScalar(
          ruled("stairs", Math.floor, () => 1),
          x,
        ),
      ),
      /against finite differences/,
    );
  }
});

test("where no step decides, crossCheck says so, and the two modes decide", () => {
  const report = crossCheck(sin, 1e14);
  assert.ok(report.agrees);
  assert.is(report.undecided, 1);
  assert.match(String(report), /against finite differences {2}differences decide nothing here/);
  const mixed = crossCheck(
    scalarRule(
      (x: number): number => Math.sin(x),
      () => [7],
      { name: "seven" },
    ),
    1e14,
  );
  assert.ok(mixed.agrees && mixed.undecided === 1);
});

test("a slope of 0 by convention that is not the limit from beside is told", () => {
  for (const f of [
    (x: Scalar): Operand => square(sqrt(x)),
    (x: Scalar): Operand => exp(log(x)),
    (x: Scalar): Operand => div(1, div(1, x)),
  ]) {
    const report = crossCheck(f, 0);
    assert.not(report.agrees);
    assert.is(report.zeros, 1);
    assert.ok(report.finiteDifference > 0.9 && report.forwardReverse === 0);
    assert.match(String(report), /exactly 0 +1 of 1 entries, .* 0 by convention where a zero meets an infinite partial/);
    assert.is(crossCheck(f, 2).zeros, 0);
  }
  assert.ok(crossCheck((x: Operand): Operand => square(norm(x as never)), array([0, 0])).agrees);
});

test("at an end of its domain a function is compared with the slope from inside", () => {
  const cubed: Slope = (x) => (x < 0 ? Number.NaN : x ** 3 + 2 * x);
  firstOnly.testScalar(
    ruled("inside", cubed, (x) => 3 * x * x + 2),
    0,
  );
  assert.match(
    complaint(() =>
      firstOnly.testScalar(
        ruled("inside", cubed, () => 1),
        0,
      ),
    ),
    /inside: frule against finite differences: ẏ: got 2\.28, expected 4\.56/,
  );
});

test.run();
