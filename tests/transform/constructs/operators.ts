import { type Construct, groupOf } from "./construct.js";

const two = [
  [1.3, 0.7],
  [-0.4, 2.1],
];
const positive = [
  [1.3, 0.7],
  [2.4, 2.1],
];
const one = [[1.3], [-0.6]];

export const operators: readonly Construct[] = groupOf("Operators", [
  ["+", "(x: number, y: number) => x + y * y", two],
  ["-", "(x: number, y: number) => x - y * x", two],
  ["*", "(x: number, y: number) => x * y * x", two],
  ["/", "(x: number, y: number) => x / y", two],
  ["%", "(x: number, y: number) => (x * y) % 0.5", positive],
  ["**", "(x: number, y: number) => x ** 3 + x ** y", positive],
  ["unary -", "(x: number) => -x * -(x ** 2)", one],
  ["unary +", "(x: number) => +x * 3", one],
  ["compound assignment", "(x: number, y: number) => { let s = 1; s += x; s *= y; s -= x; s /= 3; s **= 2; s %= 7; return s; }", positive],
  ["++ and --", "(x: number) => { let s = x; s++; const before = s++; --s; return before * s--; }", one],
  ["assignment as a value", "(x: number) => { let a = 0, b = 0; a = b = x * x; return (a += x) * b; }", one],
  ["mixed with what stands still", "(x: number) => { const k = 2 + 3; return (k * 2 - 1) * x + k; }", one],
  ["precedence and brackets", "(x: number, y: number) => -(x + y) * 2 ** -x / (y - x) - -y", two],
  ["a sequence", "(x: number) => { let a = 0; return ((a = x * 2), a * a); }", one],
  [
    "text",
    "(x: number) => { const s = 'x is ' + x; return s.length > 3 ? x * x : x; }",
    one,
    { note: "of primals; whether + joins texts is seen when it runs" },
  ],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a program's text
  ["template strings", "(x: number) => (`${x * 2}`.startsWith('-') ? x * x : x ** 3)", one, { note: "of primals" }],
  ["a + b of anything", "(x, y) => x + y + x", two, { note: "types absent: every number may move" }],
]);

export const tests: readonly Construct[] = groupOf("Comparisons and tests", [
  ["< <= > >=", "(x: number, y: number) => (x < y ? x * y : x <= y * 2 ? x - y : x > 100 || x >= 200 ? 0 : y ** 2)", two],
  [
    "=== !== == !=",
    "(x: number) => (x - x === 0 && x !== 2 && x * 0 == 0 && x != 3 ? x ** 3 : 1)",
    one,
    { note: "numbers by their primals, objects by identity" },
  ],
  ["truthiness", "(x: number) => (x ? x * x : 5) * (x - x ? x : 2)", one],
  ["!", "(x: number) => (!x ? 1 : !(x - x) ? x * 2 : x * x)", one],
  ["&& ||", "(x: number, y: number) => (x && y * 2) + (0 * x || x * y)", two],
  ["&& || of longer expressions", "(x: number, y: number) => (x * y && x - y) * (x - x || y)", two],
  ["&&= ||=", "(x: number) => { let a = x; a &&= a * x; let b = 0 * x; b ||= x * 3; return a * b; }", one],
  ["??", "(x: number, y?: number) => (y ?? x * 2) * x", [[1.3], [1.3, 0.7]]],
  ["??=", "(x: number) => { let a: number | undefined; a ??= x * x; a ??= 3; return a * x; }", one],
  ["?:", "(x: number, y: number) => (x > y ? x * y : x + y)", two],
  ["if, else if", "(x: number, y: number) => { if (x > y) return x * y; else if (x + y > 100) return 0; return x - y * y; }", two],
  [
    "switch",
    "(x: number) => { switch (Math.sign(x)) { case 1: return x * x; case -1: return x * 3; default: return 0; } }",
    one,
    { note: "on primals" },
  ],
  ["typeof", "(x: number) => (typeof x === 'number' ? x * x : 0)", one],
  [
    "Number.isNaN and its kin",
    "(x: number) => (Number.isNaN(x) || isNaN(x) || !Number.isFinite(x) || Number.isInteger(x) ? 0 : x * x)",
    one,
    { note: "on primals" },
  ],
  [
    "instanceof",
    "(x: number) => { const s = new Float64Array([x, 2]); return s instanceof Float64Array && !Array.isArray(s) ? s[0] * s[0] : 0; }",
    one,
  ],
  ["in", "(x: number) => { const p: { a: number; b?: number } = { a: x }; return 'a' in p && !('b' in p) ? p.a * x : 0; }", one],
  ["Object.is", "(x: number) => (Object.is(x - x, 0) && !Object.is(x, 0) ? x * x : x * 3)", one, { note: "on primals" }],
]);

export const maths: readonly Construct[] = groupOf("Math", [
  [
    "functions with a rule",
    "(x: number, y: number) => Math.sin(x) * Math.exp(y) + Math.sqrt(x * x) + Math.atan2(x, y) + Math.pow(y, 2)",
    positive,
  ],
  [
    "all of them",
    "(x: number) => Math.abs(x) + Math.acos(x / 9) + Math.acosh(x + 2) + Math.asin(x / 9) + Math.asinh(x) + Math.atan(x) + Math.atanh(x / 9) + Math.cbrt(x) + Math.cos(x) + Math.cosh(x) + Math.expm1(x) + Math.log(x + 4) + Math.log10(x + 4) + Math.log1p(x + 4) + Math.log2(x + 4) + Math.sinh(x) + Math.tan(x) + Math.tanh(x)",
    [[1.3], [2.6]],
  ],
  [
    "steps",
    "(x: number) => x * (Math.floor(x) + Math.ceil(x) + Math.trunc(x) + Math.sign(x) + Math.round(2.5 + 0 * x))",
    one,
    { note: "Math.round(2.5) is 3, as in JavaScript" },
  ],
  ["max, min, hypot of many", "(x: number, y: number) => Math.max(x, y, 0.1) * Math.min(x, y, 9) + Math.hypot(x, y, 2)", two],
  ["max of a list", "(x: number, y: number) => Math.max(...[x, y, x * y]) + (Math.max() < 0 ? x : 0)", two],
  ["constants", "(x: number) => Math.PI * x * Math.E - Math.LN2", one],
  ["as values", "(x: number) => [x, 2 * x, 3].map(Math.sin).reduce((a, b) => a + b)", one],
  ["taken apart", "(x: number) => sin(x) * hypot(x, 2)", one, { before: "const { sin, hypot } = Math;" }],
]);
