export {
  type Convolution,
  type ConvolutionOptions,
  conv1d,
  conv2d,
  convTranspose1d,
  type TransposedConvolution,
  type TransposedOptions,
} from "./convolution.js";
export { type AveragePoolOptions, avgPool1d, avgPool2d, maxPool1d, maxPool2d, type WindowPooling } from "./pooling.js";
export type { PerSide, PoolOptions } from "./windows.js";
