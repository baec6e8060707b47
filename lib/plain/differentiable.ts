import { type AnyFunction, type Differentiable, expectFunction, ruleOf } from "../core/index.js";
import { isMarked } from "./marked.js";

/**
 * A number that does not move: an index, a count, a size. To TypeScript it is a number; the transform takes parameters, fields and results of
 * this type for plain numbers.
 */
export type int = number;

/**
 * Marks a function in ordinary TypeScript: the transform rewrites its operators, and it differentiates as if it were written in `add` and
 * `mul`. Plain arguments run the original.
 * @param f a function that is written into this call
 * @returns f itself, to TypeScript also a function of traced numbers
 * @throws {TypeError} where the file was not transformed
 */
export function differentiable<F extends AnyFunction>(f: F): Differentiable<F> {
  expectFunction("differentiable", "f", f, "a function, (x: number) => …");
  if (isMarked(f) || ruleOf(f) !== undefined) return f as Differentiable<F>;
  throw new TypeError(
    `differentiable: ${f.name || "the function"} was not rewritten, so its operators would lose the derivative; ` +
      "build with the plugin from cotangent/unplugin, or run node --import cotangent/register",
  );
}
