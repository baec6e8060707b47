import { suite } from "uvu";
import * as assert from "uvu/assert";
import { gradient, hessian } from "../../lib/index.js";
import { transform } from "../../lib/transform/index.js";
import { evaluate } from "./evaluate.js";

const scopes = suite("scopes, dispatch");

type F = (...args: unknown[]) => unknown;
const head = 'import { differentiable, derivative, gradient, type int } from "cotangent";\n';
const run = <T = { f: F }>(code: string): T => evaluate<T>(head + code, { file: "model.ts" });
const slope = (f: unknown, ...args: unknown[]): unknown => (gradient(f as never, ...(args as [])) as unknown[])[0];

scopes("a name from around that moves is seen, in both modes and to order 2", () => {
  const { f } = run("export const f = (a) => { const inner = differentiable((x: number) => a * x * a); return inner(2); };");
  assert.is(slope(f, 3), 12);
  assert.is(hessian(f as never, 3 as never), 4);
  const { g } = run<{ g: F }>(
    "export const g = (a) => derivative((b) => { const inner = differentiable((x: number) => a * x * b); return inner(2); }, 5);",
  );
  assert.is(slope(g, 3), 2);
});

scopes("names brought along by a function from around are seen", () => {
  const { f } = run(
    "export const f = (a) => { const get = () => a; const inner = differentiable((x: number) => get() * x); return inner(2); };",
  );
  assert.is(slope(f, 3), 2);
});

scopes("names from around are shared by both forms", () => {
  const { f, count } = run<{ f: F; count: () => number }>(
    "let calls = 0;\nexport const f = differentiable((x: number) => { calls++; return x * calls; });\nexport function count() { return calls; }",
  );
  assert.is(f(2), 2);
  assert.is(slope(f, 2), 2);
  assert.is(count(), 2);
});

scopes("names from around that are written inside keep what they had", () => {
  const { f } = run(
    "export const f = (a) => { let s = a; const inner = differentiable((x: number) => { const t = s * 2; s = 1; return t * x * s; }); return inner(2); };",
  );
  assert.is(slope(f, 3), 4);
});

scopes("records that hold themselves, and maps, are looked at once", () => {
  const { f } = run("export const f = differentiable((p, x: number) => p.v * x);");
  interface Ring {
    v: number;
    rings: Ring[];
  }
  const ring: Ring = { v: 2, rings: [] };
  ring.rings.push(ring, { v: 1, rings: [ring, ring] }, { v: 1, rings: [ring, ring] });
  assert.is(f(ring, 3), 6);
  const { g } = run<{ g: F }>("export const g = differentiable((m: Map<string, number>) => (m.get('a') ?? 0) ** 2);");
  assert.is(
    slope((x: unknown) => g(new Map([["a", x]])), 3),
    6,
  );
});

scopes("this as a parameter of types alone", () => {
  const { f } = run("export const f = differentiable(function (this: void, x: number) { return x * x; });");
  assert.is(slope(f, 3), 6);
});

scopes("tags beside marked functions", () => {
  const code = `${head}export const f = differentiable((x: number) => x * x);\nexport const view = () => <p class="a">{f(2)}</p>;\n`;
  assert.match(transform(code, { file: "a.tsx" }).code, /\$c_mul\(x, x\)[\s\S]*<p class="a">\{f\(2\)\}<\/p>/);
});

scopes("a shadowed name is another name", () => {
  const { f } = run(
    "const k = 3;\nexport const f = differentiable((x: number) => { let s = x * k; { const k = x; s += k * k; } for (const k of [x, 2]) s += k; return s; });",
  );
  assert.is(slope(f, 2), 3 + 4 + 1);
});

scopes("a parameter named like what it calls", () => {
  const { f } = run("export const f = differentiable((add: number, mul: number) => add * mul + add);");
  assert.is(slope(f, 2, 5), 6);
});

scopes("plain arguments run the original, bit for bit", () => {
  const { f } = run("export const f = differentiable((x: number) => { const kept = [x]; return kept; });");
  assert.equal(f(0.1), [0.1]);
  const { g } = run<{ g: F }>("export const g = differentiable((x: number) => new Float64Array([x]));");
  assert.instance(g(0.1), Float64Array);
});

