import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  array,
  defineRule,
  exp,
  mul,
  NoTangent,
  type Operand,
  optOut,
  primal,
  type Scalar,
  scalarRule,
  sin,
  sum,
} from "../../lib/index.js";
import { type CheckOptions, testFrule, testKit, testRrule, testRule, testScalar } from "../../lib/testing/index.js";
import { complaint } from "./complaint.js";
import { matrix, plain, slopeTimes, squared, squareOf } from "./squares.js";

const says = (options: CheckOptions, f: Parameters<typeof testRule>[0], ...args: unknown[]): string =>
  complaint(() => testKit(options).testRule(f, ...args));

test("rtol and atol: how far from finite differences is near", () => {
  const slightlyOff = squared({ dy: (x, dx) => mul(1.001, slopeTimes(x, dx)) });
  testKit({ rtol: 0.01 }).testFrule(slightlyOff, 3);
  testKit({ atol: 1 }).testFrule(slightlyOff, 3);
  assert.throws(() => testFrule(slightlyOff, 3), /frule against finite differences/);
});

test("tangents: the directions to test in", () => {
  const deaf = defineRule(
    (x: Operand): Operand => squareOf(x),
    {
      frule: ([, dx], x) => [squareOf(x), slopeTimes(x, mul(dx, array([1, 0])))],
      rrule: (x) => [squareOf(x), (ybar) => [NoTangent, slopeTimes(x, ybar)]],
    },
    { name: "deaf" },
  );
  const x = array([1, 2]);
  assert.match(
    complaint(() => testKit({ tangents: [array([1, 0])] }).testFrule(deaf, x)),
    /deaf: frule along input entry 2 of 2 against finite differences: ẏ\[1\]/,
  );
  assert.match(
    complaint(() => testKit({ tangents: [array([0, 1])] }).testFrule(deaf, x)),
    /deaf: frule against finite differences: ẏ\[1\]/,
  );
  assert.match(says({ tangents: [1, 2] }, sin, 1), /sin: the option tangents has 2 entries for 1 arguments/);
  assert.match(
    says({ tangents: [array([1, 2, 3])] }, sin, x),
    /sin: tangent of argument 1: got an array of shape \[3\], expected an array of shape \[2\]/,
  );
  testKit({ tangents: [undefined, 1] }).testRule(mul, 2, 3);
});

test("cotangent: the ȳ to test with", () => {
  const seen: unknown[] = [];
  const watched = squared({
    xbar: (x, ybar) => {
      seen.push(typeof ybar === "object" && "data" in ybar ? Array.from(plain(ybar).data) : ybar);
      return slopeTimes(x, ybar);
    },
  });
  testKit({ cotangent: array([3, -1]) }).testRrule(watched, array([1, 2]));
  assert.equal(seen[0], [3, -1]);
  assert.match(says({ cotangent: array([1, 2, 3]) }, sin, array([1, 2])), /sin: the option cotangent: got an array of shape \[3\]/);
});

test("exclude: arguments that are held fixed need no cotangent", () => {
  const power = defineRule(
    (x: number, n: number): number => x ** n,
    {
      frule: ([, dx], x, n) => [x ** n, n * x ** (n - 1) * dx],
      rrule: (x, n) => [x ** n, (ybar) => [NoTangent, n * x ** (n - 1) * ybar, NoTangent]],
    },
    { name: "power" },
  );
  assert.match(says({ order: 1 }, power, 1.5, 3), /power: frule against finite differences/);
  assert.match(
    complaint(() => testRrule(power, 1.5, 3)),
    /power: cotangent of argument 2: x̄: got NoTangent for a number, which can move; .* held fixed by the option exclude/,
  );
  testKit({ exclude: [1], order: 1 }).testRule(power, 1.5, 3);
  assert.match(says({ exclude: [2] }, power, 1.5, 3), /power: exclude names position 2, but there are 2 arguments; positions count from 0/);
});

test("domain: finite differences stay inside", () => {
  const inside = scalarRule(
    (x: number): number => {
      if (!(x > 0 && x < 1)) throw new RangeError(`inside: x = ${x} is not between 0 and 1`);
      return Math.log(x / (1 - x));
    },
    (_, x) => [inverse(x)],
    { name: "inside" },
  );
  testKit({ domain: [[0, 1]], order: 1 }).testRule(inside, array([0.5, 1e-5, 0.9999]));
  assert.match(says({ domain: [[0, 1]] }, sin, 1), /sin: argument 1 has 1, which is not strictly inside its domain \[0, 1\]/);
  assert.match(says({ domain: [[1, 1]] }, sin, 1), /sin: the domain of argument 1 is \[1, 1\]; give \[lo, hi\] with lo < hi/);
});

const inverse = scalarRule(
  (x: number): number => 1 / (x * (1 - x)),
  () => [0],
  { name: "inverse" },
);

