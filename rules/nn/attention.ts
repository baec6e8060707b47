import {
  type AnyArray,
  add,
  broadcastTo,
  cotangentOf,
  defineRule,
  describe,
  fieldOf,
  isChecked,
  isZero,
  NoTangent,
  type Operand,
  optionsFor,
  type Plain,
  primal,
  type Scalar,
  scale,
  thunk,
  ZeroTangent,
} from "../../lib/core/index.js";
import {
  broadcastShapes,
  broadcastsTo,
  expectSound,
  formatShape,
  isFloating,
  isNdArray,
  type NdArray,
  packedData,
  rowMajor,
  sameShape,
} from "../../lib/nd/index.js";
import { equal } from "../elementwise/comparison.js";
import { mul } from "../elementwise/field.js";
import { maskFill } from "../indexing/masks.js";
import { matrixProduct, strongMatmul } from "../products/matmul.js";
import { sum } from "../reductions/sums.js";
import { turnedOperand } from "../shaping/turned.js";
import { optionsCotangent } from "../support/options-cotangent.js";
import { arrayWith, flagOf, numberOf } from "../support/reduce-options.js";
import { shareSlope, softmax } from "./softmax.js";

/** Options of `attention`. */
export interface AttentionOptions {
  /** Whether query i sees no key after key i. false when absent. */
  readonly causal?: boolean | undefined;
  /** What the products of queries and keys are multiplied by: 1 / √d when absent. Differentiable too. */
  readonly scale?: Scalar | undefined;
  /**
   * What broadcasts to […, queries, keys]. Of integers, as the comparisons make it: 1 where a query may see a key, 0 where not. Of floats: what
   * is added to the scaled products, −∞ where a query may not see a key; differentiable too.
   */
  readonly mask?: AnyArray | undefined;
}

/** `attention`: traced arrays give a traced one. */
export interface Attention {
  (q: NdArray, k: NdArray, v: NdArray, options?: Plain<AttentionOptions>): NdArray;
  (q: AnyArray, k: AnyArray, v: AnyArray, options?: AttentionOptions): AnyArray;
}

const who = "attention";

interface Settings {
  readonly factor: Scalar;
  /** Each is 1 where a query does not see a key. */
  readonly hidden: readonly NdArray[];
  /** What is added to the products. */
  readonly added: AnyArray | undefined;
}

/** What the options come to, after a look at the shapes. */
function settingsOf(q: AnyArray, k: AnyArray, v: AnyArray, options: AttentionOptions | undefined): Settings {
  Object.entries({ q, k, v }).forEach(([name, x]) => {
    arrayWith(who, name, x, ({ length }) => length > 1, "an array of shape […, positions, features]");
  });
  const [features, others] = [q.shape.at(-1) as number, k.shape.at(-1) as number];
  if (features !== others) throw new RangeError(`${who}: queries have ${features} features, keys have ${others}; make them equal`);
  const [keys, values] = [k.shape.at(-2) as number, v.shape.at(-2) as number];
  if (keys !== values) throw new RangeError(`${who}: there are ${keys} keys and ${values} values; give one value for each key`);
  const lead = broadcastShapes(who, q.shape.slice(0, -2), k.shape.slice(0, -2), v.shape.slice(0, -2));
  const {
    causal = false,
    scale: factor = features === 0 ? 1 : 1 / Math.sqrt(features),
    mask,
  } = optionsFor(who, options, "causal, scale, mask");
  flagOf(who, "causal", causal);
  numberOf(who, "scale", factor, Number.isFinite, "give a finite number");
  const queries = q.shape.at(-2) as number;
  const adds = mask !== undefined && isAdded(mask, [...lead, queries, keys]);
  const hidden = [
    ...(causal ? [afterQuery(queries, keys)] : []),
    ...(mask === undefined || adds ? [] : [equal(primal(mask), 0) as NdArray]),
  ];
  return { factor, hidden, added: adds ? mask : undefined };
}

/** Whether a mask is added, and not one of integers; after a look at it. */
function isAdded(mask: AnyArray, full: readonly number[]): boolean {
  if (!isNdArray(mask)) throw new TypeError(`${who}: mask is ${describe(mask)}; give an array, of integers (1 = may be seen) or of floats`);
  const plain = primal(mask);
  expectSound(who, "mask", plain);
  if (!broadcastsTo(mask.shape, full))
    throw new RangeError(
      `${who}: mask has shape ${formatShape(mask.shape)}; one that broadcasts to ${formatShape(full)}, queries by keys, is needed`,
    );
  if (!isFloating(plain.dtype)) return false;
  if (!isChecked()) return true;
  const entries = packedData(plain, "float64");
  if (entries.includes(1) && entries.every((entry) => entry === 0 || entry === 1))
    throw new RangeError(
      `${who}: mask is of floats, and holds nothing but 0 and 1: it would be added; give an array of integers where 1 = may be seen, ` +
        "such as what equal or less returns, or 0 and -Infinity",
    );
  return true;
}

/** 1 where the key comes after the query. */
function afterQuery(queries: number, keys: number): NdArray {
  const hidden = new Uint8Array(queries * keys);
  for (let i = 0; i < queries; i++) if (i + 1 < keys) hidden.fill(1, i * keys + i + 1, (i + 1) * keys);
  return rowMajor(hidden, [queries, keys]);
}

