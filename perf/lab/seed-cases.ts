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
import type { Answer } from "../answer.js";
import * as tape from "../by-array-tape/matrices.js";
import { poolByElements } from "../naive.js";
import type { LabCase } from "./measure.js";

/** Normally distributed entries, as the seed's randn. Source: Box and Muller (1958). */
function randn(random: () => number, rows: number, cols: number): NdArray {
  const data = new Float64Array(rows * cols);
  for (let k = 0; k < data.length; k++) data[k] = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return rowMajor(data, [rows, cols]);
}

/** Entries of a row-major matrix. */
const floats = (x: NdArray): Float64Array => x.data as Float64Array;

/** Angles of a rotary embedding of so many pairs. */
const anglesOf = (pairs: number): NdArray => array(Array.from({ length: pairs }, (_, k) => 10_000 ** (-k / pairs)));

type X = never;

/** Sum pooling entry by entry, of an n×n matrix in blocks of 3×2: the loop that the lab is about, against the rule of `poolSum`. */
function poolingByEntries(x: NdArray): LabCase {
  const n = x.shape[0] as number;
  const [rows, cols] = [createRange(n, 3), createRange(n, 2)];
  return {
    name: `poolSum ${n}×${n}, entry by entry`,
    args: [x],
    rule: (x: X) => poolSum(x, rows, cols),
    traced: (x: X) => poolByElements(x, rows, cols),
    fullArrays: () => tape.poolSumByElements(floats(x), n, rows, cols),
  };
}

/** Rotary embedding; on full arrays only where that ends in time. */
function rotary(x: NdArray, withFullArrays: boolean): LabCase {
  const [rows, positions] = x.shape as [number, number];
  const theta = anglesOf(rows / 2);
  return {
    name: `RoPE ${rows}×${positions}`,
    args: [x, theta],
    rule: (x: X, t: X) => rotaryEmbedding(x, t),
    traced: (x: X, t: X) => traced(rotaryEmbedding)(x, t),
    fullArrays: withFullArrays ? () => tape.rotaryEmbedding(floats(x), floats(theta)) : undefined,
  };
}

/**
 * The seed's inputs: a 100×100 matrix with segments of 3 rows and 2 columns, a 10×10 one, and RoPE of 64 rows at 512 positions; besides these a
 * larger matrix and a smaller RoPE, so that the tape of full arrays shows how it grows, and ends in time.
 */
export function seedCases(seed: number): LabCase[] {
  const random = seededRandom(seed);
  const large = randn(random, 100, 100);
  const small = randn(random, 10, 10);
  const rows = createRange(100, 3);
  const cols = createRange(100, 2);
  const tens = createRange(100, 10);
  const whole = [[0, 10]] as const;
  const states = randn(random, 64, 512);
  const bySlices = (): Answer => tape.poolSumBySlices(floats(large), 100, rows, cols);
  const maximum = (x: NdArray): LabCase => ({
    name: `mymaximum ${x.shape.join("×")}`,
    args: [x],
    rule: (x: X) => mymaximum(x),
    traced: (x: X) => traced(mymaximum)(x),
    fullArrays: () => tape.maximum(floats(x), x.shape as [number, number]),
  });
  return [
    { name: "sin(x)", args: [0.7], rule: (x: X) => sin(x) },
    { name: "f1(x, y)", args: [2, 4], rule: (x: X, y: X) => f1(x, y), traced: (x: X, y: X) => traced(f1)(x, y) },
    maximum(small),
    maximum(large),
    {
      name: "poolNative 100×100, blocks 3×2",
      args: [large],
      rule: (x: X) => poolNative(x, rows, cols),
      traced: (x: X) => traced(poolNative)(x, rows, cols),
      fullArrays: bySlices,
    },
    {
      name: "poolSum 100×100, blocks 3×2",
      args: [large],
      rule: (x: X) => poolSum(x, rows, cols),
      traced: (x: X) => traced(poolSum)(x, rows, cols),
      fullArrays: bySlices,
    },
    poolingByEntries(large),
    poolingByEntries(randn(random, 150, 150)),
    {
      name: "hausdorff 10×10",
      args: [small],
      rule: (x: X) => hausdorffDistance(x),
      traced: (x: X) => traced(hausdorffDistance)(x),
      fullArrays: () => tape.poolHausdorff(floats(small), 10, whole, whole),
    },
    {
      name: "chamfer 10×10",
      args: [small],
      rule: (x: X) => chamferDistance(x),
      traced: (x: X) => traced(chamferDistance)(x),
      fullArrays: () => tape.poolChamfer(floats(small), 10, whole, whole),
    },
    {
      name: "pool hausdorff 100×100, blocks 10×10",
      args: [large],
      rule: (x: X) => pool(x, tens, tens, hausdorffDistance),
      traced: (x: X) => traced(pool)(x, tens, tens, traced(hausdorffDistance)),
      fullArrays: () => tape.poolHausdorff(floats(large), 100, tens, tens),
    },
    {
      name: "pool chamfer 100×100, blocks 10×10",
      args: [large],
      rule: (x: X) => pool(x, tens, tens, chamferDistance),
      traced: (x: X) => traced(pool)(x, tens, tens, traced(chamferDistance)),
      fullArrays: () => tape.poolChamfer(floats(large), 100, tens, tens),
    },
    rotary(randn(random, 32, 256), true),
    rotary(states, false),
  ];
}
