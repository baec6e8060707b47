import { type Construct, groupOf } from "./construct.js";

const one = [[1.3], [-0.6]];
const two = [
  [1.3, 0.7],
  [-0.4, 2.1],
];

export const statements: readonly Construct[] = groupOf("Loops and statements", [
  ["for", "(x: number) => { let s = 0; for (let i = 0; i < 4; i++) s += x ** i * i; return s; }", one],
  [
    "for with a bound that moves",
    "(x: number) => { let s = 0; for (let i = 0; i < x * x + 1; i += 1) s += x; return s; }",
    one,
    { note: "the bound is looked at as a primal" },
  ],
  ["for over a number that moves", "(x: number) => { let s = 0; for (let t = x; t < 3; t += 0.75) s += t * t; return s; }", one],
  ["while", "(x: number) => { let s = x; while (s < 10 && s > -10) s *= 2; return s; }", one],
  ["do while", "(x: number) => { let s = x; do { s = s * s + 0.5; } while (s < 1); return s; }", one],
  ["for of", "(x: number) => { let s = 1; for (const v of [x, 2, x * x]) s *= v; return s; }", one],
  ["for of, taken apart", "(x: number) => { let s = 0; for (const [i, v] of [x, x * x].entries()) s += (i + 1) * v; return s; }", one],
  [
    "for in",
    "(x: number) => { const p: Record<string, number> = { a: x, b: x * x }; let s = 0; for (const k in p) s += p[k] * x; return s; }",
    one,
  ],
  [
    "break, continue, labels",
    "(x: number) => { let s = 0; outer: for (let i = 0; i < 5; i++) { for (let j = 0; j < 5; j++) { if (j === 3) continue outer; if (i * j > 3) break outer; s += x ** j * i; } } return s; }",
    one,
  ],
  [
    "try, catch, finally",
    "(x: number) => { let s = x; try { if (x > 0) throw new RangeError('no'); s *= x; } catch (e) { s = e instanceof RangeError ? x ** 3 : 0; } finally { s += x; } return s; }",
    one,
  ],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a program's text
  ["throw", "(x: number) => { if (Number.isNaN(x)) throw new Error(`x is ${x}`); return x * x; }", one],
  ["blocks and shadowing", "(x: number) => { let s = x; { const x = 2; s *= x; } { let s = 9; s += 1; } return s * x; }", one],
  ["no semicolons", "(x: number) => {\n  let s = x\n  s++\n  s > 0 && (s *= 2)\n  s ||= 3\n  return s\n}", one],
]);

