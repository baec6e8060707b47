// # Shaping

export { broadcastTo } from "../../lib/core/index.js";
export {
  expandDims,
  type FlipOptions,
  flip,
  moveaxis,
  type Rearrangement,
  type Rot90Options,
  rot90,
  type SqueezeOptions,
  squeeze,
  swapaxes,
  transpose,
} from "./axes.js";
export { type DiagonalAxes, type DiagonalOptions, diag, diagonal, trace, tril, triu } from "./diagonals.js";
export { type AxisOptions, concat, split, stack } from "./joining.js";
export { linspace } from "./linspace.js";
export { type PadOptions, type PadWidths, pad } from "./padding.js";
export { type RepeatOptions, repeat, tile } from "./repeating.js";
export { ravel, reshape } from "./reshape.js";
export { type RollOptions, roll } from "./rolling.js";
