import { gradient, pushforward } from "../../lib/index.js";
import { seededRandom } from "../../lib/testing/index.js";
import { evaluate, unmarked } from "./evaluate.js";
import { numbersOf, withNumbers } from "./orders.js";
import { randomContainers } from "./random-containers.js";
import { randomProgram } from "./random-program.js";

type F = (...args: unknown[]) => number;

/** What came of one program. */
export interface Trial {
  readonly code: string;
  /** Undefined where all agrees. */
  readonly fault: string | undefined;
  /** Whether finite differences could tell. */
  readonly smooth: boolean;
}

const apart = (a: number, b: number, tolerance: number): boolean => !(Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b)));

/** Makes a program of a seed (an even one is of containers under many names), and holds its value, its gradient in both modes and finite differences against each other. */
export function trial(seed: number): Trial {
  const random = seededRandom(seed);
  // Of the others each second one takes a float array in the place of a list.
  const ofFloats = seed % 4 === 1;
  const made = seed % 2 === 0 ? randomContainers(random) : randomProgram(random);
  const text = ofFloats ? made.replace("xs: number[]", "xs: Float64Array") : made;
  const code = `import { differentiable } from "cotangent";\nexport const f = differentiable(${text});\n`;
  const failed = (fault: string): Trial => ({ code, fault, smooth: true });
  try {
    const { f } = evaluate<{ f: F }>(code);
    const { f: original } = unmarked<{ f: F }>(code);
    const numbers = Array.from({ length: 5 }, () => random() * 2 - 1);
    const xs = numbers.slice(2);
    const args = [numbers[0], numbers[1], ofFloats ? Float64Array.from(xs) : xs];
    const x = numbersOf(args);
    const v = x.map(() => random() * 2 - 1);
    const at = (h: number): unknown[] =>
      withNumbers(
        args,
        x.map((each, k) => each + h * (v[k] as number)),
      ) as unknown[];
    const value = original(...at(0));
    if (!Object.is(f(...at(0)), value)) return failed(`plain: ${f(...at(0))} against ${value}`);
    if (!Number.isFinite(value)) return { code, fault: undefined, smooth: false };
    const slopes = numbersOf(gradient(f as never, ...(at(0) as [])));
    const reverse = slopes.reduce((sum, each, k) => sum + each * (v[k] as number), 0);
    const direction = withNumbers(args, [...v]);
    const [y, forward] = pushforward(f as never, at(0) as never, direction as never) as unknown as [number, number];
    if (apart(y, value, 1e-14)) return failed(`forward value ${y} against ${value}`);
    if (apart(forward, reverse, 1e-9)) return failed(`forward ${forward} against reverse ${reverse}`);
    const difference = (h: number): number => (original(...at(h)) - original(...at(-h))) / (2 * h);
    const [coarse, fine] = [difference(1e-4), difference(2e-5)];
    const smooth = !apart(coarse, fine, 1e-4);
    if (smooth && apart(fine, reverse, 1e-3)) return failed(`reverse ${reverse} against differences ${fine}`);
    return { code, fault: undefined, smooth };
  } catch (error) {
    return failed(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}