scopes("functions that a marked function returns or hands on differentiate, though it ran plain", () => {
  const { f } = run("export const f = differentiable((a: number) => (x: number) => a * x * x);");
  assert.is(slope(f(3), 2), 12);
  const { g } = run<{ g: F }>("export const g = differentiable((a: number) => derivative((x) => a * x * x, 2));");
  assert.is(g(3), 12);
  assert.is(slope(g, 3), 4);
  const { h } = run<{ h: F }>(
    "export const h = differentiable((a: number) => { function inner(x: number) { return a * x ** 3; } return { inner }; });",
  );
  assert.is(slope((h(3) as { inner: F }).inner, 2), 36);
});

scopes("int parameters, fields and lists are plain, whatever an engine hands in", () => {
  const { f } = run(
    "interface P { n: int; rows: { k: int; v: number }[] }\nexport const f = differentiable((x: number, p: P, at: int[]) => { let s = 0; for (let i = 0; i < p.n; i++) s += x * p.rows[at[i]].v * (p.rows[i].k & 3); return s; });",
  );
  const p = {
    n: 2,
    rows: [
      { k: 1, v: 2 },
      { k: 2, v: 3 },
    ],
  };
  assert.equal(gradient(f as never, 5 as never, p as never, [1, 0] as never) as unknown, [
    3 * 1 + 2 * 2,
    {
      n: 0,
      rows: [
        { k: 0, v: 10 },
        { k: 0, v: 5 },
      ],
    },
    [0, 0],
  ]);
});

scopes("defaults, rest and patterns as the function has them: its length and name", () => {
  const { f, g } = run<{ f: F; g: F }>(
    "export const f = differentiable((x: number, y = x) => x * y);\nexport const g = differentiable(({ a }: { a: number }, ...r: number[]) => a);",
  );
  assert.equal([f.length, f.name, g.name], [1, "f", "g"]);
});

scopes("declarations work before they stand, exported and as defaults", () => {
  const { f } = run(
    'export const f = differentiable((x: number) => later(x));\nexport function later(v: number): number { "use grad"; return v <= 1 ? v : v * later(v - 1); }',
  );
  assert.is(slope(f, 3), 11);
});

scopes("differentiable gets a function of the file by name", () => {
  const { f } = run("function model(x: number) { return x * x; }\nexport const f = differentiable(model);");
  assert.is(slope(f, 3), 6);
});

const marked = suite("files");

marked("without a mark are left untouched, even if they do not parse", () => {
  for (const code of ["const a = ;", 'import { gradient } from "cotangent";\nconst a = 1;\n', "differentiable(x => x)"]) {
    const { code: same, map } = transform(code, { file: "a.ts" });
    assert.is(same, code);
    assert.is(map, undefined);
  }
});

marked("are not changed by a second time", () => {
  const code = `${head}export const f = differentiable((x: number) => { const g = differentiable((y: number) => x * y); return g(x); });\nexport function h(x: number) { "use grad"; return x ** 2; }\n`;
  const once = transform(code, { file: "a.ts" }).code;
  assert.is(transform(once, { file: "a.ts" }).code, once);
});

marked("of CommonJS get require", () => {
  const { code } = transform('const { differentiable } = require("cotangent");\nexports.f = differentiable((x) => x * x);\n', {
    file: "a.cjs",
  });
  assert.match(code, /^const \{ .*dual: \$c_dual.* \} = require\("cotangent\/plain"\);/);
});

marked("keep directives and the first line of a script in front", () => {
  const { code } = transform(`#!/usr/bin/env node\n"use strict";\n${head}export const f = differentiable((x: number) => x * x);\n`, {
    file: "a.ts",
  });
  assert.match(code, /^#!\/usr\/bin\/env node\n"use strict"; import \{/);
});

marked("in TypeScript without types get a note", () => {
  const { notes } = transform('import { differentiable } from "cotangent";\nexport const f = differentiable((x) => x * x);\n', {
    file: "a.ts",
  });
  assert.is(notes.length, 1);
  assert.match(notes[0]?.message ?? "", /types were stripped before the transform/);
  assert.equal([notes[0]?.line, notes[0]?.column], [2, 34]);
});

scopes.run();
marked.run();
