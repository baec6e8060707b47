import {
  type AnyArray,
  add,
  bilinearRule,
  byFrule,
  byRrule,
  cotangentOf,
  defineRule,
  describe,
  isRecord,
  isZero,
  NoTangent,
  type OfTwoArrays,
  optionsFor,
} from "../../lib/core/index.js";
import { expectSize, formatShape, isNdArray, type NdArray, shown } from "../../lib/nd/index.js";
import { sum } from "../reductions/sums.js";
import { reshape } from "../shaping/reshape.js";
import { type Correlation, correlated, correlatedBack, kernelsBack } from "./correlation.js";
import { axesOf, type PerSide, perSide, sidesOf, withAxes } from "./windows.js";

/** How kernels slide. */
export interface ConvolutionOptions<P extends PerSide = PerSide> {
  /** How far apart windows begin. 1 when absent. */
  readonly stride?: P | undefined;
  /** How many zeros to add at each end. 0 when absent. */
  readonly padding?: P | undefined;
  /** How far apart the entries of a window are. 1 when absent. */
  readonly dilation?: P | undefined;
  /** In how many groups the channels fall: each has kernels of its own. 1 when absent. */
  readonly groups?: number | undefined;
}

/** A convolution: traced arrays give a traced one. */
export interface Convolution<P extends PerSide> {
  (x: NdArray, w: NdArray, b?: NdArray, options?: ConvolutionOptions<P>): NdArray;
  (x: AnyArray, w: AnyArray, b?: AnyArray, options?: ConvolutionOptions<P>): AnyArray;
}

const kernelAxes = { 1: "[O, C / groups, K]", 2: "[O, C / groups, K, K]" } as const;

/** What a convolution does with arrays of these shapes. */
function planOf(who: string, sides: 1 | 2, x: AnyArray, w: AnyArray, options: ConvolutionOptions | undefined): Correlation {
  withAxes(who, "x", x, sides + 2, axesOf[sides]);
  withAxes(who, "w", w, sides + 2, kernelAxes[sides]);
  const { stride = 1, padding = 0, dilation = 1, groups = 1 } = optionsFor(who, options, "stride, padding, dilation, groups");
  const [batch, channels] = x.shape as [number, number];
  const [kernels, depth] = w.shape as [number, number];
  if (!Number.isInteger(groups) || groups < 1 || channels % groups !== 0 || kernels % groups !== 0) {
    throw new RangeError(
      `${who}: groups = ${shown(groups)} does not divide ${channels} channels and ${kernels} kernels; give a number that divides both`,
    );
  }
  if (depth * groups !== channels) {
    throw new RangeError(
      `${who}: w has shape ${formatShape(w.shape)}, x has ${channels} channels${groups === 1 ? "" : ` in ${groups} groups`}; axis 1 of w needs ${channels / groups} entries`,
    );
  }
  const slides = {
    kernel: w.shape.slice(2),
    stride: perSide(who, "stride", stride, sides, 1),
    padding: perSide(who, "padding", padding, sides, 0),
    dilation: perSide(who, "dilation", dilation, sides, 1),
  };
  return { batch, channels, kernels, groups, sides: sidesOf(who, x.shape, slides) };
}

/**
 * Convolution without bias.
 *   ẏ = correlate(ẋ, w) + correlate(x, ẇ)
 */
const correlate: OfTwoArrays<[plan: Correlation]> = bilinearRule(
  correlated,
  (ybar: NdArray, _: NdArray, w: NdArray, plan: Correlation) => correlatedBack(ybar, w, plan),
  (ybar: NdArray, x: NdArray, _: NdArray, plan: Correlation) => kernelsBack(ybar, x, plan),
  { name: "correlate" },
);

/** A bias with one entry for each kernel, with axes that broadcast along the windows. */
function alongChannels(who: string, b: AnyArray, { kernels, sides }: Correlation): AnyArray {
  if (!isNdArray(b)) {
    const cure = isRecord(b)
      ? `; where there is no bias, give undefined: ${who}(x, w, undefined, options)`
      : "; a vector, or undefined, is needed";
    throw new TypeError(`${who}: b is ${describe(b)}${cure}`);
  }
  if (b.dimension !== 1 || b.shape[0] !== kernels)
    throw new RangeError(`${who}: b has shape ${formatShape(b.shape)} for ${kernels} kernels; give a vector with an entry for each`);
  return reshape(b as AnyArray, [kernels, ...sides.map(() => 1)]);
}

function convolution<P extends PerSide>(name: string, sides: 1 | 2): Convolution<P> {
  const withBias = (y: AnyArray, b: AnyArray | undefined, plan: Correlation): AnyArray =>
    b === undefined ? y : add(y, alongChannels(name, b, plan));
  return defineRule(
    (x: NdArray, w: NdArray, b?: NdArray, options?: ConvolutionOptions<P>) => {
      const plan = planOf(name, sides, x, w, options);
      return withBias(correlate(x, w, plan), b, plan) as NdArray;
    },
    {
      frule: ([, dx, dw, db]: readonly unknown[], x: AnyArray, w: AnyArray, b?: AnyArray, options?: ConvolutionOptions) => {
        const plan = planOf(name, sides, x, w, options);
        const [y, moved] = byFrule([NoTangent, dx, dw, NoTangent], correlate, x, w, plan);
        if (b === undefined || isZero(db)) return [withBias(y, b, plan), moved];
        const dbias = alongChannels(name, db as AnyArray, plan);
        return [withBias(y, b, plan), isZero(moved) ? dbias : add(moved, dbias)];
      },
      rrule: (...args: readonly [x: AnyArray, w: AnyArray, b?: AnyArray, options?: ConvolutionOptions]) => {
        const [x, w, b, options] = args;
        const plan = planOf(name, sides, x, w, options);
        const [y, back] = byRrule(correlate, x, w, plan);
        return [
          withBias(y, b, plan),
          function convolutionPullback(ybar: AnyArray) {
            const [, xbar, wbar] = back(ybar);
            const bbar =
              b === undefined ? NoTangent : cotangentOf(b, sum(ybar, { axis: ybar.shape.flatMap((_, k) => (k === 1 ? [] : [k])) }));
            return [NoTangent, xbar, wbar, bbar, NoTangent].slice(0, args.length + 1);
          },
        ];
      },
    },
    { name, still: [3], zeros: "symbolic" },
  );
}

