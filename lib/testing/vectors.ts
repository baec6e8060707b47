import {
  hasParts,
  inFloats,
  isDifferentiable,
  isScalar,
  isZero,
  mapStructure,
  mapTangents,
  NoTangent,
  partsOf,
  pathTo,
  Tangent,
  unthunk,
} from "../core/index.js";
import { callableParts } from "../core/structures/callable.js";
import { broadcastView, floatDType, indicesOfPosition, isNdArray, type NdArray, packedData, rowMajor } from "../nd/index.js";

/**
 * Runs `visit` for every leaf of a value with the part of a tangent that belongs to it: undefined where the tangent leaves it out, or is a
 * symbolic zero as a whole.
 */
export function forEachPart(x: unknown, t: unknown, path: string, visit: (leaf: unknown, part: unknown, path: string) => void): void {
  const parts = callableParts(x);
  if (parts !== undefined) {
    forEachPart(parts.params, callableParts(t)?.params ?? t, path, visit);
    return;
  }
  const entries = inFloats(x);
  if (entries !== undefined) {
    visit(entries, inFloats(unthunk(t)) ?? t, path);
    return;
  }
  if (!hasParts(x)) {
    visit(x, t, path);
    return;
  }
  const tangent = unthunk(t);
  const fields = (tangent instanceof Tangent ? tangent.fields : isZero(tangent) ? {} : (tangent ?? {})) as Record<string, unknown>;
  for (const [key, part] of partsOf(x)) {
    forEachPart(part, Object.hasOwn(fields, key) ? fields[key] : undefined, pathTo(path, key), visit);
  }
}

/** Whether something in the value can move. */
export function canMove(x: unknown): boolean {
  let moves = false;
  forEachPart(x, undefined, "", (leaf) => {
    moves ||= isDifferentiable(leaf);
  });
  return moves;
}

/** Whether a value has an array of single precision. */
export function holdsSingles(x: unknown): boolean {
  let found = false;
  forEachPart(x, undefined, "", (leaf) => {
    found ||= isNdArray(leaf) && leaf.dtype === "float32";
  });
  return found;
}

/** How many numbers a leaf's tangent has. */
function extentOf(leaf: unknown): number {
  return !isDifferentiable(leaf) ? 0 : isNdArray(leaf) ? leaf.size : 1;
}

/** The dimension of a value's tangent space. */
export function dimensionOf(x: unknown): number {
  let size = 0;
  forEachPart(x, undefined, "", (leaf) => {
    size += extentOf(leaf);
  });
  return size;
}

/**
 * The numbers of a tangent in order, zeros where it is symbolic: those of the numbers in x, of its arrays' entries (row-major, a number
 * or a smaller array repeated), of its parts. The value itself, given as the tangent, gives its own numbers.
 */
export function toVector(x: unknown, t: unknown): Float64Array {
  const vector = new Float64Array(dimensionOf(x));
  let at = 0;
  forEachPart(x, t, "", (leaf, tangent) => {
    const extent = extentOf(leaf);
    const part = unthunk(tangent);
    if (extent === 0 || isZero(part) || part === undefined) {
      at += extent;
      return;
    }
    if (!isNdArray(part)) vector.fill(part as number, at, at + extent);
    else
      vector.set(
        packedData(part.size === extent || !isNdArray(leaf) ? (part as NdArray) : broadcastView(part as NdArray, leaf.shape), "float64"),
        at,
      );
    at += extent;
  });
  return vector;
}

/** The tangent of x with these numbers: of its own structure, `NoTangent` where it cannot move. */
export function fromVector(x: unknown, vector: Float64Array): unknown {
  let at = 0;
  return mapTangents((leaf) => {
    if (!isDifferentiable(leaf)) return NoTangent;
    if (!isNdArray(leaf)) return vector[at++];
    const entries = vector.slice(at, at + leaf.size);
    at += leaf.size;
    return rowMajor(floatDType(leaf.dtype) === "float32" ? Float32Array.from(entries) : entries, leaf.shape);
  }, x);
}

/** x + h ẋ, ẋ being numbers in order; single precision is raised to double, unless `single` keeps it. */
export function shifted(x: unknown, direction: Float64Array, h: number, single = false): unknown {
  let at = 0;
  return mapStructure((leaf) => {
    if (isScalar(leaf)) return (leaf as number) + h * (direction[at++] as number);
    if (!isDifferentiable(leaf) || !isNdArray(leaf)) return leaf;
    const entries = packedData(leaf as NdArray, "float64");
    for (let n = 0; n < entries.length; n++) (entries[n] as number) += h * (direction[at++] as number);
    return rowMajor(single && leaf.dtype === "float32" ? Float32Array.from(entries) : entries, leaf.shape);
  }, x);
}

/** Where the n-th number of a value's tangent stands: `x̄.weights[2][0, 3]`. */
export function pathAt(x: unknown, n: number, name: string): string {
  let rest = n;
  let found: string | undefined;
  forEachPart(x, undefined, name, (leaf, _, path) => {
    const extent = extentOf(leaf);
    if (found === undefined && rest < extent) found = isNdArray(leaf) ? `${path}[${indicesOfPosition(leaf.shape, rest).join(", ")}]` : path;
    rest -= extent;
  });
  return found ?? name;
}

/** The n-th direction of a space: 1 at one place, 0 elsewhere. */
export function unitVector(size: number, n: number): Float64Array {
  const unit = new Float64Array(size);
  unit[n] = 1;
  return unit;
}

/** Σ aₖ bₖ, where a zero leaves nothing of the other factor; and Σ |aₖ bₖ|, what its rounding is relative to. */
export function dot(a: Float64Array, b: Float64Array): { sum: number; terms: number } {
  let sum = 0;
  let terms = 0;
  for (let k = 0; k < a.length; k++) {
    const p = a[k] as number;
    const q = b[k] as number;
    if (p === 0 || q === 0) continue;
    sum += p * q;
    terms += Math.abs(p * q);
  }
  return { sum, terms };
}

/** The largest finite magnitude; 0 when there is none. */
export function magnitude(vector: ArrayLike<number>): number {
  let largest = 0;
  for (let k = 0; k < vector.length; k++) {
    const size = Math.abs(vector[k] as number);
    if (size > largest && size < Number.POSITIVE_INFINITY) largest = size;
  }
  return largest;
}
