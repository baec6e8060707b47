// Tests: signs.
import { test } from "uvu";
import * as assert from "uvu/assert";
import { abs, ceil, copysign, floor, fround, maximum, minimum, round, sign, trunc } from "../../../lib/index.js";
import { edge, edgeAt, testEdges, testScalarCase, testUnaryCase } from "./scalar-cases.js";

const points = [-2.3, -0.4, 0.7, 3.1];
const flat = [0, 0, 0, 0];

testUnaryCase({ f: abs, at: points, value: (x) => (x < 0 ? -x : x), slope: (x) => (x < 0 ? -1 : 1) });
testUnaryCase({ f: sign, at: points, value: (x) => (x < 0 ? -1 : 1), slope: () => 0 });
testUnaryCase({ f: round, at: points, value: (x) => Math.floor(x + 0.5), slope: () => 0 });
testUnaryCase({ f: floor, at: points, value: (x) => Math.round(x - 0.5), slope: () => 0 });
testUnaryCase({ f: ceil, at: points, value: (x) => -Math.floor(-x), slope: () => 0 });
testUnaryCase({ f: trunc, at: points, value: (x) => Math.sign(x) * Math.floor(Math.abs(x)), slope: () => 0 });
testUnaryCase({ f: fround, at: [-2.5, 0.75, 3], value: (x) => x, slope: () => 1, steps: true });
testScalarCase({
  f: copysign,
  grid: [points, [-5, 2]],
  value: (x = 0, s = 0) => (s < 0 ? -1 : 1) * Math.abs(x),
  slopes: (x = 0, s = 0) => [x < 0 === s < 0 ? 1 : -1, 0],
});
testScalarCase({
  f: maximum,
  grid: [points, [-1.5, 0.2, 8]],
  value: (x = 0, y = 0) => (x > y ? x : y),
  slopes: (x = 0, y = 0) => (x > y ? [1, 0] : [0, 1]),
});
testScalarCase({
  f: minimum,
  grid: [points, [-1.5, 0.2, 8]],
  value: (x = 0, y = 0) => (x < y ? x : y),
  slopes: (x = 0, y = 0) => (x < y ? [1, 0] : [0, 1]),
});

testEdges("abs and sign at 0 are flat", [
  edge(abs, 0, 0, 0, 0),
  edge(abs, -0, 0, 0, 0),
  edge(sign, 0, 0, 0, 0),
  edge(abs, -Infinity, Infinity, -1, 0),
]);

testEdges("rounding has slope 0 at its jumps too, and fround slope 1", [
  edge(round, 2.5, 2, 0, 0),
  edge(round, 3.5, 4, 0, 0),
  edge(round, -1.5, -2, 0, 0),
  edge(round, 0.5, 0, 0, 0),
  edge(round, -0.5, -0, 0, 0),
  edge(round, -2.5, -2, 0, 0),
  edge(floor, 3, 3, 0, 0),
  edge(ceil, -3, -3, 0, 0),
  edge(trunc, 1, 1, 0, 0),
  edge(fround, 0.1, 0.10000000149011612, 1, 0),
  edge(fround, 1e300, Infinity, 1, 0),
]);

testEdges("maximum and minimum at ties: all goes to the first argument", [
  edgeAt(maximum, [2, 2], 2, [1, 0], flat),
  edgeAt(minimum, [2, 2], 2, [1, 0], flat),
  edgeAt(maximum, [0, -0], 0, [1, 0], flat),
  edgeAt(maximum, [Infinity, Infinity], Infinity, [1, 0], flat),
  edgeAt(maximum, [-Infinity, 1], 1, [0, 1], flat),
]);

testEdges("maximum and minimum are decided by NaN", [
  edgeAt(maximum, [NaN, 1], NaN, [1, 0], flat),
  edgeAt(maximum, [1, NaN], NaN, [0, 1], flat),
  edgeAt(minimum, [NaN, 1], NaN, [1, 0], flat),
  edgeAt(minimum, [1, NaN], NaN, [0, 1], flat),
]);

testEdges("copysign reads the sign of −0, and is flat at x = 0", [
  edgeAt(copysign, [3, -0], -3, [-1, 0], flat),
  edgeAt(copysign, [-3, 0], 3, [-1, 0], flat),
  edgeAt(copysign, [3, -Infinity], -3, [-1, 0], flat),
  edgeAt(copysign, [0, -1], 0, [0, 0], flat),
]);

test("copysign gives a zero its sign", () => {
  assert.ok(Object.is(copysign(0, -2), -0));
  assert.ok(Object.is(copysign(-0, 2), 0));
});

test.run();
