import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { suite } from "uvu";
import { gradient, pushforward } from "../../lib/index.js";
import { assertClose } from "../../lib/testing/index.js";
import { evaluate, unmarked } from "../transform/evaluate.js";
import { checkOrders, numbersOf, withNumbers } from "../transform/orders.js";
import { argumentsOf } from "./arguments.js";

type Program = (...args: unknown[]) => number;
type Programs = Readonly<Record<string, Program>>;
type Anything = (...args: readonly unknown[]) => unknown;

const gradientOf = (f: Program, args: readonly unknown[]): unknown => (gradient as unknown as Anything)(f, ...args);
const along = (f: Anything, args: readonly unknown[], v: readonly unknown[]): unknown => (pushforward as unknown as Anything)(f, args, v);

const plain = suite("whole programs in plain TypeScript");

/** Those that differentiate inside: without the transform they do not run. */
const differentiating = new Set(["bilevel"]);

for (const [file, each] of Object.entries(argumentsOf)) {
  const code = readFileSync(resolve(import.meta.dirname, `programs/${file}.ts`), "utf8");
  const byHand = (await import(`./functions/${file}.js`)) as Programs;
  for (const [name, args] of Object.entries(each)) {
    const rewritten = evaluate<Programs>(code)[name] as Program;
    const written = byHand[name] as Program;

    plain(`${file}: ${name} by finite differences, in both modes, to second order`, () => {
      const original = differentiating.has(name) ? written : (unmarked<Programs>(code)[name] as Program);
      checkOrders(rewritten, original, args);
    });

    plain(`${file}: ${name} is what it is in add and mul: value, both modes, second order`, () => {
      const v = withNumbers(
        args,
        numbersOf(args).map((_, k) => Math.sin(1 + 2.3 * k)),
      ) as readonly unknown[];
      const tight = { rtol: 1e-12, atol: 1e-13 };
      assertClose(rewritten(...args), written(...args), tight);
      assertClose(gradientOf(rewritten, args), gradientOf(written, args), tight);
      assertClose(along(rewritten, args, v), along(written, args, v), tight);
      assertClose(
        along((...xs) => gradientOf(rewritten, xs), args, v),
        along((...xs) => gradientOf(written, xs), args, v),
        { rtol: 1e-10, atol: 1e-12 },
      );
    });
  }
}

plain.run();
