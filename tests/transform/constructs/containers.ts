import { array } from "../../../lib/index.js";
import { type Construct, groupOf } from "./construct.js";

const one = [[1.3], [-0.6]];
const two = [
  [1.3, 0.7],
  [-0.4, 2.1],
];
const list = [[[1.3, 0.7, 2.1]]];

export const lists: readonly Construct[] = groupOf("Lists", [
  ["x[i]", "(x: number[]) => { let s = 0; for (let i = 0; i < x.length; i++) s += x[i] * x[(i + 1) % x.length]; return s; }", list],
  [
    "x[i] = v, x[i] += v",
    "(x: number[]) => { const y = [0, 0, 0]; for (let i = 0; i < 3; i++) { y[i] = x[i] * x[i]; y[i] -= x[0]; y[i]++; } return y[0] * y[1] + y[2]; }",
    list,
  ],
  [
    "lists of lists",
    "(x: number[]) => { const m = [[x[0], 1], [2, x[1]]]; m[1][0] = x[2]; m[0][1] *= x[2]; return m[0][0] * m[1][1] - m[0][1] * m[1][0]; }",
    list,
  ],
  [
    "rows by another name",
    "(x: number) => { const m = [[0, 0], [0, 0]]; for (const row of m) row[1] += x; const first = m[0]; first[0] = x * x; return m[0][0] * m[1][1]; }",
    one,
  ],
  [
    "push, pop, shift, unshift, splice",
    "(x: number) => { const v: number[] = []; v.push(x, x * x); v.unshift(2); v.splice(1, 0, x); return v.pop()! * v.shift()! + v[0]; }",
    one,
  ],
  [
    "map, filter, reduce, forEach",
    "(x: number[]) => { let s = 0; x.map((v, i) => v * i).forEach((v) => { s += v; }); return s * x.filter((v) => v > 1).reduce((a, b) => a + b * b, 0); }",
    list,
  ],
  [
    "find, findIndex, some, every",
    "(x: number[]) => (x.find((v) => v < 1) ?? 0) * x[x.findIndex((v) => v > 2)] * (x.some((v) => v > 3) ? 2 : 1) * (x.every((v) => v) ? 3 : 1)",
    list,
  ],
  [
    "filter by the number itself",
    "(x: number[]) => [x[0], 0 * x[1], x[2]].filter((v) => v).length * x[0] + [0 * x[0], x[1]].findIndex((v) => v) * x[2]",
    list,
  ],
  [
    "sort, toSorted, reverse",
    "(x: number[]) => { const v = [...x].sort((a, b) => b - a); const w = x.slice().reverse(); return v[0] * w[0] - x.toSorted((a, b) => a - b)[0]; }",
    list,
  ],
  [
    "includes, indexOf, join",
    "(x: number[]) => ([0, 2].includes(0 * x[0]) ? x[0] * x[1] : 0) * ([7, x[0] - x[0]].indexOf(0) + 1) * (x.map((v) => v * 0).join('-') === '0-0-0' ? 2 : 1)",
    list,
    { note: "on primals" },
  ],
  [
    "slice, concat, flat, flatMap, at, fill, with",
    "(x: number[]) => { const v = x.slice(1).concat(x, [[x[0]]].flat()).flatMap((a) => [a, 2 * a]); v.fill(x[1] * 2, 0, 1); return v.at(-1)! * v.with(1, x[2])[1] + v[0]; }",
    list,
  ],
  [
    "Array.from, Array.of, new Array",
    "(x: number) => { const v = Array.from({ length: 3 }, (_, i) => x ** i); const w = new Array<number>(2).fill(x); return v[2] * w[1] + Array.of(x, 2)[0]; }",
    one,
  ],
  [
    "Object.entries, keys, values",
    "(x: number) => Object.entries({ a: x, b: 2 * x }).reduce((s, [, v]) => s + v * v, 0) * Object.values({ a: x })[0] * Object.keys({ a: x }).length",
    one,
  ],
  [
    "Map",
    "(x: number) => { const m = new Map<string, number>(); m.set('a', x * x); return m.get('a')! * (m.has('b') ? 1 : x); }",
    one,
    { note: "values may move, keys may not" },
  ],
  ["a list from outside, indexed", "(x: number) => table[2] * x + table.length", one, { before: "const table = [1, 2, 3];" }],
  [
    "JSON, String, toFixed",
    "(x: number) => (JSON.stringify({ x }).length > 3 && String(x).length > 1 && x.toFixed(1).length > 2 ? x * x : 0)",
    one,
    { note: "of primals" },
  ],
]);

