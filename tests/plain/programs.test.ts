import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { suite } from "uvu";
import { array } from "../../lib/index.js";
import { evaluate, unmarked } from "../transform/evaluate.js";
import { checkOrders } from "../transform/orders.js";

type Programs = Readonly<Record<string, (...args: unknown[]) => number>>;

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
};

const plain = suite("whole programs in plain TypeScript");

for (const [file, each] of Object.entries(programs)) {
  const code = readFileSync(resolve(import.meta.dirname, `programs/${file}.ts`), "utf8");
  for (const [name, args] of Object.entries(each)) {
    plain(`${file}: ${name}`, () => {
      const rewritten = evaluate<Programs>(code)[name] as (...args: unknown[]) => number;
      checkOrders(rewritten, unmarked<Programs>(code)[name] as (...args: unknown[]) => number, args);
    });
  }
}

plain.run();
