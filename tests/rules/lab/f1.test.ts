import {
  array,
  f1,
  frule,
  gradient,
  hessian,
  hvp,
  type NdArray,
  NoTangent,
  pullback,
  pushforward,
  rrule,
  sum,
  toNested,
  traced,
  vhp,
  withGradient,
} from "cotangent";
import { crossCheck, testRule } from "cotangent/testing";
import { test } from "uvu";
import * as assert from "uvu/assert";

test("the seed's first gradient: of a² + 3b at (2, 4) it is (4, 3)", () => {
  assert.equal(
    gradient((a, b) => f1(a, b), 2, 4),
    [4, 3],
  );
  assert.equal(
    gradient((a, b) => traced(f1)(a, b), 2, 4),
    [4, 3],
  );
  assert.equal(
    withGradient((a, b) => f1(a, b), 2, 4),
    { value: 16, gradient: [4, 3] },
  );
});

test("by the protocol: frule([dself, ẋ₁, ẋ₂]) → [y, ẏ], rrule → [y, ȳ ↦ [f̄, x̄₁, x̄₂]]", () => {
  assert.equal(frule([NoTangent, 1, 10], f1, 2, 4), [16, 34]);
  const [y, back] = rrule(f1, 2, 4) as [number, (ybar: number) => unknown[]];
  assert.is(y, 16);
  assert.equal(back(2), [NoTangent, 8, 6]);
});

test("the sine's gradient is the cosine, both ways, as the rule for a function of the language", () => {
  assert.equal(frule([NoTangent, 2], Math.sin, 0), [0, 2]);
  const [, back] = rrule(Math.sin, 0.5) as [number, (ybar: number) => unknown[]];
  assert.equal(back(1), [NoTangent, Math.cos(0.5)]);
});

test("second order, by rule and traced: [[2, 0], [0, 0]], in all pairs of modes", () => {
  for (const f of [f1, traced(f1)]) {
    const ofPair = (v: NdArray) => f(v.get(0), v.get(1));
    const x = array([2, 4]);
    const v = array([3, 5]);
    for (const mode of ["forward", "reverse"] as const)
      assert.equal(toNested(hessian(ofPair as never, x, { mode }) as NdArray), [
        [2, 0],
        [0, 0],
      ]);
    assert.equal(toNested(hvp(ofPair as never, x, v)), [6, 0]);
    assert.equal(toNested(vhp(ofPair as never, v, x)), [6, 0]);
    const along = (w: NdArray) => pushforward(ofPair as never, [w], [v])[1];
    assert.is(pushforward(along as never, [x], [v])[1], 18);
    assert.equal(toNested(pullback(along as never, x)[1](1)[0] as NdArray), [6, 0]);
  }
});

test("entry by entry on arrays, which broadcast", () => {
  const x = array([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  const y = array([[10], [20]]);
  for (const f of [f1, traced(f1)]) {
    assert.equal(toNested(f(x, y) as NdArray), [
      [31, 34, 39],
      [76, 85, 96],
    ]);
    const [xbar, ybar] = gradient((a, b) => sum(f(a, b)), x.transpose(1, 0), y.transpose(1, 0));
    assert.equal(toNested(xbar), [
      [2, 8],
      [4, 10],
      [6, 12],
    ]);
    assert.equal(toNested(ybar), [[9, 9]]);
  }
});

test("the kit finds nothing wrong with it", () => {
  testRule(f1, 1.5, -0.75);
  assert.ok(crossCheck(traced(f1), 1.5, -0.75).agrees);
});

test.run();
