import {
  type AnyArray,
  accumulate,
  addedTo,
  defineRule,
  describe,
  fieldOf,
  floatKindOf,
  highestLevel,
  isZero,
  NoTangent,
  optionsFor,
  similar,
  thunk,
  ZeroTangent,
} from "../../lib/core/index.js";
import { floatResult } from "../../lib/nd/float-array.js";
import { commonDType, isNdArray, type NdArray, sameShape, zerosOf } from "../../lib/nd/index.js";
import { add, cos, mul, neg, sin, sub } from "../elementwise/index.js";
import { checkMatrix } from "./ranges.js";
import { addTurnedBack, rotated, rotatedTangent, turnsOf } from "./rotation.js";
import { moment, velocity } from "./turn.js";

/** Options of `rotaryEmbedding`. */
export interface RotaryOptions {
  /** The position of the first column. Default 1. */
  readonly start?: number | undefined;
}

/** Rotary embedding of a matrix. */
export interface RotaryEmbedding {
  (x: NdArray, theta: NdArray, options?: RotaryOptions): NdArray;
  (x: AnyArray, theta: AnyArray, options?: RotaryOptions): AnyArray;
}

/** The pullback of rotary embedding. */
export interface RotaryEmbeddingPullback {
  (ybar: NdArray, x: NdArray, theta: NdArray, options?: RotaryOptions): [xbar: NdArray, thetabar: NdArray];
  (ybar: AnyArray, x: AnyArray, theta: AnyArray, options?: RotaryOptions): [xbar: AnyArray, thetabar: AnyArray];
}

/** The position of the first column, after a look at the arguments. */
function checkedStart(who: string, x: AnyArray, theta: AnyArray, options?: RotaryOptions): number {
  checkMatrix(who, "x", x);
  if (!isNdArray(theta)) throw new TypeError(`${who}: theta is ${describe(theta)}; a vector of angles is needed`);
  if (theta.dimension !== 1) throw new RangeError(`${who}: theta is ${describe(theta)}; a vector of angles is needed`);
  if (x.shape[0] !== 2 * theta.size) {
    throw new RangeError(`${who}: theta has ${theta.size} entries, x has ${x.shape[0]} rows; x needs 2 rows for each angle`);
  }
  const { start = 1 } = optionsFor(who, options, "start");
  if (typeof start !== "number")
    throw new TypeError(`${who}: start is ${describe(start)}; give a number, the position of the first column`);
  if (!Number.isFinite(start)) throw new RangeError(`${who}: start = ${start}; give a finite number, the position of the first column`);
  return start;
}

const forward = "rotaryEmbedding";

/** Rotary embedding as one writes it: entry by entry. */
function embedded(x: AnyArray, theta: AnyArray, options?: RotaryOptions): AnyArray {
  const start = checkedStart(forward, x, theta, options);
  const y = similar(floatKindOf(x) === "float32" ? theta : x, x.shape, { holds: [x, theta] });
  for (let k = 0; k < theta.size; k++) {
    const angle = theta.get(k);
    for (let i = 0; i < (x.shape[1] as number); i++) {
      const turn = mul(start + i, angle);
      const c = cos(turn);
      const s = sin(turn);
      const even = x.get(2 * k, i);
      const odd = x.get(2 * k + 1, i);
      y.set(2 * k, i, sub(mul(even, c), mul(odd, s)));
      y.set(2 * k + 1, i, add(mul(odd, c), mul(even, s)));
    }
  }
  return y;
}

