// # Linear algebra

export { cholesky, choleskySolve } from "./cholesky.js";
export { det, logdet, type SignedLogDeterminant, slogdet } from "./determinants.js";
export { type Eigh, eigh, eigvalsh } from "./eigh.js";
export { expm } from "./expm.js";
export { inv } from "./inverse.js";
export { lstsq, pinv } from "./least-squares.js";
export { type Lu, lu } from "./lu.js";
export type { NumberOfMatrices, OfMatrices } from "./matrices.js";
export { type MatrixNorm, type MatrixNormOptions, matrixNorm } from "./matrix-norm.js";
export { matrixPower } from "./matrix-power.js";
export { type MultiDot, multiDot } from "./multi-dot.js";
export { type Qr, qr } from "./qr.js";
export { type Solve, solve, solveTriangular, type TriangularOptions } from "./solve.js";
export { type Svd, svd, svdvals } from "./svd.js";
export { type Sylvester, sylvester } from "./sylvester.js";
