// Tests: hyperbolic, one-minus-square.
import { test } from "uvu";
import { acosh, asinh, atanh, cosh, sinh, tanh } from "../../../lib/index.js";
import { edge, testEdges, testUnaryCase } from "./scalar-cases.js";

const everywhere = [-2.3, -0.4, 0.7, 3.1];
const inside = [-0.8, 0.1, 0.55];
const s = (x: number): number => (Math.exp(x) - Math.exp(-x)) / 2;
const c = (x: number): number => (Math.exp(x) + Math.exp(-x)) / 2;

testUnaryCase({ f: sinh, at: everywhere, value: s, slope: c, curve: s });
testUnaryCase({ f: cosh, at: everywhere, value: c, slope: s, curve: c });
testUnaryCase({ f: tanh, at: everywhere, value: (x) => s(x) / c(x), slope: (x) => c(x) ** -2, curve: (x) => -2 * s(x) * c(x) ** -3 });
testUnaryCase({ f: asinh, at: everywhere, value: Math.asinh, slope: (x) => (1 + x * x) ** -0.5, curve: (x) => -x * (1 + x * x) ** -1.5 });
testUnaryCase({
  f: acosh,
  at: [1.2, 3.4, 50],
  value: Math.acosh,
  slope: (x) => (x * x - 1) ** -0.5,
  curve: (x) => -x * (x * x - 1) ** -1.5,
});
testUnaryCase({ f: atanh, at: inside, value: Math.atanh, slope: (x) => 1 / (1 - x * x), curve: (x) => (2 * x) / (1 - x * x) ** 2 });

testEdges("tanh is flat at ±800 and beyond, and its slope keeps its digits on the way there", [
  edge(tanh, 20, 1, 1.6993417021166355e-17, -3.398683404233271e-17, 4e-15),
  edge(tanh, 200, 1, 7.660678386856023e-174, -1.5321356773712045e-173, 1e-14),
  edge(tanh, -200, -1, 7.660678386856023e-174, 1.5321356773712045e-173, 1e-14),
  edge(tanh, 800, 1, 0, 0),
  edge(tanh, -800, -1, 0, 0),
  edge(tanh, Infinity, 1, 0, 0),
]);

testEdges("hyperbolic functions at 0", [edge(sinh, 0, 0, 1, 0), edge(cosh, 0, 1, 0, 1), edge(tanh, 0, 0, 1, 0), edge(asinh, 0, 0, 1, 0)]);

testEdges("inverse functions at the ends of their domains have the one-sided limit for slope", [
  edge(acosh, 1, 0, Infinity),
  edge(acosh, 0.5, NaN, NaN, NaN),
  edge(atanh, 1, Infinity, Infinity, Infinity),
  edge(atanh, -1, -Infinity, Infinity, -Infinity),
]);

testEdges("inverse functions keep their digits next to the ends of their domains and far out", [
  edge(atanh, 1 - 2 ** -40, 14.20951720147865, 549755813888.25, 6.044629098073146e23, 1e-15),
  edge(acosh, 1 + 2 ** -40, 1.3486991523485068e-6, 741455.2001892967, -4.076193070417421e17, 1e-15),
  edge(acosh, 1e100, 230.9516564799645, 1e-100, -1e-200, 1e-15),
  edge(asinh, 1e100, 230.9516564799645, 1e-100, -1e-200, 1e-15),
  edge(asinh, -1e200, -461.2101657793691, 1e-200, undefined, 1e-15),
]);

test.run();