/** Rotary embedding by one of the loops, with its rule. */
function embedding(name: string, primal: RotaryEmbedding, rotate: typeof rotated): RotaryEmbedding {
  const value: RotaryEmbedding = defineRule(
    primal,
    {
      frule: ([, dx, dtheta]: readonly unknown[], x: AnyArray, theta: AnyArray, options?: RotaryOptions) => {
        const start = checkedStart(forward, x, theta, options);
        const moving = accumulate(dx, isZero(dtheta) ? ZeroTangent : velocity(x, dtheta as AnyArray, start));
        if (highestLevel([x, theta, moving]) !== undefined) {
          const dy = isZero(moving) ? ZeroTangent : turnedTangent(moving as AnyArray, theta, { start });
          return [value(x, theta, { start }), dy];
        }
        const dtype = commonDType([x as NdArray, theta as NdArray]);
        const turns = turnsOf(theta as NdArray, x.shape[1] as number, start);
        return [rotate(x as NdArray, turns, 1, dtype), isZero(moving) ? ZeroTangent : rotatedTangent(moving as NdArray, turns, 1, dtype)];
      },
      rrule: (x: AnyArray, theta: AnyArray, options?: RotaryOptions) => {
        const start = checkedStart(forward, x, theta, options);
        if (highestLevel([x, theta]) !== undefined) {
          return [value(x, theta, { start }), (ybar: AnyArray) => [NoTangent, ...rotaryEmbeddingPullback(ybar, x, theta, { start })]];
        }
        const dtype = commonDType([x as NdArray, theta as NdArray]);
        const turns = turnsOf(theta as NdArray, x.shape[1] as number, start);
        return [
          rotate(x as NdArray, turns, 1, dtype),
          (ybar: AnyArray) => {
            if (highestLevel([ybar]) !== undefined) return [NoTangent, ...rotaryEmbeddingPullback(ybar, x, theta, { start })];
            const [plain, pairs] = [ybar, x] as [NdArray, NdArray];
            let angles: Float64Array | undefined;
            const addTo = (acc: NdArray): void => {
              angles = addTurnedBack(acc, plain, pairs, turns, start);
            };
            return [
              NoTangent,
              addedTo(pairs, addTo),
              thunk(() => {
                if (angles === undefined) addTo(zerosOf(x.shape));
                return floatResult(angles as Float64Array, theta.shape, dtype);
              }),
            ];
          },
        ];
      },
    },
    { name, still: [2], zeros: "symbolic" },
  );
  return value;
}

/** `rotaryEmbedding` of a tangent or a cotangent: what does not move stays so, whatever the angles are. */
const turnedTangent: RotaryEmbedding = embedding(
  "turnedTangent",
  ((x: NdArray, theta: NdArray, options?: RotaryOptions) => {
    const start = checkedStart(forward, x, theta, options);
    return rotatedTangent(x, turnsOf(theta, x.shape[1] as number, start), 1, commonDType([x, theta]));
  }) as RotaryEmbedding,
  rotatedTangent,
);

/**
 * Rotary position embedding: each pair of rows (2k, 2k + 1) of x is rotated by the angle p·θₖ, p = start + i being the position of column i.
 *   y[2k, i] = x[2k, i] cos pθₖ − x[2k + 1, i] sin pθₖ      y[2k + 1, i] = x[2k + 1, i] cos pθₖ + x[2k, i] sin pθₖ
 *   ẏ = R(θ)(ẋ + velocity(x, θ̇))                            x̄ = R(−θ) ȳ,  θ̄ₖ = Σᵢ p (x[2k, i] x̄[2k + 1, i] − x[2k + 1, i] x̄[2k, i])
 * with velocity(x, t)[2k, i] = −p tₖ x[2k + 1, i] and velocity(x, t)[2k + 1, i] = p tₖ x[2k, i]. Sines and cosines are computed once and
 * kept for the pullback: twice the memory of x.
 * @param x     shape [2·theta.length, positions]
 * @param theta radians for each step of position
 * @param options `start`, the position of the first column: 1, as in the seed, unless given
 * @returns     shape of x
 * @throws {RangeError} when x does not have two rows for each angle (the seed's check of this is inverted)
 * Source: lab 09, "RoPE"; Su, Lu, Pan, Murtadha, Wen and Liu, RoFormer (2021), equation 34.
 */
export const rotaryEmbedding: RotaryEmbedding = embedding(forward, embedded as RotaryEmbedding, rotated);

const backward = "rotaryEmbeddingPullback";

