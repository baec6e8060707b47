import {
  type AnyArray,
  add,
  cotangentOf,
  defineRule,
  describe,
  isZero,
  NoTangent,
  type Operand,
  optionsFor,
  primal,
  scale,
  thunk,
  ZeroTangent,
} from "../../lib/core/index.js";
import { broadcastShapes, expectSound, formatShape, isNdArray, type NdArray, rowMajor, shown } from "../../lib/nd/index.js";
import { mul } from "../elementwise/field.js";
import { maskFill } from "../indexing/masks.js";
import { matrixProduct, strongMatmul } from "../products/matmul.js";
import { turnedOperand } from "../shaping/turned.js";
import { shareSlope, softmax } from "./softmax.js";

/** Options of `attention`. */
export interface AttentionOptions {
  /** Whether query i sees no key after key i. false when absent. */
  readonly causal?: boolean | undefined;
  /** What the products of queries and keys are multiplied by: 1 / √d when absent. */
  readonly scale?: number | undefined;
}

/** `attention`: traced arrays give a traced one. */
export interface Attention {
  (q: NdArray, k: NdArray, v: NdArray, options?: AttentionOptions): NdArray;
  (q: AnyArray, k: AnyArray, v: AnyArray, options?: AttentionOptions): AnyArray;
}

const who = "attention";

interface Settings {
  readonly factor: number;
  /** 1 where a query does not see a key; undefined where all see all. */
  readonly hidden: NdArray | undefined;
}

/** What the options come to, after a look at the shapes. */
function settingsOf(q: AnyArray, k: AnyArray, v: AnyArray, options: AttentionOptions | undefined): Settings {
  Object.entries({ q, k, v }).forEach(([name, x]) => {
    if (!isNdArray(x)) throw new TypeError(`${who}: ${name} is ${describe(x)}; an array of shape […, positions, features] is needed`);
    expectSound(who, name, primal(x));
    if (x.dimension < 2)
      throw new RangeError(`${who}: ${name} has shape ${formatShape(x.shape)}; one of shape […, positions, features] is needed`);
  });
  const [features, others] = [q.shape.at(-1) as number, k.shape.at(-1) as number];
  if (features !== others) throw new RangeError(`${who}: queries have ${features} features, keys have ${others}; make them equal`);
  const [keys, values] = [k.shape.at(-2) as number, v.shape.at(-2) as number];
  if (keys !== values) throw new RangeError(`${who}: there are ${keys} keys and ${values} values; give one value for each key`);
  broadcastShapes(who, q.shape.slice(0, -2), k.shape.slice(0, -2), v.shape.slice(0, -2));
  const { causal = false, scale: factor = features === 0 ? 1 : 1 / Math.sqrt(features) } = optionsFor(who, options, "causal, scale");
  if (typeof causal !== "boolean") throw new TypeError(`${who}: causal is ${describe(causal)}; give true or false`);
  if (typeof factor !== "number") throw new TypeError(`${who}: scale is ${describe(factor)}; give a number`);
  if (!Number.isFinite(factor)) throw new RangeError(`${who}: scale = ${shown(factor)}; give a finite number`);
  return { factor, hidden: causal ? afterQuery(q.shape.at(-2) as number, keys) : undefined };
}

/** 1 where the key comes after the query. */
function afterQuery(queries: number, keys: number): NdArray {
  const hidden = new Uint8Array(queries * keys);
  for (let i = 0; i < queries; i++) if (i + 1 < keys) hidden.fill(1, i * keys + i + 1, (i + 1) * keys);
  return rowMajor(hidden, [queries, keys]);
}

/** How much of each value goes to each query. */
function weightsOf(q: AnyArray, k: AnyArray, { factor, hidden }: Settings): AnyArray {
  const products = mul(matrixProduct(q, turnedOperand(k)), factor);
  return softmax(hidden === undefined ? products : maskFill(products, hidden, Number.NEGATIVE_INFINITY));
}

/** The sum of terms, of which those that do not move are missing. */
function total(terms: readonly (AnyArray | undefined)[]): AnyArray | undefined {
  const moved = terms.filter((term) => term !== undefined);
  return moved.length === 0 ? undefined : moved.reduce((a, b) => add(a, b));
}

/**
 * y = p v with p = softmax(scale · q kᵀ), the softmax over keys: each query gets a mean of the values, by how well their keys match. Stable
 * for products of any size. With `causal`, query i sees keys 0 to i alone.
 *   ẏ = ṗ v + p v̇,  ṗ = p (ṡ − Σ p ṡ),  ṡ = scale · (q̇ kᵀ + q k̇ᵀ)
 *   v̄ = pᵀ ȳ,  q̄ = scale · s̄ k,  k̄ = scale · s̄ᵀ q,  s̄ = p (p̄ − Σ p p̄),  p̄ = ȳ vᵀ;  summed over axes that broadcast
 * @param q shape […, queries, d]; leading axes broadcast
 * @param k shape […, keys, d]
 * @param v shape […, keys, e]
 * @returns shape […, queries, e]; 0 where there are no keys
 * @throws {RangeError} when the shapes do not fit, or scale is not finite
 * Source: Vaswani et al., Attention is all you need (2017), equation 1.
 */
export const attention: Attention = defineRule(
  (q: NdArray, k: NdArray, v: NdArray, options?: AttentionOptions) =>
    matrixProduct(weightsOf(q, k, settingsOf(q, k, v, options)), v) as AnyArray as NdArray,
  {
    frule: ([, ...moves]: readonly unknown[], q: AnyArray, k: AnyArray, v: AnyArray, options?: AttentionOptions) => {
      const settings = settingsOf(q, k, v, options);
      const p = weightsOf(q, k, settings);
      const [dq, dk, dv] = moves.map((t) => (isZero(t) ? undefined : t)) as [AnyArray?, AnyArray?, AnyArray?];
      const ds = total([
        dq === undefined ? undefined : strongMatmul(dq, turnedOperand(k)),
        dk === undefined ? undefined : strongMatmul(q, turnedOperand(dk)),
      ]);
      const dy = total([
        ds === undefined ? undefined : strongMatmul(shareSlope(p, scale(ds, settings.factor) as AnyArray, p.dimension - 1), v),
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
          const sbar = scale(settings.factor, shareSlope(p, pbar, p.dimension - 1)) as AnyArray;
          return [
            NoTangent,
            thunk(() => cotangentOf(q, strongMatmul(sbar, k))),
            thunk(() => cotangentOf(k, strongMatmul(turnedOperand(sbar), q))),
            thunk(() => cotangentOf(v, strongMatmul(turnedOperand(p), ybar) as Operand)),
          ];
        },
      ];
    },
  },
  { name: who, zeros: "symbolic" },
);
