// Rules of float arrays, right ones and wrong ones.
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type AnyFloats, add, defineRule, gradient, mul, NoTangent, type Scalar, sin, square } from "../../lib/index.js";
import {
  assertClose,
  centralDifference,
  crossCheck,
  randTangent,
  relativeDifference,
  seededRandom,
  testFrule,
  testRrule,
  testRule,
} from "../../lib/testing/index.js";
import { fails } from "../helpers/fails.js";

type Bar = (ybar: AnyFloats, x: Float64Array) => unknown;

const squares = (x: Float64Array): Float64Array => x.map((a) => a * a);

/** Squares with this pullback. */
const withBack = (back: Bar) =>
  defineRule(
    (x: Float64Array) => squares(x),
    {
      frule: ([, dx], x) => [squares(x as Float64Array), (x as AnyFloats).map((a, k) => mul(mul(2, a), (dx as AnyFloats)[k] as Scalar))],
      rrule: (x) => [squares(x as Float64Array), (ybar) => [NoTangent, back(ybar as AnyFloats, x)]],
    },
    { name: "squares" },
  );
const right: Bar = (ybar, x) => ybar.map((b, k) => mul(b, 2 * (x[k] as number)));
const x = Float64Array.of(1, -2, 3);

test("right rules pass: of values, of records that hold them, of single precision, of none", () => {
  const f = withBack((ybar, x) => (x as AnyFloats).map((a, k) => mul(mul(2, a), ybar[k] as Scalar)));
  testFrule(f, x);
  testRrule(f, x);
  testRrule(f, new Float64Array(0));
  const ofRecord = defineRule((p: { w: Float32Array }) => (p.w[0] as number) * 2, {
    frule: ([, dp], p) => [(p.w[0] as number) * 2, mul(2, (dp as { w: AnyFloats }).w[0] as Scalar)],
    rrule: (p) => [
      (p.w[0] as number) * 2,
      (ybar) => [NoTangent, { w: (p.w as AnyFloats).map((_, k) => (k === 0 ? mul(2, ybar as Scalar) : 0)) }],
    ],
  });
  testFrule(ofRecord, { w: Float32Array.of(1, 2) });
  testRrule(ofRecord, { w: Float32Array.of(1, 2) });
});

test("testRule goes to order two", () => {
  const total = (x: AnyFloats): Scalar => x.reduce<Scalar>((s, a) => add(s, square(a)), 0);
  const f = defineRule(
    (x: Float64Array) => total(x) as number,
    {
      frule: ([, dx], x) => [total(x), (dx as AnyFloats).reduce<Scalar>((s, t, k) => add(s, mul(mul(2, x[k] as number), t)), 0)] as never,
      rrule: (x) => [total(x) as number, (ybar) => [NoTangent, (x as AnyFloats).map((a) => mul(mul(2, a), ybar as Scalar))]],
    },
    { name: "total" },
  );
  testRule(f, x);
});

const wrong: Readonly<Record<string, readonly [back: Bar, ...message: string[]]>> = {
  "a wrong factor": [(ybar, x) => ybar.map((b, k) => mul(b, x[k] as number)), "x̄[0]: got"],
  "one wrong entry": [(ybar, x) => ybar.map((b, k) => (k === 2 ? 0 : mul(b, 2 * (x[k] as number)))), "x̄[2]: got"],
  NoTangent: [() => NoTangent, "got NoTangent for"],
  "a list": [(ybar, x) => [...ybar].map((b, k) => mul(b, 2 * (x[k] as number))), "got a list of length 3, expected an array of shape [3]"],
  "another length": [() => new Float64Array(2), "expected shape [3]"],
  "single precision": [(ybar, x) => Float32Array.from(right(ybar, x) as Float64Array), "got an array of float32, expected one of float64"],
  "its own argument": [(_, x) => x, "shares memory with argument 1"],
};

for (const [name, [back, ...message]] of Object.entries(wrong))
  test(`a cotangent that is wrong is found: ${name}`, () => {
    fails(() => testRrule(withBack(back), x), Error, "squares", ...message);
  });

test("a rule that writes into what it was given is found", () => {
  const spoils = defineRule((x: Float64Array) => squares(x), {
    rrule: (x) => {
      const y = squares(x);
      x[0] = 7;
      return [y, (ybar) => [NoTangent, right(ybar as AnyFloats, x)]];
    },
  });
  fails(() => testRrule(spoils, Float64Array.of(1, 2)), Error, "wrote to argument 1 at [0]: it was 1 and is 7");
});

test("crossCheck agrees on functions of float arrays, and names what has no tangent", () => {
  const f = (v: AnyFloats, p: { w: AnyFloats; k: Int32Array }): Scalar => mul(sin(v[0] as Scalar), p.w[p.k[0] as number] as Scalar);
  const report = crossCheck(f, Float64Array.of(1, 2), { w: Float32Array.of(3, 4), k: Int32Array.of(1) });
  assert.ok(report.agrees, String(report));
  assert.equal(report.noTangent, ["argument 2.k: no tangent (a Int32Array)"]);
});

test("centralDifference moves float arrays along float arrays", () => {
  const f = (v: Float64Array): number => v.reduce((s, a) => s + a ** 3, 0);
  const { derivative } = centralDifference(f, [x], [Float64Array.of(1, 0, 1)]);
  assert.ok(Math.abs((derivative as number) - 30) < 1e-6, String(derivative));
});

test("random tangents are of the same class", () => {
  const t = randTangent({ w: Float32Array.of(1, 2), k: new Int32Array(1) }, seededRandom(2)) as { w: Float32Array; k: unknown };
  assert.ok(t.w instanceof Float32Array && t.w.length === 2);
  assert.is(t.k, NoTangent);
});

test("assertClose and relativeDifference go through float arrays", () => {
  assertClose({ g: Float64Array.of(1, 2) }, { g: Float64Array.of(1, 2 + 1e-12) });
  fails(() => assertClose({ g: Float64Array.of(1, 2) }, { g: Float64Array.of(1, 3) }), Error, "value.g[1]: got 2, expected 3");
  fails(() => assertClose(Float64Array.of(1), Float64Array.of(1, 2)), Error, "shape [1]");
  fails(() => assertClose(Float32Array.of(1), Float64Array.of(1)), Error, "an array of float32");
  fails(() => assertClose(Float64Array.of(1), [1]), Error, "got a Float64Array, expected a list of length 1");
  assert.is(relativeDifference(Float64Array.of(1, 2), Float64Array.of(1, 1)), 0.5);
  assertClose(
    gradient((v) => square(v[0] as Scalar), Float64Array.of(3)),
    [Float64Array.of(6)],
  );
});

test.run();
