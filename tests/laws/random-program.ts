import fc from "fast-check";
import * as library from "../../lib/index.js";
import { type AnyArray, type NdArray, primal, type Scalar } from "../../lib/index.js";
import { nested, products, shaping, statements } from "./program-statements.js";
import { type ArrayVariable, type Choice, elementwise, reductions, type Step, type Variable } from "./program-steps.js";

/** How often steps of a kind are drawn. */
const kinds: readonly (readonly [weight: number, steps: readonly Step[]])[] = [
  [6, elementwise],
  [3, reductions],
  [3, shaping],
  [2, products],
  [4, statements],
  [1, nested],
];
const drawn: readonly (readonly Step[])[] = kinds.flatMap(([weight, steps]) => Array.from({ length: weight }, () => steps));

const inputs: readonly Variable[] = [{ name: "x", shape: [2, 3] }, { name: "y", shape: [3] }, { name: "s" }];

/** What a program uses of the library, by name. */
const names = Object.keys(library).filter((name) => typeof (library as Record<string, unknown>)[name] === "function");

/** A function of a matrix, a vector and a number, made at random. It prints as the code that it runs. */
export class Program {
  readonly source: string;
  readonly f: (x: AnyArray, y: AnyArray, s: Scalar) => Scalar;
  /** How far the numbers that decided branches were from deciding otherwise, in the runs since this was last set. */
  margin: number = Number.POSITIVE_INFINITY;

  constructor(source: string) {
    this.source = source;
    const exceeds = (value: Scalar, bound: number): boolean => {
      this.margin = Math.min(this.margin, Math.abs(primal(value) - bound));
      return primal(value) > bound;
    };
    const used = names.filter((name) => new RegExp(`\\b${name}\\b`).test(source));
    const make = new Function(
      "library",
      "exceeds",
      `"use strict"; const { ${used.join(", ")} } = library; return (x, y, s) => {\n${source}\n};`,
    );
    this.f = make(library, exceeds) as Program["f"];
    const print = (): string => `\n(x, y, s) => {\n${source.replace(/^/gm, "  ")}\n}\n`;
    Object.defineProperty(this, fc.toStringMethod, { value: print });
  }
}

/** The code of a program, from numbers that choose: the first of each list the kind of step, the others what it is applied to. */
function sourceOf(choices: readonly (readonly number[])[]): string {
  const values: Variable[] = [...inputs];
  const code: string[] = [];
  for (const numbers of choices) {
    let n = 0;
    const below = (count: number): number => (numbers[n++ % numbers.length] as number) % count;
    const recent = <T>(list: readonly T[]): T => list[list.length - 1 - below(Math.min(list.length, 4))] as T;
    const choice: Choice = {
      below,
      value: () => recent(values),
      number: () => recent(values.filter(({ shape }) => shape === undefined)).name,
      array: (fits = () => true) => {
        const list = values.filter((v): v is ArrayVariable => v.shape !== undefined && fits(v.shape));
        return list.length === 0 ? undefined : recent(list);
      },
    };
    const steps = drawn[below(drawn.length)] as readonly Step[];
    const made = (steps[below(steps.length)] as Step)(choice);
    if (made === undefined) continue;
    const name = String.fromCharCode("a".charCodeAt(0) + (code.length % 18)) + (values.length - inputs.length);
    code.push(...(typeof made.text === "string" ? [`const ${name} = ${made.text};`] : made.text(name)));
    values.push(made.shape === undefined ? { name } : { name, shape: made.shape });
  }
  const result = values.slice(-3).map(({ name, shape }) => (shape === undefined ? `sin(${name})` : `mean(sin(${name}))`));
  return [...code, `return ${result.reduce((total, term) => `add(${total}, ${term})`)};`].join("\n");
}

/** Programs of up to ten steps. */
export const randomPrograms: fc.Arbitrary<Program> = fc
  .array(fc.array(fc.nat(9999), { minLength: 8, maxLength: 8 }), { minLength: 1, maxLength: 10 })
  .map((choices) => new Program(sourceOf(choices)));

const hundredths = fc.integer({ min: -150, max: 150 }).map((n) => n / 100);
const arrays = (shape: readonly number[]): fc.Arbitrary<NdArray> => {
  const size = shape.reduce((a, b) => a * b, 1);
  return fc
    .array(hundredths, { minLength: size, maxLength: size })
    .map((entries) => library.reshape(library.array(entries), shape))
    .map((array) => Object.assign(array, { [fc.toStringMethod]: () => `array(${JSON.stringify(library.toNested(array))})` }));
};

/** Where a program is run, or a direction there. */
export type Point = readonly [x: NdArray, y: NdArray, s: number];

export const points: fc.Arbitrary<Point> = fc.tuple(arrays([2, 3]), arrays([3]), hundredths);
