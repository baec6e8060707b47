// Arrays without calculus.
export { allClose, type CloseOptions } from "./all-close.js";
export { brand, branded, foreignError, isForeign, isTraced, marked, tracedArray, tracedFloats, tracedNumber } from "./brand.js";
export { checkedShape, expectOneShape } from "./checked-shape.js";
export {
  type ArrayOptions,
  type ArraySource,
  arange,
  array,
  arrayOf,
  checkDType,
  eye,
  full,
  ones,
  type TypedRow,
  toNested,
  zeros,
} from "./create.js";
export { duplicate } from "./duplicate.js";
export { holdsFinite, holdsNaN } from "./holds-nan.js";
export { isList } from "./is-list.js";
export { argExtreme, type Extreme, extremePosition, lineExtremes, refuseEmpty } from "./lines/extremes.js";
export type { Lined } from "./lines/line-places.js";
export { extentsOf, type LineKernel, overLines } from "./lines/lines.js";
export { canCompile, compile, forbidCompiling } from "./loops/compiled.js";
export { EntryLoop, type LoopOperand, type Strided } from "./loops/entry-loops.js";
export type { LoopBody, LoopResult } from "./loops/loop-text.js";
export * from "./loops.js";
export { numbersFor } from "./numbers-for.js";
export { expectNames } from "./option-names.js";
export { giveFloats, pooledBytes, takeFloats, takeZeros } from "./pool.js";
export { indicesOfPosition, type Layout, offsetOfPosition, offsetsOf, positionOfIndices, positionsInLines } from "./positions.js";
export { matmulData, matmulPlain } from "./products/matmul.js";
export { addUpToShape, prodAxes, reduceAxes, sumAxes, sumData, sumFloats, sumToShape } from "./reduce.js";
export { addLines, fillLines } from "./repeat.js";
export {
  broadcastShapes,
  broadcastsTo,
  expectSize,
  formatShape,
  isRowMajor,
  largestSize,
  mostAxes,
  normalizeAxes,
  normalizeAxis,
  reducedShape,
  rowMajorStride,
  sameShape,
  sizeOf,
} from "./shape.js";
export { shown } from "./shown.js";
export { expectSound, faultOf, isSound, staysInside } from "./sound.js";
export { addStrided, copyStrided, isFloats } from "./strided.js";
export type { ArrayView, DType, FloatDType, NdArray, Nested, NumericData } from "./types.js";
export {
  allocate,
  broadcastView,
  fillsStore,
  floatDType,
  type GenericStore,
  isFloating,
  isNdArray,
  rowMajor,
  sameStore,
  scalarViewPrototype,
  viewOn,
  viewOnStore,
  zerosOf,
} from "./view.js";
