import { test } from "uvu";
import * as assert from "uvu/assert";
import { type AnyFunction, array, sin } from "../../lib/index.js";
import {
  assertClose,
  centralDifference,
  crossCheck,
  randTangent,
  relativeDifference,
  seededRandom,
  testFrule,
  testKit,
  testRrule,
  testRule,
  testScalar,
} from "../../lib/testing/index.js";
import { refused } from "../helpers/refused.js";
import { bad, loosely } from "./bad.js";
import { complaintAbout } from "./complaints.js";

const a = array([1, 2, 3]);
const form = "return a tangent of the primal's own kind and shape, or ZeroTangent";

refused([
  ...Object.entries({ testFrule, testRrule, testRule, crossCheck }).map(
    ([name, check]) =>
      [() => check(bad("sin"), 1), TypeError, `${name}: the function to test is a string; give a function, then its arguments`] as const,
  ),
  [() => testScalar(bad(undefined), 1), TypeError, "testScalar: the function to test is undefined; give a function, then its arguments"],
  [() => testScalar(sin, bad("1")), TypeError, "testScalar: x is a string; a number is needed"],
  [() => testRule(sin, "1"), TypeError, "sin: argument 1 is a string; a number or an array is needed"],
  [() => testRule(sin), TypeError, "sin: argument 1 is undefined; a number or an array is needed"],
  [() => testKit({ order: bad(3) }).testRule(sin, 1), RangeError, "sin: order = 3; give 1 or 2"],
  [
    () => testKit({ exclude: [1] }).testRule(sin, 1),
    RangeError,
    "sin: exclude names position 1, but there are 1 arguments; positions count from 0",
  ],
  [
    () => centralDifference(bad(1), [1], [1]),
    TypeError,
    "centralDifference: the first argument is a number; give the function to differentiate",
  ],
  [
    () => centralDifference(sin, bad(1), [1]),
    TypeError,
    "centralDifference: give two lists of one length, the arguments and one tangent for each",
  ],
  [
    () => centralDifference(sin, [a], [array([1])]),
    TypeError,
    `centralDifference: tangent 1: got an array of shape [1], expected an array of shape [3]; ${form}`,
  ],
  [() => centralDifference(sin, [1], ["1"]), TypeError, `centralDifference: tangent 1: got a string, expected a number; ${form}`],
  [
    () => centralDifference(sin, [1], [1], { step: -1 }),
    TypeError,
    "centralDifference: the option step is a number; give a number greater than 0",
  ],
  [() => randTangent(1, bad(5)), TypeError, "randTangent: the source of numbers is a number; give a function, such as seededRandom(1)"],
  [() => seededRandom(bad("1")), TypeError, "seededRandom: the seed is a string; give a number"],
  [() => assertClose(1, 1, bad(null)), TypeError, "assertClose: the options are null; give a record, { rtol, atol }"],
  [() => assertClose(1, 1, { rtol: bad("1") }), TypeError, "assertClose: the option rtol is a string; give a number, 0 or more"],
]);

/** What each option of the kit may be given of these. */
const values = {
  string: "1",
  null: null,
  true: true,
  bigint: 3n,
  symbol: Symbol("s"),
  list: [0],
  record: {},
  number: 1,
  array: a,
  NaN: Number.NaN,
};
const options: Readonly<Record<string, readonly (keyof typeof values)[]>> = {
  rtol: ["number"],
  atol: ["number"],
  tangents: [],
  cotangent: ["array"],
  exclude: ["list"],
  domain: [],
  order: ["number"],
  strided: ["true"],
  seed: ["number"],
  step: ["number"],
  entries: ["number"],
};

for (const [option, allowed] of Object.entries(options)) {
  test(`the option ${option} takes what it should, and refuses all else in words`, () => {
    for (const [label, value] of Object.entries(values)) {
      let thrown: unknown;
      try {
        testKit({ [option]: value }).testRule(sin, a);
      } catch (error) {
        thrown = error;
      }
      const complaint = thrown === undefined ? "it was taken" : complaintAbout(thrown);
      assert.is(complaint, (allowed as string[]).includes(label) ? "it was taken" : "", label);
    }
  });
}

test("functions of the kit answer bad values in words, or not at all", () => {
  const checks: Readonly<Record<string, AnyFunction>> = {
    "testKit(options)": (value) => testKit(value).testRule(sin, 1),
    "assertClose(tolerance)": (value) => assertClose(1, 1, value),
    "centralDifference(f)": (value) => centralDifference(value, [1], [1]),
    "centralDifference(args)": (value) => centralDifference(sin, value, [1]),
    "centralDifference(tangents)": (value) => centralDifference(sin, [1], value),
    "centralDifference(options)": (value) => centralDifference(sin, [1], [1], value),
    "testRule(sin, …)": (value) => testRule(sin, value),
    "crossCheck(sin, …)": (value) => crossCheck(sin, value),
    seededRandom: (value) => seededRandom(value)(),
    randTangent: (value) => randTangent(value),
    relativeDifference: (value) => loosely(relativeDifference)(1, value),
  };
  for (const [name, check] of Object.entries(checks)) {
    for (const [label, value] of Object.entries(values)) {
      try {
        check(value);
      } catch (error) {
        assert.is(complaintAbout(error), "", `${name} with ${label}`);
      }
    }
  }
});

test.run();
