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
  odd(
    "a name from around it that an inner block has, too",
    `let scale = 2;
    const inner = differentiable((v: number) => { const t = scale * v; { const scale = 3; return t * scale; } });
    const again = differentiable((v: number, f = (scale: number) => scale * 2) => f(v) * scale);
    export const program = differentiable((x: number) => {
      scale = x;
      return inner(2) + again(3);
    });`,
    [1.3],
  ),
  odd(
    "marks inside of async functions, generators and classes, over what is around them",
    `let factor = 1; const held = 3;
    function* losses() { for (const k of [1, 2]) yield differentiable((x: number) => x ** k * factor); }
    class Holder { static f = differentiable((x: number) => x * 3); readonly g; constructor(n: number) { this.g = differentiable((x: number) => x * n); } }
    async function train() { const loss = differentiable((x: number) => x * held); await null; return loss(2); }
    void train();
    export const program = differentiable((x: number) => {
      factor = x;
      const both = [...losses()].map((f) => f(x) as number);
      const { g } = new Holder(4);
      return both[0]! * both[1]! + Holder.f(x) * g(x);
    });`,
    [1.3],
  ),
  odd(
    "call, apply and bind",
    `const area = differentiable((a: number, b: number) => a * b);
    function twice(v: number) { "use grad"; return 2 * v; }
    export const program = differentiable((x: number) => {
      const by = area.bind(null, x);
      const local = (a: number, b: number) => a - b * x;
      return area.call(undefined, x, 3) + area.apply(null, [x, x]) + by(2) + twice.call(null, x) + local.apply(undefined, [1, x]) + [1, 2].map(twice.bind(null)).length * x;
    });`,
    [1.3],
  ),
  odd(
    "loops over what is assigned to: members, patterns, several names",
    `export const program = differentiable((x: number) => {
      const m = { v: 0, list: [0, 0] };
      let s = 0, key = "", a = 0, b = 0;
      for (m.v of [x, 2 * x]) s += m.v * m.v;
      for (m.list[1] of [x, 3]) s += m.list[1]! * x;
      for ([a, b = x] of [[x, 2], [3]]) s += a * b!;
      for ({ v: a, w: [b] = [x] } of [{ v: x, w: [2] }, { v: 1 }] as { v: number; w?: number[] }[]) s += a * b!;
      for (key in { p: x, q: 1 }) s += key.length * x;
      for (var i = 0, j = 10; i < j; i += 3, j--) s += i * x - j;
      return s;
    });`,
    [1.3],
  ),
  odd(
    "arrays written from behind: length, fill of parts, holes, in and out of order",
    `export const program = differentiable((x: number) => {
      const v = new Array<number>(3);
      v[2] = x; v[0] = v[2]! * 2;
      const w = [x, , 3] as (number | undefined)[];
      w.length = 2; w.push(x * x); w[w.length] = 5;
      const u = Array.from({ length: 3 }, () => 0).fill(x, 1);
      u.unshift(...w.slice(-2) as number[]);
      const [a = x, b = 2 * x, ...others] = w;
      return (v[1] ?? x) * v[0]! + u.reduce((p, q) => p + q * q, 0) + (1 in w ? 1 : 2) * a! + b! + others.length * others[0]!;
    });`,
    [1.3],
  ),
  odd(
    "sorting, grouping and searching records by numbers that move",
    `interface Item { weight: number; name: string }
    export const program = differentiable((x: number) => {
      const items: Item[] = [{ weight: x, name: "a" }, { weight: 1, name: "b" }, { weight: x * x, name: "c" }];
      const sorted = items.toSorted((p, q) => q.weight - p.weight || p.name.localeCompare(q.name));
      const groups: Record<string, Item[]> = {};
      for (const item of sorted) (groups[item.weight > 1.2 ? "heavy" : "light"] ??= []).push(item);
      const best = sorted.find(({ weight }) => weight < 1.5)!;
      const index = items.findLastIndex(({ weight }) => weight > 0.9);
      return (groups["heavy"]?.reduce((s, { weight }) => s + weight ** 2, 0) ?? x) + (groups["light"] ?? []).length * x + best.weight * items[index]!.weight;
    });`,
    [1.3],
    [0.8],
  ),
  odd(
    "increments of members as values, and of what moves beside what does not",
    `export const program = differentiable((x: number) => {
      const p = { n: 0, v: x, get w() { return this_; } };
      const this_ = [x];
      let i = 0;
      const a = p.v++ * ++p.v, b = p.n++ + p.n, c = this_[i++]! * i, d = p.w[0]++;
      p.w[0] -= -(--p.v);
      return a * b + c - d + +p.w[0]! + -(-x);
    });`.replace(", get w() { return this_; } };\n      const this_ = [x];", ", w: [x] };\n      const this_ = p.w;"),
    [1.3],
  ),
  odd(
    "objects that are functions that are numbers: valueOf, toString, instanceof, symbols",
    `export const program = differentiable((x: number) => {
      const key = Symbol("k");
      const r = { [key]: x, toString: () => "r", [Symbol.iterator]: () => [x, 2 * x][Symbol.iterator]() };
      const [a, b] = r as unknown as Iterable<number>;
      const list = [...(r as unknown as Iterable<number>)];
      return r[key] * a! + b! * list.length + (\`\${r}\` === "r" ? x : 0) + (list instanceof Array ? x * 2 : 0) + (r instanceof Object ? 1 : x);
    });`,
    [1.3],
  ),
  odd(
    "the same list under many names, written to under each",
    `export const program = differentiable((x: number) => {
      const fresh = () => [[0, 1], [2, 3]];
      const a = fresh(), b = fresh(), c = fresh(), d = fresh(), e = fresh(), f = fresh(), g = fresh(), h = fresh();
      const get = () => a; get()[0]![1] = x;
      const picked = (() => b)(); picked[1]!.push(x);
      const held = new Map([["c", c]]); held.get("c")![0]![0] = x * 2;
      const write = (row: number[]) => { row[0]! += x; }; d.forEach(write);
      const deep = { list: { e } }; deep.list.e[1]![1] = x * x;
      const tools = { put(into: number[][], v: number) { into[0] = [v, v]; } }; tools.put(f, x);
      let other = x > 100 ? a : g; other = other ?? a; (x > 0 ? other : a)[0]![0] = 3 * x;
      function swap(of: number[][]) { [of[0], of[1]] = [of[1]!, [x, x]]; return of; } swap(h)[0]!.unshift(x);
      const total = (m: number[][]) => m.flat().reduce((p, q) => p + q * q, 0);
      const both = (m: number[][]) => m[0]![0]! * 2 + m[0]![1]! * 3 + m[1]![0]! * 5 + m[1]![1]! * 7;
      return [a, b, c, d, e, f, g, h].map(total).reduce((p, q) => p + q) + both(a) * both(b) + both(c) * both(d) + both(e) + both(f) * both(g) + both(h)
        + a[0]![1]! * 2 + b[1]![2]! * 3 + c[0]![0]! * 5 + d[1]![0]! * 7 + e[1]![1]! * 2 + f[0]![0]! * 3 + g[0]![0]! * 5 + h[0]![0]! * 7;
    });`,
    [1.3],
  ),
  odd(
    "what functions say of themselves: name and length",
    `const simple = differentiable((a: number, b: number) => a * b);
    const defaults = differentiable(({ a }: { a: number }, b = 2, ...rest: number[]) => a * b + rest.length);
    function declared([a]: number[], b: number) { "use grad"; return a! * b; }
    export const program = differentiable((x: number) => simple(x, simple.length) + defaults({ a: x }, x) * (defaults.length + 1) + declared([x], declared.length) * declared.name.length);`,
    [1.3],
  ),
  odd(
    "records that grow, their keys computed",
    `export const program = differentiable((x: number) => {
      const groups = {} as Record<string, number[]>;
      for (const k of [1, 2, 3]) { groups[k % 2 ? "odd" : "even"] ??= []; groups[k % 2 ? "odd" : "even"]!.push(k * x); }
      const counts: Record<string, number> = {};
      for (const key of ["a", "b", "a"]) counts[key] = (counts[key] ?? 0) + x;
      const sparse: number[][] = []; (sparse[2] ||= []).push(x); (sparse[2] &&= [...sparse[2]!, 2 * x]).unshift(1);
      const nested = {} as { [k: string]: { [k: string]: number } };
      ((nested["p"] ??= {})["q"] ??= 0); nested["p"]!["q"]! += x ** 2;
      return groups["odd"]![0]! * groups["odd"]![1]! + groups["even"]![0]! * 2 + counts["a"]! * counts["b"]! + sparse[2]![1]! * sparse[2]![2]! + nested["p"]!["q"]! * 3;
    });`,
    [1.3],
  ),
];
