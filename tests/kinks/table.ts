import {
  type AnyArray,
  abs,
  acos,
  acosh,
  argmax,
  array,
  asin,
  atan2,
  atanh,
  cbrt,
  ceil,
  chamferDistance,
  clip,
  copysign,
  cummax,
  cummin,
  cumprod,
  derivative,
  eigh,
  eigvalsh,
  floor,
  fround,
  hausdorffDistance,
  hypot,
  log,
  log1p,
  logsumexp,
  matmul,
  max,
  maximum,
  maxPool1d,
  maxPool2d,
  mean,
  median,
  min,
  minimum,
  mod,
  mul,
  mymaximum,
  type NdArray,
  norm,
  normalize,
  pow,
  prod,
  quantile,
  relu,
  rem,
  round,
  type Scalar,
  sigmoid,
  sign,
  sinc,
  softplus,
  sqrt,
  square,
  sum,
  svd,
  svdvals,
  tanh,
  transpose,
  trunc,
  where,
  zeros,
} from "../../lib/index.js";

/** One point at which a convention holds. */
export interface KinkCase {
  /** As a reader would write it. */
  readonly shown: string;
  /** A function of numbers and arrays with one number as its result; or one that throws. */
  readonly f: (...args: never[]) => unknown;
  readonly args: readonly (number | NdArray)[];
  /** The value; or the error's name, where it throws. */
  readonly y: number | "RangeError";
  /** The derivative by each argument, forward and reverse alike. */
  readonly slopes?: readonly (number | NdArray)[] | "finite";
}

/** One line of the published table. */
export interface Kink {
  readonly names: readonly string[];
  readonly where: string;
  readonly convention: string;
  readonly cases: readonly KinkCase[];
}

const vector = (...entries: number[]): NdArray => array(entries);
const no = (length: number): NdArray => zeros([length]);

/** A case of a function of one number. */
const at = (shown: string, f: (x: Scalar) => unknown, x: number, y: number, slope: number): KinkCase => ({
  shown,
  f: f as KinkCase["f"],
  args: [x],
  y,
  slopes: [slope],
});
/** A case of a function of two numbers. */
const at2 = (shown: string, f: (x: Scalar, y: Scalar) => unknown, x: number, y: number, value: number, ...slopes: number[]): KinkCase => ({
  shown,
  f: f as KinkCase["f"],
  args: [x, y],
  y: value,
  slopes,
});
/** A case of a function of an array. */
const on = (shown: string, f: (x: AnyArray) => unknown, x: NdArray, y: KinkCase["y"], slope?: NdArray | "finite"): KinkCase => ({
  shown,
  f: f as KinkCase["f"],
  args: [x],
  y,
  ...(slope === undefined ? {} : { slopes: slope === "finite" ? slope : [slope] }),
});

const tied = array([
  [1, 3],
  [1, 1],
]);
const image = array([
  [
    [
      [2, 2],
      [1, 2],
    ],
  ],
]);
const identity = array([
  [2, 0],
  [0, 2],
]);
const infinity = Number.POSITIVE_INFINITY;
const NaNs = vector(1, Number.NaN, 2);

/** v w² vᵀ of a symmetric matrix, its entries added up with weights. */
function throughEigh(a: AnyArray): Scalar {
  const [w, v] = eigh(a) as [AnyArray, AnyArray];
  const rebuilt = matmul(mul(v, square(w)) as AnyArray, transpose(v) as AnyArray) as AnyArray;
  return sum(
    mul(
      rebuilt,
      array([
        [1, 2],
        [2, -1],
      ]),
    ),
  ) as Scalar;
}

/** u s³ vᵀ added up with weights. */
function throughSvd(a: AnyArray): Scalar {
  const [u, s, vt] = svd(a) as [AnyArray, AnyArray, AnyArray];
  return sum(
    mul(
      matmul(mul(u, pow(s, 3)) as AnyArray, vt) as AnyArray,
      array([
        [1, 2],
        [2, -1],
      ]),
    ),
  ) as Scalar;
}

