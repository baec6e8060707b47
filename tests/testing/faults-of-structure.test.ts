// Rules with a planted fault in the parts of a structure, or in their parameters.
import { test } from "uvu";
import {
  type AnyArray,
  add,
  array,
  callable,
  defineRule,
  mul,
  NoTangent,
  type Operand,
  type Scalar,
  sum,
  Tangent,
  ZeroTangent,
} from "../../lib/index.js";
import { faults } from "./complaint.js";

interface Line {
  readonly slope: Scalar;
  readonly points: AnyArray;
}
const line = (bars: (p: Line, ybar: Scalar) => unknown) => {
  const value = (p: Line): Scalar => mul(p.slope, sum(p.points)) as Scalar;
  return defineRule(
    (p: Line) => value(p),
    {
      frule: ([, d], p) => [value(p), add(mul(sum(p.points), d.slope), mul(p.slope, sum(d.points)))],
      rrule: (p) => [value(p), (ybar: Scalar) => [NoTangent, bars(p, ybar)]],
    },
    { name: "line" },
  );
};
const onPoints = ({ slope, points }: Line, ybar: Scalar): Operand => add(mul(points, 0), mul(slope, ybar));

faults("Structures and parameters", {
  "a field left out whose cotangent is not zero": () => ({
    f: line((p, ybar) => new Tangent({ points: onPoints(p, ybar) })),
    args: [{ slope: 2, points: array([1, 2]) }],
    says: /line: cotangent of argument 1 against finite differences: x̄\.slope: got 0, expected/,
  }),
  "a field that the argument does not have": () => ({
    f: line((p, ybar) => ({ slope: mul(sum(p.points), ybar), points: onPoints(p, ybar), bias: 1 })),
    args: [{ slope: 2, points: array([1, 2]) }],
    says: /line: cotangent of argument 1: x̄: got a part named bias, which a record does not have/,
  }),
  "a field of the wrong shape": () => ({
    f: line((p, ybar) => ({ slope: mul(sum(p.points), ybar), points: mul(p.slope, ybar) })),
    args: [{ slope: 2, points: array([1, 2]) }],
    says: /line: cotangent of argument 1: x̄\.points: got a number, expected an array of shape \[2\]/,
  }),
  "a wrong entry deep inside a structure": () => ({
    f: line((p, ybar) => ({ slope: mul(sum(p.points), ybar), points: mul(array([1, 1.01]), onPoints(p, ybar)) })),
    args: [{ slope: 2, points: array([1, 2]) }],
    says: /line: cotangent of argument 1 against finite differences: x̄\.points\[1\]: got/,
  }),
  "parameters whose cotangent is dropped": () => ({
    f: callable(
      { weight: 1.5 },
      defineRule(
        (p: { weight: Scalar }, x: Scalar): Scalar => mul(p.weight, x) as Scalar,
        {
          frule: ([, dp, dx], p, x) => [mul(p.weight, x), add(mul(dp.weight, x), mul(p.weight, dx))],
          rrule: (p, x) => [mul(p.weight, x), (ybar) => [NoTangent, ZeroTangent, mul(p.weight, ybar)]],
        },
        { name: "layer" },
      ),
    ),
    args: [2],
    says: /layer: cotangent of its parameters against finite differences: x̄\.weight: got 0, .*; it is zero: its derivative was dropped/,
  }),
});

test.run();
