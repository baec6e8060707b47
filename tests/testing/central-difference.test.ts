import { test } from "uvu";
import * as assert from "uvu/assert";
import { type AnyArray, array, type NdArray } from "../../lib/index.js";
import { assertClose, centralDifference } from "../../lib/testing/index.js";
import { complaint } from "./complaint.js";

const exact = (f: (x: number) => number, slope: (x: number) => number, points: readonly number[], digits: number) => {
  for (const x of points) {
    const { derivative, error } = centralDifference(f, [x], [1]);
    const apart = Math.abs((derivative as number) - slope(x));
    assert.ok(apart <= digits * Math.abs(slope(x)), `${f.name} at ${x}: off by ${apart}`);
    assert.ok(apart <= 10 * error, `${f.name} at ${x}: off by ${apart}, estimated ${error}`);
  }
};

test("ten digits of smooth functions, with an honest estimate of the error", () => {
  exact(Math.sin, Math.cos, [0, 0.7, -2, 40], 1e-10);
  exact(Math.exp, Math.exp, [-20, 0, 5, 30], 1e-9);
  exact(
    (x) => x ** 5,
    (x) => 5 * x ** 4,
    [1e-6, 0.1, 3, 1e6],
    1e-9,
  );
});

test("steps adapt where the arguments stand next to a singular point", () => {
  exact(Math.log, (x) => 1 / x, [1e-8, 1e-3, 0.5, 1e9], 1e-8);
  exact(
    (x) => Math.sqrt(1 - x),
    (x) => -0.5 / Math.sqrt(1 - x),
    [0.999, 0.999999],
    1e-7,
  );
});

test("structures in, structures out, and the error in the structure too", () => {
  const f = (p: { a: number; b: number[] }) => ({ u: p.a * (p.b[0] as number), v: [p.b[1]], label: "p" });
  const { derivative, errors } = centralDifference(f, [{ a: 2, b: [3, 4] }], [{ a: 1, b: [10, 100] }]);
  assertClose((derivative as { u: number }).u, 23, { rtol: 1e-9 });
  assertClose((derivative as { v: number[] }).v, [100], { rtol: 1e-9 });
  assert.ok((errors as { u: number }).u < 1e-8);
});

test("at a kink it is the mean of the slopes on both sides, and the error reaches to each of them", () => {
  const { derivative, error, kinks } = centralDifference(Math.abs, [0], [1]);
  assert.is(derivative, 0);
  assert.is(kinks, 1);
  assertClose(error, 1);
  const bent = centralDifference((x: number) => Math.max(x, 3 * x), [0], [1]);
  assertClose(bent.derivative, 2);
  assertClose(bent.error, 1);
  assert.is(centralDifference((x: number) => x * x, [0], [1]).kinks, 0);
});

test("a jump is a kink with an error without bounds", () => {
  const { error, kinks } = centralDifference((t: number) => (t > 0 ? 1 : 0), [0], [1]);
  assert.is(kinks, 1);
  assert.ok(error > 1000);
});

test("where there is nothing on one side, or slopes grow without end, the error is infinite", () => {
  assert.is(centralDifference(Math.sqrt, [0], [1]).error, Number.POSITIVE_INFINITY);
  assert.is(centralDifference(Math.cbrt, [0], [1]).error, Number.POSITIVE_INFINITY);
});

test("single precision is raised to double where the function takes that", () => {
  const x = array([0.5, 2], { dtype: "float32" });
  const f = (a: AnyArray) => Math.sin((a as NdArray).get(0)) * (a as NdArray).get(1);
  const { derivative, error } = centralDifference(f, [x], [array([1, 0])]);
  assertClose(derivative, 2 * Math.cos(0.5), { rtol: 1e-9 });
  assert.ok(error < 1e-8);
});

test("where it does not, single precision is good for three digits", () => {
  const x = array([0.5, 2], { dtype: "float32" });
  const f = (a: NdArray) => {
    if (a.dtype !== "float32") throw new TypeError("only float32");
    return Math.fround(Math.sin(a.get(0)) * a.get(1));
  };
  const { derivative, error } = centralDifference(f, [x], [array([1, 0])]);
  assertClose(derivative, 2 * Math.cos(0.5), { rtol: 1e-3 });
  assert.ok(Math.abs((derivative as number) - 2 * Math.cos(0.5)) <= 10 * error);
});

test("it looks nowhere outside of the domain", () => {
  const seen: number[] = [];
  const f = (x: number): number => {
    seen.push(x);
    if (!(x > 0 && x < 1)) throw new RangeError("outside");
    return Math.log(x / (1 - x));
  };
  for (const x of [1e-6, 0.5, 1 - 1e-6]) {
    const { derivative } = centralDifference(f, [x], [-3], { domain: [[0, 1]] });
    assertClose(derivative, -3 / (x * (1 - x)), { rtol: 1e-7 });
  }
  assert.ok(seen.every((x) => x > 0 && x < 1));
});

test("refuses: a point on the edge of its domain, a function that throws nearby, results whose shape changes", () => {
  assert.match(
    complaint(() => centralDifference(Math.sqrt, [0], [1], { domain: [[0, 9]] })),
    /sqrt: argument 1 has 0, which is not strictly inside its domain \[0, 9\]; finite differences need room on both sides/,
  );
  function counted(x: number): number {
    if (!Number.isInteger(x)) throw new RangeError("give an integer");
    return x;
  }
  assert.match(
    complaint(() => centralDifference(counted, [3], [1])),
    /counted: it threw next to its arguments, where finite differences look \(give an integer\); give the option domain, hold what does not move fixed with exclude/,
  );
  function growing(x: number): number[] {
    return x > 3 ? [1, 2] : [1];
  }
  assert.match(
    complaint(() => centralDifference(growing, [3], [1])),
    /growing: it returned 1 numbers at its arguments and 2 next to them/,
  );
  assert.match(
    complaint(() => centralDifference(Math.sin, [1], [])),
    /centralDifference: give two lists of one length/,
  );
  assert.match(
    complaint(() => centralDifference(3 as never, [1], [1])),
    /centralDifference: the first argument is a number; give the function to differentiate/,
  );
});

test("the step can be given", () => {
  const seen: number[] = [];
  const f = (x: number): number => {
    seen.push(x);
    return x * x;
  };
  centralDifference(f, [2], [10], { step: 0.5 });
  assertClose(Math.max(...seen), 2.5);
});

test.run();
