// biome-ignore-all lint/suspicious/noTemplateCurlyInString: texts of programs
/** An odd but legal program: its text exports `program`, a marked function. */
export interface Odd {
  readonly name: string;
  readonly code: string;
  readonly args: readonly (readonly unknown[])[];
}

const odd = (name: string, code: string, ...args: readonly (readonly unknown[])[]): Odd => ({ name, code, args });

export const oddPrograms: readonly Odd[] = [
  odd(
    "getters and setters of a record, one of them written through",
    `export const program = differentiable((x: number) => {
      let hidden = x;
      const box = { get value() { return hidden * 2; }, set value(v: number) { hidden = v * x; }, get ["twice"]() { return this_(hidden); } };
      function this_(v: number) { return v * 2; }
      box.value = 3; box.value += x; box.value *= 2;
      return box.value * box.twice;
    });`,
    [1.3],
  ),
  odd(
    "labels, nested breaks and continues, comma in the head of a loop",
    `export const program = differentiable((x: number, y: number) => {
      let total = 0;
      outer: for (let i = 0, scale = x; i < 4; i++, scale *= y) {
        block: { if (i === 2) break block; total += scale; }
        inner: do {
          for (const j of [1, 2, 3]) {
            if (j * x > 3) continue outer;
            if (j === 3) break inner;
            total += j * scale * y;
          }
        } while (total < 100);
        total -= x;
      }
      return total;
    });`,
    [0.7, 1.2],
    [1.4, 0.6],
  ),
  odd(
    "destructuring with defaults that depend on what stands before them",
    `export const program = differentiable(({ a, b = a * 2, c: { d = b * a, ...rest } = { d: undefined, e: b } as { d?: number; e: number }, list: [p, , q = p * a, ...more] = [a, 0, undefined, b] }:
      { a: number; b?: number; c?: { d?: number; e: number }; list?: (number | undefined)[] }) =>
      a + b * 2 + d * 3 + rest.e * 5 + (p as number) * 7 + q * 11 + more.length * more.reduce((s, v) => (s as number) + (v as number), 0)!);`,
    [{ a: 1.5 }],
    [{ a: 1.5, b: 0.4, c: { e: 2.5 }, list: [3, 1, 2, 4, 5] }],
  ),
  odd(
    "switch that falls through, with a default in the middle",
    `export const program = differentiable((x: number) => {
      let y = 1;
      for (const k of [0, 1, 2, 3, 4]) switch (k) {
        case 0: y += x;
        case 1: y *= x; break;
        default: y -= 0.1 * x;
        case 3: { const z = x * x; y += z; break; }
        case 4: return y * (y > 2 ? x : 3);
      }
      return y;
    });`,
    [0.7],
    [1.9],
  ),
  odd(
    "switch on what moves",
    `export const program = differentiable((x: number) => {
      switch (true) {
        case x > 2: return x * x;
        case x > 1: { let y = x; y **= 3; return y; }
        default: return -x;
      }
    });`,
    [2.5],
    [1.5],
    [0.5],
  ),
  odd(
    "closures in a loop, each with its own let",
    `export const program = differentiable((x: number) => {
      const list: (() => number)[] = [];
      for (let i = 0, v = x; i < 3; i++, v = v * x) list.push(() => v * i);
      let late = 1;
      list.push(() => late * x);
      late = x * x;
      return list.reduce((sum, f) => sum + f(), 0);
    });`,
    [1.3],
  ),
  odd(
    "a closure that outlives, over a let from around the mark",
    `let scale = 2;
    const bump = (by: number) => { "use grad"; scale *= by; return scale; };
    export const program = differentiable((x: number) => { scale = 2; const once = bump(x); const twice = bump(once); return once * twice + scale; });`,
    [1.1],
  ),
  odd(
    "tagged templates of what stands still, and templates in templates",
    `const tag = (parts: TemplateStringsArray, ...values: unknown[]) => parts.raw.join("|").length + values.length;
    export const program = differentiable((x: number) => tag\`a\${1}b\${"c"}\\n\` * x + \`\${\`\${x > 1 ? "yes" : "n"}\`}!\`.length * x ** 2);`,
    [1.5],
    [0.5],
  ),
  odd(
    "optional calls, and chains that end early",
    `interface Node { value: number; next?: Node; f?: (v: number) => number; list?: number[] }
    export const program = differentiable((x: number) => {
      const end: Node = { value: x };
      const head: Node = { value: x * 2, next: end, f: (v) => v * x, list: [x, x ** 2] };
      let calls = 0;
      const count = () => { calls++; return 1; };
      const a = head.f?.(x) ?? 1;
      const b = end.f?.(count()) ?? x;
      const c = head.next?.next?.value ?? 3 * x;
      const d = head?.list?.[count()]! * (head.list?.at(-1) ?? 0);
      const e = end.list?.map((v) => v * v).length ?? -1;
      const g = (head.next as Node | undefined)?.["value"];
      return a + b * c + d + e + calls + g! * 2;
    });`,
    [1.2],
  ),
  odd(
    "assignments to members: **=, ??=, ||=, &&=, of parts of parts",
    `export const program = differentiable((x: number) => {
      const m: { a: number[]; b: { c?: number; d: number } } = { a: [x, 2, 0], b: { d: x } };
      m.a[0] **= 2; m.a[1]! **= x; m["b"].d **= m.a[0]!;
      m.b.c ??= x * 3; m.b.c ??= 100; m.a[2] ||= m.b.c * x; m.b.d &&= m.b.d + x;
      const key = "d"; m.b[key] /= 2; m.b[key] %= 5;
      return m.a[0]! * m.a[1]! + m.a[2]! + m.b.c! * m.b.d;
    });`,
    [1.3],
  ),
  odd(
    "float arrays: spread, of, from an iterator, holes, negative zero, copyWithin, entries",
    `export const program = differentiable((x: number) => {
      const v = new Float64Array([x, ...[2, x * x]]);
      const w = Float64Array.from(new Set([1, 2]).values(), (k) => k * x);
      const [head, ...tail] = [...v, ...w];
      v.copyWithin(0, 1);
      let s = 0;
      for (const [i, each] of v.entries()) s += each * (i + 1);
      for (const i of v.keys()) s += v[i]! * i;
      return Math.max(...v, ...tail) * head! + s + v.indexOf(7) + v.lastIndexOf(2) + [...v].length + v.join().length * 0;
    });`,
    [1.5],
  ),
  odd(
    "single precision rounds as plain",
    `export const program = differentiable((x: number) => {
      const v = new Float32Array(3);
      v[0] = 0.1; v[1] = 16777217; v[2] = 1 / 3;
      return (v[0]! + v[1]! * 1e-7 + v[2]!) * x;
    });`,
    [1],
  ),
  odd(
    "recursion with defaults and rest, mutual recursion, hoisted",
    `export const program = differentiable((x: number, y = x / 2): number => {
      return even(x, 3) + sum(x, y, x * y) + ackermann();
      function ackermann(n: int = 2, v = x * 0.5): number { return n === 0 ? v : ackermann(n - 1, v * v + y); }
      function even(v: number, n: int): number { return n <= 0 ? v : odd(v * x, n - 1); }
      function odd(v: number, n: int): number { return n <= 0 ? -v : even(v + y, n - 1); }
      function sum(...all: number[]): number { const [first, ...rest] = all; return all.length === 0 ? 0 : first! * first! + sum(...rest); }
    });`,
    [1.2],
    [0.8, 0.3],
  ),
  odd(
    "Math by another name, shadowed, taken apart, as a value",
    `const { sin: s } = Math;
    const M = Math;
    export const program = differentiable((x: number) => {
      const { cos, pow } = Math;
      const f = [Math.exp, Math.sqrt, s, cos];
      const inner = (Math: { sin(v: number): number }) => Math.sin(x);
      const { PI } = M;
      return f.reduce((v, g) => g(v), x) * pow(x, 2) + inner({ sin: (v) => v * 7 }) + M.log(x) * PI + (0, Math.abs)(-x) + Math["cbrt"](x);
    });`,
    [0.8],
  ),
  odd(
    "namespace imports, and the mark under another name",
    `import * as c from "cotangent";
    import { differentiable as grad, mul as times } from "cotangent";
    export const program = c.differentiable((x: number) => times(x, inner(x)) as number + c.sin(x) * (c["cos"](x) as number));
    const inner = grad((v: number) => v * v);`,
    [0.8],
  ),
  odd(
    "generics, satisfies, !, as const, enums and namespaces outside",
    `type Pair<T> = readonly [T, T];
    const weights = [2, 3] as const satisfies readonly number[];
    const identity = <T,>(v: T): T => { "use grad"; return v; };
    function pick<K extends string, V extends { [k in K]: number }>(record: V, key: K): number { "use grad"; return record[key]! * record[key]; }
    export const program = differentiable(<T extends Pair<number>>(p: T): number => identity<number>(p[0]) * weights[1]! + pick({ a: p[1] as number }, "a") * (weights satisfies readonly number[])[0] + (<T2,>(v: T2) => v)(p[0]!));`,
    [[1.5, 2.5]],
  ),
  odd(
    "async and classes outside of marks, a mark inside of a method",
    `async function later() { await null; for await (const x of []) void x; return 1; }
    class Model { #w = 3; static k = 2; get w() { return this.#w; } loss = differentiable((x: number) => x * x * 3); *each() { yield this.#w; } scaled(x: number) { return this.loss(x) * this.w; } }
    const model = new Model();
    export const program = differentiable((x: number) => { const f = model.loss; return f(x) * x; });`,
    [1.5],
  ),
  odd(
    "sequence expressions, void, in, typeof of what is not there, new.target left alone",
    `export const program = differentiable((x: number) => {
      let n = 0;
      const y = (n++, n += 2, x * n);
      const z = typeof nothing === "undefined" ? (void x, x + 1) : 0;
      const p: Record<string, number> = { a: x };
      return ("a" in p ? p.a! : 0) * y + z * (!("b" in p) ? 2 : 1) + (n > 2 ? x : 0);
      declare const nothing: unknown;
    });`.replace("\n      declare const nothing: unknown;", ""),
    [1.5],
  ),
  odd(
    "for loops without parts, while with an assignment, do with a continue",
    `export const program = differentiable((x: number) => {
      let i = 0, v = x, w = 0;
      for (;;) { if (++i > 3) break; v *= x; }
      while ((w += x) < 5) v += w;
      do { i--; if (i % 2) continue; v += i * x; } while (i > 0);
      for (var k = 0; k < 2; k++) var last = v * k;
      return v + w * (last! + k);
    });`,
    [1.3],
  ),
  odd(
    "numbers as keys, computed keys, delete-like copies, spread over getters",
    `export const program = differentiable((x: number) => {
      const r: Record<string | number, number> = { 1: x, [1 + 1]: x * x, ["a" + "b"]: 3, "c-d": x };
      const { [2]: two, ab, ...rest } = r;
      const merged = { ...rest, ...{ get e() { return x * 4; } }, 1: 5 * x };
      return two! * ab! + Object.values(merged).reduce((a, b) => a + b) + rest["c-d"]! * r[\`\${1}\`]!;
    });`,
    [1.3],
  ),
  odd(
    "try, catch without a name, finally that overrides, throws of what moves",
    `export const program = differentiable((x: number) => {
      const risky = (v: number) => { if (v > 1) throw { v }; return v; };
      let y = 0;
      try { y += risky(x); } catch { y += 2 * x; } finally { y *= x; }
      try { risky(x * 3); } catch (e) { y += (e as { v: number }).v * x; }
      const f = () => { try { return y * 2; } finally { y += x; } };
      return f() + y;
    });`,
    [0.7],
    [1.7],
  ),
  odd(
    "a helper that writes into what it is given, by a method of a record",
    `export const program = differentiable((x: number) => {
      const tools = { fill(v: number[], by: number) { v[0] = by; v.push(by * by); } };
      const a = [0, 1], b: number[] = [];
      tools.fill(a, x);
      const write = (into: number[]) => { into[0] = x * 3; };
      write(b); [b].forEach((each) => { each.push(x); });
      const view = a; view[1]! *= x;
      return a[0]! * 2 + a[1]! * a[2]! + b[0]! * b[1]!;
    });`,
    [1.3],
  ),
  odd(
    "lists of functions, currying, composition, functions with fields",
    `export const program = differentiable((x: number) => {
      const compose = (...fs: ((v: number) => number)[]) => (v: number) => fs.reduceRight((acc, f) => f(acc), v);
      const add = (a: number) => (b: number) => (c: number) => a * b + c;
      const f = Object.assign((v: number) => v * x, { factor: x * 2 });
      return compose(add(x)(2), f, (v) => v ** 2)(x) + f.factor;
    });`,
    [1.3],
  ),
  odd(
    "unicode names, escapes, comments in odd places, ASI",
    `export const program = differentiable((/* the first */ ξ: number /* end */, \\u0061bc: number // abc
    ) => {
      const π2 = Math.PI /* half */ / 2 // no semicolon
      const ﬁ = ξ
      ;[ξ, abc].forEach((v) => { void v })
      const y = ξ
        * abc /* here */ ** /* there */ 2
        - -ξ
      return y
        + π2 * ﬁ
    })`,
    [1.3, 0.7],
  ),
  odd(
    "int and what it makes plain: variables, fields, lists, asserted",
    `interface Grid { n: int; cells: int[]; size: number }
    export const program = differentiable((x: number) => {
      const grid: Grid = { n: Math.floor(x), cells: [0], size: x };
      grid.n += 1; grid.cells[0] = Math.ceil(x); grid.cells.push(Math.trunc(x) + 1);
      let k: int = 0; k = Math.round(x); k += Math.floor(x);
      const table = [1, 10, 100, 1000, 10000, 7, 8];
      return x * table[grid.n]! + table[grid.cells[0]!]! * x + table[grid.cells[1]!]! + table[k]! * grid.size + table[Math.floor(x) as int]! * x;
    });`,
    [1.3],
  ),
  odd(
    "a marked function that returns structures, taken apart by another",
    `const state = differentiable((x: number) => ({ position: [x, x * x], speed: { value: 2 * x }, name: "s" }));
    const step = differentiable(({ position: [a = 0, b = 0], speed, name }: ReturnType<typeof state>) => ({ position: [a + speed.value, b], speed: { value: speed.value * a }, name: name + "!" }));
    export const program = differentiable((x: number) => { let s = state(x); for (let k = 0; k < 3; k++) s = step(s); return s.position[0]! * s.speed.value + s.name.length * x; });`,
    [0.8],
  ),
  odd(
    "Map, WeakMap of records, Set of what stands still, Object.entries of nested ones",
    `export const program = differentiable((x: number) => {
      const m = new Map<string, { v: number }>([["a", { v: x }], ["b", { v: 2 }]]);
      m.get("b")!.v *= x; m.set("c", { v: m.get("a")!.v ** 2 });
      let s = 0;
      for (const [key, { v }] of m) s += v * key.charCodeAt(0) * 0.01;
      m.forEach(({ v }, key) => { if (key !== "a") s += v; });
      const seen = new Set<string>(); for (const key of m.keys()) seen.add(key);
      return s * seen.size + [...m.values()].map(({ v }) => v).reduce((a, b) => a * b) + Object.entries({ p: { q: x } }).map(([, { q }]) => q)[0]!;
    });`,
    [1.3],
  ),
  odd(
    "bigints, dates and regular expressions beside what moves",
    `export const program = differentiable((x: number) => {
      const big = 2n ** 3n + 1n;
      const words = "a1b22".match(/\\d+/g)!.map(Number);
      const when = new Date(0).getTime() + 5;
      return x * Number(big) + words.reduce((a, b) => a + b * x, 0) + when * x ** 2 + parseInt("12px", 10) + +"3" + (x.toString().length > 0 ? 1 : 0);
    });`,
    [1.3],
  ),
  odd(
    "booleans from numbers, short circuits for effect, nested conditionals",
    `export const program = differentiable((x: number, flag = true) => {
      let y = x, z = 0;
      x > 1 && (y *= 2); x < 1 || (z += y); flag ?? (y = 0);
      const t = x > 2 ? (y > 3 ? y : z) : x > 1 ? y && z : z || y;
      return t * (+(x > 0) + Number(true)) + (x || 5) * (!x ? 1 : 2) + (y ?? 0);
    });`,
    [0.5],
    [1.5],
    [2.5],
  ),
  odd(
    "a marked declaration below its use, asked for its length",
    `import { sin as wave } from "cotangent";
    export const program = differentiable((x: number) => below(x) * below(2) + below.length + (wave(x) as number));
    function below(v: number): number { "use grad"; return v ** 3 / 2; }`,
    [1.3],
  ),
];
