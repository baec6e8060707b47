import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  array,
  clip,
  derivative,
  gradient,
  hvp,
  maximum,
  minimum,
  type NdArray,
  NoTangent,
  pullback,
  rrule,
  type Scalar,
  square,
  traced,
} from "../../../lib/index.js";
import { testRule } from "../../../lib/testing/index.js";
import { edgeAt, testEdges, testScalarCase } from "./scalar-cases.js";

const flat = [0, 0, 0, 0, 0, 0, 0, 0, 0];

testScalarCase({
  f: clip,
  grid: [
    [-2.3, 0.4, 5.1],
    [-1, -0.2],
    [0.9, 3],
  ],
  value: (x = 0, lo = 0, hi = 0) => Math.min(Math.max(x, lo), hi),
  slopes: (x = 0, lo = 0, hi = 0) => (x < lo ? [0, 1, 0] : x > hi ? [0, 0, 1] : [1, 0, 0]),
});

testEdges("clip at a bound: all goes to x", [
  edgeAt(clip, [1, 1, 2], 1, [1, 0, 0], flat),
  edgeAt(clip, [2, 1, 2], 2, [1, 0, 0], flat),
  edgeAt(clip, [1, 1, 1], 1, [1, 0, 0], flat),
]);

testEdges("clip between bounds in the wrong order is the upper one", [
  edgeAt(clip, [0, 3, 2], 2, [0, 0, 1], flat),
  edgeAt(clip, [5, 3, 2], 2, [0, 0, 1], flat),
  edgeAt(clip, [2.5, 3, 2], 2, [0, 0, 1], flat),
]);

testEdges("clip is decided by NaN", [
  edgeAt(clip, [NaN, 1, 2], NaN, [1, 0, 0], flat),
  edgeAt(clip, [1, NaN, 2], NaN, [0, 1, 0], flat),
  edgeAt(clip, [1, 0, NaN], NaN, [0, 0, 1], flat),
]);

const bounds: readonly (readonly [lo: number | null, hi: number | null, values: number[], slopes: number[]])[] = [
  [null, null, [-3, 0, 1, 4], [1, 1, 1, 1]],
  [0, null, [0, 0, 1, 4], [0, 1, 1, 1]],
  [null, 1, [-3, 0, 1, 1], [1, 1, 1, 0]],
  [0, 1, [0, 0, 1, 1], [0, 1, 1, 0]],
];

test("clip: null is no bound, for numbers and arrays, both ways", () => {
  const xs = [-3, 0, 1, 4];
  for (const [lo, hi, values, slopes] of bounds) {
    const f = (x: Scalar): Scalar => clip(x, lo, hi);
    assert.equal(
      xs.map((x) => clip(x, lo, hi)),
      values,
    );
    assert.equal(
      xs.map((x) => derivative(f, x)),
      slopes,
    );
    assert.equal(
      xs.flatMap((x) => gradient(f, x)),
      slopes,
    );
    const [y, back] = pullback((x) => clip(x, lo, hi), array(xs));
    const [xbar] = back(array([1, 1, 1, 1])) as [NdArray];
    assert.equal([[...y.data], [...xbar.data]], [values, slopes]);
    testRule(clip, array([-3.5, 0.2, 0.9, 4.5]), lo, hi);
    testRule(traced(clip), array([-3.5, 0.2, 0.9, 4.5]), lo, hi);
  }
});

test("clip: a bound that is not there has no tangent", () => {
  const [, back] = rrule(clip, 3, null, 2) as readonly [number, (ybar: number) => readonly unknown[]];
  assert.equal(back(5), [NoTangent, 0, NoTangent, 5]);
});

test("clip: second derivatives pass where it does", () => {
  const f = (x: Scalar): Scalar => square(clip(x, 0, null));
  assert.equal([hvp(f, 3, 1), hvp(f, -3, 1)], [2, 0]);
});

test("of zeros of both signs minimum takes −0 and maximum 0, of numbers and of arrays; all of the slope goes to the first", () => {
  for (const [a, b] of [
    [-0, 0],
    [0, -0],
    [-0, -0],
    [0, 0],
  ] as const) {
    const [least, most] = [Math.min(a, b), Math.max(a, b)];
    assert.ok(Object.is(minimum(a, b), least), `minimum(${a}, ${b})`);
    assert.ok(Object.is(maximum(a, b), most), `maximum(${a}, ${b})`);
    assert.ok(minimum(array([a, a]), array([b, b])).data.every((entry) => Object.is(entry, least)));
    assert.ok(maximum(array([a, a]), array([b, b])).data.every((entry) => Object.is(entry, most)));
    for (const f of [minimum, maximum])
      assert.equal(
        gradient((x: Scalar, y: Scalar) => f(x, y), a, b),
        [1, 0],
      );
  }
});

test.run();
