import { describe, inFloats, isRecord, isScalar, partNames } from "../../lib/core/index.js";
import { formatShape, isNdArray, sameShape } from "../../lib/nd/index.js";

/** Where and how a value differs in structure or shape from another one. */
export interface Difference {
  /** "", ".velocity", "[2].x". */
  readonly path: string;
  readonly expected: string;
  readonly came: string;
}

/** The first place where `came` is not of the structure of `expected`, with numbers and arrays of the same shapes; undefined where none is. */
export function differenceOf(expected: unknown, came: unknown, path = ""): Difference | undefined {
  const different = { path, expected: shapeOf(expected), came: shapeOf(came) };
  const entries = inFloats(expected);
  if (entries !== undefined) return inFloats(came)?.size === entries.size ? undefined : different;
  if (isScalar(expected)) return isScalar(came) ? undefined : different;
  if (isNdArray(expected)) return isNdArray(came) && sameShape(came.shape, expected.shape) ? undefined : different;
  if (Array.isArray(expected)) {
    if (!Array.isArray(came) || came.length !== expected.length) return different;
    for (let k = 0; k < expected.length; k++) {
      const inner = differenceOf(expected[k], came[k], `${path}[${k}]`);
      if (inner !== undefined) return inner;
    }
    return undefined;
  }
  if (isRecord(expected)) {
    if (!isRecord(came)) return different;
    for (const name of new Set([...partNames(expected), ...partNames(came)])) {
      const inner = differenceOf(expected[name], came[name], `${path}.${name}`);
      if (inner !== undefined) return inner;
    }
    return undefined;
  }
  return isScalar(came) || isNdArray(came) || Array.isArray(came) || isRecord(came) ? different : undefined;
}

function shapeOf(x: unknown): string {
  if (isScalar(x)) return "a number";
  return isNdArray(x) ? `an array of shape ${formatShape(x.shape)}` : describe(x);
}
