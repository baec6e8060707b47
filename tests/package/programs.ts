/** The programs that the package check runs, types and bundles against the installed package; each throws when an answer is wrong. */

/** Every entry of the package, used as a plain ES module. */
export const plainScript = `
import assert from "node:assert/strict";
import * as cotangent from "cotangent";
import { add, gradient, mul, square, svdvals } from "cotangent";
import { defineRule, frule, hasRule, rrule } from "cotangent/core";
import * as rules from "cotangent/rules";
import { sin } from "cotangent/rules/elementwise";
import { testRule } from "cotangent/testing";
import { blankTypes, transform } from "cotangent/transform";

assert.match(transform('import { differentiable } from "cotangent"; const f = differentiable((x) => x * x);', { file: "f.js" }).code, /mul/);
// What the bundled parser does without is copied as it stands.
const odd = 'import { differentiable } from "cotangent";\\nexport const word = /(?<a>\\\\p{L}+)[^/\\\\]]\\\\k<a>/giu, tag = <a b="&nbsp;">{"x"} &copy; &amp;</a>, f = differentiable((x: number) => x * x);';
assert.ok(transform(odd, { file: "f.tsx" }).code.includes(odd.slice(odd.indexOf("word"), odd.indexOf(", f ="))));
assert.equal(blankTypes("const x: number = 1;", { file: "f.ts" }), "const x         = 1;");
assert.deepEqual(gradient((a, b) => add(square(a), mul(3, b)), 2, 4), [4, 3]);
assert.equal(frule([undefined, 1], sin, 0)[1], 1);
assert.equal(rrule(sin, 0)[1](1)[1], 1);
assert.equal(typeof testRule, "function");

// Rules are one value in every entry, with their own names, and so is the registry.
assert.equal(rules.sin, sin);
assert.equal(cotangent.sin, sin);
assert.ok(hasRule(cotangent.svdvals));
for (const name of ["frule", "rrule", "gradient", "atan2", "svdvals"]) assert.equal(cotangent[name].name, name);
const half = defineRule((x) => x / 2, { rrule: (x) => [x / 2, (ybar) => [undefined, mul(ybar, 0.5)]] });
assert.deepEqual(gradient((x) => half(square(x)), 3), [3]);

const a = cotangent.array([[3, 0], [0, 4]]);
assert.deepEqual([...svdvals(a).data], [4, 3]);
assert.deepEqual([...cotangent.eigh(a)[0].data], [3, 4]);
assert.deepEqual([...cotangent.qr(a)[1].data], [3, 0, 0, 4]);
const wide = cotangent.array([[1, 2, 3], [0, 1, 1]]);
const [q, r] = cotangent.qr(wide);
assert.ok(cotangent.allClose(cotangent.matmul(q, r), wide));
const [u, s, vt] = cotangent.svd(wide);
assert.ok(cotangent.allClose(cotangent.matmul(mul(u, s), vt), wide));
`;

/** What a user of the special functions meets: first without the packages of their values, which Node then names, and after that with them. */
export const specialScript = `
import assert from "node:assert/strict";
import { derivative } from "cotangent";
import { besselj0, erf, gamma } from "cotangent/special";

assert.equal(derivative(erf, 0), 2 / Math.sqrt(Math.PI));
assert.equal(derivative((x) => derivative(besselj0, x), 0), -0.5);
assert.equal(gamma(5), 24);
`;

/** A consumer in strict TypeScript. */
export const typedProgram = `
import { add, gradient, mul, square } from "cotangent";
import { rrule } from "cotangent/core";
import { sin } from "cotangent/rules/elementwise";
import { beta } from "cotangent/special";
import { testRule } from "cotangent/testing";

const third: number = beta(1, 3);
if (Math.abs(third - 1 / 3) > 1e-15) throw new Error("wrong value");
const [da, db]: [number, number] = gradient((a, b) => add(square(a), mul(3, b)), 2, 4);
if (da !== 4 || db !== 3) throw new Error("wrong gradient");
if (rrule(sin, 0) === undefined || typeof testRule !== "function") throw new Error("wrong exports");
`;

/** The same consumer with a mistake that the types must catch. */
export const wronglyTypedProgram = `
import { gradient, square } from "cotangent";

const [da]: [string] = gradient((a) => square(a), 2);
export const length: number = da.length;
`;

/** Shaken by a bundler, the rules keyed by the functions of Math must stay. */
export const mathProgram = `
import "cotangent/rules/math";
import { rrule } from "cotangent/core";

const [y, pullback] = rrule(Math.sin, 1);
if (y !== Math.sin(1) || pullback(1)[1] !== Math.cos(1)) throw new Error("Math.sin lost its rule");
`;

/** Elementwise rules alone, on arrays: without what makes loops, their halves are composed of the partials. */
export const arrayProgram = `
import { array, cos, mul, pullback, pushforward, sin } from "cotangent";

const x = array([0.5, 1]);
const f = (t) => mul(t, sin(t));
const slopes = [0.5, 1].map((t) => Math.sin(t) + t * Math.cos(t));
const [, dy] = pushforward(f, [x], [array([1, 1])]);
const [xbar] = pullback(f, x)[1](array([1, 1]));
const [xbarbar] = pullback((t) => pullback(cos, t)[1](array([1, 1]))[0], x)[1](array([1, 1]));
[0.5, 1].forEach((t, k) => {
  for (const slope of [dy.get(k), xbar.get(k)]) if (Math.abs(slope - slopes[k]) > 1e-15) throw new Error("wrong slope");
  if (Math.abs(xbarbar.get(k) + Math.cos(t)) > 1e-15) throw new Error("wrong curvature");
});
`;

/** The same in ordinary TypeScript, for the loader. */
export const ordinaryProgram = `
import { differentiable, gradient, type int } from "cotangent";

const power = differentiable((x: number, n: int): number => (n === 0 ? 1 : x ** n));
const [da]: [number, number] = gradient(power, 2, 3);
console.log(da);
`;
