import { test } from "uvu";
import * as assert from "uvu/assert";
import { withPureDeclarations } from "../../.ci/build/pure.js";

const marked = (code: string): string => withPureDeclarations(code, "a.ts");

const cases: readonly (readonly [what: string, code: string, expected: string])[] = [
  ["a call", "export const sin = rule(Math.sin, (x) => [cos(x)]);", "export const sin = /* @__PURE__ */ rule(Math.sin, (x) => [cos(x)]);"],
  ["a call in a call", "const a = f(g(1));", "const a = /* @__PURE__ */ f(/* @__PURE__ */ g(1));"],
  ["what is made", "const known = new Map();", "const known = /* @__PURE__ */ new Map();"],
  ["a call of a property", "const a = Object.freeze({ b: 1 });", "const a = /* @__PURE__ */ Object.freeze({ b: 1 });"],
  ["each of two names", "const a = f(), b = g();", "const a = /* @__PURE__ */ f(), b = /* @__PURE__ */ g();"],
  ["a property that is read", "export const a = pair.a;", "export const a = /* @__PURE__ */ (() => (pair.a))();"],
  ["what is computed", "const a = 2 ** 20;", "const a = /* @__PURE__ */ (() => (2 ** 20))();"],
  ["a property that is handed on", "const a = f(pair.a);", "const a = /* @__PURE__ */ (() => (f(pair.a)))();"],
  ["what a call returns, called", "const a = f()(1);", "const a = /* @__PURE__ */ (() => (f()(1)))();"],
  ["a record taken apart", "const a = { ...b };", "const a = /* @__PURE__ */ (() => ({ ...b }))();"],
  ["a field of a class", "class A { static b = f(); c = g(); }", "class A { static b = /* @__PURE__ */ f(); c = g(); }"],
];

for (const [what, code, expected] of cases) test(`marks ${what}`, () => assert.is(marked(code), expected));

for (const code of [
  "const f = () => g();",
  "function f() { return g(); }",
  "const a = [1, -2, 'b', `c`, { d: null }];",
  "let a;",
  "const a = Math.PI;",
  'import { a } from "./a.js";\nexport { a };\nexport * from "./b.js";',
]) {
  test(`leaves as it is: ${code}`, () => assert.is(marked(code), code));
}

for (const code of ["f();", "Object.assign(a, b);", "const [a, b] = c;", "const { a } = b;", "a.b = 1;", "if (a) b();"]) {
  test(`refuses a statement that bundlers keep: ${code}`, () =>
    assert.throws(() => marked(code), /a\.ts: a bundler must keep this statement/));
}

test.run();
