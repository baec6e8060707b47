import { test } from "uvu";
import * as assert from "uvu/assert";
import { array, configure, gradient, mul, pushforward, type Scalar, scalarRule, sum, TangentError } from "../../../lib/index.js";
import { fails } from "../../helpers/fails.js";

function checked(run: () => unknown): unknown {
  configure({ checked: true });
  try {
    return run();
  } finally {
    configure({ checked: false });
  }
}

const x = array([0.5, -1, 2]);

/** 0 · ∞ of a rule's own making: its partial is NaN at −1. */
const faulty = scalarRule(
  (a: number) => a,
  (_, a) => [scalarRuleOf(a)],
  { name: "faulty" },
);
const root = scalarRule(
  (a: number) => (a < 0 ? Number.NaN : a),
  () => [1],
  { name: "root" },
);
const scalarRuleOf = (a: Scalar): Scalar => root(a);

test("a partial that makes the first NaN is named in checked mode, in both modes", () => {
  fails(() => checked(() => gradient((a) => sum(faulty(a)), x)), TangentError, "faulty", "NaN");
  fails(() => checked(() => pushforward((a) => faulty(a), [x], [x])), TangentError, "faulty", "NaN");
});

test("checked mode runs the loops, and gives what they give", () => {
  const f = (a: typeof x): Scalar => sum(mul(a, mul(a, a)));
  assert.equal(
    checked(() => gradient(f as never, x)),
    gradient(f as never, x),
  );
  assert.equal(
    checked(() => pushforward((a) => mul(a, mul(a, a)), [x], [x])),
    pushforward((a) => mul(a, mul(a, a)), [x], [x]),
  );
});

let factor = 2;
const fickle = scalarRule(
  (a: number) => a * a,
  (_, a) => [mul(factor, a)],
  { name: "fickle" },
);

test("a partial that changes between the loop's making and a call is found, and the right slope is given", () => {
  const { warn } = console;
  const said: string[] = [];
  console.warn = (text: string) => said.push(text);
  try {
    assert.equal([...gradient((a) => sum(fickle(a)), x)[0].data], [1, -2, 4]);
    factor = 3;
    assert.equal([...gradient((a) => sum(fickle(a)), x)[0].data], [1.5, -3, 6]);
    assert.equal([...gradient((a) => sum(fickle(a)), x)[0].data], [1.5, -3, 6]);
  } finally {
    console.warn = warn;
    factor = 2;
  }
  assert.is(said.length, 1);
  assert.match(said[0] as string, /^fickle: /);
});

test.run();
