import { type AnyArray, describe, type Operand, optionsFor, primal, scalarRule, scale } from "../lib/core/index.js";
import { argExtreme, map1, type NdArray, packed, zerosOf } from "../lib/nd/index.js";
import { arrayFor, type ReduceOptions, type Reduction, reducedBy, refuseEmpty } from "./reduce-options.js";
import { reductionRule } from "./reduction-rule.js";
import { share } from "./share.js";
import { sign } from "./signs.js";
import { type Fold, foldSlices } from "./slices.js";

/** Which norm, over which axes. */
export interface NormOptions extends ReduceOptions {
  /** The exponent p, other than 0; 2 when absent. "fro" is 2. */
  readonly ord?: number | "fro" | undefined;
}

const normNames = "axis, keepDims, ord";

function exponentOf(options: NormOptions | undefined): number {
  const { ord = 2 } = optionsFor("norm", options, normNames);
  if (ord === "fro") return 2;
  if (typeof ord === "number" && ord !== 0 && !Number.isNaN(ord)) return ord;
  throw new RangeError(`norm: ord = ${typeof ord === "number" ? ord : describe(ord)}; give a number other than 0, an infinity, or "fro"`);
}

/** The largest or smallest magnitude; NaN where there is one. */
function extremeMagnitude(largest: boolean): Fold {
  return (data, start, end) => {
    let extreme = largest ? 0 : Number.POSITIVE_INFINITY;
    for (let at = start; at < end; at++) {
      const size = Math.abs(data[at] as number);
      if (Number.isNaN(size)) return size;
      if (largest ? size > extreme : size < extreme) extreme = size;
    }
    return extreme;
  };
}

/** √Σ x². Squares that leave the range of doubles are avoided where they would. */
const euclidean: Fold = (data, start, end) => {
  let squares = 0;
  for (let at = start; at < end; at++) squares += (data[at] as number) * (data[at] as number);
  return (squares > 1e-280 && squares < Number.POSITIVE_INFINITY) || Number.isNaN(squares)
    ? Math.sqrt(squares)
    : powers(2)(data, start, end);
};

const magnitudes: Fold = (data, start, end) => {
  let total = 0;
  for (let at = start; at < end; at++) total += Math.abs(data[at] as number);
  return total;
};

/** (Σ |x|ᵖ)^(1/p), with the magnitudes taken relative to the one that counts most. */
function powers(p: number): Fold {
  const reference = extremeMagnitude(p > 0);
  return (data, start, end) => {
    const unit = reference(data, start, end);
    if (!(unit > 0 && unit < Number.POSITIVE_INFINITY)) return unit;
    let total = 0;
    for (let at = start; at < end; at++) total += (Math.abs(data[at] as number) / unit) ** p;
    return unit * total ** (1 / p);
  };
}

function foldFor(p: number): Fold {
  if (p === 2) return euclidean;
  if (p === 1) return magnitudes;
  return Number.isFinite(p) ? powers(p) : extremeMagnitude(p > 0);
}

function normOf(x: NdArray, options?: NormOptions): number | NdArray {
  const p = exponentOf(options);
  if (p < 0) refuseEmpty("norm", arrayFor("norm", x).shape, reducedBy("norm", x.shape, options, normNames).axes);
  return foldSlices("norm", x, options, foldFor(p), normNames);
}

interface Power {
  readonly power: number;
}

/** |r|ᵏ and sign(r) |r|ᵏ are each other's derivatives. */
type OfPower = (r: Operand, options: Power) => Operand;

const evenPower: OfPower = scalarRule(
  (r: number, { power }: Power): number => Math.abs(r) ** power,
  (_, r: number, { power }: Power) => [scale(power, oddPower(r, { power: power - 1 })) as number],
  { name: "evenPower" },
) as OfPower;

const oddPower: OfPower = scalarRule(
  (r: number, { power }: Power): number => (r === 0 ? 0 : Math.sign(r) * Math.abs(r) ** power),
  (_, r: number, { power }: Power) => [scale(power, evenPower(r, { power: power - 1 })) as number],
  { name: "oddPower" },
) as OfPower;

/** The sign of the entry that decides, 0 elsewhere: constant where the norm is smooth. */
function deciding(x: AnyArray, options: NormOptions | undefined, largest: boolean): NdArray {
  const plain = primal(x) as NdArray;
  const slopes = zerosOf(plain.shape);
  if (plain.size === 0) return slopes;
  const signs = packed(plain, "float64").data;
  const { axes } = reducedBy("norm", plain.shape, options, normNames);
  for (const position of argExtreme(map1(Math.abs, plain), axes, largest ? "max" : "min", "norm")) {
    slopes.data[position] = Math.sign(signs[position] as number);
  }
  return slopes;
}

/**
 * The p-norm over axes, (Σ |x|ᵖ)^(1/p): Euclidean for p = 2 (of a matrix, Frobenius), Σ |x| for 1, the largest magnitude for ∞, the smallest
 * for −∞. Neither huge nor tiny entries overflow. 0 for no entries.
 *   ẏ = Σ s ẋ                    x̄ = s ȳ,  s = sign(x) (|x| / y)ᵖ⁻¹; for ±∞ the sign of the first entry that decides
 * At the zero vector the slopes are 0; so they are at entries that are 0.
 * @throws {RangeError} when ord is 0 or NaN, an axis does not exist or is named twice, or ord is negative and there are no entries
 */
export const norm: Reduction<NormOptions> = reductionRule("norm", normOf, (x, y, options) => {
  const p = exponentOf(options);
  if (p === 2) return share(x, y);
  if (p === 1) return sign(x);
  return Number.isFinite(p) ? oddPower(share(x, y), { power: p - 1 }) : deciding(x, options, p > 0);
});
