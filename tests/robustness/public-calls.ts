import * as library from "../../lib/index.js";
import { type AnyArray, type AnyFunction, array, mul, NoTangent, type Scalar, sum } from "../../lib/index.js";

/** A call that is right: what each parameter is, and an argument for it. */
export type Call = readonly [kinds: string, ...args: unknown[]];

const a = array([0.5, 0.25, 0.75]);
const m = array([
  [1, 2],
  [3, 4],
]);
const column = array([[1], [2]]);
const positive = array([
  [2, 1],
  [1, 3],
]);
const blocks = [[0, 1]];
const total = (x: AnyArray): Scalar => sum(mul(x, x));
const twice = library.defineRule((x: number): number => 2 * x, { frule: ([, dx], x) => [2 * x, 2 * dx] });

/** The same call of several functions. */
const alike = (names: string, ...call: Call): Record<string, Call> => Object.fromEntries(names.split(" ").map((name) => [name, call]));

const unaries =
  "abs acos asin asinh atan atanh cbrt ceil cos cosh cospi cot csc deg2rad exp exp10 exp2 expm1 floor fround log log10 log1p log2 neg " +
  "rad2deg reciprocal round sec sign sin sinc sinh sinpi sqrt square tan tanh trunc " +
  "sigmoid logit softplus logSigmoid relu softsign silu mish xlogx";
const binaries =
  "add sub mul div pow mod rem atan2 hypot copysign maximum minimum less greater lessEqual greaterEqual equal scale f1 xlogy logaddexp";
const alongAxis = "sum mean prod median logsumexp variance std norm cumsum cumprod logcumsumexp cummax cummin diff argmax argmin argsort";