export const kinks: readonly Kink[] = [
  {
    names: ["abs", "sign", "relu"],
    where: "`abs`, `sign`, `relu` at 0",
    convention: "0",
    cases: [at("abs(0)", abs, 0, 0, 0), at("abs(−0)", abs, -0, 0, 0), at("sign(0)", sign, 0, 0, 0), at("relu(0)", relu, 0, 0, 0)],
  },
  {
    names: ["max", "min", "median", "maxPool1d", "maxPool2d"],
    where: "`max`, `min`, `median`, max pooling at ties",
    convention:
      "the first in row-major order (the lab's Julia counts column by column); of two equal ones in the middle, the first two, half each",
    cases: [
      on(
        "max([[1, 3], [3, 1]])",
        max,
        array([
          [1, 3],
          [3, 1],
        ]),
        3,
        array([
          [0, 1],
          [0, 0],
        ]),
      ),
      on(
        "min([[1, 3], [1, 1]])",
        min,
        tied,
        1,
        array([
          [1, 0],
          [0, 0],
        ]),
      ),
      on("median([2, 2, 2])", median, vector(2, 2, 2), 2, vector(1, 0, 0)),
      on("median([2, 1, 2, 2])", median, vector(2, 1, 2, 2), 2, vector(0.5, 0, 0.5, 0)),
      on("maxPool1d of [2, 2, 1], kernel 3", (x) => sum(maxPool1d(x, { kernel: 3 })), array([[[2, 2, 1]]]), 2, array([[[1, 0, 0]]])),
      on(
        "maxPool2d of [[2, 2], [1, 2]], kernel 2",
        (x) => sum(maxPool2d(x, { kernel: [2, 2] })),
        image,
        2,
        array([
          [
            [
              [1, 0],
              [0, 0],
            ],
          ],
        ]),
      ),
    ],
  },
  {
    names: ["quantile", "cummax", "cummin", "mymaximum"],
    where: "`quantile`, `cummax`, `cummin`, `mymaximum` at ties",
    convention: "the first in row-major order",
    cases: [
      on("quantile([2, 2, 2], 0.5)", (x) => quantile(x, 0.5), vector(2, 2, 2), 2, vector(1, 0, 0)),
      on("sum(cummax([2, 2, 1]))", (x) => sum(cummax(x)), vector(2, 2, 1), 6, vector(3, 0, 0)),
      on("sum(cummin([2, 2, 3]))", (x) => sum(cummin(x)), vector(2, 2, 3), 6, vector(3, 0, 0)),
      on("mymaximum([1, 3, 3])", mymaximum, vector(1, 3, 3), 3, vector(0, 1, 0)),
    ],
  },
  {
    names: ["copysign", "atan2"],
    where: "`copysign(0, y)`, `atan2(0, 0)`",
    convention: "0",
    cases: [at2("copysign(0, 1)", copysign, 0, 1, 0, 0, 0), at2("atan2(0, 0)", atan2, 0, 0, 0, 0, 0)],
  },
  {
    names: ["mod", "rem"],
    where: "`mod`, `rem` at the jumps",
    convention: "the slope on the side of the value: 1 for x",
    cases: [at("mod(4, 2)", (x) => mod(x, 2), 4, 0, 1), at("rem(4, 2)", (x) => rem(x, 2), 4, 0, 1)],
  },
  {
    names: ["sinc"],
    where: "`sinc` at 0",
    convention: "0, and the limits of all higher derivatives",
    cases: [at("sinc(0)", sinc, 0, 1, 0), at("sinc′(0)", (x) => derivative(sinc, x), 0, 0, -(Math.PI ** 2) / 3)],
  },
  {
    names: ["maximum", "minimum"],
    where: "`maximum`, `minimum` at ties",
    convention: "the first argument",
    cases: [at2("maximum(2, 2)", maximum, 2, 2, 2, 1, 0), at2("minimum(2, 2)", minimum, 2, 2, 2, 1, 0)],
  },
  {
    names: ["hausdorffDistance", "chamferDistance"],
    where: "`hausdorffDistance`, `chamferDistance` at ties",
    convention: "column minima before row minima; in each the first index, then the first minimum",
    cases: [
      on(
        "hausdorffDistance([[1, 1], [1, 1]])",
        hausdorffDistance,
        array([
          [1, 1],
          [1, 1],
        ]),
        1,
        array([
          [1, 0],
          [0, 0],
        ]),
      ),
      on(
        "hausdorffDistance([[1, 3], [1, 1]])",
        hausdorffDistance,
        tied,
        1,
        array([
          [1, 0],
          [0, 0],
        ]),
      ),
      on(
        "chamferDistance([[1, 1], [1, 1]])",
        chamferDistance,
        array([
          [1, 1],
          [1, 1],
        ]),
        2,
        array([
          [1, 0.5],
          [0.5, 0],
        ]),
      ),
    ],
  },
  {
    names: ["clip"],
    where: "`clip` at a bound",
    convention: "1 for x",
    cases: [at("clip(1, 1, 2)", (x) => clip(x, 1, 2), 1, 1, 1), at("clip(2, 1, 2)", (x) => clip(x, 1, 2), 2, 2, 1)],
  },
  {
    names: ["sqrt", "log", "pow", "cbrt", "log1p", "asin", "acos", "acosh", "atanh"],
    where: "`sqrt`, `log`, `cbrt` at 0, `pow(0, p)` with p < 1; `log1p asin acos acosh atanh` at the end of their domain",
    convention: "the one-sided limit, ±∞; times a zero tangent, cotangent or partial it is 0, never NaN",
    cases: [
      at("sqrt(0)", sqrt, 0, 0, infinity),
      at("log(0)", log, 0, -infinity, infinity),
      at("cbrt(0)", cbrt, 0, 0, infinity),
      at("log1p(−1)", log1p, -1, -infinity, infinity),
      at("asin(1)", asin, 1, Math.PI / 2, infinity),
      at("acos(1)", acos, 1, 0, -infinity),
      at("acosh(1)", acosh, 1, 0, infinity),
      at("atanh(1)", atanh, 1, infinity, infinity),
      at("pow(0, 0.5)", (x) => pow(x, 0.5), 0, 0, infinity),
      at("0 · sqrt(x) at 0", (x) => mul(0, sqrt(x)), 0, 0, 0),
      at("sqrt(x²) at 0", (x) => sqrt(mul(x, x)), 0, 0, 0),
      at("pow(0 · x, 0.5) at 1", (x) => pow(mul(0, x), 0.5), 1, 0, 0),
    ],
  },
  {
    names: ["pow"],
    where: "`pow(x, 0)`, `pow(0, 0)`, `pow(0, n)`",
    convention: "by x: 0; 0; n·0ⁿ⁻¹ exactly. By the exponent, at x = 0 and an exponent above 0: 0",
    cases: [
      at("pow(x, 0) at 3", (x) => pow(x, 0), 3, 1, 0),
      at("pow(x, 0) at 0", (x) => pow(x, 0), 0, 1, 0),
      at("pow(x, 1) at 0", (x) => pow(x, 1), 0, 0, 1),
      at("pow(x, 2) at 0", (x) => pow(x, 2), 0, 0, 0),
      at2("pow(0, 2)", pow, 0, 2, 0, 0, 0),
      at2("pow(0, 1)", pow, 0, 1, 0, 1, 0),
      at2("pow(−2, 3) by x", (x) => pow(x, 3), -2, 3, -8, 12, 0),
    ],
  },
  {
    names: ["norm", "hypot", "normalize"],
    where: "`norm` and `normalize` at the zero vector, `hypot(0, 0)`",
    convention: "0",
    cases: [
      on("norm([0, 0])", norm, no(2), 0, no(2)),
      on("norm([0, 0], { ord: 3 })", (x) => norm(x, { ord: 3 }), no(2), 0, no(2)),
      on("sum(normalize([0, 0]))", (x) => sum(normalize(x)), no(2), 0, no(2)),
      at2("hypot(0, 0)", hypot, 0, 0, 0, 0, 0),
    ],
  },
  {
    names: ["prod", "cumprod"],
    where: "`prod`, `cumprod` with zeros",
    convention: "exact: nothing is divided",
    cases: [
      on("prod([2, 0, 3])", prod, vector(2, 0, 3), 0, vector(0, 6, 0)),
      on("prod([0, 0, 3])", prod, vector(0, 0, 3), 0, vector(0, 0, 0)),
      on("sum(cumprod([2, 0, 3]))", (x) => sum(cumprod(x)), vector(2, 0, 3), 2, vector(1, 8, 0)),
    ],
  },
  {
    names: ["floor", "ceil", "round", "trunc", "fround"],
    where: "`floor ceil round trunc`, and `fround`",
    convention: "0; `fround`: 1",
    cases: [
      at("floor(2)", floor, 2, 2, 0),
      at("ceil(2.5)", ceil, 2.5, 3, 0),
      at("round(2.5)", round, 2.5, 2, 0),
      at("trunc(−2)", trunc, -2, -2, 0),
      at("fround(0.1)", fround, 0.1, Math.fround(0.1), 1),
    ],
  },
  {
    names: ["where"],
    where: "`where(c, a, b)`",
    convention: "the branch that is not taken gets exactly 0, even when its own derivative is infinite",
    cases: [
      at("where(1, x, sqrt(x)) at 0", (x) => where(1, x, sqrt(x)), 0, 0, 1),
      at("where(0, log(x), 2x) at 0", (x) => where(0, log(x), mul(2, x)), 0, 0, 2),
    ],
  },
  {
    names: ["sum", "prod", "norm", "logsumexp"],
    where: "`sum prod norm logsumexp` of nothing",
    convention: "0, 1, 0, −∞",
    cases: [
      on("sum([])", sum, no(0), 0, no(0)),
      on("prod([])", prod, no(0), 1, no(0)),
      on("norm([])", norm, no(0), 0, no(0)),
      on("logsumexp([])", logsumexp, no(0), -infinity, no(0)),
    ],
  },
  {
    names: ["max", "min", "mean", "argmax"],
    where: "`max min mean argmax` of nothing",
    convention: "RangeError",
    cases: [
      on("max([])", max, no(0), "RangeError"),
      on("min([])", min, no(0), "RangeError"),
      on("mean([])", mean, no(0), "RangeError"),
      on("argmax([])", argmax, no(0), "RangeError"),
    ],
  },
  {
    names: ["max", "sum", "maximum"],
    where: "NaN in the input",
    convention: "propagates; never a silent skip, an endless loop or a wrong index",
    cases: [
      on("max([1, NaN, 2])", max, NaNs, Number.NaN, vector(0, 1, 0)),
      on("sum([1, NaN, 2])", sum, NaNs, Number.NaN, vector(1, 1, 1)),
      on("median([1, NaN, 2])", median, NaNs, Number.NaN),
      at("x · x at NaN", (x) => mul(x, x), Number.NaN, Number.NaN, Number.NaN),
    ],
  },
  {
    names: ["eigh", "svd", "eigvalsh", "svdvals"],
    where: "`svd`, `eigh` at repeated values",
    convention: "finite: a pair of equal values adds nothing to what the vectors receive; the values' own derivatives are right",
    cases: [
      on("v w² vᵀ of 2·1, weighted", throughEigh, identity, 0, "finite"),
      on("u s³ vᵀ of 2·1, weighted", throughSvd, identity, 0, "finite"),
      on(
        "sum(eigvalsh(2·1))",
        (a) => sum(eigvalsh(a)),
        identity,
        4,
        array([
          [1, 0],
          [0, 1],
        ]),
      ),
      on(
        "sum(svdvals(2·1))",
        (a) => sum(svdvals(a)),
        identity,
        4,
        array([
          [1, 0],
          [0, 1],
        ]),
      ),
    ],
  },
  {
    names: ["sigmoid", "softplus", "logsumexp", "tanh"],
    where: "`sigmoid softplus logsumexp tanh` at ±800",
    convention: "finite, full precision, no overflow",
    cases: [
      at("sigmoid(800)", sigmoid, 800, 1, 0),
      at("sigmoid(−800)", sigmoid, -800, 0, 0),
      at("softplus(800)", softplus, 800, 800, 1),
      at("softplus(−800)", softplus, -800, 0, 0),
      at("tanh(800)", tanh, 800, 1, 0),
      at("tanh(−800)", tanh, -800, -1, 0),
      on("logsumexp([800, −800])", logsumexp, vector(800, -800), 800, vector(1, 0)),
      on("logsumexp([−800, −800])", logsumexp, vector(-800, -800), Math.LN2 - 800, vector(0.5, 0.5)),
    ],
  },
];
