import {
  type AnyArray,
  cast,
  cotangentOf,
  defineRule,
  isZero,
  NoTangent,
  type Operand,
  optionsFor,
  primal,
  type Scalar,
  scale,
  storeOf,
  thunk,
  ZeroTangent,
} from "../../lib/core/index.js";
import { floatDType, type NdArray, normalizeAxes } from "../../lib/nd/index.js";
import { add, mul } from "../elementwise/field.js";
import { share } from "../elementwise/share.js";
import { norm } from "../reductions/norms.js";
import { sum } from "../reductions/sums.js";
import { type Axes, arrayFor, arrayWith } from "../support/reduce-options.js";
import { unitSlope } from "./standardize.js";

/** Over which axes the length is taken. */
export interface NormalizeOptions {
  /** These; all when absent. */
  readonly axis?: Axes | undefined;
}

/** `normalize`: traced arrays give a traced one. */
export interface Normalize {
  (x: NdArray, options?: NormalizeOptions): NdArray;
  (x: AnyArray, options?: NormalizeOptions): AnyArray;
}

/** x over its length, that length, and the axes it is taken over. */
interface Directed {
  readonly y: AnyArray;
  readonly length: AnyArray;
  readonly axes: readonly number[];
}

function directed(who: string, x: AnyArray, options?: NormalizeOptions): Directed {
  const plain = arrayFor(who, primal(x));
  const { axis } = optionsFor(who, options, "axis");
  const axes = normalizeAxes(who, axis, plain.dimension);
  const length = norm(x, { axis, keepDims: true }) as AnyArray;
  return { y: share(x, length) as AnyArray, length, axes };
}

/** c (t − y Σ y t) / |x|: the Jacobian of x / |x|, which is its own transpose, times c t; 0 at the zero vector. */
function slope({ y, length, axes }: Directed, t: AnyArray, c: Operand = 1): AnyArray {
  return unitSlope(y, share(c, length) as AnyArray, t, { axes, centered: false }, 1);
}

/**
 * x over its Euclidean length, over axes. 0 at the zero vector, and so are its slopes there.
 *   ẏ = (ẋ − y Σ y ẋ) / |x|      x̄ = (ȳ − y Σ y ȳ) / |x|
 * @param options the axes of a vector; all entries are one when absent
 * @returns shape of x
 * @throws {RangeError} when an axis does not exist or is named twice
 */
export const normalize: Normalize = defineRule(
  (x: NdArray, options?: NormalizeOptions) => directed("normalize", x, options).y as NdArray,
  {
    frule: ([, dx]: readonly unknown[], x: AnyArray, options?: NormalizeOptions) => {
      const state = directed("normalize", x, options);
      return [state.y, isZero(dx) ? dx : cast(slope(state, dx as AnyArray), floatDType((storeOf(state.y) ?? state.y).dtype))];
    },
    rrule: (x: AnyArray, options?: NormalizeOptions) => {
      const state = directed("normalize", x, options);
      return [
        state.y,
        function normalizePullback(ybar: AnyArray) {
          return [NoTangent, cotangentOf(x, slope(state, ybar))];
        },
      ];
    },
  },
  { name: "normalize", still: [1] },
);

/** `cosineSimilarity`: a number, a traced one for a traced vector. */
export interface CosineSimilarity {
  (a: NdArray, b: NdArray): number;
  (a: AnyArray, b: AnyArray): Scalar;
}

/** Both vectors with length 1, their lengths, and the cosine. */
function cosineOf(a: AnyArray, b: AnyArray) {
  const who = "cosineSimilarity";
  [a, b].forEach((x, k) => {
    arrayWith(who, `argument ${k + 1}`, x, ({ length }) => length === 1, "a vector");
  });
  if (a.size !== b.size) throw new RangeError(`${who}: the vectors have ${a.size} and ${b.size} entries; make them equally long`);
  const [first, second] = [directed(who, a), directed(who, b)];
  /** ∂y/∂a or ∂y/∂b, times a number. */
  const slopes = [(c?: Scalar) => slope(first, second.y, c), (c?: Scalar) => slope(second, first.y, c)] as const;
  return { y: sum(mul(first.y, second.y)), slopes };
}

/**
 * The cosine of the angle between two vectors, y = a·b / (|a| |b|). 0 where one is the zero vector, and so are the slopes by that one.
 *   ẏ = s·ȧ + r·ḃ                ā = s ȳ,  b̄ = r ȳ;  s = (b/|b| − y a/|a|) / |a|, r the other way round
 * @throws {RangeError} when these are not vectors of one length
 */
export const cosineSimilarity: CosineSimilarity = defineRule(
  (a: NdArray, b: NdArray) => cosineOf(a, b).y as number,
  {
    frule: ([, ...moves]: readonly unknown[], a: AnyArray, b: AnyArray) => {
      const { y, slopes } = cosineOf(a, b);
      const moved = slopes.flatMap((by, k) => (isZero(moves[k]) ? [] : [sum(scale(by(), moves[k] as AnyArray) as AnyArray)]));
      return [y, moved.length === 0 ? ZeroTangent : moved.reduce((p, q) => add(p, q))];
    },
    rrule: (a: AnyArray, b: AnyArray) => {
      const { y, slopes } = cosineOf(a, b);
      return [
        y,
        function cosineSimilarityPullback(ybar: Scalar) {
          return [NoTangent, ...[a, b].map((x, k) => thunk(() => cotangentOf(x, (slopes[k] as (c: Scalar) => Operand)(ybar))))];
        },
      ];
    },
  },
  { name: "cosineSimilarity", zeros: "symbolic" },
);
