import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { suite } from "uvu";
import { array, gradient, type NdArray, pushforward, reshape } from "../../lib/index.js";
import { assertClose } from "../../lib/testing/index.js";
import { evaluate, unmarked } from "../transform/evaluate.js";
import { checkOrders, numbersOf, withNumbers } from "../transform/orders.js";

type Program = (...args: unknown[]) => number;
type Programs = Readonly<Record<string, Program>>;
type Anything = (...args: readonly unknown[]) => unknown;

const gradientOf = (f: Program, args: readonly unknown[]): unknown => (gradient as unknown as Anything)(f, ...args);
const along = (f: Anything, args: readonly unknown[], v: readonly unknown[]): unknown => (pushforward as unknown as Anything)(f, args, v);

/** A vector of numbers, the same in every run. */
const waves = (count: number, phase: number): NdArray =>
  array(Array.from({ length: count }, (_, k) => Math.sin(1.3 * phase + 2.3 * k) / 2)) as NdArray;

/** Arguments of each program of a file. */
const programs: Readonly<Record<string, Readonly<Record<string, readonly unknown[]>>>> = {
  curves: {
    rosenbrock: [[-1.2, 1, 0.7, 0.4]],
    call: [100, 95, 0.03, 0.2, 1.5],
    pendulum: [{ angle: 0.6, speed: -0.2 }, 1.3],
    bounces: [1.37, 0.83],
  },
  statistics: {
    mixture: [{ weights: [0.1, -0.3], means: [[0, 1], [1.5, 0]], logScales: [0.2, -0.4] }], // biome-ignore format: a row each
    logistic: [[0.4, -0.9], 0.2, 0.05],
    kalman: [0.3, 0.4, 0.6],
    sinkhorn: [[[0.1, 0.7, 0.4], [0.9, 0.2, 0.5]], 0.8], // biome-ignore format: a row each
  },
  networks: {
    network: [
      { weights: [[0.1, -0.4, 0.3], [0.7, 0.2, -0.5]], bias: [0.1, -0.2] }, // biome-ignore format: a row each
      { weights: [[0.6, -0.8]], bias: [0.05] },
    ],
    memory: [[0.5, -0.3, 0.8, 0.2].map((w, k) => ({ w, u: 0.3 - 0.2 * k, b: 0.1 * k }))],
    pooled: [array([0.3, -0.4, 0.6, 0.2].map((a) => [a, 2 * a - 0.5, 0.3 * a, a * a]))],
  },
  arrays: {
    convnet: [reshape(waves(18, 1), [2, 1, 3, 3]), waves(2, 2), reshape(waves(24, 3), [8, 3]), 0.1],
    principalComponents: [reshape(waves(32, 4), [8, 4])],
    logLikelihood: [array([0.5, -1, 2]), array([[20, 4, -3], [4, 15, 2.5], [-3, 2.5, 30]])], // biome-ignore format: a row each
    ridge: [0.7],
  },
  geometry: {
    bundleAdjustment: [
      { omega: [0.3, -0.2, 0.5], shift: [0.1, -0.4, 5], focal: 1.8, radial: 0.1 },
      [[1.2, -0.7, 0.6], [0.4, 0.9, -0.3], [-1.1, 0.2, 0.8]], // biome-ignore format: a row each
    ],
    attention: [
      [[0.1, -0.4, 0.3, 0.2], [0.7, 0.2, -0.5, 0.1], [-0.3, 0.6, 0.2, -0.6]], // biome-ignore format: a row each
      [[0.4, 0.5, -0.1, 0.3], [-0.2, 0.1, 0.6, 0.4], [0.2, -0.7, 0.1, 0.5]], // biome-ignore format: a row each
      [[0.3, -0.9], [0.8, 0.1], [-0.4, 0.5]], // biome-ignore format: a row each
      [1, 0.1],
    ],
    bilevel: [0.7, 0.12],
  },
};

const plain = suite("whole programs in plain TypeScript");

/** Those that differentiate inside: without the transform they do not run. */
const differentiating = new Set(["bilevel"]);

for (const [file, each] of Object.entries(programs)) {
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
