import { suite } from "uvu";
import * as assert from "uvu/assert";
import { defineRule, gradient, mul, NoTangent, primal, scalarRule } from "../../lib/index.js";
import { evaluate } from "./evaluate.js";

const calls = suite("calls");

type F = (...args: unknown[]) => number;

/** The function f of a program. */
const fOf = (code: string, others: Record<string, object> = {}): F =>
  evaluate<{ f: F }>(`import { differentiable } from "cotangent";\n${code}`, { file: "model.ts", others }).f;

const slope = (f: F, ...args: unknown[]): unknown => (gradient(f as never, ...(args as [])) as unknown[])[0];

calls("a function that is neither marked nor has a rule is refused where a number moves, with place and cure", () => {
  const f = fOf('import { helper } from "./helper.js";\nexport const f = differentiable((x: number) => 2 * helper(x));', {
    "./helper.js": { helper: (v: number) => v * v },
  });
  assert.is(f(3), 18);
  assert.throws(
    () => slope(f, 3),
    /^model\.ts:3:52: helper is given a number that moves, and it is neither marked nor has it a rule.*"use grad".*primal\(x\)/,
  );
});

calls("the same of this file", () => {
  const f = fOf("function helper(v: number) { return v * v; }\nexport const f = differentiable((x: number) => 2 * helper(x) + helper(3));");
  assert.throws(() => slope(f, 3), /^model\.ts:3:52: helper is given/);
});

calls("functions with a rule are called by it, by the raw function too", () => {
  const raw = (v: number): number => v ** 3;
  const cube = scalarRule(raw, (_, v) => [mul(3, mul(v, v))], { name: "cube" });
  for (const helper of [cube, raw]) {
    const f = fOf('import { helper } from "./helper.js";\nexport const f = differentiable((x: number) => 2 * helper(x));', {
      "./helper.js": { helper },
    });
    assert.is(slope(f, 2), 24);
  }
});

calls("marked functions of other files are dispatched when it runs", () => {
  const helper = evaluate<{ helper: F }>('export function helper(v: number): number { "use grad"; return v * v; }').helper;
  const f = fOf(
    'import * as h from "./helper.js";\nexport const f = differentiable((x: number) => 2 * h.helper(x) + [x].map(h.helper)[0]);',
    { "./helper.js": { helper } },
  );
  assert.is(slope(f, 3), 18);
});

calls("functions given as arguments are looked at when they are called", () => {
  const f = fOf("export const f = differentiable((g: (v: number) => number, x: number) => g(x) * [x].map(g)[0]);");
  const marked = fOf("export const f = differentiable((v: number) => v * v);");
  assert.is(
    slope((x) => f(marked, x), 2),
    32,
  );
  assert.throws(() => slope((x) => f((v: number) => v * v, x), 2), /^model\.ts:2:74: g is given a number that moves/);
});

calls("names are known by binding, never by text", () => {
  const f = fOf(
    'import { sin as cosine, mul as Math } from "cotangent";\nexport const f = differentiable((x: number) => { const sum = (v: number) => v * v; return cosine(sum(x)) + Math(x, 3); });',
  );
  assert.ok(Math.abs((slope(f, 0.5) as number) - (Math.cos(0.25) + 3)) < 1e-12);
  const shadowed = fOf(
    "export const f = differentiable((x: number) => { const Math = { sin: (v: number) => v * 7 }; return Math.sin(x); });",
  );
  assert.is(slope(shadowed, 2), 7);
});

calls("the whole library under one name", () => {
  const f = fOf('import * as c from "cotangent";\nexport const f = c.differentiable((x: number) => c.sin(x) * x);').bind(undefined) as F;
  assert.ok(Math.abs((slope(f, 0.5) as number) - (Math.sin(0.5) + 0.5 * Math.cos(0.5))) < 1e-15);
});

calls("identity shows no number that moves: keys of maps, members of sets", () => {
  const f = fOf("export const f = differentiable((x: number) => { const m = new Map<number, number>(); m.set(x, 1); return x; });");
  assert.throws(() => slope(f, 3), /^model\.ts:2:\d+: set tells values apart by identity/);
});

calls("a moving index names int, a plain array from outside the cure", () => {
  const f = fOf("const table = [1, 2, 3];\nexport const f = differentiable((x: number) => table[Math.floor(x)] * x);");
  assert.throws(() => slope(f, 1.5), /^model\.ts:3:54: an index moves, and indices are plain; declare it as int/);
  for (const made of ["new Array(x)", "Array(x)"])
    assert.throws(() => slope(fOf(`export const f = differentiable((x: number) => ${made}.length * x);`), 2), /an index moves/);
  const g = fOf(
    'import { type int } from "cotangent";\nconst table = [1, 2, 3];\nexport const f = differentiable((x: number) => { const k: int = Math.floor(x); return table[k] * x; });',
  );
  assert.is(slope(g, 1.5), 2);
  const h = fOf("const out = new Float64Array(2);\nexport const f = differentiable((x: number) => { out[0] = x * x; return x; });");
  assert.throws(() => slope(h, 1.5), /^model\.ts:3:\d+: a number that moves is written into a float array from outside/);
});

calls("a rule of one's own for a marked function, and its traced form", () => {
  const f = fOf("export const f = differentiable((x: number) => x * x);");
  const ruled = defineRule(
    f as never,
    {
      frule: ([, dx]: number[], x: never) => [f(x), mul(100, dx as number)],
      rrule: (x: never) => [f(x), (ybar: never) => [NoTangent, mul(100, ybar)]],
    } as never,
  ) as unknown as F;
  assert.is(slope(ruled, 3), 100);
  assert.is(ruled(3), 9);
});

calls("as int, and primal, make a number plain", () => {
  const f = fOf(
    'import { type int, primal } from "cotangent";\nexport const f = differentiable((x: number, n) => { let s = 0; for (let i = 0; i < primal(n); i++) s += x * ((x as int) & 7); return s; });',
  );
  assert.is(slope(f, 2, 3), 6);
  assert.is(primal(f(2, 3) as never) as unknown, 12);
});

calls.run();