/**
 * Convolution of lines as networks have it, without flipping the kernels:
 *   y[n, o, i] = b[o] + Σ w[o, c, k] x[n, c, i · stride − padding + k · dilation]
 *   ẏ = conv1d(ẋ, w) + conv1d(x, ẇ) + ḃ     x̄ = ȳ put back where it came from, w̄ = Σ ȳ x,  b̄[o] = Σ ȳ[n, o, i]
 * By a table of windows and the matrix product.
 * @param x shape [N, C, L]
 * @param w shape [O, C / groups, K]
 * @param b shape [O]; undefined when there is none
 * @returns shape [N, O, ⌊(L + 2 padding − dilation (K − 1) − 1) / stride⌋ + 1]
 * @throws {RangeError} when shapes or options do not fit, or the kernel is longer than x with its padding
 * Source: V. Dumoulin and F. Visin, A guide to convolution arithmetic for deep learning (2016).
 */
export const conv1d: Convolution<number> = convolution("conv1d", 1);

/**
 * Convolution of planes, along both of their axes as `conv1d` along one.
 *   ẏ = conv2d(ẋ, w) + conv2d(x, ẇ) + ḃ     x̄ = ȳ put back where it came from, w̄ = Σ ȳ x,  b̄[o] = Σ ȳ[n, o, i, j]
 * @param x shape [N, C, H, W]
 * @param w shape [O, C / groups, K, K′]
 * @param b shape [O]; undefined when there is none
 * @param options stride, padding and dilation are numbers, or pairs, that of the rows first
 * @throws {RangeError} when shapes or options do not fit, or the kernel is larger than x with its padding
 * Source: V. Dumoulin and F. Visin, A guide to convolution arithmetic for deep learning (2016).
 */
export const conv2d: Convolution<PerSide> = convolution("conv2d", 2);

/** How the kernels of a transposed convolution lie. */
export interface TransposedOptions {
  /** How far apart the entries of x are put. 1 when absent. */
  readonly stride?: number | undefined;
  /** How many entries are taken away at each end. 0 when absent. */
  readonly padding?: number | undefined;
}

/** `convTranspose1d`: traced arrays give a traced one. */
export interface TransposedConvolution {
  (x: NdArray, w: NdArray, options?: TransposedOptions): NdArray;
  (x: AnyArray, w: AnyArray, options?: TransposedOptions): AnyArray;
}

/** The convolution whose transpose this one is: x has the shape of its result. */
function transposedPlan(x: NdArray, w: NdArray, options: TransposedOptions | undefined): Correlation {
  const who = "convTranspose1d";
  withAxes(who, "x", x, 3, axesOf[1]);
  withAxes(who, "w", w, 3, "[C, O, K]");
  const { stride: step = 1, padding: around = 0 } = optionsFor(who, options, "stride, padding");
  const [stride, padding] = [perSide(who, "stride", step, 1, 1)[0] as number, perSide(who, "padding", around, 1, 0)[0] as number];
  const [batch, kernels, output] = x.shape as [number, number, number];
  const [rows, channels, kernel] = w.shape as [number, number, number];
  if (rows !== kernels)
    throw new RangeError(`${who}: w has shape ${formatShape(w.shape)}, x has ${kernels} channels; axis 0 of w needs ${kernels} entries`);
  const input = (output - 1) * stride + kernel - 2 * padding;
  if (output < 1 || kernel < 1 || input < 1) {
    throw new RangeError(
      `${who}: x of shape ${formatShape(x.shape)} and a kernel of ${kernel} with padding ${padding} leave nothing; make x or the kernel longer, or the padding smaller`,
    );
  }
  expectSize(who, [batch, channels, input]);
  expectSize(`${who}: the table of windows`, [channels, kernel, output]);
  return { batch, channels, kernels, groups: 1, sides: [{ input, kernel, stride, padding, dilation: 1, output }] };
}

/**
 * The transpose of `conv1d` in x: every entry of x puts a kernel, `stride` apart, and what overlaps adds up.
 *   y[n, o, i · stride − padding + k] = Σ x[n, c, i] w[c, o, k]
 *   ẏ = convTranspose1d(ẋ, w) + convTranspose1d(x, ẇ)     x̄ = conv1d(ȳ, w),  w̄ = Σ x ȳ
 * @param x shape [N, C, L]
 * @param w shape [C, O, K]
 * @returns shape [N, O, (L − 1) stride − 2 padding + K]
 * @throws {RangeError} when shapes or options do not fit, or nothing is left
 * Source: V. Dumoulin and F. Visin, A guide to convolution arithmetic for deep learning (2016).
 */
export const convTranspose1d: TransposedConvolution = bilinearRule(
  (x: NdArray, w: NdArray, options?: TransposedOptions) => correlatedBack(x, w, transposedPlan(x, w, options)),
  (ybar: NdArray, x: NdArray, w: NdArray, options?: TransposedOptions) => correlated(ybar, w, transposedPlan(x, w, options)),
  (ybar: NdArray, x: NdArray, w: NdArray, options?: TransposedOptions) => kernelsBack(x, ybar, transposedPlan(x, w, options)),
  { name: "convTranspose1d" },
);
