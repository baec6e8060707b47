import type { NdArray } from "../../../lib/index.js";
import type { Answer, Run } from "../../../perf/answer.js";
import { f1 } from "../../../perf/by-hand/f1.js";
import { maximum } from "../../../perf/by-hand/maximum.js";
import { poolChamfer } from "../../../perf/by-hand/pool-chamfer.js";
import { poolHausdorff } from "../../../perf/by-hand/pool-hausdorff.js";
import { poolSum } from "../../../perf/by-hand/pool-sum.js";
import { rotaryEmbedding } from "../../../perf/by-hand/rotary-embedding.js";
import type { LabCase } from "../../../perf/lab/measure.js";
import { createRange } from "../../../rules/lab/index.js";

const entries = (x: unknown): Float64Array => (x as NdArray).data as Float64Array;
const widthOf = (x: unknown): number => (x as NdArray).shape[1] as number;

const tens = createRange(100, 10);
const whole = createRange(10, 10);

/** By the beginnings of the cases' names, value and gradient of their functions by a loop written by hand. */
const loops: readonly (readonly [name: string, run: (...args: readonly unknown[]) => Answer])[] = [
  ["sin(x)", (x) => ({ value: Math.sin(x as number), gradient: [Math.cos(x as number)] })],
  ["f1(x, y)", (x, y) => f1(x as number, y as number)],
  ["mymaximum", (x) => maximum(entries(x))],
  ["poolNative", (x) => poolSum(entries(x), widthOf(x), createRange(widthOf(x), 3), createRange(widthOf(x), 2))],
  ["poolSum", (x) => poolSum(entries(x), widthOf(x), createRange(widthOf(x), 3), createRange(widthOf(x), 2))],
  ["hausdorff 10×10", (x) => poolHausdorff(entries(x), 10, whole, whole)],
  ["chamfer 10×10", (x) => poolChamfer(entries(x), 10, whole, whole)],
  ["pool hausdorff", (x) => poolHausdorff(entries(x), 100, tens, tens)],
  ["pool chamfer", (x) => poolChamfer(entries(x), 100, tens, tens)],
  ["RoPE", (x, theta) => rotaryEmbedding(entries(x), entries(theta))],
];

/** The loop by hand of one of the lab's cases. */
export function byHand({ name, args }: LabCase): Run {
  const loop = loops.find(([beginning]) => name.startsWith(beginning))?.[1];
  if (loop === undefined) throw new Error(`no loop by hand for ${name}`);
  return () => loop(...args);
}
