// Arrays without calculus. ops.ts stays outside: whoever needs it imports it by name, so that scalar programs do not reach ndarray-ops.
export { allClose } from "./all-close.js";
export { arange, array, eye, full, ones, toNested, zeros } from "./create.js";
export { argExtreme, extremePosition } from "./extremes.js";
export * from "./loops.js";
export { matmulData, matmulPlain } from "./matmul.js";
export { indicesOfPosition, offsetOfPosition, positionOfIndices } from "./positions.js";
export { prodAxes, reduceAxes, sumAxes, sumData, sumFloats, sumToShape } from "./reduce.js";
export { broadcastShapes, broadcastsTo, formatShape, isRowMajor, normalizeAxes, normalizeAxis, reducedShape, rowMajorStride, sameShape, sizeOf, } from "./shape.js";
export { allocate, broadcastView, fillsStore, floatDType, isFloating, isNdArray, rowMajor, sameStore, scalarViewPrototype, viewOn, viewOnStore, zerosOf, } from "./view.js";
