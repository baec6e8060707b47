import * as core from "../../lib/core/public.js";
import { type AnyArray, type AnyFunction, array, matmul, mul, NoTangent, type Scalar, sin } from "../../lib/index.js";
import * as kit from "../../lib/testing/index.js";
import * as special from "../../rules/special/index.js";
import { allCalls } from "../support/all-examples.js";
import type { Call, Calls } from "../support/calls.js";

const a = array([0.5, 0.25, 0.75]);
const square = (x: AnyArray): AnyArray => mul(x, x);

/** A right call of every function of `cotangent/core` that the main entry has not. */
const coreCalls: Calls = {
  frule: ["tangents function operand", [NoTangent, 1], Math.sin, 1],
  rrule: ["function operand", Math.sin, 1],
  subtract: ["tangent tangent", 1, 2],
  times: ["tangent any", 2, 1],
  innerProduct: ["tangent tangent", 1, 2],
  zeroLike: ["any", a],
  isZero: ["any", 1],
  isDifferentiable: ["any", 1],
  fieldOf: ["any any", { a: 1 }, "a"],
  cotangentOf: ["primal operand", a, a],
  addedTo: ["array function options", a, () => undefined, {}],
  strongly: ["rule", matmul],
};

/** A right call of every function of `cotangent/testing`. */
const kitCalls: Calls = {
  testFrule: ["ruled operand", sin, a],
  testRrule: ["ruled operand", sin, a],
  testRule: ["ruled operand", sin, a],
  testScalar: ["ruled number", sin, 0.5],
  crossCheck: ["body operand", square, a],
  testKit: ["options", {}],
  centralDifference: ["function list tangents options", (x: Scalar) => mul(x, x), [1], [1], {}],
  assertClose: ["any any options", a, a, {}],
  relativeDifference: ["any any", a, a],
  randTangent: ["any callback", a, () => 0.5],
  seededRandom: ["number", 1],
};

/** A right call of every function of `cotangent/special`. */
const specialCalls: Calls = Object.fromEntries(Object.entries(await allCalls()).filter(([name]) => name in special));

interface Entry {
  readonly f: AnyFunction;
  readonly call: Call;
}

/** What the kit finds is a plain Error; what it cannot test is one of these. */
function found(f: AnyFunction): AnyFunction {
  return (...args: unknown[]) => {
    try {
      return f(...args) as unknown;
    } catch (error) {
      throw (error as Error).constructor === Error ? new TypeError((error as Error).message) : error;
    }
  };
}

function entriesOf(entry: string, functions: object, calls: Calls): (readonly [name: string, entry: Entry])[] {
  const named = functions as Readonly<Record<string, AnyFunction>>;
  return Object.entries(calls).map(([name, call]) => [`${entry}: ${name}`, { f: found(named[name] as AnyFunction), call }]);
}

/** The functions of the other entries, each with a right call. */
export const otherCalls: Readonly<Record<string, Entry>> = Object.fromEntries([
  ...entriesOf("core", core, coreCalls),
  ...entriesOf("testing", kit, kitCalls),
  ...entriesOf("special", special, specialCalls),
]);

const functionsIn = (entry: object): string[] =>
  Object.entries(entry).flatMap(([name, value]) => (typeof value === "function" && !/^[A-Z]/.test(name) ? [name] : []));

/** Functions of these entries for which there is no call, and none needed; those of the main entry are not looked at. */
export function uncalled(main: readonly string[]): string[] {
  const known = [...main, ...Object.keys(coreCalls)];
  return [
    ...functionsIn(core).filter((name) => !known.includes(name)),
    ...functionsIn(kit).filter((name) => !(name in kitCalls)),
    ...functionsIn(special).filter((name) => !(name in specialCalls)),
  ];
}