export const floats: readonly Construct[] = groupOf("Float arrays", [
  [
    "new Float64Array(n)",
    "(x: number) => { const v = new Float64Array(3); for (let i = 0; i < 3; i++) v[i] = x ** i; v[0] += x; return v[0] * v[1] * v[2]; }",
    one,
    { note: "holds what moves; its length stays" },
  ],
  [
    "from a list",
    "(x: number, y: number) => { const v = new Float64Array([x, y]); const w = Float64Array.from(v, (a) => a * a); return w[0] * v[1] + Float64Array.of(x)[0]; }",
    two,
  ],
  [
    "methods",
    "(x: number, y: number) => { const v = Float64Array.of(x, y, 2); const w = v.map((a) => a * x).slice(0, 2).fill(y, 1); return w.reduce((a, b) => a * b, 1) + v.toSorted()[0] + w.length; }",
    two,
  ],
  [
    "set, fill, reverse, sort",
    "(x: number, y: number) => { const v = new Float64Array(4).fill(x); v.set([y, x * y], 1); v.sort().reverse(); return v[0] * v[3]; }",
    two,
  ],
  [
    "iteration",
    "(x: number) => { const v = Float64Array.of(x, 2 * x); let s = 0; for (const a of v) s += a * a; const [p, q] = v; return s + p * q + Math.max(...v); }",
    one,
  ],
  [
    "outside of its length",
    "(x: number) => { const v = new Float64Array(2); v[5] = x; v[0] = x; return v.length === 2 && v[5] === undefined ? v[0] * x : 0; }",
    one,
    { note: "nothing happens, as in JavaScript" },
  ],
  [
    "a float array as an argument",
    "(v: Float64Array) => { const w = v.map((a) => a * a); let s = 0; for (let i = 0; i < v.length; i++) s += v[i] * w[i]; return s + v.slice(1).fill(v[0], 1).reduce((a, b) => a * b, 1); }",
    [[Float64Array.of(1.3, -0.7, 2.1)]],
    { note: "read-only inside; write into x.slice()" },
  ],
  [
    "a float array from outside",
    "(x: number) => { let s = 0; for (let i = 0; i < weights.length; i++) s += weights[i] * x ** i; return s; }",
    one,
    { before: "const weights = new Float64Array([1, 2, 3]);" },
  ],
]);

const matrix = array([
  [1.3, 0.7],
  [-0.4, 2.1],
]);

export const arrays: readonly Construct[] = groupOf("NdArrays", [
  [
    "x.get(i, j)",
    "(x: NdArray) => { let s = 0; for (let i = 0; i < x.shape[0]; i++) for (let j = 0; j < x.shape[1]; j++) s += x.get(i, j) ** 2 * (i + 2 * j); return s; }",
    [[matrix]],
    { before: 'import { type NdArray } from "cotangent";' },
  ],
  [
    "views",
    "(x: NdArray) => x.pick(0, null).get(1) * x.transpose(1, 0).get(0, 1) + x.hi(1, 1).get(0, 0)",
    [[matrix]],
    { before: 'import { type NdArray } from "cotangent";' },
  ],
  [
    "zeros(…), x.set(i, j, v)",
    "(x: NdArray) => { const y = zeros([2]); for (let i = 0; i < 2; i++) { y.set(i, y.get(i) + x.get(i, 0) * 3); y.set(i, y.get(i) * x.get(0, i)); } return sum(y) * y.get(0); }",
    [[matrix]],
    { before: 'import { type NdArray, sum, zeros } from "cotangent";', note: "zeros, ones, full make arrays that hold what moves" },
  ],
  [
    "functions of arrays",
    "(x: NdArray) => sum(mul(x, x)) * x.get(0, 0) + 1",
    [[matrix]],
    {
      before: 'import { type NdArray, mul, sum } from "cotangent";',
      note: "whole arrays are no numbers to TypeScript: write mul(x, y), not x * y",
    },
  ],
  [
    "ones, full, copy",
    "(x: NdArray) => { const y = full([2], 3); y.set(0, x.get(0, 0)); const z = copy(x); z.set(0, 0, y.get(0) * y.get(1)); return sum(z) * ones([1]).get(0); }",
    [[matrix]],
    { before: 'import { copy, full, type NdArray, ones, sum } from "cotangent";' },
  ],
]);
