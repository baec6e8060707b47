import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyFloats,
  add,
  array,
  configure,
  derivative,
  mul,
  NoTangent,
  pushforward,
  type Scalar,
  square,
  TangentError,
  ZeroTangent,
} from "../../lib/index.js";
import { fails } from "../helpers/fails.js";

const at = (x: AnyFloats, k: number): Scalar => x[k] as Scalar;
const squares = (x: AnyFloats): AnyFloats => x.map(square);

test("tangents of float arrays are of their class and length, or arrays of one axis", () => {
  const x = Float64Array.of(1, 2);
  for (const dx of [Float64Array.of(1, 10), Float32Array.of(1, 10), array([1, 10])])
    assert.equal(pushforward(squares, [x], [dx]), [Float64Array.of(1, 4), Float64Array.of(2, 40)]);
  for (const wrong of [[1, 10], Float64Array.of(1), 1, new Int32Array(2), array([[1, 10]])])
    fails(() => pushforward(squares, [x], [wrong]), TangentError, "pushforward: tangent 1: got", "expected an array of shape [2]");
});

test("where it does not move, f gets a copy that it may write to, and the tangent is real zeros", () => {
  const x = Float64Array.of(1, 2);
  const [y, dy] = pushforward(
    (v: AnyFloats, t: Scalar) => {
      (v as unknown as Float64Array)[0] = 5;
      return { v, y: mul(t, at(v, 0)) };
    },
    [x, 3],
    [ZeroTangent, 1],
  );
  assert.equal(
    [y, dy],
    [
      { v: Float64Array.of(5, 2), y: 15 },
      { v: new Float64Array(2), y: 5 },
    ],
  );
  assert.equal(x, Float64Array.of(1, 2));
});

test("values and tangents share no memory with what was given", () => {
  const x = Float64Array.of(1, 2);
  const dx = Float64Array.of(3, 4);
  const [y, dy] = pushforward((v) => v, [x], [dx]);
  assert.equal([y, dy], [x, dx]);
  assert.is(new Set([x, dx, y, dy].map((a) => a.buffer)).size, 4);
});

test("Float32Arrays stay, their tangents round", () => {
  const [y, dy] = pushforward(squares, [Float32Array.of(0.1)], [Float32Array.of(0.3)]);
  const x = Math.fround(0.1);
  assert.equal([y, dy], [Float32Array.of(x * x), Float32Array.of(2 * x * Math.fround(0.3))]);
});

test("structures, empty ones, and integers beside", () => {
  const f = (m: { w: AnyFloats; e: AnyFloats; k: Int32Array }) => [m.w.map((a) => mul(a, m.k[0] as number)), m.e, m.k] as const;
  const m = { w: Float64Array.of(1), e: new Float64Array(0), k: Int32Array.of(3) };
  assert.equal(pushforward(f as never, [m] as never, [{ w: Float64Array.of(2) }]) as unknown, [
    [Float64Array.of(3), new Float64Array(0), m.k],
    [Float64Array.of(6), new Float64Array(0), NoTangent],
  ]);
});

test("derivative of a function that returns float arrays", () => {
  const weights = Float64Array.of(1, 2);
  assert.equal(
    derivative((t: Scalar) => ({ constant: weights, moving: t }), 3),
    { constant: new Float64Array(2), moving: 1 },
  );
  fails(() => derivative((t: Scalar) => t, weights as never), TypeError, "derivative: x is a Float64Array, a number is needed");
});

test("the strong product holds: an entry that stands still adds nothing, NaN or not", () => {
  const f = (v: AnyFloats): Scalar => add(mul(at(v, 0), at(v, 1)), at(v, 2));
  const [y, dy] = pushforward(f, [Float64Array.of(Number.NaN, 2, 1)], [Float64Array.of(0, 0, 1)]);
  assert.ok(Number.isNaN(y));
  assert.is(dy, 1);
});

test("checked mode runs them, and keeps their class", () => {
  configure({ checked: true });
  try {
    assert.equal(pushforward(squares, [Float32Array.of(1, 2)], [Float32Array.of(1, 1)]), [Float32Array.of(1, 4), Float32Array.of(2, 4)]);
  } finally {
    configure({ checked: false });
  }
});

test.run();