test("order: 1 leaves second derivatives out", () => {
  const firstOnly = squared({ dy: (x, dx) => mul(flat(x), dx), xbar: (x, ybar) => mul(flat(x), ybar) });
  assert.match(says({}, firstOnly, matrix), /second derivative/);
  testKit({ order: 1 }).testRule(firstOnly, matrix);
  assert.match(says({ order: 3 as 2 }, sin, 1), /sin: order = 3; give 1 or 2/);
});

const flat = scalarRule(
  (x: number): number => 2 * x,
  () => [0],
  { name: "flat" },
);

test("strided: false leaves views out", () => {
  const wholeOnly = squared({
    xbar: (x, ybar) => array(Array.from(plain(x).data, (entry, n) => 2 * entry * (plain(ybar).data[n] as number))),
  });
  assert.match(says({ order: 1 }, wholeOnly, array([1, 2])), /on strided views/);
  testKit({ order: 1, strided: false }).testRule(wholeOnly, array([1, 2]));
});

test("seed: other directions, the same for the same seed", () => {
  const wrong = squared({ dy: (x, dx) => mul(2, slopeTimes(x, dx)) });
  const first = says({ seed: 5 }, wrong, matrix);
  assert.is(says({ seed: 5 }, wrong, matrix), first);
  assert.is.not(says({ seed: 6 }, wrong, matrix), first);
});

test("engines come in: a kit over others tests those", () => {
  const calls: string[] = [];
  const engines = {
    pushforward: () => [1, 1] as const,
    pullback: () => [1, () => [1]] as [unknown, () => unknown[]],
    frule: () => {
      calls.push("frule");
      return undefined;
    },
    rrule: () => undefined,
  };
  assert.match(
    complaint(() => testKit({}, engines).testFrule(sin, 1)),
    /sin: it has no frule/,
  );
  assert.equal(calls, ["frule"]);
});

test("without a rule the message says what to write", () => {
  const noRule = (x: Operand): Operand => x;
  assert.match(
    complaint(() => testFrule(noRule, 1)),
    /noRule: it has no frule; give it one with defineRule\(noRule, \{ frule \}\)/,
  );
  assert.match(
    complaint(() => testRrule(noRule, 1)),
    /noRule: it has no rrule; give it one with defineRule\(noRule, \{ rrule \}\)/,
  );
});

test("where a rule steps aside there is nothing to test, and the message says what is", () => {
  const positive = optOut(
    scalarRule(
      (x: number): number => x * x,
      (_, x) => [mul(2, x)],
      { name: "positive" },
    ),
    (x) => primal(x as Scalar) < 0,
  );
  testRule(positive, 2);
  for (const [half, check] of [
    ["frule", testFrule],
    ["rrule", testRrule],
  ] as const) {
    assert.match(
      complaint(() => check(positive, -2)),
      new RegExp(
        `positive: its rule steps aside for these arguments, there is no ${half} to test; test traced\\(positive\\) by crossCheck`,
      ),
    );
  }
});

test("testScalar takes a number", () => {
  testScalar(exp, -2);
  assert.match(
    complaint(() => testScalar(exp, matrix as unknown as number)),
    /testScalar: x is an array of shape \[2, 3\]; a number is needed/,
  );
  assert.match(
    complaint(() => testRule("sin" as never, 1)),
    /the function to test is a string; give a function, then its arguments/,
  );
});

/** x + 0.01 sin(wx), with a rule that knows nothing of the second term. */
const rough = (w: number) => {
  const value = (x: number): number => x + 0.01 * Math.sin(w * x);
  return defineRule(
    (x: number): number => value(x),
    { frule: ([, dx], x) => [value(x), dx], rrule: (x) => [value(x), (ybar) => [NoTangent, ybar]] },
    { name: "rough" },
  );
};

test("finite differences that decide nothing are not taken for agreement", () => {
  assert.match(
    says({ order: 1 }, rough(1e15), 0.3),
    /rough: finite differences decide nothing here, 1 of 1 are off by more than a hundredth; choose another point, or give the options step or domain/,
  );
  assert.match(says({ order: 1 }, rough(1e9), 0.3), /rough: frule against finite differences/); // steps that are small enough do decide
});

test("where they decide nothing, the laws, the adjoint identity and the two modes decide first", () => {
  const apart = defineRule(
    (x: number): number => Math.sin(1e15 * x),
    {
      frule: ([, dx], x) => [Math.sin(1e15 * x), 1e15 * Math.cos(1e15 * x) * dx],
      rrule: (x) => [Math.sin(1e15 * x), (ybar) => [NoTangent, -1e15 * Math.cos(1e15 * x) * ybar]],
    },
    { name: "apart" },
  );
  assert.match(says({ order: 1 }, apart, 0.3), /apart: adjoint identity/);
});

test("a traced function has no rule of its own to test", () => {
  const only = (x: Operand): Operand => sum(squareOf(x) as never);
  assert.throws(() => testRule(only, matrix), /it has no frule/);
});

test.run();
