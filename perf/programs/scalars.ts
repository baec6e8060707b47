import { add, f1, mul, type NdArray, neg, type Operand, sub, sum, withGradient } from "../../lib/index.js";
import { rowMajor } from "../../lib/nd/index.js";
import { chain as chainByHand } from "../by-hand/chain.js";
import { f1 as f1ByHand } from "../by-hand/f1.js";
import { normal } from "../inputs.js";
import { chain } from "../naive.js";
import type { Program } from "../program.js";

/** What one operation on numbers and one call of `gradient` take. */
export function numberPrograms(operations: number): Program[] {
  const point = { x: 2, y: 4 };
  return [
    {
      name: `mul, add, div, sub of numbers: one of ${operations}`,
      variants: {
        hand: () => chainByHand(1.25, 0.5, operations / 4),
        rule: () => withGradient((x, start) => chain(x, start, operations / 4), 1.25, 0.5),
      },
      figure: "time",
      count: operations,
      limit: 28e-9,
    },
    {
      name: "x² + 3y: a call",
      variants: { hand: () => f1ByHand(point.x, point.y), rule: () => withGradient(f1, point.x, point.y) },
      figure: "time",
      limit: 0.5e-6,
    },
  ];
}

/** What one operation on 8 numbers adds to value and gradient: a program of nine against one of one. */
export function smallArrayPrograms(): Program[] {
  const x = rowMajor(normal(8, 1), [8]);
  const ones = rowMajor(new Float64Array(8).fill(1), [8]);
  const zeros = rowMajor(new Float64Array(8), [8]);
  // All of them leave x as it is, so that both programs give the same answer.
  const steps: Readonly<Record<string, readonly ((x: Operand) => Operand)[]>> = {
    "mul(x, w)": Array.from({ length: 8 }, () => (y) => mul(y, ones)),
    "add(x, b)": Array.from({ length: 8 }, () => (y) => add(y, zeros)),
    "mul(x, 1)": Array.from({ length: 8 }, () => (y) => mul(y, 1)),
    "add, mul, neg, sub in turn": [
      (y) => add(y, zeros),
      (y) => mul(y, ones),
      neg,
      (y) => sub(y, zeros),
      (y) => add(y, 0),
      neg,
      (y) => mul(ones, y),
      (y) => sub(y, 0),
    ] as ((x: Operand) => Operand)[],
  };
  return Object.entries(steps).map(([name, list]) => ({
    name: `one operation on 8 numbers inside gradient: ${name}`,
    variants: {
      hand: () => withGradient((a) => sum(mul(a, ones)), x),
      rule: () => withGradient((a) => sum(list.reduce<Operand>((y, f) => f(y), mul(a, ones)) as NdArray), x),
    },
    figure: "difference",
    count: list.length,
    limit: 0.9e-6,
    binds: true,
  }));
}
