export { blankTypes, isModule } from "./blank-types.js";
export { TransformError } from "./errors.js";
export type { SourceMap } from "./pieces.js";
export { mayBeMarked, type Note, type Transformed, type TransformOptions, transform } from "./transform.js";
