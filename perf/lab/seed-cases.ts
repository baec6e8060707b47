import {
  array,
  chamferDistance,
  createRange,
  f1,
  hausdorffDistance,
  mymaximum,
  type NdArray,
  pool,
  poolNative,
  poolSum,
  rotaryEmbedding,
  sin,
  traced,
} from "../../lib/index.js";
import { rowMajor } from "../../lib/nd/index.js";
import { seededRandom } from "../../lib/testing/index.js";
import type { LabCase } from "./measure.js";

/** Normally distributed entries, as the seed's randn. Source: Box and Muller (1958). */
function randn(random: () => number, rows: number, cols: number): NdArray {
  const data = new Float64Array(rows * cols);
  for (let k = 0; k < data.length; k++) data[k] = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return rowMajor(data, [rows, cols]);
}

/** The seed's inputs: a 100×100 matrix with segments of 3 rows and 2 columns, a 10×10 one, and RoPE of 64 rows at 512 positions. */
export function seedCases(seed: number): LabCase[] {
  const random = seededRandom(seed);
  const large = randn(random, 100, 100);
  const small = randn(random, 10, 10);
  const rows = createRange(100, 3);
  const cols = createRange(100, 2);
  const tens = createRange(100, 10);
  const states = randn(random, 64, 512);
  const theta = array(Array.from({ length: 32 }, (_, k) => 10_000 ** (-k / 32)));
  type X = never;
  return [
    { name: "sin(x)", args: [0.7], rule: (x: X) => sin(x) },
    { name: "f1(x, y)", args: [2, 4], rule: (x: X, y: X) => f1(x, y), traced: (x: X, y: X) => traced(f1)(x, y) },
    { name: "mymaximum 10²", args: [small], rule: (x: X) => mymaximum(x), traced: (x: X) => traced(mymaximum)(x) },
    { name: "mymaximum 100²", args: [large], rule: (x: X) => mymaximum(x), traced: (x: X) => traced(mymaximum)(x) },
    {
      name: "poolNative 3×2",
      args: [large],
      rule: (x: X) => poolNative(x, rows, cols),
      traced: (x: X) => traced(poolNative)(x, rows, cols),
    },
    { name: "poolSum 3×2", args: [large], rule: (x: X) => poolSum(x, rows, cols), traced: (x: X) => traced(poolSum)(x, rows, cols) },
    {
      name: "hausdorff 10²",
      args: [small],
      rule: (x: X) => hausdorffDistance(x),
      traced: (x: X) => traced(hausdorffDistance)(x),
    },
    { name: "chamfer 10²", args: [small], rule: (x: X) => chamferDistance(x), traced: (x: X) => traced(chamferDistance)(x) },
    {
      name: "pool hausdorff",
      args: [large],
      rule: (x: X) => pool(x, tens, tens, hausdorffDistance),
      traced: (x: X) => traced(pool)(x, tens, tens, traced(hausdorffDistance)),
    },
    {
      name: "pool chamfer",
      args: [large],
      rule: (x: X) => pool(x, tens, tens, chamferDistance),
      traced: (x: X) => traced(pool)(x, tens, tens, traced(chamferDistance)),
    },
    {
      name: "RoPE 64×512",
      args: [states, theta],
      rule: (x: X, t: X) => rotaryEmbedding(x, t),
      traced: (x: X, t: X) => traced(rotaryEmbedding)(x, t),
    },
  ];
}
