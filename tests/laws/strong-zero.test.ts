import { test } from "uvu";
import * as assert from "uvu/assert";
import { type AnyFunction, ruleOf } from "../../lib/core/index.js";
import * as rules from "../../rules/index.js";
import * as special from "../../rules/special/index.js";
import { allExamples } from "../support/all-examples.js";
import { sending } from "./strong-zero.js";

// Zero is zero, in every rule: a result that does not depend on an entry sends it exactly 0 and hears nothing of it, whatever stands there.
// So it is with NaN, ±∞ and 0 in all entries on which a chosen result does not depend, in both modes and in all four pairs of them, as it is
// with numbers there.

const finite = "factors a matrix, each entry of which goes into all results; refuses what is not finite";
const singular = "has no derivative where one of its matrices is singular, and says so";
const found = "searches until it has found something, and says so where it does not";

/** Functions that refuse some of these values, as they say in their docs, and why. */
const refusing: Readonly<Record<string, string>> = {
  attention: "refuses a scale that is not finite",
  cholesky: finite,
  choleskySolve: "refuses a factor with a 0 on its diagonal",
  det: finite,
  eigh: finite,
  eigvalsh: finite,
  expm: finite,
  fixedPoint: found,
  interp: "refuses knots that are not finite, or do not increase",
  inv: finite,
  logdet: singular,
  lstsq: finite,
  lu: singular,
  odeint: found,
  pinv: finite,
  qr: singular,
  roll: "shifts by an integer",
  root: found,
  slogdet: singular,
  solve: finite,
  solveTriangular: "refuses a matrix with a 0 on its diagonal",
  svd: finite,
  svdvals: finite,
};

/** Functions that choose an entry by its size: a value that is planted may tie with the one that is chosen, or be chosen. */
const choosing: readonly string[] = ["sort", "hausdorffDistance"];

const functions = { ...rules, ...special } as unknown as Record<string, AnyFunction>;
let tried = 0;

for (const [name, examples] of await allExamples()) {
  const f = functions[name];
  if (f === undefined || ruleOf(f) === undefined || choosing.includes(name)) continue;
  test(`${name}: what a result does not depend on sends it nothing`, () => {
    for (const [k, { args }] of examples.entries()) {
      const { faults, refused, count } = sending(f, args, k % 2 === 1);
      assert.equal(faults, [], `example ${k + 1}`);
      assert.not(refused && refusing[name] === undefined, `example ${k + 1} refuses it, and no reason is written here`);
      tried += count;
    }
  });
}

test("there are results that do not depend on all", () => {
  assert.ok(tried > 1000, `${tried} points`);
});

test.run();
