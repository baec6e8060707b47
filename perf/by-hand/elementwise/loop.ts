import type { Answer } from "../../answer.js";
import type { Formula } from "./formula.js";

/** The sum of a function over all entries with its gradient; arrays first, then numbers. */
export type Loop = (...args: readonly unknown[]) => Answer;

const entries = ["a", "b", "c"];
const statics = ["p", "q"];

/**
 * The loop that one would write by hand for Σ f: value and gradient in one pass, with fresh gradients. Each formula gets a text of its own, so
 * that no two functions share what the compiler learns about one of them.
 */
export function loopOf(name: string, { on, first = "", value, slopes, statics: numbers = [], kernels = {} }: Formula): Loop {
  const moving = slopes.flatMap((slope, k) => (slope === undefined ? [] : [k]));
  const parameters = [...on.map((_, k) => `x${k}`), ...statics.slice(0, numbers.length)];
  const text = `"use strict";
return function sum_${name.replace(/\W/g, "_")}(${parameters.join(", ")}) {
  const n = x0.length;
  ${moving.map((k) => `const bar${k} = new Float64Array(n);`).join(" ")}
  let total = 0;
  for (let i = 0; i < n; i++) {
    const ${on.map((_, k) => `${entries[k]} = x${k}[i]`).join(", ")};
    ${first}
    const y = ${value};
    total += y;
    ${moving.map((k) => (slopes[k] === "0" ? "" : `bar${k}[i] = ${slopes[k]};`)).join(" ")}
  }
  return { value: total, gradient: [${moving.map((k) => `bar${k}`).join(", ")}] };
}`;
  return new Function(...Object.keys(kernels), text)(...Object.values(kernels)) as Loop;
}