function checkedCotangent(ybar: AnyArray, x: AnyArray, theta: AnyArray, options: RotaryOptions | undefined): number {
  const start = checkedStart(backward, x, theta, options);
  if (!isNdArray(ybar) || !sameShape(ybar.shape, x.shape)) {
    throw new RangeError(`${backward}: ybar is ${describe(ybar)}, x is ${describe(x)}; give a cotangent of the shape of x`);
  }
  return start;
}

/** [x̄, θ̄] in differentiable functions. */
function composed(ybar: AnyArray, x: AnyArray, theta: AnyArray, start: number): [xbar: AnyArray, thetabar: AnyArray] {
  const xbar = turnedTangent(ybar, neg(theta), { start });
  return [xbar, moment(x, xbar, start)];
}

/**
 * The pullback of `rotaryEmbedding` as a function of its own (the seed's ∂rotary_embedding): x̄ = R(−θ) ȳ and θ̄ = moment(x, x̄), where
 * moment(x, z)ₖ = Σᵢ p (x[2k, i] z[2k + 1, i] − x[2k + 1, i] z[2k, i]). With u and w for its two results and y for ȳ:
 *   u̇ = R(−θ)(ẏ − velocity(y, θ̇))   ẇ = moment(ẋ, u) + moment(x, u̇)
 *   ȳ = R(θ)(ū + velocity(x, w̄))    x̄ = −velocity(u, w̄),  θ̄ = −moment(y, ȳ)
 * @param ybar  shape of x
 * @param x     shape [2·theta.length, positions]
 * @param theta radians for each step of position
 * @returns     [x̄, θ̄], of the shapes of x and theta
 * @throws {RangeError} when x does not have two rows for each angle, or ybar not the shape of x
 * Source: lab 09, "RoPE".
 */
export const rotaryEmbeddingPullback: RotaryEmbeddingPullback = defineRule(
  (ybar: AnyArray, x: AnyArray, theta: AnyArray, options?: RotaryOptions) => {
    return composed(ybar, x, theta, checkedCotangent(ybar, x, theta, options));
  },
  {
    frule: ([, dybar, dx, dtheta]: readonly unknown[], ybar: AnyArray, x: AnyArray, theta: AnyArray, options?: RotaryOptions) => {
      const start = checkedCotangent(ybar, x, theta, options);
      const [xbar, thetabar] = composed(ybar, x, theta, start);
      const moving = accumulate(dybar, isZero(dtheta) ? ZeroTangent : velocity(ybar, neg(dtheta as AnyArray), start));
      const dxbar = isZero(moving) ? ZeroTangent : turnedTangent(moving as AnyArray, neg(theta), { start });
      const dthetabar = accumulate(
        isZero(dx) ? ZeroTangent : moment(dx as AnyArray, xbar, start),
        isZero(dxbar) ? ZeroTangent : moment(x, dxbar, start),
      );
      return [
        [xbar, thetabar],
        [dxbar, dthetabar],
      ];
    },
    rrule: (ybar: AnyArray, x: AnyArray, theta: AnyArray, options?: RotaryOptions) => {
      const start = checkedCotangent(ybar, x, theta, options);
      const results = composed(ybar, x, theta, start);
      const [xbar] = results;
      return [
        results,
        (cotangents: unknown) => {
          const w = fieldOf(cotangents, 1);
          const z = accumulate(fieldOf(cotangents, 0), isZero(w) ? ZeroTangent : velocity(x, w as AnyArray, start));
          if (isZero(z)) return [NoTangent, ZeroTangent, ZeroTangent, ZeroTangent];
          const ybarbar = turnedTangent(z as AnyArray, theta, { start });
          return [
            NoTangent,
            ybarbar,
            isZero(w) ? ZeroTangent : velocity(xbar, neg(w as AnyArray), start),
            neg(moment(ybar, ybarbar, start)),
          ];
        },
      ];
    },
  },
  { name: backward, still: [3], zeros: "symbolic" },
);
