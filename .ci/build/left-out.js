// Stands for modules of ml-matrix that no decomposition calls: arithmetic entry by entry, statistics, and what prints a matrix. They are a third
// of its code.

/** Would give matrices methods of arithmetic. */
export function installMathOperations() {}

function leftOut() {
  throw new Error("this part of ml-matrix is not shipped with cotangent");
}

// biome-ignore lint/style/noDefaultExport: what it stands for has one
export default leftOut;

export {
  leftOut as centerAll,
  leftOut as centerByColumn,
  leftOut as centerByRow,
  leftOut as getScaleAll,
  leftOut as getScaleByColumn,
  leftOut as getScaleByRow,
  leftOut as inspectMatrix,
  leftOut as inspectMatrixWithOptions,
  leftOut as productAll,
  leftOut as productByColumn,
  leftOut as productByRow,
  leftOut as scaleAll,
  leftOut as scaleByColumn,
  leftOut as scaleByRow,
  leftOut as sumAll,
  leftOut as sumByColumn,
  leftOut as sumByRow,
  leftOut as varianceAll,
  leftOut as varianceByColumn,
  leftOut as varianceByRow,
};
