// # The lab

export { type ChamferDistance, type ChamferOptions, chamferDistance } from "./chamfer.js";
export { f1 } from "./f1.js";
export { type HausdorffDistance, hausdorffDistance } from "./hausdorff.js";
export { type GreatestEntry, mymaximum } from "./maximum.js";
export { pool } from "./pool.js";
export { type BackwardPoolHausdorff, backwardPoolHausdorff, type ForwardPoolHausdorff, forwardPoolHausdorff } from "./pool-hausdorff.js";
export { type BlockFunction, type Pooling, poolNaive, poolNative } from "./pool-native.js";
export { poolSum, type SumPooling } from "./pool-sum.js";
export { createRange, type Ranges } from "./ranges.js";
export {
  type RotaryEmbedding,
  type RotaryEmbeddingPullback,
  type RotaryOptions,
  rotaryEmbedding,
  rotaryEmbeddingPullback,
} from "./rotary.js";
