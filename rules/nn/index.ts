// # Networks

export { type Attention, type AttentionOptions, attention } from "./attention.js";
export {
  type Convolution,
  type ConvolutionOptions,
  conv1d,
  conv2d,
  convTranspose1d,
  type TransposedConvolution,
  type TransposedOptions,
} from "./convolution.js";
export { type CosineSimilarity, cosineSimilarity, type Normalize, type NormalizeOptions, normalize } from "./cosine-similarity.js";
export { type CrossEntropyOptions, crossEntropy, type LossOfRows, nllLoss } from "./cross-entropy.js";
export type { Labels, LossOptions, LossReduction } from "./labels.js";
export type { Loss, LossWith } from "./loss-rule.js";
export { bceWithLogits, type HuberOptions, huber, klDiv, mse } from "./losses.js";
export { batchNorm, type LayerNormOptions, layerNorm, type Normalization, type RmsNorm, rmsNorm } from "./normalization.js";
export type { NormalizationOptions } from "./normalization-plan.js";
export { type AveragePoolOptions, avgPool1d, avgPool2d, maxPool1d, maxPool2d, type WindowPooling } from "./pooling.js";
export { logSoftmax, type Softmax, type SoftmaxOptions, softmax } from "./softmax.js";
export type { PerSide, PoolOptions } from "./windows.js";
