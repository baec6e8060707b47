import { Statements, written } from "../lib/core/definers/symbols.js";
import { ruleOf } from "../lib/core/index.js";
import { type AnyFunction, type NdArray, rrule, unthunk } from "../lib/index.js";
import { isNdArray, packedData, rowMajor } from "../lib/nd/index.js";
import type { Domain, Formula } from "./by-hand/elementwise/index.js";
import { drawn } from "./inputs.js";

/** A formula that nobody wrote by hand, and the arguments of the function behind its operands. */
export interface DerivedFormula extends Formula {
  readonly still: readonly number[];
}

type Kernel = (...xs: number[]) => number;

/** Where operands are drawn from: the first domain that gives no NaN. */
const domains: readonly Domain[] = ["normal", [0.3, 6], [-0.99, 0.99], [0.01, 0.99], [1.1, 9], [-9, -0.1]];

/** The domains of several operands: the same for all, or at last the first one above the others. */
const domainsOf = (count: number): readonly (readonly Domain[])[] => [
  ...domains.map((domain) => new Array<Domain>(count).fill(domain)),
  Array.from({ length: count }, (_, k): Domain => (k === 0 ? [1.1, 9] : [-9, -0.1])),
];

/** How many operands there may be, and how many arguments behind them that stand still. */
const shapes = [
  [3, 0],
  [2, 0],
  [2, 1],
  [1, 0],
  [1, 1],
  [1, 2],
] as const;

const letters = ["a", "b", "c"];

/** Whether f takes these, entry by entry, and neither it nor its slopes leave the real numbers. */
function takes(f: AnyFunction, operands: readonly NdArray[], still: readonly number[]): boolean {
  const isReal = (x: unknown): boolean => isNdArray(x) && packedData(x as NdArray, "float64").every(Number.isFinite);
  try {
    const [y, pullback] = rrule(f, ...operands, ...still) as unknown as [NdArray, (ybar: NdArray) => readonly unknown[]];
    const slopes = pullback(rowMajor(new Float64Array(y.size).fill(1), y.shape))
      .slice(1)
      .map((xbar) => unthunk(xbar));
    return y.size === operands[0]?.size && isReal(y) && slopes.every((x) => !isNdArray(x) || isReal(x));
  } catch {
    return false;
  }
}

/** The first shape of a call, and the first domain, that f takes. */
function callOf(f: AnyFunction): { readonly on: readonly Domain[]; readonly still: readonly number[] } | undefined {
  const most = ruleOf(f)?.primal.length || 3;
  for (const [count, more] of shapes) {
    if (count + more > most) continue;
    const still = Array.from({ length: more }, () => 2);
    for (const on of domainsOf(count)) {
      const operands = on.map((domain, k) => rowMajor(drawn(domain, 64, k + 1), [64]));
      if (takes(f, operands, still)) return { on, still };
    }
  }
  return undefined;
}

/** Value and slopes by one application of the rule to numbers, where there is no text for them. */
function byRule(f: AnyFunction, count: number, still: readonly number[]): Pick<Formula, "value" | "slopes" | "kernels"> {
  const names = letters.slice(0, count);
  const slope = (k: number, ...xs: number[]): number => {
    const [, pullback] = rrule(f, ...xs, ...still) as unknown as [unknown, (ybar: number) => readonly unknown[]];
    const xbar = unthunk(pullback(1)[k + 1]);
    return typeof xbar === "number" ? xbar : 0;
  };
  return {
    value: `value(${names.join(", ")})`,
    slopes: names.map((_, k) => `slope(${[k, ...names].join(", ")})`),
    kernels: { value: (...xs) => f(...xs, ...still) as number, slope: slope as Kernel },
  };
}

/**
 * The loop that the partials of an elementwise function make, value and gradient in one pass: what a function is measured against for which no
 * formula was written by hand. It cannot tell that a formula does needless work, as one by hand can; it tells what the engines and the loops of
 * their own cost beside it.
 * @returns undefined where f takes neither operands alone nor whole numbers behind them
 */
export function derivedFormula(f: AnyFunction): DerivedFormula | undefined {
  const call = callOf(f);
  const rule = ruleOf(f);
  if (call === undefined || rule === undefined) return undefined;
  const { on, still } = call;
  const count = on.length;
  const { elementwise } = rule;
  const partials = elementwise?.partials as ((...xs: unknown[]) => unknown) | undefined;
  const expressions =
    partials === undefined || elementwise?.operands !== undefined
      ? undefined
      : written(([y, ...xs]) => partials(y, ...xs, ...still), count + 1);
  if (expressions?.length !== count) return { ...call, ...byRule(f, count, still) };
  const statements = new Statements((variable) => (variable === 0 ? "y0" : (letters[variable - 1] as string)));
  const slopes = expressions.map((expression) => statements.add(expression));
  return {
    ...call,
    first: `const y0 = value(${[...letters.slice(0, count), ...still].join(", ")}); ${statements.text}`,
    value: "y0",
    slopes,
    kernels: { ...statements.known, value: elementwise?.f as Kernel },
  };
}
