import { test } from "uvu";
import * as assert from "uvu/assert";
import type { AnyFunction } from "../../lib/core/index.js";
import {
  type AnyArray,
  array,
  configure,
  copy,
  defineRule,
  derivative,
  gradient,
  inplaceable,
  linearRule,
  mul,
  type NdArray,
  NoTangent,
  notImplemented,
  pullback,
  pushforward,
  type Scalar,
  scalarRule,
  sum,
  Tangent,
  thunk,
  toNested,
} from "../../lib/index.js";
import { fails } from "../helpers/fails.js";

const two = array([1, 2]);
const record = { w: two, list: [3, 4], name: "p" };

/** A rule over (text, record, array, number) whose pullback returns this list. */
const returning = (cotangents: unknown): AnyFunction =>
  defineRule(
    (_text: string, p: typeof record, a: NdArray, x: number): Scalar => mul(mul(sum(p.w), sum(a)), x),
    {
      rrule: (_text, p, a, x) => [mul(mul(sum(p.w), sum(a)), x), () => cotangents as never],
    },
    { name: "rule" },
  );

const run = (cotangents: unknown): unknown => gradient((p, a, x) => returning(cotangents)("text", p, a, x) as Scalar, record, two, 2);
const right = [NoTangent, NoTangent, { w: two, list: [1, 1] }, two, 1];
const at = (k: number, wrong: unknown): unknown[] => right.map((entry, n) => (n === k ? wrong : entry));

test("the right list is right", () => {
  const [p, a, x] = run(right) as [typeof record, NdArray, number];
  assert.equal([toNested(p.w), p.list, toNested(a), x], [[1, 2], [1, 1], [1, 2], 1]);
});

const wrong: readonly (readonly [title: string, cotangents: unknown, ...message: string[]])[] = [
  ["one too few", right.slice(0, 4), "rule: its pullback returned 4 cotangents for 4 arguments; expected 5"],
  ["one too many", [...right, 1], "rule: its pullback returned 6 cotangents for 4 arguments; expected 5"],
  ["no self slot", right.slice(1), "rule: its pullback returned 4 cotangents for 4 arguments", "the first for rule itself (NoTangent)"],
  ["a record in the place of the list", { 0: NoTangent }, "rule: its pullback returned a record; return a list"],
  ["another shape", at(3, array([1, 2, 3])), "rule: cotangent of argument 3: got an array of shape [3], expected an array of shape [2]"],
  ["a shape that does not broadcast back", at(3, array([[1], [2]])), "rule: cotangent of argument 3", "shape [2, 1]", "shape [2]"],
  ["a number for an array", at(3, 1), "rule: cotangent of argument 3: got a number, expected an array of shape [2]"],
  ["a list for an array", at(3, [1, 2]), "rule: cotangent of argument 3: got a list of length 2"],
  ["a typed array for an array", at(3, new Float64Array(2)), "rule: cotangent of argument 3: got a Float64Array"],
  ["a string for a number", at(4, "1"), "rule: cotangent of argument 4: got a string, expected a number"],
  ["a bigint for a number", at(4, 1n), "rule: cotangent of argument 4: got a bigint, expected a number"],
  ["nothing for a number", at(4, undefined), "rule: cotangent of argument 4: got undefined, expected a number"],
  ["null for a number", at(4, null), "rule: cotangent of argument 4: got null, expected a number"],
  ["a promise for a number", at(4, Promise.resolve(1)), "rule: cotangent of argument 4: got a Promise, expected a number"],
  ["a number for a record", at(2, 1), "rule: cotangent of argument 2: got a number, expected a record"],
  ["a list for a record", at(2, [1]), "rule: cotangent of argument 2", "named 0, which a record does not have"],
  [
    "a part that is not there",
    at(2, new Tangent({ v: 1 })),
    "rule: cotangent of argument 2: got a part named v, which a record does not have",
  ],
  ["a wrong part", at(2, { list: [1, "s"] }), "rule: cotangent of argument 2.list[1]: got a string, expected a number"],
  ["a wrong shape of a part", at(2, { w: array([1, 2, 3]) }), "rule: cotangent of argument 2.w: got an array of shape [3]"],
  [
    "a list of another length",
    at(2, { list: [1] }),
    "rule: cotangent of argument 2.list: got a list of length 1, expected a list of length 2",
  ],
  [
    "a thunk of the wrong kind",
    at(
      3,
      thunk(() => "s"),
    ),
    "rule: cotangent of argument 3: got a string",
  ],
  [
    "an inplaceable for a number, of the wrong kind",
    at(
      4,
      inplaceable(
        () => {},
        () => "s",
      ),
    ),
    "rule: cotangent of argument 4: got a string",
  ],
  ["one that is not implemented", at(4, notImplemented("rule by x is on the list")), "not implemented", "rule by x is on the list"],
  ["one that is not implemented, in a part", at(2, { w: notImplemented("by w") }), "not implemented", "by w"],
];

for (const [title, cotangents, ...message] of wrong) {
  test(`a pullback that returns ${title} is named with the argument, what came and what was expected`, () => {
    fails(() => run(cotangents), TypeError, ...message);
    const [, back] = pullback((p, a, x) => returning(cotangents)("text", p, a, x) as Scalar, record, two, 2);
    fails(() => back(1), TypeError, ...message);
    // The frule that is derived from it says the same.
    const along = (p: typeof record, a: AnyArray, x: Scalar): Scalar => returning(cotangents)("text", p, a, x) as Scalar;
    fails(() => pushforward(along as never, [record, two, 2], [{ w: two, list: [1, 1] }, two, 1]), TypeError, ...message);
  });
}