/** How much of each value goes to each query. */
function weightsOf(q: AnyArray, k: AnyArray, { factor, hidden, added }: Settings): AnyArray {
  const products = mul(matrixProduct(q, turnedOperand(k)), factor);
  const all = added === undefined ? products : add(products, added);
  return softmax(hidden.reduce((seen, mask) => maskFill(seen, mask, Number.NEGATIVE_INFINITY), all as AnyArray));
}

/** The sum of terms, of which those that do not move are missing. */
function total(terms: readonly (AnyArray | undefined)[]): AnyArray | undefined {
  const moved = terms.filter((term) => term !== undefined);
  return moved.length === 0 ? undefined : moved.reduce((a, b) => add(a, b));
}

/** A movement of the products, with the axes that the mask alone has. */
function likeWeights(t: AnyArray, p: AnyArray): AnyArray {
  return sameShape(t.shape, p.shape) ? t : broadcastTo(t, p.shape);
}

/**
 * y = p v with p = softmax(scale · q kᵀ + mask), the softmax over keys: each query gets a mean of the values, by how well their keys match.
 * Stable for products of any size. With `causal`, query i sees keys 0 to i alone; with a mask of integers, those where it is not 0. A query
 * that sees nothing gets NaN, as `softmax` of −∞ alone.
 *   ẏ = ṗ v + p v̇,  ṗ = p (ṡ − Σ p ṡ),  ṡ = scale · (q̇ kᵀ + q k̇ᵀ) + scalė · q kᵀ + mask˙
 *   v̄ = pᵀ ȳ,  q̄ = scale · s̄ k,  k̄ = scale · s̄ᵀ q,  scale̅ = Σ s̄ q kᵀ,  mask̅ = s̄,  s̄ = p (p̄ − Σ p p̄),  p̄ = ȳ vᵀ;  summed over axes that
 *   broadcast
 * @param q shape […, queries, d]; leading axes broadcast
 * @param k shape […, keys, d]
 * @param v shape […, keys, e]
 * @returns shape […, queries, e]; 0 where there are no keys
 * @throws {RangeError} when the shapes do not fit, or scale is not finite; in checked mode when a mask of floats holds nothing but 0 and 1
 * Source: Vaswani et al., Attention is all you need (2017), equation 1.
 */
export const attention: Attention = defineRule(
  (q: NdArray, k: NdArray, v: NdArray, options?: AttentionOptions) =>
    matrixProduct(weightsOf(q, k, settingsOf(q, k, v, options)), v) as AnyArray as NdArray,
  {
    frule: ([, ...moves]: readonly unknown[], q: AnyArray, k: AnyArray, v: AnyArray, options?: AttentionOptions) => {
      const settings = settingsOf(q, k, v, options);
      const p = weightsOf(q, k, settings);
      const doptions = moves[3] ?? NoTangent;
      const [dq, dk, dv, dscale, dmask] = [...moves.slice(0, 3), fieldOf(doptions, "scale"), fieldOf(doptions, "mask")].map((t) =>
        isZero(t) ? undefined : t,
      ) as [AnyArray?, AnyArray?, AnyArray?, Scalar?, AnyArray?];
      const ds = total([
        dq === undefined ? undefined : strongMatmul(dq, turnedOperand(k)),
        dk === undefined ? undefined : strongMatmul(q, turnedOperand(dk)),
      ]);
      const dlogits = total([
        ds === undefined ? undefined : (scale(ds, settings.factor) as AnyArray),
        dscale === undefined ? undefined : (scale(matrixProduct(q, turnedOperand(k)), dscale) as AnyArray),
        dmask,
      ]);
      const dy = total([
        dlogits === undefined ? undefined : strongMatmul(shareSlope(p, likeWeights(dlogits, p), p.dimension - 1), v),
        dv === undefined ? undefined : strongMatmul(p, dv),
      ]);
      return [matrixProduct(p, v), dy ?? ZeroTangent];
    },
    rrule: (q: AnyArray, k: AnyArray, v: AnyArray, options?: AttentionOptions) => {
      const settings = settingsOf(q, k, v, options);
      const p = weightsOf(q, k, settings);
      return [
        matrixProduct(p, v),
        function attentionPullback(ybar: AnyArray) {
          const pbar = cotangentOf(p, strongMatmul(ybar, turnedOperand(v))) as AnyArray;
          const slope = shareSlope(p, pbar, p.dimension - 1);
          const sbar = scale(settings.factor, slope) as AnyArray;
          return [
            NoTangent,
            thunk(() => cotangentOf(q, strongMatmul(sbar, k))),
            thunk(() => cotangentOf(k, strongMatmul(turnedOperand(sbar), q))),
            thunk(() => cotangentOf(v, strongMatmul(turnedOperand(p), ybar) as Operand)),
            ...optionsCotangent(options, {
              scale: thunk(() => sum(scale(matrixProduct(q, turnedOperand(k)), slope) as AnyArray)),
              ...(settings.added === undefined ? {} : { mask: thunk(() => cotangentOf(settings.added as AnyArray, slope)) }),
            }),
          ];
        },
      ];
    },
  },
  { name: who, zeros: "symbolic" },
);
