import { test } from "uvu";
import * as assert from "uvu/assert";
import { cbrt, hypot, type Operand, sqrt } from "../../../lib/index.js";
import { edge, edgeAt, testEdges, testScalarCase, testUnaryCase } from "./scalar-cases.js";

testUnaryCase({
  f: sqrt,
  at: [0.07, 0.9, 6.5],
  value: (x) => x ** 0.5,
  slope: (x) => 0.5 * x ** -0.5,
  curve: (x) => -0.25 * x ** -1.5,
});
testUnaryCase({
  f: cbrt,
  at: [-8.3, -0.02, 0.9, 27.5],
  value: (x) => Math.sign(x) * Math.abs(x) ** (1 / 3),
  slope: (x) => Math.abs(x) ** (-2 / 3) / 3,
  curve: (x) => (-2 / 9) * Math.sign(x) * Math.abs(x) ** (-5 / 3),
});
testScalarCase({
  f: hypot,
  grid: [
    [-1.3, 0.4],
    [0.7, -1.9, 3.3],
    [0.2, 5],
  ],
  value: (...xs) => Math.sqrt(xs.reduce((total, x) => total + x * x, 0)),
  slopes: (...xs) => xs.map((x) => x / Math.sqrt(xs.reduce((total, y) => total + y * y, 0))),
  curves: (...xs) => {
    const h = Math.sqrt(xs.reduce((total, x) => total + x * x, 0));
    return xs.flatMap((x, j) => xs.map((y, k) => ((j === k ? h * h : 0) - x * y) / h ** 3));
  },
});

testEdges("roots at 0: the slope is its limit, infinite", [
  edge(sqrt, 0, 0, Infinity, -Infinity),
  edge(sqrt, -0, 0, Infinity, -Infinity),
  edge(cbrt, 0, 0, Infinity),
  edge(cbrt, -0, 0, Infinity),
]);

testEdges("roots far out", [
  edge(sqrt, -1, NaN, NaN, NaN),
  edge(sqrt, Infinity, Infinity, 0),
  edge(sqrt, 1e-300, 1e-150, 0.5e150, undefined, 1e-15),
  edge(cbrt, 1e-300, 1e-100, (1 / 3) * 1e200, undefined, 1e-15),
  edge(cbrt, -1e300, -1e100, (1 / 3) * 1e-200, undefined, 1e-15),
]);

testEdges("hypot neither overflows nor underflows on the way, and is flat at the origin", [
  edgeAt(hypot, [3e200, 4e200], 5e200, [0.6, 0.8], undefined, 1e-15),
  edgeAt(hypot, [3e-200, 4e-200], 5e-200, [0.6, 0.8], undefined, 1e-15),
  edgeAt(hypot, [0, 0], 0, [0, 0], [0, 0, 0, 0]),
  edgeAt(hypot, [0, 0, 0, 0], 0, [0, 0, 0, 0]),
  edgeAt(hypot, [-0, 1], 1, [0, 1], [1, 0, 0, 0]),
]);

testEdges("hypot takes any number of operands", [
  edgeAt(hypot, [-2], 2, [-1], [0]),
  edgeAt(hypot, [1, -1, 1, 1], 2, [0.5, -0.5, 0.5, 0.5]),
]);

test("without an operand hypot is an error", () => {
  const wanted = "hypot: got no arguments; a number or an array is needed";
  const call = hypot as (...xs: Operand[]) => Operand;
  assert.throws(
    () => call(),
    (error: Error) => error instanceof TypeError && error.message === wanted,
  );
});

test.run();