test("the same holds in an inner call, whose rule gets traced arguments from an outer one", () => {
  fails(
    () => derivative((s) => gradient((a) => mul(s, returning(at(3, 1))("text", record, mul(s, a), s) as Scalar), two)[0].get(0), 2),
    TypeError,
    "rule: cotangent of argument 3: got a number, expected an array of shape [2]",
  );
});

/** A rule whose frule returns this. */
const pushing = (pair: unknown): AnyFunction =>
  defineRule((x: NdArray): NdArray => copy(x), { frule: () => pair as never }, { name: "rule" });

for (const [title, pair, ...message] of [
  ["no pair", 3, "rule: its frule returned a number; it must return [y, dy]"],
  ["nothing", undefined, "rule: its frule returned undefined"],
  ["a promise", Promise.resolve([two, two]), "rule: its frule returned a Promise"],
  ["three values", [two, two, two], "rule: its frule returned a list of length 3"],
  [
    "a tangent of another shape",
    [two, array([1, 2, 3])],
    "rule: tangent of the result: got an array of shape [3], expected an array of shape [2]",
  ],
  ["no tangent", [two, undefined], "rule: tangent of the result: got undefined"],
  ["a record for an array", [two, {}], "rule: tangent of the result: got a record"],
  ["a tangent that is not implemented", [two, notImplemented("later")], "not implemented", "later"],
] as const) {
  test(`an frule that returns ${title} is named, with what came and what was expected`, () => {
    fails(() => pushforward((x) => pushing(pair)(x) as AnyArray, [two], [two]), TypeError, ...message);
    fails(() => gradient((x) => sum(pushing(pair)(x) as AnyArray), two), TypeError, message[0]);
  });
}

test("a wrong count of partials, and a transpose of the wrong shape, are named", () => {
  const slope = scalarRule((x: number) => x, (() => [1, 2]) as never, { name: "slope" });
  fails(() => gradient((a) => sum(slope(a)), two), TypeError, "slope: its scalarRule gave 2 partials for 1 operands");
  const spread = linearRule(
    (x: NdArray): NdArray => copy(x),
    () => array([1, 2, 3]),
    { name: "spread" },
  );
  fails(() => gradient((a) => sum(spread(a) as AnyArray), two), TypeError, "spread: cotangent of argument 1: got an array of shape [3]");
});

test("an error of a rule's own comes out as it is, from each of its parts", () => {
  const own = new RangeError("mine");
  const raise = (): never => {
    throw own;
  };
  const parts: Record<string, AnyFunction> = {
    rrule: defineRule((x: NdArray): NdArray => copy(x), { rrule: raise }),
    pullback: defineRule((x: NdArray): NdArray => copy(x), { rrule: (x) => [copy(x), raise] }),
    thunk: defineRule((x: NdArray): NdArray => copy(x), { rrule: (x) => [copy(x), () => [NoTangent, thunk(raise)]] }),
    inplaceable: defineRule((x: NdArray): NdArray => copy(x), { rrule: (x) => [copy(x), () => [NoTangent, inplaceable(raise, raise)]] }),
    transpose: linearRule((x: NdArray): NdArray => copy(x), raise),
  };
  for (const [title, rule] of Object.entries(parts)) {
    let thrown: unknown;
    try {
      gradient((x) => sum(rule(x) as AnyArray), two);
    } catch (error) {
      thrown = error;
    }
    assert.is(thrown, own, title);
  }
});

test("checked mode: a value that is not the primal's is named: a number, an entry, a shape, a kind", () => {
  const cases: readonly (readonly [y: unknown, ...message: string[]])[] = [
    [array([1, 2 + 1e-9]), "rule: its rrule returned 2.000000001 where the function returns 2"],
    [array([[1, 2]]), "rule: its rrule returned an array of shape [1, 2] where the function returns an array of shape [2]"],
    [3, "rule: its rrule returned a number where the function returns an array of shape [2]"],
    [[two], "rule: its rrule returned"],
    [undefined, "rule: its rrule returned undefined where the function returns an array of shape [2]"],
  ];
  configure({ checked: true });
  try {
    for (const [y, ...message] of cases.filter(([y]) => !Array.isArray(y))) {
      const rule = defineRule((x: NdArray): NdArray => copy(x), { rrule: () => [y, () => [NoTangent, two]] }, { name: "rule" });
      fails(() => gradient((x) => sum(rule(x) as AnyArray), two), TypeError, ...message);
      const forward = defineRule((x: NdArray): NdArray => copy(x), { frule: () => [y, two] }, { name: "rule" });
      fails(
        () => pushforward((x) => forward(x) as AnyArray, [two], [two]),
        TypeError,
        ...message.map((part) => part.replace("rrule", "frule")),
      );
    }
    const lazy = defineRule(
      (x: NdArray): NdArray => copy(x),
      { rrule: (x) => [copy(x), () => [NoTangent, thunk(() => array([0, Number.NaN]))]] },
      { name: "lazy" },
    );
    fails(() => gradient((x) => sum(lazy(x) as AnyArray), two), TypeError, "lazy: a cotangent has the first NaN");
  } finally {
    configure({ checked: false });
  }
});

test.run();
