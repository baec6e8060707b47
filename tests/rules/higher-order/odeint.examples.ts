import { type AnyArray, callable, type Scalar } from "../../../lib/core/index.js";
import { array } from "../../../lib/nd/index.js";
import { add, mul, sub } from "../../../rules/elementwise/index.js";
import { sin } from "../../../rules/elementwise/trigonometric.js";
import { matmul } from "../../../rules/products/matmul.js";
import type { Calls } from "../../support/calls.js";
import { type Examples, single, strided } from "../../support/examples.js";

const decay = (y: Scalar, t: Scalar, p: Scalar): Scalar => mul(p, mul(y, t));
const pendulum = (y: { angle: Scalar; speed: Scalar }, _: Scalar, p: { g: Scalar; friction: Scalar }) => ({
  angle: y.speed,
  speed: sub(mul(-1, mul(p.g, sin(y.angle))), mul(p.friction, y.speed)),
});
const driven = (y: AnyArray, t: Scalar, p: AnyArray): AnyArray => add(matmul(p, y), mul(sin(t), array([1, 0])));
const growth = callable({ rate: 0.5 }, (p: { rate: Scalar }, y: Scalar, _: Scalar, q: Scalar): Scalar => mul(p.rate, mul(y, sub(q, y))));
const ts = array([0, 0.25, 0.75]);
const swing = array([
  [0, 1],
  [-1, -0.25],
]);

/** Steps are fixed where derivatives are taken, and chosen anew at each point of finite differences: tight tolerances make that small. */
const tight = { rtol: 1e-10, atol: 1e-11 };
const kit = { atol: 1e-6 };

export const examples: Examples = {
  odeint: [
    { args: [decay, 1, ts, -0.5, tight], note: "a number", kit },
    { args: [decay, 1, [0.5, 1], -0.5, tight], note: "a list of times", kit },
    { args: [pendulum, { angle: 1, speed: 0 }, ts, { g: 2, friction: 0.25 }, tight], note: "a structure", kit },
    { args: [driven, array([1, 0.5]), ts, swing, tight], note: "a vector", kit },
    { args: [driven, strided(array([1, 0.5])), strided(ts), strided(swing), tight], note: "views", kit },
    { args: [driven, single(array([1, 0.5])), single(ts), single(swing), tight], note: "single precision" },
    { args: [growth, 0.5, ts, 2, tight], note: "a function with parameters", kit },
    { args: [decay, 2, [0], 0.5], note: "one time" },
  ],
};

export const calls: Calls = {
  odeint: ["function any times any options", (y: Scalar) => mul(-1, y), 1, [0, 1], 2, {}],
};
