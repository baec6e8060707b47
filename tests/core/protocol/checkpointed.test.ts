import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  add,
  array,
  callable,
  checkpointed,
  cos,
  derivative,
  gradient,
  hasRule,
  hessian,
  hvp,
  mul,
  type NdArray,
  pullback,
  pushforward,
  rrule,
  type Scalar,
  sin,
  sum,
  TangentError,
  vhp,
} from "../../../lib/index.js";
import { assertClose, testRule } from "../../../lib/testing/index.js";
import { fails } from "../../helpers/fails.js";

/** x sin x, `count` times over. */
function turned(x: Scalar, count: number): Scalar {
  let y = x;
  for (let k = 0; k < count; k++) y = sin(add(y, 0.1));
  return y;
}

/** How many slots and records the tape has on which a number is traced. */
const tapeOf = (x: Scalar): number => {
  const { tape } = (x as unknown as { level: { tape: { size: number; records: readonly unknown[] } } }).level;
  return tape.size + tape.records.length;
};

test("value, gradient and tangent are those of the function itself", () => {
  const f = (x: AnyArray, y: Scalar) => sum(mul(sin(x), y));
  const g = checkpointed(f);
  const x = array([1, 2, 3]);
  assert.is(g(x, 2), f(x, 2));
  assert.equal(gradient(g, x, 2), gradient(f, x, 2));
  assert.equal(pushforward(g, [x, 2], [x, 1]), pushforward(f, [x, 2], [x, 1]));
});

test("the kit finds nothing wrong with it: both halves, order 2, structures in and out", () => {
  testRule(
    checkpointed((x: AnyArray, y: Scalar) => sum(mul(sin(x), y))),
    array([1, 2, 3]),
    2,
  );
  testRule(
    checkpointed((p: { a: Scalar; b: AnyArray }) => [mul(p.a, p.b), { c: sin(p.a) }]),
    { a: 0.5, b: array([1, 2]) },
  );
});

test("it has a rule of its own, whose name tells the function's", () => {
  function wave(x: Scalar): Scalar {
    return sin(x);
  }
  const g = checkpointed(wave);
  assert.is(g.name, "checkpointed(wave)");
  assert.ok(hasRule(g));
  const [y, back] = rrule(g, 1) as [number, (ybar: number) => unknown[]];
  assert.is(y, Math.sin(1));
  assert.is(back(2)[1], 2 * Math.cos(1));
});

test("f runs once without derivatives and in forward mode, twice in reverse mode: once more in the sweep", () => {
  let runs = 0;
  const g = checkpointed((x: Scalar) => {
    runs++;
    return sin(x);
  });
  const counted = (run: () => unknown): number => {
    runs = 0;
    run();
    return runs;
  };
  assert.is(
    counted(() => g(1)),
    1,
  );
  assert.is(
    counted(() => derivative(g, 1)),
    1,
  );
  assert.is(
    counted(() => gradient(g, 1)),
    2,
  );
  const [, back] = pullback(g, 1);
  assert.is(
    counted(() => back(1)),
    1,
  );
  // What does not matter is not run again.
  assert.is(
    counted(() => gradient((x) => add(mul(0, x), mul(0, g(x))), 1)),
    1,
  );
});

test("the tape keeps one record for each part, and at most one part's operations at a time", () => {
  const parts = 20;
  const length = 50;
  let largest = 0;
  const run =
    (part: (x: Scalar) => Scalar) =>
    (x: Scalar): Scalar => {
      let y = x;
      for (let k = 0; k < parts; k++) y = part(y);
      largest = Math.max(largest, tapeOf(y));
      return y;
    };
  const plain = (x: Scalar): Scalar => turned(x, length);
  const watched = (x: Scalar): Scalar => {
    const y = turned(x, length);
    // In the sweep this is the tape of one part; in the forward pass nothing is traced in here.
    if (typeof y !== "number") largest = Math.max(largest, tapeOf(y));
    return y;
  };
  const expected = gradient(run(plain), 0.3);
  assert.ok(largest > parts * length, `${largest} entries`);
  largest = 0;
  assert.equal(gradient(run(checkpointed(watched)), 0.3), expected);
  assert.ok(largest < 3 * length, `${largest} entries, of ${parts * length} operations`);
});

