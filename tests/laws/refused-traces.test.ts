import { test } from "uvu";
import * as assert from "uvu/assert";
import { type AnyFunction, isRecord, ruleOf } from "../../lib/core/index.js";
import { gradient, pushforward } from "../../lib/index.js";
import { isNdArray } from "../../lib/nd/index.js";
import * as rules from "../../rules/index.js";
import * as special from "../../rules/special/index.js";
import { allExamples } from "../support/all-examples.js";

const functions: Readonly<Record<string, unknown>> = { ...rules, ...special };

/** The argument with one of its numbers replaced, and that number; undefined where there is none. */
function withNumber(arg: unknown): readonly [number, (t: unknown) => unknown] | undefined {
  if (typeof arg === "number") return [arg, (t) => t];
  if (Array.isArray(arg)) {
    const k = arg.findIndex((part) => withNumber(part) !== undefined);
    if (k < 0) return undefined;
    const [n, put] = withNumber(arg[k]) as readonly [number, (t: unknown) => unknown];
    return [n, (t) => arg.map((part: unknown, j) => (j === k ? put(t) : part))];
  }
  if (!isRecord(arg) || isNdArray(arg)) return undefined;
  const name = Object.keys(arg).find((key) => withNumber(arg[key]) !== undefined);
  if (name === undefined) return undefined;
  const [n, put] = withNumber(arg[name]) as readonly [number, (t: unknown) => unknown];
  return [n, (t) => ({ ...arg, [name]: put(t) })];
}

let refused = 0;
for (const [name, list] of await allExamples()) {
  const f = functions[name] as AnyFunction;
  const rule = ruleOf(f);
  list.forEach(({ args }, k) => {
    args.forEach((arg, position) => {
      const found = withNumber(arg);
      if (found === undefined || rule?.standing?.(position, args) !== true || rule.byPrimal?.includes(position)) return;
      const [n, put] = found;
      const call = (t: unknown): unknown => f(...args.map((other, j) => (j === position ? put(t) : other)));
      refused++;
      test(`${name}, example ${k + 1}: a traced number in argument ${position + 1} is refused, with the cure`, () => {
        for (const run of [() => gradient(call as never, n), () => pushforward(call as never, [n], [1])])
          assert.throws(run, (error: Error) => error instanceof TypeError && /primal\(/.test(error.message));
      });
    });
  });
}

test("that were more than 150 calls", () => assert.ok(refused > 150, String(refused)));

test.run();
