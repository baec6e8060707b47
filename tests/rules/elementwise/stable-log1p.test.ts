import { test } from "uvu";
import * as assert from "uvu/assert";
import { gradient, log1mexp, logaddexp, logsubexp, xlog1py } from "../../../lib/index.js";
import { assertClose } from "../../../lib/testing/index.js";
import { edge, edgeAt, testEdges, testScalarCase, testUnaryCase } from "./scalar-cases.js";

testUnaryCase({
  f: log1mexp,
  at: [-0.4, -0.9, -3.1],
  value: (x) => Math.log(1 - Math.exp(x)),
  slope: (x) => Math.exp(x) / (Math.exp(x) - 1),
  curve: (x) => -Math.exp(x) / (Math.exp(x) - 1) ** 2,
});

testScalarCase({
  f: xlog1py,
  grid: [
    [-2.3, 0.7, 3.1],
    [-0.6, 0.3, 9],
  ],
  value: (x, y) => x * Math.log(1 + y),
  slopes: (x, y) => [Math.log(1 + y), x / (1 + y)],
  curves: (_x, y) => [0, 1 / (1 + y), 1 / (1 + y), -_x / (1 + y) ** 2],
});

testScalarCase({
  f: logsubexp,
  grid: [
    [1.1, 1.7, 3.1],
    [-2.3, 0.2, 0.6],
  ],
  value: (x, y) => Math.log(Math.exp(x) - Math.exp(y)),
  slopes: (x, y) => {
    const rest = Math.exp(x) - Math.exp(y);
    return [Math.exp(x) / rest, -Math.exp(y) / rest];
  },
  curves: (x, y) => {
    const curve = Math.exp(x + y) / (Math.exp(x) - Math.exp(y)) ** 2;
    return [-curve, curve, curve, -curve];
  },
  tolerance: { value: 1e-14 },
});

// Digits from mpmath: log(-expm1(x)), 1/(1 - exp(-x)) and the slope of that.
testEdges("log1mexp keeps its digits near 0 and in the tail", [
  edge(log1mexp, -1e-18, -41.44653167389282, -1e18, -1e36, 1e-15),
  edge(log1mexp, -40, -4.248354255291589e-18, -4.248354255291589e-18, -4.248354255291589e-18, 1e-15),
  edge(log1mexp, -800, 0, 0, 0),
  edge(log1mexp, -Infinity, 0, 0, 0),
  edge(log1mexp, 0, -Infinity, -Infinity, -Infinity),
]);

testEdges("logsubexp neither overflows nor loses the smaller one", [
  edgeAt(logsubexp, [1000, 999], 999.5413248546129, [1.5819767068693265, -0.5819767068693265], undefined, 1e-15),
  edgeAt(logsubexp, [0, -40], -4.248354255291589e-18, [1, -4.248354255291589e-18], undefined, 1e-15),
  edgeAt(logsubexp, [3, -Infinity], 3, [1, 0]),
  edgeAt(logsubexp, [Infinity, 3], Infinity, [1, 0]),
  edgeAt(logsubexp, [-Infinity, -Infinity], -Infinity, [0, 0], [0, 0, 0, 0]),
]);

test("outside of their domains log1mexp and logsubexp are NaN", () => {
  assert.ok([log1mexp(1e-9), logsubexp(1, 2), logsubexp(-Infinity, 0), logsubexp(Infinity, Infinity)].every(Number.isNaN));
});

test("logsubexp undoes logaddexp", () => {
  for (const [x, y] of [
    [800, 799],
    [-3, 0.5],
    [2, 2],
  ] as const)
    assertClose(logsubexp(logaddexp(x, y), y), x, { rtol: 1e-14, atol: 0 });
});

testEdges("xlog1py keeps the digits of a small y", [edgeAt(xlog1py, [3, 1e-18], 3e-18, [1e-18, 3], [0, 1, 1, -3], 1e-15)]);

test("xlog1py is 0 at x = 0 whatever y is, and passes NaN on", () => {
  assert.equal([xlog1py(0, -1), xlog1py(0, Infinity)], [0, 0]);
  assert.ok(Number.isNaN(xlog1py(0, Number.NaN)));
  assert.equal(gradient(xlog1py, 0, 1), [Math.LN2, 0]);
  assert.equal(gradient(xlog1py, 3, -1), [-Infinity, Infinity]);
});

test.run();