/** One right call of every function that the main entry exports. */
export const calls: Readonly<Record<string, Call>> = {
  // Elementwise
  ...alike(unaries, "operand", a),
  ...alike("acosh", "operand", m),
  ...alike(binaries, "operand operand", a, 2),
  fma: ["operand operand operand", a, 2, 3],
  ...alike("leakyRelu elu gelu", "operand options", a, {}),
  clip: ["operand bound bound", a, 0, 1],
  where: ["condition operand operand", true, a, a],
  ldexp: ["operand integer", a, 2],
  // Reductions
  ...alike(alongAxis, "array options", a, { axis: 0 }),
  ...alike("max min", "operand options", a, { axis: 0 }),
  quantile: ["array number options", a, 0.5, { axis: 0 }],
  trapz: ["array points", a, a],
  // Shaping and indexing
  ...alike("flip squeeze", "array options", column, { axis: 1 }),
  ...alike("tril triu diag rot90", "array options", m, { k: 0 }),
  concat: ["list options", [a, a], { axis: 0 }],
  stack: ["numbers options", [a, a], { axis: 0 }],
  split: ["array integers options", a, [1, 2], { axis: 0 }],
  transpose: ["array order", m, [1, 0]],
  reshape: ["array integers", m, [4]],
  moveaxis: ["array integers integers", m, 0, 1],
  swapaxes: ["array integer integer", m, 0, 1],
  expandDims: ["array integers", m, 0],
  broadcastTo: ["operand shape", a, [2, 3]],
  sumTo: ["operand shape", a, []],
  cast: ["array name", a, "float32"],
  ravel: ["array", m],
  roll: ["array integers options", m, 1, { axis: 0 }],
  tile: ["array integers", m, [2, 1]],
  repeat: ["array integers options", m, 2, { axis: 0 }],
  pad: ["array pairs options", m, [1, 1], { value: 0 }],
  diagonal: ["array options", m, { axis1: 0 }],
  trace: ["array", m],
  linspace: ["number number integer", 0, 1, 3],
  slice: ["array index", a, [1]],
  take: ["array indices options", m, [0, -1], { axis: 0 }],
  takeAlongAxis: ["array indices options", m, array([[0], [1]], { dtype: "int32" }), { axis: 1 }],
  gather: ["array indices indices", m, [0, 1], [1, 1]],
  maskSelect: ["array array", a, library.greater(a, 0.3)],
  maskFill: ["array condition operand", a, library.greater(a, 0.3), 2],
  ...alike("scatterAdd scatterSet", "array indices operand options", m, [0, -1], 2, { axis: 0 }),
  segmentSum: ["array ids integer", m, [0, 1], 3],
  sort: ["array options", m, { axis: 0 }],
  topk: ["array integer options", m, 2, { axis: 0 }],
  ...alike("matmul dot inner outer", "array array", m, m),
  kron: ["operand operand", m, m],
  tensordot: ["array array extents", m, m, 1],
  einsum: ["name operand operand", "ij,jk", m, m],
  cross: ["array array", a, a],
  polyval: ["array operand", a, m],
  convolve: ["array array options", a, a, {}],
  ...alike("cdist pairwiseSqdist", "array array", m, column.transpose(1, 0)),
  // Linear algebra
  ...alike("inv det logdet slogdet cholesky lu", "array", positive),
  ...alike("solve choleskySolve", "array array", positive, m),
  solveTriangular: ["array array options", positive, m, { lower: false }],
  matrixPower: ["array integer", m, 3],
  multiDot: ["list", [m, m, m]],
  ...alike("qr svd svdvals eigh eigvalsh pinv expm", "array", m),
  lstsq: ["array array", m, m],
  matrixNorm: ["array options", m, { ord: "nuc" }],
  sylvester: ["array array array", m, m, m],
  // Networks
  conv1d: ["array array points options", array([[[1, 2, 3]]]), array([[[1, 2]]]), array([1]), {}],
  conv2d: ["array array points options", array([[[[1, 2, 3]]]]), array([[[[1, 2]]]]), array([1]), {}],
  convTranspose1d: ["array array options", array([[[1, 2, 3]]]), array([[[1, 2]]]), {}],
  ...alike("maxPool1d avgPool1d", "array options", array([[[1, 2, 3]]]), { kernel: 2 }),
  ...alike("maxPool2d avgPool2d", "array options", array([[[[1, 2, 3]]]]), { kernel: [1, 2] }),
  ...alike("softmax logSoftmax normalize", "array options", m, { axis: 0 }),
  ...alike("layerNorm batchNorm", "array points points options", m, array([1, 2]), array([0, 1]), {}),
  rmsNorm: ["array points options", m, array([1, 2]), {}],
  crossEntropy: ["array indices options", m, [0, 1], { labelSmoothing: 0.1 }],
  nllLoss: ["array indices options", m, [0, 1], {}],
  ...alike("mse bceWithLogits klDiv", "operand operand", a, a),
  huber: ["operand operand options", a, a, { delta: 1 }],
  cosineSimilarity: ["array array", a, a],
  attention: ["array array array options", m, m, m, { causal: true }],
  // Arrays
  array: ["source options", [[1, 2]], { dtype: "float64" }],
  ...alike("zeros ones", "shape options", [2], {}),
  full: ["shape number options", [2], 1, {}],
  eye: ["integer count options", 2, 2, {}],
  arange: ["number number count", 0, 3, 1],
  toNested: ["array", a],
  allClose: ["any any options", a, a, {}],
  similar: ["like extents options", a, [2], {}],
  copy: ["array", a],
  range: ["integer integer", 0, 2],
  createRange: ["integer integer", 4, 2],
  // The lab
  ...alike("pool poolNaive poolNative", "array pairs pairs callback", m, blocks, blocks, sum),
  ...alike("poolSum forwardPoolHausdorff", "array pairs pairs", m, blocks, blocks),
  backwardPoolHausdorff: ["array array pairs pairs array", array([[1]]), m, blocks, blocks, array([[0]], { dtype: "int32" })],
  ...alike("hausdorffDistance mymaximum", "array", m),
  chamferDistance: ["array options", m, {}],
  rotaryEmbedding: ["array array options", m, array([0.5]), {}],
  rotaryEmbeddingPullback: ["array array array options", m, m, array([0.5]), {}],
  // Functions of functions
  map: ["function sequence", (x: Scalar) => mul(x, x), a],
  scan: ["function any steps", (carry: Scalar, x: Scalar) => [mul(carry, x), x], 2, a],
  foldl: ["function any steps", (carry: Scalar, x: Scalar) => mul(carry, x), 2, a],
  root: ["function operand any options", (x: Scalar, p: Scalar) => library.sub(mul(x, x), p), 1, 2, {}],
  fixedPoint: ["function operand any options", (x: Scalar, p: Scalar) => library.add(mul(0.5, x), p), 1, 2, {}],
  odeint: ["function any times any options", (y: Scalar) => mul(-1, y), 1, [0, 1], 2, {}],
  checkpointed: ["function", total],
  hook: ["any function", 1, () => undefined],
  // Operators
  ...alike("gradient withGradient pullback", "function any", total, a),
  pushforward: ["function any tangents", total, [a], [a]],
  derivative: ["function number", (x: Scalar) => mul(x, x), 1],
  jacobian: ["function operand options", (x: AnyArray) => mul(x, x), a, {}],
  hessian: ["function array options", total, a, {}],
  hvp: ["function array tangent", total, a, a],
  vhp: ["function tangent array", total, a, a],
  // The protocol
  frule: ["tangents function operand", [NoTangent, 1], Math.sin, 1],
  rrule: ["function operand", Math.sin, 1],
  ...alike("hasRule", "any any", Math.sin, 1),
  ...alike("ruleOf primal stopGradient unthunk", "any", 1),
  traced: ["rule", library.sin],
  ignoreDerivatives: ["function", () => 1],
  accumulate: ["tangent tangent", 1, 2],
  projectTo: ["any any", 1, "x̄"],
  thunk: ["function", () => 1],
  inplaceable: ["function function", () => undefined, () => 1],
  notImplemented: ["name", "not yet"],
  callable: ["any function", { a: 1 }, (p: { a: number }) => p.a],
  configure: ["settings", {}],
  optOut: ["rule function", twice, () => false],
  defineRule: ["body callback options", (x: number) => x, { rrule: (x: number) => [x, (ybar: number) => [NoTangent, ybar]] }, {}],
  scalarRule: ["body function options", (x: number) => x, () => [1], {}],
  linearRule: ["body function options", (x: number) => x, (ybar: number) => ybar, {}],
  bilinearRule: [
    "body function function options",
    (x: number, y: number) => x * y,
    (z: number, _: number, y: number) => z * y,
    (z: number, x: number) => z * x,
    {},
  ],
  nonDifferentiable: ["body options", (x: number) => x, {}],
};

/** The functions that the main entry exports, but for its classes. */
export const exported: readonly string[] = Object.entries(library).flatMap(([name, value]) =>
  typeof value === "function" && !/^[A-Z]/.test(name) ? [name] : [],
);

export const functionOf = (name: string): AnyFunction => (library as unknown as Record<string, AnyFunction>)[name] as AnyFunction;
