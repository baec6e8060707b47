import { test } from "uvu";
import { acos, asin, atan, atan2, cos, cospi, cot, csc, deg2rad, rad2deg, sec, sin, sinpi, tan } from "../../../lib/index.js";
import { edge, edgeAt, testEdges, testScalarCase, testUnaryCase } from "./scalar-cases.js";

const { PI } = Math;
const everywhere = [-2.3, -0.4, 0.7, 3.1];
const inside = [-0.8, 0.1, 0.55];
const s = Math.sin;
const c = Math.cos;

testUnaryCase({ f: sin, at: everywhere, value: s, slope: c, curve: (x) => -s(x) });
testUnaryCase({ f: cos, at: everywhere, value: c, slope: (x) => -s(x), curve: (x) => -c(x) });
testUnaryCase({ f: tan, at: everywhere, value: (x) => s(x) / c(x), slope: (x) => c(x) ** -2, curve: (x) => 2 * s(x) * c(x) ** -3 });
testUnaryCase({ f: cot, at: everywhere, value: (x) => c(x) / s(x), slope: (x) => -(s(x) ** -2), curve: (x) => 2 * c(x) * s(x) ** -3 });
testUnaryCase({
  f: sec,
  at: everywhere,
  value: (x) => c(x) ** -1,
  slope: (x) => s(x) * c(x) ** -2,
  curve: (x) => (1 + s(x) ** 2) * c(x) ** -3,
});
testUnaryCase({
  f: csc,
  at: everywhere,
  value: (x) => s(x) ** -1,
  slope: (x) => -c(x) * s(x) ** -2,
  curve: (x) => (1 + c(x) ** 2) * s(x) ** -3,
});
testUnaryCase({ f: asin, at: inside, value: Math.asin, slope: (x) => (1 - x * x) ** -0.5, curve: (x) => x * (1 - x * x) ** -1.5 });
testUnaryCase({ f: acos, at: inside, value: Math.acos, slope: (x) => -((1 - x * x) ** -0.5), curve: (x) => -x * (1 - x * x) ** -1.5 });
testUnaryCase({ f: atan, at: everywhere, value: Math.atan, slope: (x) => 1 / (1 + x * x), curve: (x) => (-2 * x) / (1 + x * x) ** 2 });
testScalarCase({
  f: atan2,
  grid: [inside, [-0.7, 1.9]],
  value: (y = 0, x = 0) => (x > 0 ? Math.atan(y / x) : Math.atan(y / x) + Math.sign(y) * PI),
  slopes: (y = 0, x = 0) => [x / (x * x + y * y), -y / (x * x + y * y)],
  curves: (y = 0, x = 0) => [-2 * x * y, (y - x) * (y + x), (y - x) * (y + x), 2 * x * y].map((part) => part / (x * x + y * y) ** 2),
});
testUnaryCase({ f: sinpi, at: everywhere, value: (x) => s(PI * x), slope: (x) => PI * c(PI * x), curve: (x) => -PI * PI * s(PI * x) });
testUnaryCase({ f: cospi, at: everywhere, value: (x) => c(PI * x), slope: (x) => -PI * s(PI * x), curve: (x) => -PI * PI * c(PI * x) });
testUnaryCase({ f: deg2rad, at: everywhere, value: (x) => (PI * x) / 180, slope: () => PI / 180 });
testUnaryCase({ f: rad2deg, at: everywhere, value: (x) => (180 * x) / PI, slope: () => 180 / PI });

testEdges("asin and acos at ±1 have the one-sided limit for slope, and outside none", [
  edge(asin, 1, PI / 2, Infinity, Infinity),
  edge(asin, -1, -PI / 2, Infinity, -Infinity),
  edge(acos, 1, 0, -Infinity, -Infinity),
  edge(acos, -1, PI, -Infinity, Infinity),
  edge(asin, 1.5, NaN, NaN, NaN),
  edge(acos, -1.5, NaN, NaN, NaN),
]);

testEdges("asin and acos keep their digits next to ±1", [
  edge(asin, 1 - 2 ** -40, 1.5707949780957442, 741455.2001896338, 4.0761930704155674e17, 1e-15),
  edge(asin, -1 + 2 ** -52, -1.5707963057214724, 47453132.81212578, -1.0685495562512614e23, 1e-15),
  edge(acos, 1 - 2 ** -40, 1.3486991523487112e-6, -741455.2001896338, -4.0761930704155674e17, 1e-15),
]);

testEdges("atan2 on the axes, at extreme lengths, and at the origin, where its slopes are 0", [
  edgeAt(atan2, [0, 2], 0, [0.5, 0], [0, -0.25, -0.25, 0]),
  edgeAt(atan2, [0, -2], PI, [-0.5, 0], [0, -0.25, -0.25, 0]),
  edgeAt(atan2, [-0, -2], -PI, [-0.5, 0]),
  edgeAt(atan2, [2, 0], PI / 2, [0, -0.5], [0, 0.25, 0.25, 0]),
  edgeAt(atan2, [-2, 0], -PI / 2, [0, 0.5], [0, 0.25, 0.25, 0]),
  edgeAt(atan2, [1e200, 1e200], PI / 4, [5e-201, -5e-201], undefined, 1e-15),
  edgeAt(atan2, [3e-200, 4e-200], 0.6435011087932844, [1.6e199, -1.2e199], undefined, 1e-15),
  edgeAt(atan2, [0, 0], 0, [0, 0]),
]);

testEdges("sinpi and cospi are exact at integers and halves of them", [
  edge(sinpi, 0, 0, PI, 0),
  edge(sinpi, 1, 0, -PI, 0),
  edge(sinpi, -3, 0, -PI, 0),
  edge(sinpi, 0.5, 1, 0, -PI * PI),
  edge(sinpi, -2.5, -1, 0, PI * PI),
  edge(sinpi, 2 ** 52 + 1, 0, -PI, 0),
  edge(cospi, 0, 1, 0, -PI * PI),
  edge(cospi, 7, -1, 0, PI * PI),
  edge(cospi, 0.5, 0, -PI, 0),
  edge(cospi, -1.5, 0, -PI, 0),
  edge(cospi, 2 ** 53 + 2, 1, 0, -PI * PI),
]);

testEdges("sinpi and cospi keep their digits far out and near 0", [
  edge(sinpi, 1000000.125, 0.3826834323650898, 2.902453152139431, -3.776934088294472, 1e-15),
  edge(cospi, 1000000.125, 0.9238795325112867, -1.2022354597686926, -9.118325500149774, 1e-15),
  edge(sinpi, 1e-300, 3.141592653589793e-300, PI, undefined, 1e-15),
  edge(sinpi, Infinity, NaN, NaN, NaN),
]);

test.run();
