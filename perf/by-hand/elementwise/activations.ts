import { ruleOf } from "../../../lib/core/index.js";
import { erfc } from "../../../rules/special/index.js";
import type { Formulas } from "./formula.js";

/** σ(a) and σ(−a) from the smaller one of eᵃ and e⁻ᵃ. */
const gates = "const t = Math.exp(-Math.abs(a)), r = 1 / (1 + t), up = a < 0 ? t * r : r, down = a < 0 ? r : t * r;";

const complement = ruleOf(erfc)?.primal as (x: number) => number;

/** What is lost when a square is rounded, by splitting the factor. Source: T. J. Dekker (1971). */
function lostInSquare(square: number, x: number): number {
  const c = 134217729 * x;
  const high = c - (c - x);
  const low = x - high;
  return low * low - (square - high * high - 2 * (low * high));
}

/** The density of the standard normal distribution; what the rounded square lost goes in by itself. */
function normalDensity(x: number): number {
  const p = x * x;
  return p < 1500 ? 0.3989422804014327 * Math.exp(-p / 2) * (1 - lostInSquare(p, x) / 2) : Number.isNaN(x) ? x : 0;
}

/** The standard normal distribution, with all digits in its left tail. */
function normalDistribution(x: number): number {
  const z = -x * Math.SQRT1_2;
  if (!(x < -1 && x > -39)) return complement(z) / 2;
  const p = x * x;
  const q = z * z;
  const exact = p / 2 - q + (lostInSquare(p, x) / 2 - lostInSquare(q, z));
  return (complement(z) / 2) * (1 - exact);
}

const linear = 2 * Math.sqrt(2 / Math.PI);
const cubic = linear * 0.044715;

export const activations: Formulas = {
  relu: { on: ["normal"], value: "a <= 0 ? 0 : a", slopes: ["a > 0 ? 1 : 0"] },
  leakyRelu: { on: ["normal"], value: "a <= 0 ? p * a : a", slopes: ["a > 0 ? 1 : p"], statics: [0.01] },
  "leakyRelu {slope}": { on: ["normal"], value: "a <= 0 ? p * a : a", slopes: ["a > 0 ? 1 : p"], statics: [0.2] },
  // The slope is not y + alpha, which loses its digits on the left.
  elu: { on: ["normal"], value: "a <= 0 ? p * Math.expm1(a) : a", slopes: ["a > 0 ? 1 : p * Math.exp(a)"], statics: [1] },
  "elu {alpha}": { on: ["normal"], value: "a <= 0 ? p * Math.expm1(a) : a", slopes: ["a > 0 ? 1 : p * Math.exp(a)"], statics: [1.7] },
  softsign: {
    on: ["normal"],
    first: "const r = 1 / (1 + Math.abs(a));",
    value: "r === 0 ? Math.sign(a) : a * r",
    slopes: ["r * r"],
  },
  sigmoid: { on: ["normal"], first: gates, value: "up", slopes: ["up * down"] },
  logit: {
    on: [[0.01, 0.99]],
    value: "a > 0.25 && a < 0.75 ? 2 * Math.atanh(2 * a - 1) : Math.log(a / (1 - a))",
    slopes: ["1 / (a * (1 - a))"],
  },
  softplus: { on: ["normal"], first: gates, value: "(a > 0 ? a : 0) + Math.log1p(t)", slopes: ["up"] },
  logSigmoid: { on: ["normal"], first: gates, value: "(a < 0 ? a : 0) - Math.log1p(t)", slopes: ["down"] },
  silu: { on: ["normal"], first: gates, value: "up === 0 ? 0 : a * up", slopes: ["up + a * up * down"] },
  // 1 − tanh² of softplus: e^(−2 softplus(a)) is σ(−a)².
  mish: {
    on: ["normal"],
    first: `${gates} const u = down * down, h = Math.tanh((a > 0 ? a : 0) + Math.log1p(t));`,
    value: "h === 0 ? 0 : a * h",
    slopes: ["h + (a * up * 4 * u) / ((1 + u) * (1 + u))"],
  },
  gelu: {
    on: ["normal"],
    first: "const phi = normalDistribution(a);",
    value: "phi === 0 ? 0 : a * phi",
    slopes: ["phi + a * normalDensity(a)"],
    kernels: { normalDistribution, normalDensity },
  },
  "gelu {approximate}": {
    on: ["normal"],
    first: `const s = a * a, w = a * (${linear} + ${cubic} * s), t = Math.exp(-Math.abs(w)), r = 1 / (1 + t);
    const up = w < 0 ? t * r : r;`,
    value: "up === 0 ? 0 : a * up",
    slopes: [`up + a * t * r * r * (${linear} + ${3 * cubic} * s)`],
  },
  xlogx: { on: [[0.1, 9]], first: "const l = Math.log(a);", value: "a === 0 ? 0 : a * l", slopes: ["l + 1"] },
  xlogy: {
    on: ["normal", [0.1, 9]],
    first: "const l = Math.log(b);",
    value: "a === 0 && b === b ? 0 : a * l",
    slopes: ["l", "a / b"],
  },
  log1mexp: {
    on: [[-9, -0.1]],
    value: "a > -Math.LN2 ? Math.log(-Math.expm1(a)) : Math.log1p(-Math.exp(a))",
    slopes: ["-1 / Math.expm1(-a)"],
  },
  logsubexp: {
    on: [
      [1, 9],
      [-9, 0.9],
    ],
    first: "const d = b - a;",
    value: "a + (d > -Math.LN2 ? Math.log(-Math.expm1(d)) : Math.log1p(-Math.exp(d)))",
    slopes: ["-1 / Math.expm1(d)", "-1 / Math.expm1(-d)"],
  },
  xlog1py: {
    on: ["normal", [-0.9, 9]],
    first: "const l = Math.log1p(b);",
    value: "a === 0 && b === b ? 0 : a * l",
    slopes: ["l", "a / (1 + b)"],
  },
  logaddexp: {
    on: ["normal", "normal"],
    first: "const d = a - b, t = Math.exp(-Math.abs(d)), r = 1 / (1 + t), s = t * r;",
    value: "a === b ? a + Math.LN2 : (d > 0 ? a : b) + Math.log1p(t)",
    slopes: ["d < 0 ? s : r", "d < 0 ? r : s"],
  },
};
