import { type AnyArray, bilinearRule, optionsFor } from "../../lib/core/index.js";
import { floatResult } from "../../lib/nd/float-array.js";
import { commonDType, expectSize, formatShape, type NdArray, packedData, rowMajor, shown } from "../../lib/nd/index.js";
import { operandsFor } from "./contraction-rule.js";

/** Which part of a convolution is given. */
export interface ConvolveOptions {
  /**
   * All of it ("full", n + m − 1 entries, when absent), its middle ("same", as many entries as the longer one has), or what needs all of
   * the shorter one ("valid").
   */
  readonly mode?: "full" | "same" | "valid" | undefined;
}

/** `convolve`: traced vectors give a traced one. */
export interface Convolve {
  (a: NdArray, b: NdArray, options?: ConvolveOptions): NdArray;
  (a: AnyArray, b: AnyArray, options?: ConvolveOptions): AnyArray;
}

/** Which entries of the full convolution are given: `length` of them from `start` on. */
function partOf(a: NdArray, b: NdArray, options: ConvolveOptions | undefined): { start: number; length: number } {
  const { mode = "full" } = optionsFor("convolve", options, "mode");
  const shorter = Math.min(a.size, b.size);
  const longer = Math.max(a.size, b.size);
  switch (mode) {
    case "full":
      return { start: 0, length: longer + shorter - 1 };
    case "same":
      return { start: (shorter - 1) >> 1, length: longer };
    case "valid":
      return { start: shorter - 1, length: longer - shorter + 1 };
    default:
      throw new RangeError(`convolve: mode is ${shown(mode)}; give "full", "same" or "valid"`);
  }
}

function doubles(x: NdArray): Float64Array {
  return x.data instanceof Float64Array && x.stride[0] === 1
    ? x.data.subarray(x.offset, x.offset + x.size)
    : (packedData(x, "float64") as Float64Array);
}

/** y[k] += c x[k − shift], where both have an entry. */
function addShifted(y: Float64Array, x: Float64Array, shift: number, c: number): void {
  const end = Math.min(y.length, x.length + shift);
  for (let k = Math.max(0, shift); k < end; k++) (y[k] as number) += c * (x[k - shift] as number);
}

/** Σ over j of x[j + shift] c[j], where both have an entry. */
function correlationAt(x: Float64Array, c: Float64Array, shift: number): number {
  let total = 0;
  const end = Math.min(c.length, x.length - shift);
  for (let j = Math.max(0, -shift); j < end; j++) total += (x[j + shift] as number) * (c[j] as number);
  return total;
}

function convolved(a: NdArray, b: NdArray, options?: ConvolveOptions): NdArray {
  operandsFor("convolve", [a, b]);
  for (const [k, x] of [a, b].entries()) {
    if (x.dimension !== 1 || x.size === 0)
      throw new RangeError(`convolve: argument ${k + 1} has shape ${formatShape(x.shape)}; give vectors with at least one entry`);
  }
  const { start, length } = partOf(a, b, options);
  expectSize("convolve", [length]);
  const out = new Float64Array(length);
  const [long, short] = a.size >= b.size ? [doubles(a), doubles(b)] : [doubles(b), doubles(a)];
  short.forEach((entry, j) => {
    addShifted(out, long, j - start, entry);
  });
  return floatResult(out, [length], commonDType([a, b]));
}

/** x̄ of one factor, the other one being c: x̄[i] = Σ ȳ[k] c[k + start − i]. */
function correlated(ybar: NdArray, c: NdArray, size: number, start: number): NdArray {
  const weights = doubles(ybar);
  const other = doubles(c);
  const xbar = new Float64Array(size);
  for (let i = 0; i < size; i++) xbar[i] = correlationAt(weights, other, i - start);
  return rowMajor(xbar, [size]);
}

/**
 * The convolution of two vectors, as NumPy's: y[k] = Σ a[i] b[k − i], the products of two polynomials' coefficients. O(n m).
 *   ẏ = convolve(ȧ, b) + convolve(a, ḃ)     ā[i] = Σ ȳ[k] b[k − i],  b̄[j] = Σ ȳ[k] a[k − j]
 * @throws {RangeError} when an operand is no vector or has no entries, or the mode is none
 */
export const convolve: Convolve = bilinearRule(
  convolved,
  (ybar: NdArray, a: NdArray, b: NdArray, options?: ConvolveOptions) => correlated(ybar, b, a.size, partOf(a, b, options).start),
  (ybar: NdArray, a: NdArray, b: NdArray, options?: ConvolveOptions) => correlated(ybar, a, b.size, partOf(a, b, options).start),
  { name: "convolve" },
);
