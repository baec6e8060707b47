import { type AnyFunction, type EntryFunction, type Rule, ruleOf } from "../../lib/core/index.js";
import * as rules from "../../rules/index.js";
import * as special from "../../rules/special/index.js";

/** An elementwise function with a count of operands, and options behind them. */
export interface Case {
  readonly name: string;
  readonly f: AnyFunction;
  readonly rule: Rule;
  readonly count: number;
  /** The options, or nothing. */
  readonly rest: readonly unknown[];
}

/** Options besides none, by function. */
export const options: Readonly<Record<string, readonly object[]>> = {
  leakyRelu: [{ slope: 0.2 }, { slope: undefined }],
  elu: [{ alpha: 1.7 }, { alpha: -0.5 }],
  gelu: [{ approximate: "tanh" }],
};

/** What an elementwise function is on numbers. */
export const entriesOf = (rule: Rule): EntryFunction => rule.elementwise as EntryFunction;

/** The counts of operands for which a function has as many partials. */
function countsOf(rule: Rule): number[] {
  return [1, 2, 3].filter((count) => {
    try {
      const ones = new Array<number>(count).fill(1);
      return (entriesOf(rule).partials as AnyFunction)(1, ...ones).length === count;
    } catch {
      return false;
    }
  });
}

/** All elementwise functions that rules/ exports, as their rules say it. */
export const cases: readonly Case[] = Object.entries({ ...rules, ...special }).flatMap(([name, f]): Case[] => {
  const rule = typeof f === "function" ? ruleOf(f as AnyFunction) : undefined;
  if (rule?.elementwise === undefined) return [];
  return countsOf(rule).flatMap((count) =>
    [undefined, ...(options[name] ?? [])].map((option) => ({
      name: `${name} of ${count}${option === undefined ? "" : ` ${JSON.stringify(option)}`}`,
      f: f as AnyFunction,
      rule,
      count,
      rest: option === undefined ? [] : [option],
    })),
  );
});
