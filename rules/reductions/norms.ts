import { type AnyArray, describe, type Operand, primal, scalarRule, scale } from "../../lib/core/index.js";
import { argExtreme, map1, type NdArray, packed, refuseEmpty, zerosOf } from "../../lib/nd/index.js";
import { share } from "../elementwise/share.js";
import { sign } from "../elementwise/signs.js";
import { type ReduceOptions, type Reduction, reducedBy } from "../support/reduce-options.js";
import { normFold } from "./norm-lines.js";
import { reductionRule } from "./reduction-rule.js";

/** Which norm, over which axes. */
export interface NormOptions extends ReduceOptions {
  /** The exponent p, other than 0; 2 when absent. "fro" is 2. */
  readonly ord?: number | "fro" | undefined;
}

const normNames = "axis, keepDims, ord";

function exponentOf(options: NormOptions | undefined): number {
  const { ord = 2 } = options ?? {};
  if (ord === "fro") return 2;
  if (ord === 0) {
    throw new RangeError(
      "norm: ord = 0 counts the entries that are not 0: that is no norm, and its derivative is 0 wherever it has one; give another number, or count with sum(where(equal(x, 0), 0, 1))",
    );
  }
  if (typeof ord === "number" && !Number.isNaN(ord)) return ord;
  throw new RangeError(`norm: ord = ${typeof ord === "number" ? ord : describe(ord)}; give a number other than 0, an infinity, or "fro"`);
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
);

const oddPower: OfPower = scalarRule(
  (r: number, { power }: Power): number => (r === 0 ? 0 : Math.sign(r) * Math.abs(r) ** power),
  (_, r: number, { power }: Power) => [scale(power, evenPower(r, { power: power - 1 })) as number],
  { name: "oddPower" },
);

/** The sign of the entry that decides, 0 elsewhere: constant where the norm is smooth. */
function deciding(x: AnyArray, options: NormOptions | undefined, largest: boolean): NdArray {
  const plain = primal(x);
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
 * @throws {RangeError} when ord is 0 (a count of entries, which has no slopes) or NaN, an axis does not exist or is named twice, or ord is negative and there are no entries
 */
export const norm: Reduction<NormOptions> = reductionRule(
  "norm",
  (x, reduced, options) => {
    const p = exponentOf(options);
    if (p < 0) refuseEmpty("norm", x.shape, reduced.axes);
    return { fold: normFold(p), factor: p };
  },
  (x, y, options) => {
    const p = exponentOf(options);
    if (p === 2) return share(x, y);
    if (p === 1) return sign(x);
    return Number.isFinite(p) ? oddPower(share(x, y), { power: p - 1 }) : deciding(x, options, p > 0);
  },
  normNames,
);