test("nested, the innermost part runs once for each sweep that goes through it, and values stay those of f", () => {
  let runs = 0;
  const inner = checkpointed((x: Scalar) => {
    runs++;
    return turned(x, 3);
  });
  const outer = checkpointed((x: Scalar) => inner(inner(x)));
  assertClose(
    gradient(outer, 0.5),
    gradient((x) => turned(x, 6), 0.5),
    { rtol: 1e-14 },
  );
  // Two calls forward, two when the outer part is run again, two in its sweep.
  assert.is(runs, 6);
});

test("higher orders: second derivatives in all pairs of modes", () => {
  const f = (x: AnyArray): Scalar => sum(mul(mul(x, x), sin(x)));
  const g = checkpointed(f);
  const x = array([0.5, 1, 2]);
  const v = array([1, -1, 0.5]);
  const tolerance = { rtol: 1e-13, atol: 1e-13 };
  assertClose(hvp(g, x, v), hvp(f, x, v), tolerance);
  assertClose(vhp(g, v, x), vhp(f, v, x), tolerance);
  for (const mode of ["forward", "reverse"] as const) assertClose(hessian(g, x, { mode }), hessian(f, x, { mode }), tolerance);
  const along = (h: (x: AnyArray) => Scalar) => (a: NdArray) => pushforward(h as never, [a], [v])[1] as unknown as Scalar;
  assertClose(gradient(along(g) as never, x), gradient(along(f) as never, x), tolerance);
  assert.is(
    derivative((a) => derivative(checkpointed(sin), a), 1),
    -Math.sin(1),
  );
});

test("what it closes over may be traced by an outer call", () => {
  const slope = (w: Scalar) => gradient(checkpointed((x: Scalar) => sin(mul(w, x))) as never, 0.5)[0] as unknown as Scalar;
  const expected = Math.cos(1) - Math.sin(1);
  assertClose(derivative(slope, 2), expected, { rtol: 1e-14 });
  assertClose(gradient(slope, 2)[0], expected, { rtol: 1e-14 });
  // Three calls deep, with an argument of the outermost one: d²/dv dw of w v cos(w v x).
  const mixed = (v: Scalar) =>
    derivative((w) => derivative((x) => checkpointed((y: Scalar) => sin(mul(w, y)))(mul(v, x)), 0.5) as unknown as Scalar, 2);
  assertClose(derivative(mixed as never, 1), Math.cos(1) - 3 * Math.sin(1) - Math.cos(1), { rtol: 1e-13 });
});

test("closing over a value that the running call traces is an error with the cure", () => {
  const refused = (f: (w: Scalar) => Scalar) => (): unknown => gradient(f, 2);
  fails(
    refused((w) => checkpointed((x: Scalar) => mul(w, x))(mul(2, w))),
    TypeError,
    "closes over a traced value of the call that is running; pass that value as an argument",
  );
});

test("the parameters of a callable are differentiated, and it stays one", () => {
  const layer = callable({ w: 3 }, (p: { w: Scalar }, x: Scalar) => sin(mul(p.w, x)));
  const g = checkpointed(layer);
  assert.is(g(0.5), Math.sin(1.5));
  assert.equal(gradient((c: typeof g, x: Scalar) => c(x), g as never, 0.5) as unknown, [{ w: 0.5 * Math.cos(1.5) }, 3 * Math.cos(1.5)]);
  testRule(g as never, 0.5);
});

test("f may write to what it was given only by a copy, as in every differentiated function", () => {
  const x = array([1, 2]);
  const g = checkpointed((a: AnyArray) => {
    a.set(0, 7);
    return sum(cos(a));
  });
  fails(() => gradient((a) => g(mul(a, 1)), x), TypeError, "read-only");
  assert.equal(x, array([1, 2]));
});

test("bad input is refused in words", () => {
  fails(() => checkpointed(3 as never), TypeError, "checkpointed: f is a number; give a function");
  fails(() => gradient(checkpointed(async (x: Scalar) => x) as never, 2), TypeError, "promise");
  const [, back] = pullback(
    checkpointed((x: AnyArray) => mul(x, 2)),
    array([1, 2]),
  );
  fails(() => back(array([1, 2, 3])), TangentError, "expected an array of shape [2]");
});

test.run();
