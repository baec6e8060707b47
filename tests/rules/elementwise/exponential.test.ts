import { test } from "uvu";
import * as assert from "uvu/assert";
import { exp, exp2, exp10, expm1, log, log1p, log2, log10 } from "../../../lib/index.js";
import { edge, testEdges, testUnaryCase } from "./scalar-cases.js";

const { E, LN2, LN10 } = Math;
const everywhere = [-2.3, -0.4, 0.7, 3.1];
const positive = [0.07, 0.9, 6.5];
const naturally = (x: number): number => E ** x;

testUnaryCase({ f: exp, at: everywhere, value: naturally, slope: naturally, curve: naturally });
testUnaryCase({ f: expm1, at: everywhere, value: (x) => E ** x - 1, slope: naturally, curve: naturally });
testUnaryCase({ f: exp2, at: everywhere, value: (x) => 2 ** x, slope: (x) => LN2 * 2 ** x, curve: (x) => LN2 * LN2 * 2 ** x });
testUnaryCase({ f: exp10, at: everywhere, value: (x) => 10 ** x, slope: (x) => LN10 * 10 ** x, curve: (x) => LN10 * LN10 * 10 ** x });
testUnaryCase({ f: log, at: positive, value: Math.log, slope: (x) => 1 / x, curve: (x) => -1 / x ** 2 });
testUnaryCase({ f: log2, at: positive, value: (x) => Math.log(x) / LN2, slope: (x) => 1 / (x * LN2), curve: (x) => -1 / (x ** 2 * LN2) });
testUnaryCase({
  f: log10,
  at: positive,
  value: (x) => Math.log(x) / LN10,
  slope: (x) => 1 / (x * LN10),
  curve: (x) => -1 / (x ** 2 * LN10),
});
testUnaryCase({ f: log1p, at: [-0.6, 0.3, 9], value: (x) => Math.log(1 + x), slope: (x) => 1 / (1 + x), curve: (x) => -1 / (1 + x) ** 2 });

testEdges("logarithms at 0: the slope is its limit from the right, infinite", [
  edge(log, 0, -Infinity, Infinity, -Infinity),
  edge(log, -0, -Infinity, Infinity, -Infinity),
  edge(log2, 0, -Infinity, Infinity, -Infinity),
  edge(log10, 0, -Infinity, Infinity, -Infinity),
  edge(log10, -0, -Infinity, Infinity, -Infinity),
  edge(log1p, -1, -Infinity, Infinity, -Infinity),
  edge(log, Infinity, Infinity, 0, 0),
]);

testEdges("exponentials and logarithms keep their digits near 0 and in the tails", [
  edge(expm1, -40, -1, 4.248354255291589e-18, 4.248354255291589e-18, 1e-15),
  edge(expm1, 1e-18, 1e-18, 1, 1),
  edge(log1p, -1 + 2 ** -40, -27.725887222397812, 2 ** 40, -(2 ** 80), 1e-15),
  edge(log1p, 1e-18, 1e-18, 1, -1),
  edge(exp, 800, Infinity, Infinity, Infinity),
  edge(exp, -800, 0, 0, 0),
]);

test("exp2 and exp10 are exact at integers: 10ⁿ is the number that is written so", () => {
  for (let n = -330; n <= 310; n++) {
    assert.is(exp10(n), Number(`1e${n}`));
    assert.is(exp2(n) * exp2(-n), 1);
  }
  assert.is(exp2(-1074), Number.MIN_VALUE);
  assert.equal([exp10(Infinity), exp10(-Infinity), exp10(1e21), exp10(-1e300), exp2(1024)], [Infinity, 0, Infinity, 0, Infinity]);
});

test.run();