export const functions: readonly Construct[] = groupOf("Functions", [
  ["closures", "(x: number) => { const scale = (v: number) => v * x; return scale(scale(2)); }", one],
  ["closures that write", "(x: number) => { let s = 0; const add = (v: number) => { s += v * x; }; add(x); add(2); return s; }", one],
  [
    "function declarations, used before they stand",
    "(x: number) => { return twice(x) * twice(2); function twice(v: number) { return v * 2 * x; } }",
    one,
  ],
  [
    "recursion",
    "(x: number) => { function power(y: number, n: int): number { return n === 0 ? 1 : y * power(y, n - 1); } return power(x, 3); }",
    one,
    { before: 'import { type int } from "cotangent";' },
  ],
  ["recursion by name", "(x: number, k?: number): number => ((k ?? 3) <= 0 ? x : program(x * x + 0.1, (k ?? 3) - 1))", [[0.3]]],
  [
    "functions as arguments",
    "(x: number) => { const twice = (g: (v: number) => number, v: number) => g(g(v)); return twice((v) => v * x, 2); }",
    one,
  ],
  ["functions as results", "(x: number) => { const by = (a: number) => (v: number) => v * a; return by(x)(by(2)(x)); }", one],
  ["defaults", "(x: number, y = x * 2, z = 3) => x * y * z", [[1.3], [1.3, 0.7]]],
  ["rest", "(x: number, ...ys: number[]) => ys.reduce((a, b) => a * b, x)", [[1.3, 0.7, 2.1], [1.3]]],
  ["spread", "(x: number, y: number) => { const f = (a: number, b: number, c: number) => a * b - c; return f(...[x, y], x); }", two],
  ["records as parameters", "({ a, b: c = 2 }: { a: number; b?: number }) => a * c * a", [[{ a: 1.3 }], [{ a: 1.3, b: 0.7 }]]],
  ["lists as parameters", "([a, b = 2, ...rest]: number[]) => a * b * rest.length + (rest[0] ?? a)", [[[1.3, 0.7, 2.1]], [[1.3]]]],
  [
    "helpers that are marked",
    "(x: number) => square(x) * square(2)",
    one,
    { before: 'function square(v: number) { "use grad"; return v * v; }' },
  ],
  ["other marked functions", "(x: number) => half(x) * half(x + 1)", one, { before: "const half = differentiable((v: number) => v / 2);" }],
  ["marked functions inside", "(x: number) => { const by = differentiable((v: number) => v * x); return by(x) * by(2); }", one],
  [
    "differentiable functions of the library",
    "(x: number) => sin(x) * softplus(x) + 1",
    one,
    { before: 'import { sin, softplus } from "cotangent";' },
  ],
  [
    "derivatives inside",
    "(x: number) => derivative((v) => v * v * x, x) + gradient((v) => v ** 3, x)[0]",
    one,
    { before: 'import { derivative, gradient } from "cotangent";', original: "(x: number) => 2 * x * x + 3 * x ** 2" },
  ],
  ["called at once", "(x: number) => ((v: number) => v * x)(x + 1)", one],
]);

export const patterns: readonly Construct[] = groupOf("Destructuring and records", [
  ["lists taken apart", "(x: number, y: number) => { const [a, b = 3, c = x] = [x * y, undefined]; return a * b * c; }", two],
  [
    "records taken apart",
    "(x: number, y: number) => { const { a, b: { c }, ...rest } = { a: x, b: { c: y }, d: x * y }; return a * c + rest.d; }",
    two,
  ],
  ["swap", "(x: number, y: number) => { let a = x, b = y * 2; [a, b] = [b, a]; return a - b * a; }", two],
  [
    "swap of entries",
    "(x: number, y: number) => { const v = [x, y]; [v[0], v[1]] = [v[1], v[0]]; const w = new Float64Array([x, y]); [w[0], w[1]] = [w[1], w[0]]; return v[0] * 2 + w[1] * y; }",
    two,
  ],
  ["records", "(x: number, y: number) => { const p = { a: x, b: { c: y } }; p.a += y; p.b.c *= p.a; return p.b.c; }", two],
  [
    "spread of records and lists",
    "(x: number) => { const p = { a: x, ...{ b: x * x } }; const v = [...[p.a, p.b], 2]; return v[0] * v[1] * v[2]; }",
    one,
  ],
  ["short names and computed keys", "(x: number) => { const a = x * x; const k = 'b'; const p = { a, [k]: x }; return p.a * p[k]; }", one],
  [
    "optional chaining",
    "(x: number) => { const p: { a?: { b: number[] } } = { a: { b: [x, x * x] } }; const q: typeof p = {}; return (p.a?.b?.[1] ?? 0) * x + (q.a?.b[0] ?? 1); }",
    one,
  ],
  [
    "optional calls",
    "(x: number) => { const p: { f?: (v: number) => number } = { f: (v: number) => v * x }; const q: typeof p = {}; return (p.f?.(x) ?? 0) + (q.f?.(x) ?? x); }",
    one,
  ],
  ["as, satisfies, !", "(x: number) => { const v = [x, 2] as const; const y = x as number; return v[0]! * (y satisfies number); }", one],
  [
    "methods of a record",
    "(x: number) => { const p = { area(r: number) { return r * r * x; }, ['twice'](r: number) { return 2 * r; } }; return p.area(x) + p.twice(3 * x); }",
    one,
  ],
  ["getters of a record", "(x: number) => { const p = { get twice() { return x * 2; } }; return p.twice * x; }", one],
]);
