import { readFileSync } from "node:fs";
import { withGradient } from "../../lib/index.js";
import { argumentsOf } from "../../tests/plain/arguments.js";
import { evaluate, unmarked } from "../../tests/transform/evaluate.js";
import type { Answer } from "../answer.js";
import type { Program } from "../program.js";

type Form = (...args: readonly unknown[]) => unknown;
type Forms = Readonly<Record<string, Form>>;

const differentiated = withGradient as unknown as (f: Form, ...args: readonly unknown[]) => Answer;

/** The functions of a file of tests/plain; both forms come to be in the same way, so that only what they say tells them apart. */
const formsOf = (folder: string, file: string, raw: boolean): Forms =>
  evaluate<Forms>(readFileSync(`tests/plain/${folder}/${file}.ts`, "utf8"), { raw });

/** They write into float arrays of a few entries, of which `add` and `mul` know nothing: by hand they are lists, which cost less to make. */
const withFloatArrays = new Set(["attention", "sinkhorn"]);

/** Whole programs in plain TypeScript, rewritten, against the same in `add` and `mul`. */
export function plainPrograms(): Program[] {
  return Object.entries(argumentsOf).flatMap(([file, programs]) => {
    const [plain, functions] = [formsOf("programs", file, false), formsOf("functions", file, true)];
    return Object.entries(programs).map(([name, args]) => ({
      name: `${file}: ${name}`,
      variants: {
        hand: () => differentiated(functions[name] as Form, ...args),
        rule: () => differentiated(plain[name] as Form, ...args),
      },
      limit: withFloatArrays.has(name) ? 1.6 : 1.1,
    }));
  });
}

const calls = 1000;

/** A marked function, and what it is called with in a loop: parameters of all kinds, and a name from around that may move. */
const called: Readonly<Record<string, readonly [code: string, call: string]>> = {
  "(x: number, y: number)": ["const f = differentiable((x: number, y: number): number => x * y + 1);", "f(k, 2)"],
  "a declaration": ["function f(x: number): number { 'use grad'; return x * x; }", "f(k)"],
  "(x: number, n: int)": ["const f = differentiable((x: number, n: int): number => (n > 0 ? x * n : 0));", "f(k, 2)"],
  "(x: number), let around it": [
    "let scale = 3; export const set = (to: number): void => { scale = to; }; const f = differentiable((x: number): number => x * scale);",
    "f(k)",
  ],
  "(x: number[]) of 3": [
    "const list = [1, 2, 3]; const f = differentiable((x: number[]): number => (x[0] as number) * (x[2] as number));",
    "f(list)",
  ],
  "(x: { a: number; b: number })": [
    "const record = { a: 1, b: 2 }; const f = differentiable((x: { a: number; b: number }): number => x.a * x.b);",
    "f(record)",
  ],
  "({ a, b }: { a: number; b: number })": [
    "const record = { a: 1, b: 2 }; const f = differentiable(({ a, b }: { a: number; b: number }): number => a * b);",
    "f(record)",
  ],
  "(x: number[][]) 2 by 2": [
    "const list = [[1, 2], [3, 4]]; const f = differentiable((x: number[][]): number => (x[0] as number[])[1] as number);",
    "f(list)",
  ],
  "(x: NdArray)": ["const list = array([1, 2]); const f = differentiable((x: NdArray): number => x.get(0) * x.get(1));", "f(list)"],
};

/** What a call of a marked function on plain arguments takes beyond the same call of the raw function. */
export function plainCallPrograms(): Program[] {
  return Object.entries(called).map(([name, [code, call]]) => {
    const text = `import { array, differentiable, type int, type NdArray } from "cotangent";
${code}
export function run(): number { let total = 0; for (let k = 0; k < ${calls}; k++) total += ${call}; return total; }`;
    const [raw, marked] = [unmarked<Forms>(text), evaluate<Forms>(text)].map(({ run }) => run as () => number) as [
      () => number,
      () => number,
    ];
    return {
      name: `a call beyond the raw one: ${name}`,
      variants: { hand: () => ({ value: raw(), gradient: [] }), rule: () => ({ value: marked(), gradient: [] }) },
      figure: "difference",
      count: calls,
      // In lists of lists each entry is looked at.
      limit: name.includes("[][]") ? 15e-9 : 5e-9,
      valueOnly: true,
    };
  });
}
