import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  type AnyFunction,
  type Differentiator,
  protocolCalls,
  pushforwardFrom,
  ruleOf,
  type Scalar,
} from "../../lib/core/index.js";
import { engines } from "../../lib/engines.js";
import { array, ones } from "../../lib/nd/index.js";
import { type ReverseOperators, reverseOperators } from "../../lib/reverse/index.js";
import { assertClose } from "../../lib/testing/compare.js";
import { directionOf, ofMoving, subjectOf } from "../../lib/testing/subject.js";
import { fromVector } from "../../lib/testing/vectors.js";
import * as rules from "../../rules/index.js";
import { div, fixedPoint, mul, odeint, root, sin, sub, sum } from "../../rules/index.js";
import { allExamples } from "../support/all-examples.js";

/** Reverse mode as a program has it that asks for no forward derivative: its pushforwards are made of pullbacks. */
const alone = {} as ReverseOperators & Differentiator;
Object.assign(alone, reverseOperators(alone), { pushforward: pushforwardFrom(alone) });

const both = Object.assign({}, engines, protocolCalls(engines));
const examples = await allExamples();
const differentiable = Object.entries({ ...rules }).filter(
  ([name, f]) => examples.has(name) && typeof f === "function" && ruleOf(f as AnyFunction) !== undefined,
) as [string, AnyFunction][];

test("there are rules to compare", () => assert.ok(differentiable.length > 200, String(differentiable.length)));

for (const [name, f] of differentiable) {
  test(`${name}: two sweeps give what forward mode gives`, () => {
    for (const { args, kit } of examples.get(name) ?? []) {
      const subject = subjectOf(both, f, args, kit ?? {});
      const values = subject.moving.map(({ value }) => value);
      if (values.length === 0) continue;
      const direction = directionOf(subject);
      const tangents = values.map((value, k) => fromVector(value, direction[k] as Float64Array));
      const [value, expected] = engines.pushforward(ofMoving(subject), values, tangents);
      const [y, dy] = alone.pushforward(ofMoving(subject), values, tangents);
      assertClose(y, value, { rtol: 0, atol: 0 }, `${name}: value`);
      assertClose(dy, expected, subject.single ? { rtol: 1e-3, atol: 1e-4 } : { rtol: 1e-7, atol: 1e-9 }, `${name}: tangent`);
    }
  });
}

test("rules that differentiate do so with reverse mode alone, to second order", () => {
  const heron = (x: Scalar, p: Scalar): Scalar => mul(0.5, sub(x, mul(-1, div(p, x)))) as Scalar;
  const programs: [string, (p: Scalar) => Scalar][] = [
    ["root", (p) => root((x: Scalar, q: Scalar) => sub(mul(x, x), q), 1, p)],
    ["fixedPoint", (p) => fixedPoint(heron, 1, p) as Scalar],
    ["odeint", (p) => sum(odeint((y: AnyArray, _t: Scalar, q: Scalar) => mul(q, sin(y)), ones([2]), array([0, 1]), p) as AnyArray)],
  ];
  for (const [name, f] of programs) {
    assertClose(alone.gradient(f, 2), engines.gradient(f, 2), { rtol: 1e-12, atol: 0 }, name);
    const second = (ad: ReverseOperators) => ad.gradient((p: Scalar) => ad.gradient(f, p)[0], 2);
    assertClose(second(alone), second(engines), { rtol: 1e-7, atol: 0 }, `${name}, second order`);
  }
});

test("an argument that stands still gives zeros of the result's kind", () => {
  const [y, dy] = alone.pushforward((x: AnyArray) => mul(2, x), [array([1, 2])], [array([0, 0])]);
  assertClose(y, array([2, 4]));
  assertClose(dy, array([0, 0]));
});

test.run();
